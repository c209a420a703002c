import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.between_places.panels import (
    ODDS_RATIO,
    RELATIVE_LIKELIHOOD,
    log_odds_ratios,
    log_relative_likelihoods,
    paired_counts,
    phases,
    ratio_panel,
)
from equity_metrics.change.interventions import Intervention


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
    odds, odds_variance = log_odds_ratios(9, 100, 30, 200)
    assert odds == pytest.approx(np.log((9.5 / 91.5) / (30.5 / 170.5)))
    assert odds_variance == pytest.approx(1 / 9.5 + 1 / 91.5 + 1 / 30.5 + 1 / 170.5)
    likelihood, variance = log_relative_likelihoods(0, 50, 8, 80)
    assert likelihood == pytest.approx(np.log((0.5 / 50.5) / (8.5 / 80.5)))
    assert variance == pytest.approx(1 / 0.5 - 1 / 50.5 + 1 / 8.5 - 1 / 80.5)


def test_a_panel_has_a_row_a_place_and_a_column_a_period():
    panel = ratio_panel(paired_counts(counts(), "BME", "White"), RELATIVE_LIKELIHOOD)
    assert list(panel.columns) == ["2024", "2025"]
    assert panel.loc["Elm", "2025"] == log_relative_likelihoods(0, 50, 8, 80)[0]


def test_moving_a_share_moves_its_ratio():
    assert ODDS_RATIO.moved(0.2, np.log(2)) == pytest.approx(1 / 3)
    assert RELATIVE_LIKELIHOOD.moved(0.2, np.log(2)) == pytest.approx(0.4)
    assert RELATIVE_LIKELIHOOD.moved(0.9, 1.0) == 1
    assert ODDS_RATIO.moved(0.0, 1.0) == 0


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
