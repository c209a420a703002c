"""What was planted in the invented data: the effect that worked is found, the one that did not is not."""

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.before_after.before_after import before_after_effects
from equity_metrics.change.between_places.augmented_synthetic_control import augmented_synthetic_control
from equity_metrics.change.between_places.difference_in_differences import difference_in_differences
from equity_metrics.change.between_places.panels import ODDS_RATIO, RELATIVE_LIKELIHOOD, paired_counts, ratio_panel
from equity_metrics.change.between_places.regression_to_the_mean import expected_rebounds
from equity_metrics.change.between_places.staggered_starts import group_time_effects, staggered_effects
from equity_metrics.change.between_places.synthetic_control import synthetic_control
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP

WORKED = Intervention("Recruitment programme", "2023-04", "Alderbrook Hospitals", "2", "higher", 0, 1.25)
REBOUND = Intervention("Disciplinary programme", "2023-07", "Marlowe Cross Mental Health", "3", "lower", 0, 1.25)
NOTHING = Intervention("Other recruitment programme", "2022-10", "Cressley Hospitals", "2", "higher", 0, 1.25)
KEYS = ["organisation", "period", "indicator", "group"]


def white_and_bme(path):
    counts = pd.read_csv(path, dtype={"indicator": str, "period": str})
    counts = counts[~counts["group"].str.startswith("Not ")]
    counts["group"] = np.where(counts["group"] == "White", "White", "BME")
    return counts.groupby(KEYS, as_index=False)[["numerator", "denominator"]].sum()


@pytest.fixture(scope="module")
def disciplinaries(samples):
    return white_and_bme(samples / "monthly_disciplinaries_synthetic.csv.gz")


@pytest.fixture(scope="module")
def recruitment(samples):
    return white_and_bme(samples / "monthly_recruitment_synthetic.csv.gz")


def outcomes(counts, ratio=ODDS_RATIO):
    return ratio_panel(paired_counts(counts, "BME", "White"), ratio)


@pytest.mark.parametrize("trend", [True, False])
def test_the_programme_that_worked_is_found(recruitment, trend):
    found = before_after_effects(recruitment, WORKED, "BME", "White", ratio=ODDS_GAP, trend=trend).iloc[0]
    assert found["verdict"] == "changed"
    assert found["lower"] < 1.7 < found["upper"]


@pytest.mark.parametrize("trend", [True, False])
def test_the_programme_that_did_nothing_is_not(disciplinaries, trend):
    found = before_after_effects(disciplinaries, REBOUND, "BME", "White", ratio=RATE_GAP, trend=trend).iloc[0]
    assert found["verdict"] == "cannot tell"


@pytest.mark.parametrize("trend", [True, False])
def test_the_other_programme_that_did_nothing_is_not(recruitment, trend):
    found = before_after_effects(recruitment, NOTHING, "BME", "White", ratio=ODDS_GAP, trend=trend).iloc[0]
    assert found["verdict"] == "cannot tell"


@pytest.mark.parametrize(("trial", "verdict"), [(WORKED, "changed"), (NOTHING, "cannot tell")])
def test_difference_in_differences_tells_the_two_programmes_apart(recruitment, trial, verdict):
    found = difference_in_differences(recruitment, trial, "BME", "White", ratio=ODDS_RATIO).iloc[0]
    assert found["verdict"] == verdict
    assert found["lower"] < (1.7 if trial is WORKED else 1.0) < found["upper"]
    assert found["pre_trend_p_value"] > 0.05


@pytest.mark.parametrize("control", [synthetic_control, augmented_synthetic_control])
@pytest.mark.parametrize(("trial", "verdict"), [(WORKED, "changed"), (NOTHING, "cannot tell")])
def test_synthetic_controls_tell_the_two_programmes_apart(recruitment, control, trial, verdict):
    found = control(outcomes(recruitment), trial, measure="ratio of odds ratios", logs=True).iloc[0]
    assert found["verdict"] == verdict
    assert found["lower"] < (1.7 if trial is WORKED else 1.0) < found["upper"]


def mean_effect_since(start, place, values):
    rows = group_time_effects(values, {place: start})
    return rows.loc[rows["since"] >= 0, "effect"].mean()


def test_starts_at_two_hospitals_are_told_apart_by_start_and_not_by_their_mean(recruitment):
    hospitals = recruitment[recruitment["organisation"].str.endswith("Hospitals")]
    quarters = pd.PeriodIndex(hospitals["period"], freq="M").asfreq("Q").astype(str)
    values = outcomes(hospitals.assign(period=quarters).groupby(KEYS, as_index=False).sum())
    starts = {WORKED.where: "2023Q2", NOTHING.where: "2022Q4"}

    untouched = values.drop(index=list(starts))
    farther = {}
    for place, start in starts.items():
        own = abs(mean_effect_since(start, place, pd.concat([untouched, values.loc[[place]]])))
        farther[place] = sum(abs(mean_effect_since(start, other, untouched)) >= own for other in untouched.index)
    assert farther[WORKED.where] == 0
    assert farther[NOTHING.where] >= 2
    together = staggered_effects(values, starts, WORKED, measure="ratio of odds ratios", logs=True).iloc[0]
    assert together["verdict"] == "cannot tell"
    assert "2 places started" in together["assumptions"]


@pytest.mark.parametrize("control", [synthetic_control, augmented_synthetic_control])
def test_other_places_do_not_call_the_rebound_a_change(disciplinaries, control):
    panel = outcomes(disciplinaries, RELATIVE_LIKELIHOOD)
    found = control(panel, REBOUND, measure="ratio of relative likelihoods", logs=True).iloc[0]
    assert found["verdict"] == "cannot tell"
    compared = difference_in_differences(disciplinaries, REBOUND, "BME", "White", ratio=RELATIVE_LIKELIHOOD).iloc[0]
    assert compared["verdict"] == "cannot tell"


def test_the_rebound_is_named_as_rebound(disciplinaries):
    month = disciplinaries["period"].str[5:].astype(int)
    years = disciplinaries["period"].str[:4].astype(int) + (month >= 4)
    by_year = (
        disciplinaries.assign(period=years.astype(str))
        .groupby(KEYS, as_index=False)
        .agg(numerator=("numerator", "sum"), denominator=("denominator", "mean"))
    )
    found = expected_rebounds(by_year, REBOUND, "BME", "White", chosen_for="2023", ratio=RELATIVE_LIKELIHOOD).iloc[0]
    assert found["observed"] > 2.5
    assert found["expected"] < 1.5
    following = by_year[(by_year["organisation"] == REBOUND.where) & (by_year["period"] == "2024")]
    rates = following.set_index("group")["numerator"] / following.set_index("group")["denominator"]
    seen = rates["BME"] / rates["White"] / found["observed"]
    assert found["lower"] < seen < found["upper"]
