import pytest

from equity_metrics.views.wres.at_a_glance import at_a_glance
from equity_metrics.views.wres.biggest_gap import BiggestGapExplorer


def test_names_the_largest_gap_of_each_kind(released):
    told = BiggestGapExplorer(released, organisation="Alder").answer.sentence
    assert "The largest relative likelihood that chance alone does not explain is 1.79 (BME / White" in told
    assert "indicator 3, entering the formal disciplinary process" in told
    # 148 of 300 BME against 530 of 900 White respondents: lower is worse in indicator 7.
    assert "The largest gap in the survey that chance alone does not explain is −9.6 percentage points" in told
    assert "indicator 7" in told


def test_what_is_withheld_is_never_the_largest(released):
    explorer = BiggestGapExplorer(released, organisation="Birch")
    assert "indicator 3" not in explorer.answer.sentence
    third = explorer.answer.table["Indicator"].str.startswith("3.")
    assert explorer.answer.table.loc[third, "Value"].item() == "suppressed"
    assert "1 to 4 staff" in explorer.answer.table.loc[third, "Note"].item()


def test_a_gap_that_chance_could_make_is_no_evidence_of_equality(released):
    told = BiggestGapExplorer(released, organisation="Birch").answer.sentence
    assert "No relative likelihood can be told from chance. The largest estimate is 1.07 (White / BME" in told
    assert "No gap in the survey can be told from chance. The largest estimate is −16.7 percentage points" in told
    assert "no evidence of equality" in told


def test_a_large_gap_of_a_few_people_does_not_hide_the_one_that_is_beyond_chance(released):
    """Three of ten more is the largest estimate, and chance; a smaller gap of hundreds of people is not."""
    changed = released.copy()
    few = (released["organisation"] == "Alder") & (released["indicator"] == "6") & (released["period"] == "2022")
    small = released["group"].map({"White": (2, 10), "BME": (5, 10)})
    for at, column in enumerate(("numerator", "denominator")):
        changed.loc[few, column] = small[few].str[at]
    explorer = BiggestGapExplorer(changed, organisation="Alder")
    values = explorer.answer.table.set_index("Indicator")["Value"]
    assert values[values.index.str.startswith("6.")].item() == "+30.0"
    assert "chance alone does not explain is −9.6 percentage points" in explorer.answer.sentence


@pytest.mark.parametrize("organisation", ["Alder", "Birch", "All organisations"])
def test_at_a_glance_lists_all_nine_indicators(released, organisation):
    table = at_a_glance(released, organisation, "2022")
    assert sorted({name[0] for name in table["Indicator"]}) == list("123456789")
    assert table["What can be said"].str.len().gt(0).all()
    assert {"2022", "2021"} <= set(table.columns)


def test_at_a_glance_never_joins_two_definitions(released):
    """Indicator 7 changed its base between 2021 and 2022: no year before stands beside it."""
    table = at_a_glance(released, "Alder", "2022").set_index("Indicator")
    row = table[table.index.str.startswith("7.")].iloc[0]
    assert row["2021"] == "another definition"
