import numpy as np
import pytest

from change.series_examples import monthly
from equity_metrics.change.charts.charted_values import paired_rows
from equity_metrics.change.charts.pooled_series import pooled_series
from equity_metrics.change.trends.baseline_paths import A_YEAR, expected_paths, gap_model, gap_slope
from equity_metrics.change.trends.baseline_trends import baseline_trends, gap_trends
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP

RANDOM = np.random.default_rng(3)
COUNTS = monthly({"White": (RANDOM.binomial(400, 0.2, 24), 400), "BME": (RANDOM.binomial(200, 0.15, 24), 200)})


def paired(length, counts=COUNTS):
    released = pooled_series(counts, length).assign(period_length=length, withheld="", audience="publish")
    return paired_rows(released, "White")


@pytest.mark.parametrize("gap", [True, False])
def test_months_are_fitted_as_the_trend_of_months_is(gap):
    found = expected_paths(paired("month"), "White", gap=gap)
    known = (gap_trends if gap else baseline_trends)(COUNTS, "BME", "White", ratio=ODDS_GAP, ahead=12)
    known = known if gap else known[known["group"] == "BME"]
    np.testing.assert_allclose(found["expected"], known["expected"])
    assert found["period"].tolist() == known["period"].tolist()
    assert found.loc[found["ahead"], "period"].tolist()[-1] == "2025-03"


@pytest.mark.parametrize(("length", "last"), [("quarter", "2024-25 Q4"), ("half-year", "2024-25 H2")])
def test_longer_periods_are_carried_on_for_one_year_under_their_own_names(length, last):
    found = expected_paths(paired(length), "White", gap=True)
    assert found["ahead"].sum() == A_YEAR[length]
    assert found["period"].iloc[-1] == last
    assert found.loc[found["ahead"], "value"].isna().all()
    assert (found["lower"] < found["expected"]).all()
    assert (found["expected"] < found["upper"]).all()


def test_a_growing_gap_is_seen_in_its_yearly_slope():
    months = np.arange(24)
    odds = 0.25 * np.exp(-0.4 * months / 12)
    counts = monthly({"White": (800, 4000), "BME": (np.rint(4000 * odds / (1 + odds)), 4000)})
    slope = gap_slope(paired("month", counts))
    assert slope.value == pytest.approx(np.exp(-0.4), rel=0.01)
    assert slope.lower < slope.value < slope.upper < 1
    by_quarter = gap_slope(paired("quarter", counts))
    assert by_quarter.value == pytest.approx(slope.value, rel=0.01)


def test_too_little_has_no_path():
    few = paired("year")
    assert expected_paths(few, "White", gap=True).empty
    assert gap_slope(few) is None
    withheld = paired("quarter").assign(numerator=np.nan)
    assert expected_paths(withheld, "White", gap=False).empty
    nothing = paired("month", monthly({"White": (9, 400), "BME": (0, 200)}))
    assert expected_paths(nothing, "White", gap=True).empty


def test_rare_events_are_rates_and_appointments_odds():
    assert gap_model("3") is RATE_GAP
    assert gap_model("2") is ODDS_GAP
