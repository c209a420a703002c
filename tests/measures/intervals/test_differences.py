import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from equity_metrics.measures.intervals.differences import newcombe_gap, welch_gap
from measures.counts_strategies import CONFIDENCE, events_of
from measures.golden import golden_cases


@pytest.mark.parametrize("case", golden_cases("differences.json"), ids=lambda c: c["id"])
def test_agrees_with_figures_calculated_elsewhere(case):
    limits = newcombe_gap(case["x1"], case["n1"], case["x0"], case["n0"], case["confidence"])
    np.testing.assert_allclose(limits, (case["lower"], case["upper"]), rtol=0, atol=case["atol"])


def test_exists_at_nobody_and_at_everybody():
    lower, upper = newcombe_gap([0, 10, 0, 1], [10, 10, 10, 1], [0, 0, 10, 0], [20, 10, 10, 1])
    assert (lower < upper).all()
    assert upper[1] == 1
    assert lower[2] == -1
    np.testing.assert_allclose(lower[1], -upper[2])


def test_missing_in_is_missing_out():
    lower, upper = newcombe_gap([np.nan, 1, 0], [5, 5, 0], [1, 1, 1], [5, np.nan, 5])
    assert np.isnan([lower, upper]).all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((6, 5, 1, 5), "x1 must be between 0 and n1, got: 6 of 5"),
        ((1, 5, -1, 5), "x0 must be between 0 and n0, got: -1 of 5"),
        ((1, 5, 1, -5), "n0 must be a finite number of people, 0 or more, got: -5"),
        ((1, 5, 1, 5, 1), "confidence must be between 0 and 1, got: 1"),
    ],
)
def test_refuses_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError) as refused:
        newcombe_gap(*arguments)
    assert str(refused.value) == sentence


@given(events_of(), events_of(), CONFIDENCE)
def test_limits_hold_the_gap_and_swapping_negates_them(group, reference, confidence):
    lower, upper = newcombe_gap(*group, *reference, confidence)
    gap = group[0] / group[1] - reference[0] / reference[1]
    assert -1 <= lower <= gap <= upper <= 1
    np.testing.assert_allclose(newcombe_gap(*reference, *group, confidence), (-upper, -lower), atol=1e-15)


@given(events_of(), events_of())
def test_more_confidence_is_a_wider_interval(group, reference):
    limits = np.array([newcombe_gap(*group, *reference, confidence) for confidence in (0.5, 0.8, 0.95, 0.998)])
    assert (np.diff(limits[:, 0]) <= 1e-15).all()
    assert (np.diff(limits[:, 1]) >= -1e-15).all()


RESPONDENTS = st.lists(st.sampled_from([0, 2.5, 5, 7.5, 10]), min_size=2, max_size=40)


@given(RESPONDENTS, RESPONDENTS, CONFIDENCE)
def test_welch_agrees_with_scipy(group, reference, confidence):
    a, b = np.array(group), np.array(reference)
    limits = welch_gap(a.mean(), a.var(ddof=1), len(a), b.mean(), b.var(ddof=1), len(b), confidence)
    if a.var() + b.var() == 0:
        assert np.isnan(limits).all()
        return
    expected = ttest_ind(a, b, equal_var=False).confidence_interval(confidence)
    np.testing.assert_allclose(limits, (expected.low, expected.high), rtol=1e-9, atol=1e-12)


def test_welch_needs_two_respondents_and_a_variance():
    lower, upper = welch_gap(7, [4, np.nan, 4, 4], [1, 50, 50, 0], 6, 4, [50, 50, 1, 50])
    assert np.isnan([lower, upper]).all()


def test_welch_refuses_a_negative_variance():
    with pytest.raises(ValueError) as refused:
        welch_gap(7, 4, 50, 6, -4, 50)
    assert str(refused.value) == "variance0 must be 0 or more, got: -4"
