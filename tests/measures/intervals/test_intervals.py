import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from scipy.stats import norm

from equity_metrics.measures.intervals.intervals import normal_quantile, wilson
from measures.counts_strategies import CONFIDENCE, events_of
from measures.golden import golden_cases


@pytest.mark.parametrize("case", golden_cases("wilson.json"), ids=lambda c: c["id"])
def test_agrees_with_figures_calculated_elsewhere(case):
    limits = np.array(wilson(case["x"], case["n"], case["confidence"])) * case["multiplier"]
    np.testing.assert_allclose(limits, [case["lower"], case["upper"]], rtol=1e-13)


def test_is_exact_at_nobody_and_at_everybody():
    lower, upper = wilson([0, 10, 0, 1], [10, 10, 1, 1])
    assert lower[[0, 2]].tolist() == [0, 0]
    assert upper[[1, 3]].tolist() == [1, 1]
    z2 = norm.ppf(0.975) ** 2
    np.testing.assert_allclose([upper[0], lower[1]], [z2 / (10 + z2), 10 / (10 + z2)], rtol=1e-14)


def test_keeps_its_digits_for_one_event_among_very_many():
    lower, _ = wilson(1, 10**15)
    z2 = norm.ppf(0.975) ** 2
    rare = 1 + z2 / 2 - np.sqrt(z2 + z2**2 / 4)  # the lower score limit of one rare event: (1 − m)² = z² m
    np.testing.assert_allclose(lower, rare / 10**15, rtol=1e-13)


def test_missing_in_is_missing_out():
    for x, n in ((np.nan, 10), (1, np.nan), (0, 0), (None, 5)):
        assert np.isnan(wilson(x, n)).all()
    lower, upper = wilson(pd.Series([1, None], dtype="Int64"), pd.Series([2, 2], dtype="Int64"))
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [False, True]


def test_broadcasts():
    lower, upper = wilson([[1], [2]], [10, 20, 30])
    assert lower.shape == upper.shape == (2, 3)
    assert lower[1, 2] == wilson(2, 30)[0]
    assert isinstance(wilson(1, 2)[0], np.ndarray)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((12, 10), "x must be between 0 and n, got: 12 of 10"),
        (([1, -1], 10), "x must be between 0 and n, got: -1 of 10"),
        ((0, -5), "n must be a finite number of people, 0 or more, got: -5"),
        ((0, np.inf), "n must be a finite number of people, 0 or more, got: inf"),
        ((1, 2, 95), "confidence must be between 0 and 1, got: 95"),
        ((1, 2, 0), "confidence must be between 0 and 1, got: 0"),
        ((1, 2, np.nan), "confidence must be between 0 and 1, got: nan"),
    ],
)
def test_refuses_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError) as refused:
        wilson(*arguments)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("confidence", [1e-12, 0.5, 0.95, 0.998, 1 - 1e-12])
def test_quantile_is_the_two_sided_normal_one(confidence):
    np.testing.assert_allclose(normal_quantile(confidence), norm.isf((1 - confidence) / 2), rtol=1e-4, atol=1e-16)


@given(events_of(), CONFIDENCE)
def test_limits_hold_the_estimate_and_stay_between_0_and_1(events, confidence):
    x, n = events
    lower, upper = wilson(x, n, confidence)
    assert 0 <= lower <= x / n <= upper <= 1


@given(events_of(), CONFIDENCE)
def test_counting_the_others_mirrors_the_limits(events, confidence):
    x, n = events
    lower, upper = wilson(x, n, confidence)
    np.testing.assert_allclose(wilson(n - x, n, confidence), (1 - upper, 1 - lower), atol=1e-14)


@given(events_of())
def test_more_confidence_is_a_wider_interval(events):
    limits = np.array([wilson(*events, confidence) for confidence in (0.5, 0.8, 0.95, 0.998)])
    assert (np.diff(limits[:, 0]) <= 0).all()
    assert (np.diff(limits[:, 1]) >= 0).all()
