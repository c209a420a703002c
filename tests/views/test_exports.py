import csv
import io

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.on_screen import on_screen
from equity_metrics.views.exports import save_export
from equity_metrics.views.wres.explorer import WresExplorer


def read_csv(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def read_xlsx(path):
    sheet = load_workbook(path).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def answer(*cells):
    return Answer(
        "In 2025.", pd.DataFrame({"Place": ["Alder"] * len(cells), "Value": cells}), go.Figure(), "A picture."
    )


@pytest.mark.parametrize(("suffix", "read"), [("csv", read_csv), ("xlsx", read_xlsx)])
def test_an_answer_is_saved_with_sentence_table_source_and_label(released, tmp_path, suffix, read):
    told = WresExplorer(released, organisation="Alder", indicator="8").answer
    rows = read(save_export(told, tmp_path / f"answer.{suffix}"))
    assert rows[0][0] == told.sentence
    assert [cell for cell in rows[3] if cell] == list(told.table.columns)
    notes = [row[0] for row in rows if row]
    assert "Synthetic data: every organisation and every number is invented." in notes
    assert any(str(note).startswith("Source: Synthetic") for note in notes)
    assert told.alt in notes


def test_a_table_keeps_its_numbers_and_says_what_is_withheld(released, tmp_path):
    rows = read_xlsx(save_export(released, tmp_path / "table.xlsx"))
    table = pd.DataFrame(rows[1 : len(released) + 1], columns=rows[0])
    hidden = released["withheld"] != ""
    assert hidden.any()
    assert (table.loc[hidden, "numerator"] == "suppressed").all()
    np.testing.assert_array_equal(table.loc[~hidden, "numerator"].astype(float), released.loc[~hidden, "numerator"])
    assert table.loc[~hidden, "numerator"].map(lambda value: isinstance(value, int | float)).all()
    notes = [row[0] for row in rows[len(released) + 1 :] if row[0]]
    assert notes[0].startswith("Synthetic data")
    assert notes[1] == "Source: Synthetic. Released to: publish."
    assert notes[2].startswith("“suppressed”")


def test_an_infinite_limit_is_written_in_words(released, tmp_path):
    table = relative_likelihoods(released[released["indicator"] == "3"], reference="White")
    table = table.assign(upper=table["upper"].where(table["upper"].isna(), np.inf))
    rows = read_xlsx(save_export(table, tmp_path / "table.xlsx"))
    upper = rows[0].index("upper")
    shown = [row[upper] for row, why in zip(rows[1:], table["withheld"], strict=False) if not why]
    assert shown
    assert set(shown) == {"no upper limit"}


DANGEROUS = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "\uff1d1", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_can_be_taken_for_a_formula(text, tmp_path):
    rows = read_csv(save_export(answer(text), tmp_path / "a.csv"))
    assert rows[4][1] == f"'{text}"
    path = save_export(answer(text), tmp_path / "a.xlsx")
    cell = load_workbook(path).active["B5"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_whatever_the_text_a_csv_cell_never_begins_a_formula(tmp_path_factory, text):
    rows = read_csv(save_export(answer(text, "x"), tmp_path_factory.mktemp("export") / "a.csv"))
    for cell in (cell for row in rows for cell in row):
        try:
            float(cell)
        except ValueError:
            assert not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(("text", "number"), [("+3.1", 3.1), ("−0.4", -0.4), ("+1,204", 1204.0)])
def test_a_signed_number_is_a_number(text, number, tmp_path):
    rows = read_xlsx(save_export(answer(text), tmp_path / "a.xlsx"))
    assert rows[4][1] == number


@pytest.mark.parametrize("text", ["+1.2 to +3.4", "8a", "2025", "12 of 200", "suppressed"])
def test_words_stay_words(text, tmp_path):
    assert read_xlsx(save_export(answer(text), tmp_path / "a.xlsx"))[4][1] == text


def test_only_what_was_released_is_saved(counts, released, tmp_path):
    with pytest.raises(ValueError, match="released must be a table that release"):
        save_export(counts, tmp_path / "a.csv")
    with pytest.raises(TypeError, match="released must be a table"):
        save_export("a table", tmp_path / "a.csv")
    with pytest.raises(ValueError, match=r"path must end in \.csv or \.xlsx, got: 'a\.pdf'"):
        save_export(released, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_what_stays_on_screen_is_refused(tmp_path):
    with pytest.raises(ValueError) as refused:
        save_export(on_screen(answer("x")), tmp_path / "a.xlsx")
    assert "not exported" in str(refused.value)
    assert list(tmp_path.iterdir()) == []
