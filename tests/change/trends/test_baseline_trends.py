import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from change.paired_counts_examples import MONTHS, YEARS, two_groups
from equity_metrics.change.trends.baseline_trends import baseline_trends, gap_trends
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP

STEPS = np.arange(36)


def poisson_counts(seed=1, periods=36, drift=0.0):
    random = np.random.default_rng(seed)
    season = np.exp(0.3 * np.sin(2 * np.pi * STEPS / 12))[:periods]
    own = random.poisson(40 * season * np.exp(drift * STEPS[:periods]))
    return two_groups(own, 2000, random.poisson(120 * season), 9000, MONTHS[:periods])


def test_the_lines_are_those_of_a_model_of_group_by_time():
    counts = two_groups(np.arange(20, 29), 300, np.arange(60, 51, -1), 900, YEARS)
    found = baseline_trends(counts, "BME", "White", ratio=RATE_GAP)
    long = counts.assign(time=np.tile(np.arange(9), 2))
    formula = "numerator ~ time * C(group, Treatment('White'))"
    model = smf.poisson(formula, long, exposure=long["denominator"]).fit(disp=0, tol=1e-12)
    np.testing.assert_allclose(found["expected"] * found["denominator"], model.predict(), rtol=1e-6)


def test_years_have_no_season_and_months_have_one_for_both_groups():
    years = two_groups([28, 31] * 4 + [30], 300, 90, 900, YEARS)
    assert baseline_trends(years, "BME", "White", ratio=ODDS_GAP)["method"].iloc[0] == "quasi-binomial, group by time"
    months = baseline_trends(poisson_counts(), "BME", "White", ratio=RATE_GAP)
    assert months["method"].iloc[0] == "quasi-Poisson, group by time, season"
    summer = months[months["period"].str.endswith("-04")]["expected"].mean()
    winter = months[months["period"].str.endswith("-10")]["expected"].mean()
    assert summer > 1.5 * winter
    assert months["dispersion"].iloc[0] < 1.3


@pytest.mark.parametrize("ratio", [ODDS_GAP, RATE_GAP])
def test_periods_to_come_fall_inside_their_prediction_interval(ratio):
    inside = []
    for seed in range(20):
        found = baseline_trends(poisson_counts(seed), "BME", "White", ratio=ratio, start="2023-01")
        later = found[~found["baseline"]]
        inside.append(later["value"].between(later["lower"], later["upper"]).mean())
    assert 0.93 < np.mean(inside) < 0.99


def test_the_path_of_the_gap_is_not_moved_by_what_moves_both():
    shock = np.where(STEPS == 30, 3.0, 1.0)
    counts = two_groups(200 * shock, 20_000, 300 * shock, 60_000, MONTHS)
    found = gap_trends(counts, "BME", "White", ratio=RATE_GAP)
    np.testing.assert_allclose(found["expected"], 2.0)
    np.testing.assert_allclose(found["value"], 2.0)


def test_the_gap_observed_falls_inside_its_prediction_interval():
    inside = []
    for seed in range(40):
        found = gap_trends(poisson_counts(seed, drift=0.01), "BME", "White", ratio=RATE_GAP, start="2023-01")
        later = found[~found["baseline"]]
        inside.append(later["value"].between(later["lower"], later["upper"]).mean())
    assert np.mean(inside) > 0.93


def test_a_period_without_events_has_no_ratio():
    counts = two_groups([0, *[5] * 8], 300, [0, *[20] * 8], 900, YEARS)
    found = gap_trends(counts, "BME", "White", ratio=RATE_GAP)
    assert np.isnan(found["value"].iloc[0])
    assert found["expected"].iloc[0] == pytest.approx(0.75)


def test_periods_to_come_carry_the_lines_on():
    for trends in (baseline_trends, gap_trends):
        found = trends(poisson_counts(), "BME", "White", ratio=RATE_GAP, ahead=6)
        later = found[~found["baseline"]]
        assert later["period"].iloc[:6].tolist() == [f"2024-{month:02d}" for month in range(1, 7)]
        assert later["value"].isna().all()
        assert (later["lower"] < later["expected"]).all()
        assert (later["expected"] < later["upper"]).all()


def test_two_places_are_no_single_line():
    both = [two_groups(30, 300, 90, 900, YEARS, where=where) for where in ("Exampleshire", "Elsewhere")]
    with pytest.raises(ValueError) as refused:
        baseline_trends(pd.concat(both), "BME", "White", ratio=ODDS_GAP)
    assert str(refused.value) == "counts must hold one organisation, got: 2"


@pytest.mark.parametrize("trends", [baseline_trends, gap_trends])
def test_three_periods_are_no_baseline(trends):
    counts = two_groups(30, 300, 90, 900, YEARS)
    with pytest.raises(ValueError) as refused:
        trends(counts, "BME", "White", ratio=ODDS_GAP, start=YEARS[3])
    assert str(refused.value) == "counts must hold at least 4 periods of baseline, got: 3"
