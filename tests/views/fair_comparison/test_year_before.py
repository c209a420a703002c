import pytest

from equity_metrics.views.fair_comparison.explorer import FairComparisonExplorer

NO_TREND = "Two years cannot tell a trend from chance."


@pytest.fixture
def explorer(released):
    return FairComparisonExplorer(released, organisation="Alder", indicator="2", period="2022")


def test_the_year_before_is_what_that_year_said_itself(explorer):
    explorer.period = "2021"
    ratio = explorer.answer.table.set_index("Ethnic group").loc["BME"]
    explorer.period = "2022"
    value, limits = ratio["Relative likelihood"], ratio["95 % interval"]
    assert f"In 2021 the relative likelihood was {value} (95 % interval {limits})." in explorer.answer.sentence
    assert any(NO_TREND in note for note in explorer.answer.notes)


def test_the_first_year_has_none_before_it(explorer):
    explorer.period = "2020"
    assert "In 2019" not in explorer.answer.sentence
    assert not any(NO_TREND in note for note in explorer.answer.notes)


def test_years_that_asked_another_question_are_not_set_beside_each_other(explorer):
    explorer.indicator = "7"
    assert "In 2021" not in explorer.answer.sentence
    explorer.period = "2021"
    assert "In 2020 the gap was −9.6 percentage points (95 % interval " in explorer.answer.sentence


def test_what_is_withheld_or_not_a_single_year_has_none(explorer):
    explorer.organisation = "Birch"
    assert "is not shown" in explorer.answer.sentence
    assert "In 2021" not in explorer.answer.sentence
    explorer.organisation, explorer.indicator, explorer.years = "Alder", "3", "Two years together"
    assert "In 2021 the" not in explorer.answer.sentence


def test_value_comparison_uncertainty_trend_and_next_step_come_in_this_order(explorer):
    told = explorer.answer.sentence
    parts = (
        "% of BME",
        "Of White",
        "Relative likelihood",
        "95 % interval",
        "disadvantage",
        "In 2021 the",
        "Next step: ",
    )
    places = [told.index(part) for part in parts]
    assert places == sorted(places)
    assert told.count("Next step") == 1
