import math

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import brentq, minimize_scalar
from scipy.special import xlog1py, xlogy
from scipy.stats import chi2

from equity_metrics.measures.intervals.ratios import katz_ratio, koopman_ratio
from measures.counts_strategies import CONFIDENCE, events_of
from measures.golden import golden_cases

METHODS = {"katz_ratio": katz_ratio, "koopman_ratio": koopman_ratio}


@pytest.mark.parametrize("case", golden_cases("ratios.json"), ids=lambda c: c["id"])
def test_agrees_with_figures_calculated_elsewhere(case):
    limits = METHODS[case["method"]](case["x1"], case["n1"], case["x0"], case["n0"], case["confidence"])
    expected = (case["lower"], case["upper"])
    np.testing.assert_allclose(limits, expected, rtol=case.get("rtol", 0), atol=case.get("atol", 0))


def chi_square_at(ratio, x1, n1, x0, n0):
    """Pearson's chi-square at a ratio, with the best-fitting proportions found by search: slow, and independent."""

    def misfit(p0):
        p1 = ratio * p0
        return -(xlogy(x1, p1) + xlog1py(n1 - x1, -p1) + xlogy(x0, p0) + xlog1py(n0 - x0, -p0))

    p0 = minimize_scalar(misfit, bounds=(0, min(1, 1 / ratio)), method="bounded", options={"xatol": 1e-14}).x
    p1 = ratio * p0
    return (x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1)) + (x0 - n0 * p0) ** 2 / (n0 * p0 * (1 - p0))


@pytest.mark.parametrize(
    "pair", [(7, 34, 1, 34), (21, 1300, 38, 4200), (3, 40, 5, 38), (120, 1450, 520, 3600), (9, 10, 3, 10), (1, 2, 1, 3)]
)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_koopman_limits_are_where_the_score_statistic_meets_chi_square(pair, confidence):
    x1, n1, x0, n0 = pair
    ratio, wanted = (x1 / n1) / (x0 / n0), chi2.ppf(confidence, 1)
    lower, upper = koopman_ratio(*pair, confidence)
    for limit, away in ((lower, ratio / 1e4), (upper, ratio * 1e4)):
        root = brentq(lambda t: chi_square_at(math.exp(t), *pair) - wanted, math.log(away), math.log(ratio), xtol=1e-12)
        assert math.isclose(limit, math.exp(root), rel_tol=1e-6)


def test_koopman_closed_forms_where_the_event_happened_to_everyone():
    z2 = chi2.ppf(0.95, 1)
    np.testing.assert_allclose(koopman_ratio(20, 20, 30, 30), (20 / (20 + z2), (30 + z2) / 30), rtol=1e-12)
    n = 7_564_336_677
    np.testing.assert_allclose(koopman_ratio(n, n, n, n), (n / (n + z2), (n + z2) / n), rtol=1e-14)


def test_koopman_exists_at_zero():
    lower, upper = koopman_ratio([0, 3, 0], 10, [5, 0, 0], 20)
    assert lower.tolist()[0::2] == [0, 0]
    assert upper.tolist()[1:] == [math.inf, math.inf]
    assert 0 < lower[1] < math.inf
    assert 0 < upper[0] < math.inf
    assert np.isnan(koopman_ratio([0, 1, 0], [0, 5, 0], [1, 0, 0], [5, 0, 0])).all()


def test_koopman_solves_many_pairs_at_once_as_it_solves_each():
    rng = np.random.default_rng(20250331)
    n1, n0 = rng.integers(1, 5000, (2, 20_000))
    x1, x0 = rng.binomial(n1, rng.random(20_000) ** 3), rng.binomial(n0, rng.random(20_000) ** 3)
    together = np.array(koopman_ratio(x1, n1, x0, n0))
    assert not np.isnan(together).any()
    for i in range(0, 20_000, 997):
        np.testing.assert_array_equal(koopman_ratio(x1[i], n1[i], x0[i], n0[i]), together[:, i])


def test_katz_is_missing_where_it_would_mislead():
    lower, upper = katz_ratio([0, 3, 0, 5, 0, 2], [5, 5, 5, 5, 0, 5], [2, 0, 0, 9, 2, np.nan], [9, 9, 9, 9, 9, 9])
    assert np.isnan([lower, upper]).all()


def test_katz_holds_where_the_event_happened_to_everyone_in_one_group():
    spread = math.exp(1.959963984540054 * math.sqrt(1 / 3 - 1 / 9))
    np.testing.assert_allclose(katz_ratio(5, 5, 3, 9), (3 / spread, 3 * spread), rtol=1e-14)


@pytest.mark.parametrize("method", [katz_ratio, koopman_ratio])
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((6, 5, 1, 5), "x1 must be between 0 and n1, got: 6 of 5"),
        ((1, 5, [1, -1], 5), "x0 must be between 0 and n0, got: -1 of 5"),
        ((1, 5, 1, 5, 1.5), "confidence must be between 0 and 1, got: 1.5"),
    ],
)
def test_refuses_in_one_sentence(method, arguments, sentence):
    with pytest.raises(ValueError) as refused:
        method(*arguments)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("method", [katz_ratio, koopman_ratio])
@given(group=events_of(), reference=events_of(), confidence=CONFIDENCE)
def test_limits_hold_the_ratio_and_swapping_inverts_them(method, group, reference, confidence):
    lower, upper = method(*group, *reference, confidence)
    turned_lower, turned_upper = method(*reference, *group, confidence)
    with np.errstate(divide="ignore", over="ignore"):
        np.testing.assert_allclose((turned_lower, turned_upper), (1 / upper, 1 / lower), rtol=1e-12)
    assert not lower < 0
    if group[0] and reference[0] and not np.isnan(lower):
        ratio = (group[0] / group[1]) / (reference[0] / reference[1])
        assert lower <= ratio * (1 + 1e-12)
        assert upper >= ratio * (1 - 1e-12)


@given(events_of(), events_of())
def test_more_confidence_is_a_wider_interval(group, reference):
    limits = np.array([koopman_ratio(*group, *reference, confidence) for confidence in (0.5, 0.8, 0.95, 0.998)])
    assert (limits[1:, 0] <= limits[:-1, 0] * (1 + 1e-12)).all()
    assert (limits[1:, 1] >= limits[:-1, 1] * (1 - 1e-12)).all()
