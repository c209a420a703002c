import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from equity_metrics.change.between_places.panels import ODDS_RATIO, RELATIVE_LIKELIHOOD
from equity_metrics.change.planning.power import (
    OwnBaseline,
    detectable_effects,
    own_baseline,
    power_curves,
    simulated_tests,
)
from equity_metrics.change.planning.waiting_times import risks_today, waiting_times

STEADY = OwnBaseline(periods=24, people=(400, 1_200), shares=(0.10, 0.14), dispersion=1.0)


def counts(people=400, share=0.1, indicator="2", months=24, seed=0, noise=0.0, season=0.0):
    rng = np.random.default_rng(seed)
    rows = []
    for month in pd.period_range("2022-01", periods=months, freq="M").astype(str):
        common = np.exp(rng.normal(0, season))
        for group, size, own in (("BME", people, share), ("White", 3 * people, share * 1.3)):
            chance = np.clip(common * own * np.exp(rng.normal(0, noise)), 0, 1)
            rows.append(("Ash", month, indicator, group, rng.binomial(size, chance), size))
    return pd.DataFrame(rows, columns=["organisation", "period", "indicator", "group", "numerator", "denominator"])


def test_the_baseline_is_learned_from_counts():
    found = own_baseline(counts(seed=1), "Ash", "BME", "White")
    assert found.periods == 24
    assert found.people == (400, 1_200)
    assert found.shares == pytest.approx((0.1, 0.13), abs=0.01)
    assert found.dispersion < 2
    assert own_baseline(counts(noise=0.4), "Ash", "BME", "White").dispersion > 3
    assert own_baseline(counts(season=0.4, seed=1), "Ash", "BME", "White").dispersion < 2


def test_without_effect_the_test_finds_one_in_twenty_at_most():
    estimates, errors = simulated_tests(STEADY, 1.0, 24, ratio=ODDS_RATIO)
    wrong = (np.abs(estimates[:, -1] / errors[:, -1]) > 1.96).mean()
    assert wrong <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 2_000)
    assert wrong > 0.02


@pytest.mark.parametrize("ratio", [ODDS_RATIO, RELATIVE_LIKELIHOOD])
def test_power_agrees_with_the_normal_formula_where_events_are_many(ratio):
    curve = power_curves(STEADY, [1.3], 24, ratio=ratio).iloc[-1]
    _, variances = ratio.logs([960, 1_200], [9_600, 9_600], [4_032, 4_032], [28_800, 28_800])
    expected = norm.sf(1.96 - np.log(1.3) / np.sqrt(variances.sum()))
    assert curve.power == pytest.approx(expected, abs=0.04)
    assert curve.monte_carlo_error == pytest.approx(np.sqrt(curve.power * (1 - curve.power) / 2_000))


def test_overdispersion_costs_power_and_its_variance_is_as_stated():
    rough = OwnBaseline(24, (400, 1_200), (0.10, 0.14), 3.0)
    calm_power, rough_power = (power_curves(one, [1.3], 24, ratio=ODDS_RATIO).iloc[-1].power for one in (STEADY, rough))
    assert rough_power < calm_power - 0.1
    spreads = [simulated_tests(one, 1.0, 24, ratio=ODDS_RATIO)[0][:, -1].var() for one in (STEADY, rough)]
    assert spreads[1] / spreads[0] == pytest.approx(3, rel=0.15)


@pytest.mark.parametrize("higher", [True, False])
def test_the_smallest_detectable_effect_has_the_power_asked_for(higher):
    found = detectable_effects(STEADY, 12, ratio=ODDS_RATIO, higher=higher, runs=1_000).iloc[-1]
    assert (found.effect > 1) == higher
    again = power_curves(STEADY, [found.effect], 12, ratio=ODDS_RATIO, seed=9).iloc[-1]
    assert again.power == pytest.approx(0.8, abs=0.05)


def test_rare_events_cannot_find_anything_soon():
    rare = OwnBaseline(12, (40, 120), (0.02, 0.02), 1.0)
    assert detectable_effects(rare, 2, ratio=RELATIVE_LIKELIHOOD, higher=False, runs=400)["effect"].isna().all()


def test_what_to_measure_meanwhile_is_what_tells_soonest():
    both = pd.concat(
        [
            counts(people=60, share=0.05, indicator="3"),
            counts(people=600, share=0.15, indicator="2"),
            counts(people=5, share=0.01, indicator="9"),
        ]
    )
    table = waiting_times(both, "Ash", "BME", "White", effect=1.4, ratio=ODDS_RATIO, longest=36, runs=500)
    assert table["indicator"].tolist() == ["2", "3", "9"]
    assert table["periods"].iloc[0] < 12
    assert "36 periods would not be enough" in table["why"].iloc[1]
    assert "at least 5 events" in table["why"].iloc[2]


def test_the_risk_of_deciding_today_falls_with_time():
    early, late = (risks_today(STEADY, periods, worthwhile=1.3, ratio=ODDS_RATIO) for periods in (1, 24))
    assert (late["risk"] < early["risk"] - 0.1).all()
    assert early["risk"].between(0.1, 0.5).all()
    with pytest.raises(ValueError, match="worthwhile must be a ratio other than 1, got: 1"):
        risks_today(STEADY, 3, worthwhile=1, ratio=ODDS_RATIO)


def test_too_few_events_are_refused():
    with pytest.raises(ValueError) as refusal:
        own_baseline(counts(people=4, share=0.01), "Ash", "BME", "White")
    assert "at least 5 events in each group's baseline, got:" in str(refusal.value)
