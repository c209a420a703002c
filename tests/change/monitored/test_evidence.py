import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from equity_metrics.change.before_after.conditional_likelihoods import lattice, rate_ratio_likelihoods
from equity_metrics.change.monitored.evidence import (
    EFFECT_SPREAD,
    baseline_spread,
    inflation,
    log_confidence_limits,
    log_e_values,
    log_excesses,
    log_threshold,
)

POINTS = lattice(60.0)
STEP = POINTS[1] - POINTS[0]


def excesses(events, total, spread):
    return log_excesses(rate_ratio_likelihoods(events, 1.0, total - events, 1.0, POINTS), STEP, spread)


def test_the_e_value_has_mean_one_at_most_under_the_null():
    """Exact: every outcome of a baseline of 14 events and 9 afterwards, at three true baselines."""
    before = excesses(np.arange(15.0), 14.0, baseline_spread(3.5))
    after = excesses(np.arange(10.0), 9.0, EFFECT_SPREAD)
    e_values = np.exp(log_e_values(before[:, None], after[None]))
    for share in (0.1, 0.35, 0.5):
        old = np.array([_binomial(14, k, share) for k in range(15)])
        new = np.array([_binomial(9, k, share) for k in range(10)])
        assert old @ e_values @ new <= 1 + 1e-9
    assert e_values.max() > 20


def _binomial(n, k, share):
    from scipy.stats import binom

    return binom.pmf(k, n, share)


@pytest.mark.parametrize(("old", "new"), [(2, 2), (5, 20), (40, 5)])
def test_false_alarms_under_monthly_peeking(old, new):
    """Poisson months, 60 looks, baseline of 12 months: at most 5 % ever alarm, within two Monte Carlo errors."""
    runs, rng = 400, np.random.default_rng(old)
    group, other = (rng.poisson(np.r_[np.full(12, old), np.full(60, new)] * level, (runs, 72)) for level in (1.3, 1.0))
    before = excesses(
        group[:, :12].sum(1).astype(float), (group + other)[:, :12].sum(1).astype(float), baseline_spread(12 * old / 2)
    )
    alarmed = np.zeros(runs, bool)
    for look in range(1, 61):
        later = excesses(
            group[:, 12 : 12 + look].sum(1).astype(float),
            (group + other)[:, 12 : 12 + look].sum(1).astype(float),
            EFFECT_SPREAD,
        )
        alarmed |= log_e_values(before, later) >= log_threshold(0.95)
    assert alarmed.mean() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / runs)


@settings(max_examples=60, deadline=None)
@example(old=3, old_total=3, new=0, new_total=6)
@given(old=st.integers(0, 60), old_total=st.integers(0, 60), new=st.integers(0, 60), new_total=st.integers(0, 60))
def test_the_interval_excludes_no_change_exactly_where_the_e_value_says_so(old, old_total, new, new_total):
    old, new = min(old, old_total), min(new, new_total)
    before = excesses(float(old), float(old_total), baseline_spread(old_total / 4))
    after = excesses(float(new), float(new_total), EFFECT_SPREAD)
    threshold = log_threshold(0.95)
    lower, upper = log_confidence_limits(before, after, POINTS, threshold)
    assert lower < upper
    assert (lower > 0 or upper < 0) == bool(log_e_values(before, after) >= threshold)


def test_more_inflation_widens_the_interval():
    before, after = excesses(30.0, 60.0, 0.3), excesses(50.0, 60.0, EFFECT_SPREAD)
    narrow, wide = (log_confidence_limits(before, after, POINTS, factor * log_threshold(0.95)) for factor in (1, 2))
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_inflation_sees_overdispersion_and_dependence_and_says_one_without():
    rng = np.random.default_rng(0)
    steady = rng.normal(0, 0.9, 200)
    steady -= steady.mean()
    assert inflation(steady, 198)[0] == 1
    assert inflation(rng.normal(0, np.sqrt(3), 400), 398)[0] == pytest.approx(3, rel=0.25)
    chained = np.zeros(500)
    for month in range(1, 500):
        chained[month] = 0.5 * chained[month - 1] + rng.normal()
    assert inflation(chained, 498)[1] == pytest.approx(3, rel=0.3)
    assert inflation(np.full(4, 9.0), 2) == (1.0, 1.0)
