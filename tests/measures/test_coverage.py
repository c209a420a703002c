"""How often an interval holds the truth, counted over every outcome that can happen and not simulated."""

import numpy as np
import pytest
from scipy.stats import binom

from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.intervals.intervals import wilson
from equity_metrics.measures.intervals.ratios import koopman_ratio

PROPORTIONS = np.linspace(0.02, 0.98, 25)


def coverage_of_pairs(limits, truth, n1, n0):
    """Chance that the limits hold the truth, for every pair of true proportions."""
    x1, x0 = np.arange(n1 + 1), np.arange(n0 + 1)
    lower, upper = limits(x1[:, None], n1, x0[None, :], n0)
    found = []
    for p1 in PROPORTIONS:
        for p0 in PROPORTIONS:
            held = (lower <= truth(p1, p0)) & (truth(p1, p0) <= upper)
            found.append(binom.pmf(x1, n1, p1) @ held @ binom.pmf(x0, n0, p0))
    return np.array(found)


@pytest.mark.parametrize("n", [10, 50, 300])
def test_wilson_holds_the_truth_95_times_in_100_on_average(n):
    x = np.arange(n + 1)
    lower, upper = wilson(x, n)
    held = (lower <= PROPORTIONS[:, None]) & (PROPORTIONS[:, None] <= upper)
    coverage = (binom.pmf(x, n, PROPORTIONS[:, None]) * held).sum(axis=1)
    assert 0.945 < coverage.mean() < 0.965
    assert coverage.min() > 0.83


@pytest.mark.parametrize(("n1", "n0"), [(10, 10), (15, 60), (60, 200)])
@pytest.mark.parametrize(
    ("limits", "truth"), [(newcombe_gap, np.subtract), (koopman_ratio, np.divide)], ids=["newcombe", "koopman"]
)
def test_two_groups_hold_the_truth_95_times_in_100_on_average(limits, truth, n1, n0):
    coverage = coverage_of_pairs(limits, truth, n1, n0)
    assert 0.945 < coverage.mean() < 0.97
    assert coverage.min() > 0.88


def test_an_interval_that_is_too_narrow_would_be_found_out():
    coverage = coverage_of_pairs(lambda *pair: koopman_ratio(*pair, confidence=0.9), np.divide, 15, 60)
    assert coverage.mean() < 0.93
