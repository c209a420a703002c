import numpy as np
import pytest
from scipy.integrate import trapezoid
from scipy.stats import beta, betabinom

from equity_metrics.measures.fairness.pooled_limits import pooled_limits
from equity_metrics.measures.fairness.pooling import pooled

X, N = np.array([40.0, 12, 9, 3, 1]), np.array([400.0, 60, 30, 20, 30])


def test_agrees_with_the_whole_posterior_on_a_fine_grid():
    made = pooled(X, N)
    mean, log_weight = np.meshgrid(np.linspace(0.005, 0.6, 120), np.linspace(np.log(0.5), np.log(1e5), 80))
    weight = np.exp(log_weight)
    a, b = weight * mean, weight * (1 - mean)
    likely = sum(betabinom.logpmf(x, n, a, b) for x, n in zip(X, N, strict=True)) - log_weight / 2
    share = np.exp(likely - likely.max()).ravel()
    share /= share.sum()
    points = np.linspace(0.0005, 0.7, 1200)
    for group in (1, 4):
        after = sum(
            s * beta.pdf(points, X[group] + p, N[group] - X[group] + q)
            for s, p, q in zip(share, a.ravel(), b.ravel(), strict=True)
            if s > 1e-8
        )
        below = np.array([trapezoid(after[: i + 1], points[: i + 1]) for i in range(len(points))])
        lower, upper = np.interp([0.025, 0.975], below, points)
        assert made.lower[group] == pytest.approx(lower, abs=0.012)
        assert made.upper[group] == pytest.approx(upper, abs=0.012)


@pytest.mark.parametrize("weight", [30, 300, 3000, 1e7])
@pytest.mark.parametrize("groups", [4, 8, 17])
def test_limits_hold_the_truth_as_often_as_they_say(weight, groups):
    rng = np.random.default_rng(20250402)
    held = []
    for _ in range(150):
        n = rng.integers(20, 1500, groups)
        truth = rng.beta(0.15 * weight, 0.85 * weight, groups)
        made = pooled(rng.binomial(n, truth), n)
        held.append((made.lower <= truth) & (truth <= made.upper))
    assert np.mean(np.concatenate(held)) > 0.91


def test_groups_that_do_not_differ_are_not_known_to_the_last_digit():
    made = pooled([100, 10, 20], [1000, 100, 200])
    alone = np.sqrt(0.1 * 0.9 / 1300) * 1.96
    assert (made.upper - made.lower > 2 * alone).all()


def test_more_confidence_is_wider_and_holds_the_value():
    value, shared = pooled(X, N).value, pooled(X, N).shared
    (inner_low, inner_high), (low, high) = (pooled_limits(X, N, value, shared, level) for level in (0.8, 0.95))
    assert ((low < inner_low) & (inner_low < value) & (value < inner_high) & (inner_high < high)).all()
