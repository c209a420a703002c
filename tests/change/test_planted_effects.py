"""What was planted in the invented data: the effect that worked is found, the one that did not is not."""

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.before_after import before_after_effects
from equity_metrics.change.gap_models import ODDS_GAP, RATE_GAP
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.panels import RELATIVE_LIKELIHOOD
from equity_metrics.change.regression_to_the_mean import expected_rebounds

WORKED = Intervention("Recruitment programme", "2023-04", "Alderbrook Hospitals", "2", "higher", 0, 1.25)
REBOUND = Intervention("Disciplinary programme", "2023-07", "Marlowe Cross Mental Health", "3", "lower", 0, 1.25)
KEYS = ["organisation", "period", "indicator", "group"]


def white_and_bme(path):
    counts = pd.read_csv(path, dtype={"indicator": str, "period": str})
    counts = counts[~counts["group"].str.startswith("Not ")]
    counts["group"] = np.where(counts["group"] == "White", "White", "BME")
    return counts.groupby(KEYS, as_index=False)[["numerator", "denominator"]].sum()


@pytest.fixture(scope="module")
def disciplinaries(samples):
    return white_and_bme(samples / "monthly_disciplinaries_synthetic.csv.gz")


@pytest.mark.parametrize("trend", [True, False])
def test_the_programme_that_worked_is_found(samples, trend):
    recruitment = white_and_bme(samples / "monthly_recruitment_synthetic.csv.gz")
    found = before_after_effects(recruitment, WORKED, "BME", "White", ratio=ODDS_GAP, trend=trend).iloc[0]
    assert found["verdict"] == "changed"
    assert found["lower"] < 1.7 < found["upper"]


@pytest.mark.parametrize("trend", [True, False])
def test_the_programme_that_did_nothing_is_not(disciplinaries, trend):
    found = before_after_effects(disciplinaries, REBOUND, "BME", "White", ratio=RATE_GAP, trend=trend).iloc[0]
    assert found["verdict"] == "cannot tell"


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
