import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.measures.fairness.funnels import (
    expected_funnel,
    likelihood_funnel,
    proportion_funnel,
    proportion_limits,
)
from equity_metrics.measures.fairness.overdispersion import overdispersion, winsorise
from measures.golden import GOLDEN, golden_cases

CASES = golden_cases("funnels.json")
AREAS = json.loads((GOLDEN / "funnels.json").read_text(encoding="utf-8"))["areas"]
X, N = (np.array([area[column] for area in AREAS]) for column in (0, 1))


def of_kind(kind):
    return pytest.mark.parametrize("case", [c for c in CASES if c["kind"] == kind], ids=lambda c: c["id"])


@of_kind("proportion_limits")
def test_limits_of_proportions_agree_with_figures_calculated_elsewhere(case):
    for confidence, suffix in ((0.95, "95"), (0.998, "998")):
        limits = proportion_limits(case["n"], case["target"], confidence)
        np.testing.assert_allclose(limits, (case[f"lower_{suffix}"], case[f"upper_{suffix}"]), atol=2e-8)


@of_kind("proportion_spread")
def test_spread_of_proportions_agrees_with_figures_calculated_elsewhere(case):
    made = proportion_funnel(X[: case["areas"]], N[: case["areas"]])
    np.testing.assert_allclose(made.spread, (case["phi"], case["tau2"]), rtol=1e-12)
    first = (made.inner[0][0], made.inner[1][0])
    np.testing.assert_allclose(first, case["limits_of_first"], rtol=1e-8)  # the source types 1.959964


@of_kind("expected_spread")
def test_spread_of_observed_over_expected_agrees_with_figures_calculated_elsewhere(case):
    made = expected_funnel(case["observed"], case["expected"], case["share"])
    np.testing.assert_allclose(made.spread, (case["phi"], case["tau2"]), rtol=1e-12)


@of_kind("expected_limits")
def test_exact_limits_agree_with_figures_calculated_elsewhere(case):
    made = expected_funnel(case["expected"], case["expected"])
    assert made.spread.tau2 == 0
    np.testing.assert_allclose(made.inner, (case["lower"], case["upper"]), rtol=1e-12)


@of_kind("tau2")
def test_variance_between_places_agrees_with_figures_calculated_elsewhere(case):
    y, v = np.array(case["yi"]), np.array(case["vi"])
    middle = (y / v).sum() / (1 / v).sum()
    np.testing.assert_allclose(overdispersion((y - middle) / np.sqrt(v), np.sqrt(v), 0).tau2, case["tau2"], rtol=1e-12)


def test_every_position_agrees_with_figures_printed_elsewhere():
    target = X.sum() / N.sum()
    (low, high), (lowest, highest) = (proportion_limits(N, target, confidence) for confidence in (0.95, 0.998))
    outside = [highest < X / N, lowest > X / N, high < X / N, low > X / N]
    words = np.select(outside, ["High (0.001)", "Low (0.001)", "High (0.025)", "Low (0.025)"], "Not significant")
    assert words.tolist() == [area[2] for area in AREAS]


def simulated(seed, between):
    rng = np.random.default_rng(seed)
    n1, n0 = rng.integers(200, 2000, (2, 400))
    ratio = np.exp(rng.normal(np.log(0.8), between, 400))
    return rng.binomial(n1, 0.2 * ratio), n1, rng.binomial(n0, 0.2), n0


def test_limits_of_likelihoods_hold_what_they_should_with_and_without_spread():
    for between in (0.0, 0.2):
        counts = simulated(20250331, between)
        made = likelihood_funnel(*counts, share=0)
        assert made.target == pytest.approx(0.8, rel=0.05)
        outside = ((made.value < made.inner[0]) | (made.value > made.inner[1])).mean()
        assert 0.02 < outside < 0.09
    assert np.sqrt(made.spread.tau2) == pytest.approx(0.2, abs=0.04)
    assert likelihood_funnel(*counts).spread.tau2 < made.spread.tau2


def test_places_with_missing_numbers_count_nowhere():
    made = proportion_funnel([*X[:30], np.nan, 0], [*N[:30], 50, 0])
    assert np.isnan(made.value[30:]).all()
    assert np.isnan(np.array([*made.inner, *made.outer])[:, 30:]).all()
    assert made.spread == proportion_funnel(X[:30], N[:30]).spread
    ratio = likelihood_funnel([5, 0, np.nan], [50, 50, 50], [9, 9, 9], [90, 90, 90])
    assert np.isnan(ratio.value).tolist() == [False, False, True]
    assert ratio.target == pytest.approx(0.5)


def test_fewer_than_two_places_have_no_spread():
    assert np.isnan(overdispersion([1.0], [1.0])).all()
    assert np.isnan(winsorise([np.nan])).all()


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=40), st.floats(0, 0.49))
def test_winsorising_draws_values_in_and_keeps_their_order(z, share):
    drawn_in = winsorise(z, share)
    assert np.abs(drawn_in).max() <= np.abs(z).max() + 1e-9
    assert len(drawn_in) == len(z)
    assert (np.diff(drawn_in[np.argsort(z, kind="stable")]) >= 0).all()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: winsorise([1.0], 0.5), "share must be from 0 up to but not 0.5, got: 0.5"),
        (lambda: proportion_funnel([5], [4]), "x must be between 0 and n, got: 5 of 4"),
        (lambda: expected_funnel([5], [-4]), "expected must be 0 or more, got: -4"),
    ],
)
def test_refuses_in_one_sentence(make, sentence):
    with pytest.raises(ValueError) as refused:
        make()
    assert str(refused.value) == sentence
