"""The summary is taken away as it stands on screen: every cell, no other number, and never a small one."""

from html import unescape
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from equity_metrics import SummaryExplorer, read_wres_return, release, roll_ups
from equity_metrics.packs.statements import suppression_statement
from equity_metrics.packs.summary_files import FORMATS
from equity_metrics.views.drawing.on_screen import REFUSAL
from equity_metrics.views.summary.layout import laid_out
from equity_metrics.views.summary.words import KEY, lines_of

SPREADSHEET, PAPER = FORMATS
GROUPS = ("BME and five groups", "Workforce categories")


@pytest.fixture(scope="module")
def counts(samples):
    counts = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    return counts[(counts["organisation"] == "Bramwell Hospitals") & (counts["period"] == "2025")]


@pytest.fixture(scope="module")
def explorer(counts):
    return SummaryExplorer(release(roll_ups(counts)))


def taken(explorer: SummaryExplorer, form: str) -> bytes:
    explorer.take_table.form.value = form
    explorer.take_table.button.click()
    explorer.take_table.wait()
    made = explorer.take_table.download
    assert made.said.startswith(f"Ready: {made.name} (")
    assert made.name.startswith("summary_table_bramwell_hospitals.")
    return made.content


@pytest.mark.parametrize("groups", GROUPS)
def test_the_spreadsheet_holds_what_is_on_screen(explorer, groups):
    explorer.groups = groups
    book = load_workbook(BytesIO(taken(explorer, SPREADSHEET)))
    assert book.sheetnames == ["Summary", "Numbers", "Sources"]
    layout, sheet = laid_out(explorer.cells), book["Summary"]
    rows = list(sheet.iter_rows(min_row=3, max_row=3 + len(layout.rows), values_only=True))
    assert rows[0] == (layout.corner, *layout.headings)
    for shown, (name, cells) in zip(rows[1:], layout.rows, strict=True):
        assert shown == (name, *("\n".join(lines_of(cell)) for cell in cells))
    assert [row[0] for row in sheet.iter_rows(min_row=len(layout.rows) + 5, values_only=True)] == list(KEY)
    said = [row[1] for row in book["Sources"].iter_rows(values_only=True)]
    assert set(suppression_statement()) <= set(said)
    assert any(f"groups {groups}" in (line or "") for line in said)


def test_numbers_are_those_of_the_page_and_what_is_withheld_is_a_word(explorer):
    explorer.groups = GROUPS[0]
    rows = list(load_workbook(BytesIO(taken(explorer, SPREADSHEET)))["Numbers"].iter_rows(values_only=True))
    table = pd.DataFrame(rows[1:], columns=rows[0])
    cells = explorer.cells
    assert len(table) == len(cells)
    hidden = (cells["withheld"] != "").to_numpy()
    assert hidden.any()
    assert (table.loc[hidden, "Value"] == "suppressed").all()
    assert table.loc[hidden, ["Lower 95 %", "Upper 95 %"]].isna().all(axis=None)
    second = table[(table["Ethnic group"] == "BME") & table["Indicator"].str.startswith("2.")].iloc[0]
    ratio = cells[(cells["group"] == "BME") & (cells["indicator"] == "2")].iloc[0]
    assert second[["Value", "Lower 95 %", "Upper 95 %"]].tolist() == [
        round(ratio[limit], 2) for limit in ("value", "lower", "upper")
    ]
    assert set(table.loc[table["Indicator"].str.startswith("9."), "Compared with"]) == {"all staff"}


@pytest.mark.parametrize("groups", GROUPS)
def test_the_paper_holds_what_is_on_screen_and_nothing_to_press(explorer, groups):
    explorer.groups = groups
    page = unescape(taken(explorer, PAPER).decode())
    assert "<button" not in page
    for cell in explorer.cells.itertuples():
        value, verdict, *_ = lines_of(cell)
        assert f"<b>{value}</b><span>{verdict}</span>" in page
    assert all(words in page for words in (*KEY, *suppression_statement()))
    assert "Content-Security-Policy" in page


def test_another_year_takes_the_file_back_and_another_chart_does_not(explorer):
    explorer.groups = GROUPS[0]
    taken(explorer, PAPER)
    explorer._grid.chosen = "5|BME"
    assert explorer.take_table.download.content
    explorer.groups = GROUPS[1]
    assert explorer.take_table.download.content == b""


def test_real_data_for_the_internal_audience_stay_on_screen(counts):
    real = SummaryExplorer(release(roll_ups(counts.assign(source="our records")), audience="internal"))
    real.take_table.button.click()
    real.take_table.wait()
    assert REFUSAL in real.take_table.download.said
    assert real.take_table.download.content == b""


def test_the_two_rows_of_the_page_are_told_apart(explorer):
    names = [row.form.description for row in (explorer.take_table, explorer.take_away)]
    assert names == ["Take the table away as", "Take it away as"]
