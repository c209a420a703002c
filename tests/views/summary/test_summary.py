"""The summary shows every indicator for every group, agrees with the chart it leads to, and adds nothing up."""

import re

import numpy as np
import pandas as pd
import pytest
from traitlets import TraitError

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.indicators import WRES_INDICATORS
from equity_metrics.change.charts.false_flags import false_flag_chance
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.summary.explorer import SummaryExplorer
from equity_metrics.views.summary.layout import laid_out
from equity_metrics.views.summary.variation import FEWEST_YEARS, variation
from equity_metrics.views.summary.words import VARIATION, VERDICT, verdict_line
from equity_metrics.views.words.wording import short_group

HERE, DETAILED = "Bramwell Hospitals", "Workforce categories"


@pytest.fixture(scope="module")
def released(samples) -> pd.DataFrame:
    counts = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    counts = counts[(counts["organisation"] == HERE) & (counts["period"] >= "2019")]
    detailed = counts[counts["grouping"] == DETAILED]
    tables = [*(roll_up(counts, to) for to in ("White / BME", "Five groups")), detailed]
    return pd.concat([release(table) for table in tables], ignore_index=True)


@pytest.fixture
def explorer(released) -> SummaryExplorer:
    return SummaryExplorer(released, organisation=HERE)


def button_of(explorer: SummaryExplorer, cell) -> str:
    return re.search(rf'data-cell="{cell.indicator}\|{cell.group}".*?</button>', explorer._grid.html)[0]


def test_every_indicator_stands_beside_every_group(explorer):
    cells = explorer.cells
    assert list(dict.fromkeys(cells["indicator"])) == list(WRES_INDICATORS)
    assert cells.groupby("indicator").size().eq(5).all()
    assert cells["group"].iloc[0] == "BME"
    assert "White" not in set(cells["group"])
    buttons = re.findall(r"<button[^>]*>", explorer._grid.html)
    assert len(buttons) == len(cells) == 45
    assert all("Show the chart" in button and "data-cell" in button for button in buttons)


def test_each_cell_leads_to_its_own_chart_and_says_the_same(explorer):
    for cell in explorer.cells.itertuples():
        explorer._grid.chosen = f"{cell.indicator}|{cell.group}"
        assert (explorer.indicator, explorer.group, explorer.grouping) == (cell.indicator, cell.group, cell.grouping)
        if cell.withheld:
            assert "not shown" in explorer.answer.sentence
            continue
        table = explorer.answer.table
        row = table[table.iloc[:, 0] == (cell.band or cell.group)].iloc[0]
        button = button_of(explorer, cell)
        assert f"<b>{row.iloc[2]} (" in button
        if cell.verdict:
            assert verdict_line(cell) in button
            assert VERDICT[cell.verdict] in button
            assert cell.verdict in row["Verdict"]


def test_a_withheld_cell_says_so_and_shows_no_number(explorer):
    withheld = explorer.cells[explorer.cells["withheld"] != ""]
    assert len(withheld)
    for cell in withheld.itertuples():
        button = button_of(explorer, cell)
        assert "suppressed" in button
        assert not re.search(r"[+−]\d", button)


def test_another_year_fills_the_table_anew(explorer):
    before = explorer._grid.html
    explorer.period = "2023"
    assert explorer._grid.html != before
    assert "2023" in explorer._grid.html
    assert explorer.cells["years"].max() <= 5


def test_the_table_for_readers_without_a_kernel_holds_every_cell(explorer):
    rows = explorer.table.rows
    assert rows.shape == (9, 6)
    assert rows.to_numpy().astype(bool).all()


