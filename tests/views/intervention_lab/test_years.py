"""The lab on counts by WRES year: answers as counts of respondents, and why published percentages are refused."""

import numpy as np
import pandas as pd
import pytest

from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.change.agreed_effects import agreed_effects, effects_by_method
from equity_metrics.change.method_choice import EVERY_MONTH, OTHERS, OWN_LEVEL, OWN_TREND, comparable_counts
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.intervention_lab.explorer import BY_HAND, InterventionLabExplorer

TRIED = Intervention("Civility programme", "2022", "Elmstead Hospitals", "8", "lower", 0, 1.25, agreed="2021-02-01")
SURVEY = ["5", "6", "7", "8"]


@pytest.fixture(scope="module")
def counts(samples):
    returns = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    return roll_up(returns[returns["indicator"].isin(["4", *SURVEY])], to="White / BME")


@pytest.fixture(scope="module")
def planted(counts):
    here = (counts["organisation"] == TRIED.where) & (counts["indicator"] == "8") & (counts["group"] == "BME")
    after = here & (counts["period"] >= TRIED.start)
    return counts.assign(numerator=counts["numerator"].where(~after, (counts["numerator"] * 0.55).round()))


@pytest.fixture(scope="module")
def lab(planted):
    return InterventionLabExplorer(planted, [TRIED])


def test_a_fall_planted_among_the_answers_is_found_against_others(planted, counts):
    found = agreed_effects(planted, TRIED).iloc[0]
    assert (found["compared_with"], found["verdict"], found["agreed_decision"]) == (OTHERS, "changed", "spread it")
    assert 0.4 < found["lower"] < found["upper"] < 0.7
    assert agreed_effects(counts, TRIED).iloc[0]["verdict"] != "changed"
    own = effects_by_method(planted, TRIED).set_index("compared_with")
    assert own.loc[OWN_LEVEL, "effect"] < 0.7
    assert np.log(own.loc[OWN_TREND, "upper"] / own.loc[OWN_TREND, "lower"]) > np.log(found["upper"] / found["lower"])
    assert EVERY_MONTH not in own.index


@pytest.mark.parametrize("indicator", ["4", *SURVEY])
def test_every_indicator_of_the_returns_is_answered_by_year(lab, indicator):
    lab.intervention = BY_HAND
    lab.organisation = "Bramwell Hospitals"
    lab.indicator = indicator
    lab.start = "2022"
    answer = lab.answer
    assert len(answer.figure.data) == 8
    assert len(answer.figure.data[2].x) == 9
    assert answer.figure.layout.xaxis.ticktext[-1] == "2025"
    assert any(note.startswith("Points and test are by WRES year, as counted.") for note in answer.notes)
    assert any("counted, not weighted" in note for note in answer.notes) == (indicator in SURVEY)
    assert not any("by month" in note for note in answer.notes)


def test_where_the_question_was_counted_anew_its_own_path_is_refused(counts):
    tried = Intervention("Panels", "2023", "Bramwell Hospitals", "7", "higher", 0, 1.25)
    with pytest.raises(ValueError, match="how the answers are counted was changed in between"):
        agreed_effects(counts, tried, method=OWN_LEVEL)
    assert agreed_effects(counts, tried).iloc[0]["compared_with"] == OTHERS


def test_a_place_with_a_year_of_few_respondents_has_no_test(lab):
    lab.intervention = BY_HAND
    lab.indicator = "8"
    lab.organisation = "Yarrowdale Community Care"
    assert "the test was not made" in lab.answer.sentence
    assert "fewer than 10 respondents" in lab.answer.sentence
    assert not any(note.startswith("Seen since the start") for note in lab.answer.notes)


def test_published_percentages_are_refused_with_the_reason(counts):
    published = counts.rename(columns={"numerator": "value", "denominator": "base"}).assign(weighting="weighted")
    for refused in (lambda: InterventionLabExplorer(published), lambda: comparable_counts(published, TRIED)):
        with pytest.raises(ValueError, match="published percentages are weighted, so they cannot be turned back"):
            refused()


def test_months_and_years_do_not_stand_in_one_lab(counts, samples):
    months = roll_up(read_wres_return(samples / "monthly_recruitment_synthetic.csv.gz"), to="White / BME")
    with pytest.raises(ValueError, match="periods must be all years"):
        InterventionLabExplorer(pd.concat([counts, months]))
