import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.interventions import Intervention
from equity_metrics.change.panels import (
    log_odds_ratios,
    log_relative_likelihoods,
    paired_counts,
    phases,
    ratio_panel,
)


def counts():
    return pd.DataFrame(
        [
            ("Ash", "2024", "2", "BME", 9, 100),
            ("Ash", "2024", "2", "White", 30, 200),
            ("Ash", "2025", "2", "BME", 12, 100),
            ("Ash", "2025", "2", "White", 31, 210),
            ("Elm", "2025", "2", "BME", 0, 50),
            ("Elm", "2025", "2", "White", 8, 80),
            ("Elm", "2024", "2", "White", 9, 90),
            ("Elm", "2024", "2", "BME", 3, 40),
        ],
        columns=["organisation", "period", "indicator", "group", "numerator", "denominator"],
    )


def test_a_group_stands_beside_its_reference():
    pairs = paired_counts(counts(), "BME", "White")
    assert pairs.loc[("Elm", "2024")].tolist() == [3, 40, 9, 90]
    assert list(pairs.index) == [("Ash", "2024"), ("Ash", "2025"), ("Elm", "2024"), ("Elm", "2025")]


def test_ratios_with_a_half_added():
    pairs = paired_counts(counts(), "BME", "White")
    odds, odds_variance = log_odds_ratios(pairs)
    assert odds.iloc[0] == pytest.approx(np.log((9.5 / 91.5) / (30.5 / 170.5)))
    assert odds_variance.iloc[0] == pytest.approx(1 / 9.5 + 1 / 91.5 + 1 / 30.5 + 1 / 170.5)
    likelihood, variance = log_relative_likelihoods(pairs)
    assert likelihood.iloc[3] == pytest.approx(np.log((0.5 / 50.5) / (8.5 / 80.5)))
    assert variance.iloc[3] == pytest.approx(1 / 0.5 - 1 / 50.5 + 1 / 8.5 - 1 / 80.5)
    assert ratio_panel(odds).loc["Elm", "2025"] == odds.loc[("Elm", "2025")]


def test_phases_leave_the_lead_in_out():
    intervention = Intervention("x", "2024-02", "Ash", "2", "higher", lead_in=1)
    periods = pd.Index(["2024-01", "2024-02", "2024-03"])
    assert phases(periods, intervention).tolist() == ["baseline", "lead-in", "after"]


@pytest.mark.parametrize("start", ["2024-01", "2024-03", "2025-01"])
def test_phases_need_both_sides(start):
    with pytest.raises(ValueError, match="start must"):
        phases(pd.Index(["2024-01", "2024-02", "2024-03"]), Intervention("x", start, "Ash", "2", "higher", lead_in=1))


def test_incomplete_counts_are_refused():
    with pytest.raises(ValueError) as refusal:
        paired_counts(counts().iloc[:-1], "BME", "White")
    assert str(refusal.value) == "counts must be complete, got: nothing for Elm in 2024"
    with pytest.raises(ValueError) as refusal:
        paired_counts(counts(), "Asian", "White")
    assert str(refusal.value) == "group must be one of BME, White, got: Asian"
    with pytest.raises(ValueError, match="got twice"):
        paired_counts(pd.concat([counts(), counts().iloc[:1]]), "BME", "White")
    with pytest.raises(ValueError, match="one indicator"):
        paired_counts(counts().assign(indicator=["2", "3"] * 4), "BME", "White")