def test_detailed_groups_stand_below_each_other_and_each_cell_leads_to_its_chart(explorer):
    explorer.groups = DETAILED
    cells, layout = explorer.cells, laid_out(explorer.cells)
    assert set(cells["grouping"]) == {DETAILED}
    assert set(cells["reference"]) == {"White - British"}
    assert [name for name, _ in layout.rows] == [g for g in groups_of(DETAILED)[1:] if g not in UNKNOWN_GROUPS]
    assert [name[0] for name in layout.headings] == [*"12349"]
    assert "(White - British / group)" in layout.headings[1]
    assert len(re.findall("<button", explorer._grid.html)) == len(cells) == 75
    for cell in cells[cells["withheld"] == ""].iloc[::7].itertuples():
        explorer._grid.chosen = f"{cell.indicator}|{cell.group}"
        assert (explorer.indicator, explorer.group, explorer.grouping) == (cell.indicator, cell.group, DETAILED)
        table = explorer.answer.table
        row = table[table.iloc[:, 0].isin([cell.band or cell.group, short_group(cell.group)])].iloc[0]
        assert f"<b>{row.iloc[2]} (" in button_of(explorer, cell)


def test_only_groups_that_the_year_is_recorded_by_are_offered(explorer):
    offered = dict(explorer._columns.options)
    assert offered["Workforce categories (indicators 1, 2, 3, 4, 9)"] == DETAILED
    explorer.groups = DETAILED
    explorer.period = "2023"
    assert (explorer.groups, set(explorer.cells["grouping"])) == (DETAILED, {DETAILED})
    with pytest.raises(TraitError):
        explorer.groups = "Survey categories 2025"
    assert explorer.groups == DETAILED


def test_a_chart_set_to_something_else_is_no_cells_chart_and_a_press_sets_it_back(explorer):
    explorer._grid.chosen = "2|Asian or Asian British"
    shown = explorer.answer.sentence
    for control, other in (("compare", "Gap"), ("reference", "Black or Black British")):
        setattr(explorer, control, other)
        assert explorer._grid.chosen == ""
        explorer._grid.chosen = "2|Asian or Asian British"
        assert (explorer.answer.sentence, explorer.reference) == (shown, "White")


def test_needs_one_of_the_groupings_that_hold_every_indicator(released):
    with pytest.raises(ValueError, match="White / BME or by five groups"):
        SummaryExplorer(released.assign(grouping="Own groups"))


def test_one_grouping_alone_is_enough(released):
    explorer = SummaryExplorer(released[released["grouping"] == "White / BME"], organisation=HERE)
    assert set(explorer.cells["group"]) == {"BME"}


def yearly(values: list[float], definition: str = "") -> pd.DataFrame:
    rows = {"period": [str(2000 + i) for i in range(len(values))], "value": values, "indicator": "5", "group": "BME"}
    return pd.DataFrame({**rows, "band": "", "definition": definition, "measure": "gap"})


def test_a_step_towards_parity_is_an_improvement_and_away_from_it_a_concern():
    steady = [0.10, 0.11, 0.10, 0.11, 0.10, 0.11, 0.10, 0.11]
    told = {end: variation(yearly([*steady, end])).iloc[0] for end in (0.105, 0.02, 0.2)}
    assert {end: row["variation"] for end, row in told.items()} == {
        0.105: "common cause",
        0.02: "improvement",
        0.2: "concern",
    }
    assert told[0.105]["assurance"] == "consistent fail"
    assert told[0.02]["assurance"] == ""
    mirrored = variation(yearly([-v for v in [*steady, 0.02]])).iloc[0]
    assert mirrored["variation"] == "improvement"


def test_parity_within_the_limits_is_hit_or_miss():
    assert variation(yearly([0.01, -0.01] * 4)).iloc[0]["assurance"] == "inconsistent"


def test_too_few_years_of_one_definition_are_not_charted():
    assert false_flag_chance(FEWEST_YEARS - 1) == 0 < false_flag_chance(FEWEST_YEARS)
    assert variation(yearly([0.1] * (FEWEST_YEARS - 1))).empty
    old, new = yearly([0.1] * 6, "one"), yearly([0.1] * 3, "another")
    both = pd.concat([old, new.assign(period=["2006", "2007", "2008"])])
    assert variation(both).empty
    assert variation(yearly([*np.linspace(0.1, 0.2, 6), np.nan])).empty, "the latest year has no value"


def test_every_variation_has_its_words():
    assert set(VARIATION) == {"common cause", "improvement", "concern", ""}
