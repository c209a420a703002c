import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from equity_metrics.measures.intervals.rates import byar, event_limits, exact_poisson, rate_limits
from measures.counts_strategies import CONFIDENCE
from measures.golden import golden_cases

CASES = golden_cases("rates.json")


@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] == "count_limits"], ids=lambda c: c["id"])
def test_numbers_of_events_agree_with_figures_calculated_elsewhere(case):
    method = {"Byar": byar, "Exact": exact_poisson}[case["method"]]
    lower, upper = method(case["x"], case["confidence"])
    expected = (np.nan if case["lower"] is None else case["lower"], case["upper"])
    np.testing.assert_allclose((lower, upper), expected, rtol=1e-12)


@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] == "rate"], ids=lambda c: c["id"])
def test_rates_agree_with_figures_calculated_elsewhere(case):
    limits = np.array(rate_limits(case["x"], case["n"], case["confidence"])) * case["multiplier"]
    np.testing.assert_allclose(limits, (case["lower"], case["upper"]), rtol=1e-12)


def test_exact_below_ten_and_byar_from_ten():
    lower, upper = event_limits([9, 10])
    assert (lower[0], upper[0]) == tuple(float(limit) for limit in exact_poisson(9))
    assert (lower[1], upper[1]) == tuple(float(limit) for limit in byar(10))


def test_missing_in_missing_out():
    assert np.isnan(event_limits([np.nan])).all()
    assert np.isnan(rate_limits([5, np.nan, 5], [0, 5, np.nan])).all()
    assert np.isnan(byar(0)[0])


@given(st.integers(1, 5000), CONFIDENCE)
def test_exact_limits_are_where_the_tails_are_half_of_what_is_left(x, confidence):
    lower, upper = exact_poisson(x, confidence)
    np.testing.assert_allclose(poisson.sf(x - 1, lower), (1 - confidence) / 2, rtol=1e-6)
    np.testing.assert_allclose(poisson.cdf(x, upper), (1 - confidence) / 2, rtol=1e-6)
    assert lower <= x <= upper


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (lambda: byar(-1), "x must be a finite number of events, 0 or more, got: -1"),
        (lambda: exact_poisson(np.inf), "x must be a finite number of events, 0 or more, got: inf"),
        (lambda: rate_limits(5, -2), "n must be a finite number, 0 or more, got: -2"),
        (lambda: exact_poisson(5, 1.0), "confidence must be between 0 and 1, got: 1.0"),
    ],
)
def test_refuses_in_one_sentence(limits, sentence):
    with pytest.raises(ValueError) as refused:
        limits()
    assert str(refused.value) == sentence
