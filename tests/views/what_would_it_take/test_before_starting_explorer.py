import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.planning.answer_chances import SIZES
from equity_metrics.views.what_would_it_take.before_starting_explorer import BeforeStartingExplorer

RATES = {"2": {"White": (120, 0.2), "BME": (60, 0.15)}, "3": {"White": (900, 0.012), "BME": (300, 0.015)}}


@pytest.fixture(scope="module")
def counts():
    rng = np.random.default_rng(3)
    rows = [
        (place, month, indicator, group, rng.binomial(max(people // size, 1), rate), max(people // size, 1))
        for place, size in (("Ash", 1), ("Elm", 60))
        for month in pd.period_range("2023-04", periods=24, freq="M").astype(str)
        for indicator, groups in RATES.items()
        for group, (people, rate) in groups.items()
    ]
    columns = ["organisation", "period", "indicator", "group", "numerator", "denominator"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(grouping="White / BME", level="organisation", source="Synthetic")


@pytest.fixture(scope="module")
def explorer(counts):
    return BeforeStartingExplorer(counts, organisation="Ash")


def test_the_sentence_says_how_long_and_what_can_be_decided_at_what_risk(explorer):
    explorer.indicator, explorer.size, explorer.months = "2", 1.5, 6
    answer = explorer.answer
    wait = answer.table.set_index("Ways to an answer").loc["this place alone", "Months until 80 %"]
    assert f"with a chance of 80 % after about {wait} months" in answer.sentence
    assert "A decision does not have to wait. Suppose it is taken after 6 months" in answer.sentence
    assert "multiplies by 1.50 the odds that BME people shortlisted are appointed" in answer.sentence


def test_waiting_lowers_the_risk_and_raises_the_chance(explorer):
    explorer.indicator, explorer.size = "2", 1.5
    seen = []
    for months in (3, 30):
        explorer.months = months
        seen.append((explorer._risk(_choice(explorer))["risk"].max(), explorer.answer.figure.data[2].y[0], months))
    assert seen[0][0] > seen[1][0]
    assert seen[0][1] < seen[1][1]


def test_rarer_events_say_that_they_cannot_tell_and_what_tells_sooner(explorer):
    explorer.indicator, explorer.size, explorer.months = "3", 1.2, 12
    answer = explorer.answer
    table = answer.table.set_index("Ways to an answer")
    assert "would most likely not be found within 60 months" in answer.sentence
    assert "multiplies by 0.83 the rate at which BME staff enter the formal disciplinary process" in answer.sentence
    assert table.loc["this place alone", "Months until 80 %"] == "more than 60"
    assert "this place, indicator 2" in table.index
    assert "no difference" not in answer.sentence


def test_the_error_of_the_simulation_is_printed(explorer):
    explorer.indicator = "2"
    notes = " ".join(explorer.answer.notes)
    assert "1,000 simulated futures" in notes
    assert "two Monte Carlo errors" in notes


def test_a_withheld_baseline_is_said_and_nothing_is_drawn(counts):
    explorer = BeforeStartingExplorer(counts, organisation="Elm")
    explorer.indicator = "3"
    answer = explorer.answer
    assert "nothing can be said before starting for BME" in answer.sentence
    assert answer.table.loc[0, "Events a quarter"] == "suppressed"
    assert len(answer.figure.data[1].x) == 0
    assert answer.figure.data[5].text[0].startswith("not shown: ")


def test_real_data_for_the_internal_audience_are_on_screen_only(counts):
    real = counts[counts["organisation"] == "Ash"].assign(source="our records")
    assert "on screen only" in repr(BeforeStartingExplorer(real, audience="internal").answer)
    assert "on screen only" not in repr(BeforeStartingExplorer(real).answer)


def test_every_choice_has_the_same_traces_and_is_simulated_once(explorer):
    explorer.organisation, explorer.indicator = "Ash", "2"
    before = explorer._started["Ash", "2", "BME"]
    for size in SIZES:
        explorer.size = size
        assert len(explorer.answer.figure.data) == 6
        assert any("Synthetic data" in note.text for note in explorer.answer.figure.layout.annotations)
    assert explorer._started["Ash", "2", "BME"] is before


def _choice(explorer):
    return next(c for c in explorer._risks if (c.months, c.size, c.indicator) == (explorer.months, 1.5, "2"))
