import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.views.exports import save_export
from equity_metrics.views.wres.explorer import WresExplorer


def read_csv(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def read_xlsx(path):
    sheet = load_workbook(path).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def said(released, *texts):
    """Put texts of somebody's own into a released table."""
    return released.iloc[: len(texts)].assign(organisation=list(texts))


@pytest.mark.parametrize(("suffix", "read"), [("csv", read_csv), ("xlsx", read_xlsx)])
def test_a_table_keeps_its_numbers_and_says_what_is_withheld(released, tmp_path, suffix, read):
    rows = read(save_export(released, tmp_path / f"table.{suffix}"))
    table = pd.DataFrame(rows[1 : len(released) + 1], columns=rows[0])
    hidden = released["withheld"] != ""
    assert hidden.any()
    assert (table.loc[hidden, "numerator"] == "suppressed").all()
    np.testing.assert_array_equal(table.loc[~hidden, "numerator"].astype(float), released.loc[~hidden, "numerator"])
    notes = [row[0] for row in rows[len(released) + 1 :] if row and row[0]]
    assert notes[0].startswith("Synthetic data")
    assert notes[1] == "Source: Synthetic. Released to: publish."
    assert notes[2].startswith("“suppressed”")


def test_numbers_are_numbers_in_a_spreadsheet(released, tmp_path):
    rows = read_xlsx(save_export(released, tmp_path / "table.xlsx"))
    column = rows[0].index("numerator")
    there = [row[column] for row in rows[1 : len(released) + 1] if row[column] != "suppressed"]
    assert there
    assert all(isinstance(number, int | float) for number in there)


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
def test_no_text_can_be_taken_for_a_formula(released, text, tmp_path):
    rows = read_csv(save_export(said(released, text), tmp_path / "a.csv"))
    assert rows[1][rows[0].index("organisation")] == f"'{text}"
    sheet = load_workbook(save_export(said(released, text), tmp_path / "a.xlsx")).active
    (cell,) = [cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "organisation"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_whatever_the_text_a_csv_cell_never_begins_a_formula(released, tmp_path_factory, text):
    rows = read_csv(save_export(said(released, text, "x"), tmp_path_factory.mktemp("export") / "a.csv"))
    for cell in (cell for row in rows for cell in row):
        try:
            float(cell)
        except ValueError:
            assert not cell.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["+1.2 to +3.4", "8a", "2025", "12 of 200", "suppressed", "+3.1"])
def test_words_stay_words(released, text, tmp_path):
    rows = read_xlsx(save_export(said(released, text), tmp_path / "a.xlsx"))
    assert rows[1][rows[0].index("organisation")] == text


def test_only_a_released_table_is_saved(counts, released, tmp_path):
    with pytest.raises(ValueError, match="released must be a table that release"):
        save_export(counts, tmp_path / "a.csv")
    for other in ("a table", WresExplorer(released).answer):
        with pytest.raises(TypeError, match="released must be a table"):
            save_export(other, tmp_path / "a.csv")
    with pytest.raises(ValueError, match=r"path must end in \.csv or \.xlsx, got: 'a\.pdf'"):
        save_export(released, tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []
