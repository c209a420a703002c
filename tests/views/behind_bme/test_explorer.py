import numpy as np
import pandas as pd
import pytest

from equity_metrics.catalogue.ethnic_groups import WORKFORCE_CATEGORIES
from equity_metrics.measures.own_grouping import own_grouping
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.counts import check_counts
from equity_metrics.views.behind_bme.explorer import BehindBmeExplorer
from views.small_rows import released_without

INDIAN, AFRICAN, CHINESE = "Asian or Asian British - Indian", "Black or Black British - African", "Chinese"
PAKISTANI = "Asian or Asian British - Pakistani"
PEOPLE = {
    "White - British": (8000, 80),
    INDIAN: (3000, 9),
    AFRICAN: (2000, 60),
    PAKISTANI: (80, 3),
    CHINESE: (60, 2),
}
BY_BAND = {"5": 0.6, "7": 0.4}
OURS = "Indian, Black African and White British"


@pytest.fixture(scope="module")
def released():
    rows = [("3", group, "", n, x) for group, (n, x) in PEOPLE.items()]
    rows += [("2", group, "", n // 10, n // 40) for group, (n, _) in PEOPLE.items()]
    rows += [
        ("2", group, band, int(n * part) // 10, int(n * part) // 40)
        for group, (n, _) in PEOPLE.items()
        for band, part in BY_BAND.items()
    ]
    rows += [("3", "Not known", "", 200, 5)]
    counts = pd.DataFrame(rows, columns=["indicator", "group", "band", "denominator", "numerator"]).assign(
        organisation="Alder", period="2025", grouping=WORKFORCE_CATEGORIES, level="organisation", source="Synthetic"
    )
    counts = check_counts(counts)
    groups = {"White British": ["White - British"], "Indian": [INDIAN], "Black African": [AFRICAN]}
    tables = [*roll_ups(counts), own_grouping(counts, groups, name=OURS)]
    return released_without(tables, 4, "1 to 4 staff of the group in the disciplinary process")


@pytest.fixture(scope="module")
def shared(released):
    return BehindBmeExplorer(released)


@pytest.fixture
def explorer(shared):
    """Set one explorer back to where each test begins; answers that were made stay made."""
    for name, value in (("beside", ""), ("indicator", "3"), ("grouping", "Five groups"), ("reference", "White")):
        setattr(shared, name, value)
    return shared


def test_each_group_has_its_own_rate_and_the_pooled_one_beside_it(explorer):
    table = explorer.answer.table.set_index("Ethnic group")
    assert table.loc["Black or Black British", "Alone"] == "3.0 %"
    pooled = float(table.loc["Black or Black British", "Pooled (95 % interval)"].split(" %")[0])
    assert 1.0 < pooled <= 3.0
    assert table.loc["BME, all together", "People"] == "74 of 5,140"


def test_opposite_stories_are_named(explorer):
    told = explorer.answer.sentence
    assert "BME hides opposite stories here: Black or Black British more likely, Asian or Asian British less" in told
    assert any("indicator 3: Black or Black British more likely" in note for note in explorer.answer.notes)


def test_no_opposite_story_is_no_evidence_that_there_is_none(explorer):
    explorer.indicator = "2"
    assert "That is no evidence that there are none." in explorer.answer.sentence


def test_what_is_withheld_is_withheld_alone_pooled_and_compared(explorer):
    explorer.grouping = WORKFORCE_CATEGORIES
    row = explorer.answer.table.set_index("Ethnic group").loc[CHINESE]
    assert row["Note"].startswith("1 to 4 staff")
    assert [row["People"], row["Alone"], row["Pooled (95 % interval)"]] == ["suppressed"] * 3
    assert "2 of 60" not in explorer.answer.table_html()
    at = list(explorer.answer.figure.data[1].y).index(CHINESE)
    for trace in (1, 3, 5):
        assert np.isnan(np.array(explorer.answer.figure.data[trace].x, float)[at])
    assert "2 of 4 groups cannot be shown" in explorer.answer.sentence


def test_unknown_ethnicity_is_not_one_more_group(explorer):
    assert "Not known" not in set(explorer.answer.table["Ethnic group"])


def test_a_users_own_grouping_is_offered_and_says_what_it_leaves_out(explorer):
    explorer.grouping = OURS
    assert explorer.reference == "White British"
    notes = " ".join(explorer.answer.notes)
    assert f"Indian = {INDIAN}" in notes
    assert "In none of these groups: " in notes
    assert CHINESE in notes.split("In none of these groups: ")[1]


def test_a_second_dimension_shows_one_group_in_each_part(explorer):
    assert explorer._controls["beside"].layout.display == "none"
    explorer.indicator = "2"
    explorer.beside = "band"
    explorer.group = "Black or Black British"
    table = explorer.answer.table.set_index("Part")
    assert list(table.index) == ["Band 5", "Band 7"]
    assert table.loc["Band 5", "People"] == "30 of 120"
    assert "of people shortlisted in the group Black or Black British" in explorer.answer.sentence


def test_years_that_were_counted_together_are_said_to_be(released):
    together = released.assign(definition="9 years together")
    explorer = BehindBmeExplorer(together, indicator="3")
    assert explorer.answer.sentence.startswith("In 2025 (9 years together) at Alder")


def test_the_reference_is_not_said_to_be_missing(explorer):
    assert "White not shown" not in explorer.answer.alt


def test_indicator_2_is_compared_as_wres_prints_it(explorer):
    explorer.indicator = "2"
    assert explorer.answer.figure.layout.xaxis2.title.text.startswith("White / group")
    explorer.indicator = "3"
    assert explorer.answer.figure.layout.xaxis2.title.text.startswith("group / White")


@pytest.mark.parametrize("grouping", ["White / BME", "Five groups", WORKFORCE_CATEGORIES, OURS])
@pytest.mark.parametrize("indicator", ["2", "3"])
def test_every_view_answers_with_the_same_traces(explorer, grouping, indicator):
    explorer.grouping = grouping
    explorer.indicator = indicator
    assert explorer.grouping == grouping
    assert len(explorer.answer.figure.data) == 7
    assert explorer.answer.sentence.startswith("In 2025 at Alder")
    assert "Synthetic" in explorer.answer.notes[0]
    assert any("Synthetic data" in note.text for note in explorer.answer.figure.layout.annotations)


def test_two_groups_cannot_be_pooled_and_stand_by_themselves(explorer):
    explorer.grouping = "White / BME"
    table = explorer.answer.table.set_index("Ethnic group")
    assert table.loc["BME", "Pooled (95 % interval)"] == "n/a"
    assert "1.4 % of BME staff" in explorer.answer.sentence
    assert "Of White staff it was 1.0 %." in explorer.answer.sentence


def test_all_withheld_is_said(released):
    hidden = released.assign(numerator=np.nan, denominator=np.nan, withheld="fewer than 10 staff of the group")
    explorer = BehindBmeExplorer(hidden, indicator="3", grouping="Five groups")
    assert "no rate of staff can be shown" in explorer.answer.sentence
    assert set(explorer.answer.table["People"]) == {"suppressed"}
