import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from equity_metrics.change.between_places.simplex_weights import duality_gap, simplex_weights


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), periods=st.integers(3, 20), count=st.integers(2, 30))
def test_weights_are_shares_and_meet_the_kkt_conditions(seed, periods, count):
    rng = np.random.default_rng(seed)
    donors, target = rng.normal(10, 2, (periods, count)), rng.normal(10, 2, periods)
    weights = simplex_weights(donors, target)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1, abs=1e-9)
    gradient = donors.T @ (donors @ weights - target)
    used = weights > 1e-9
    assert gradient[used].max() - gradient.min() < 1e-5
    assert duality_gap(donors, target, weights) < 1e-5


def test_agrees_with_a_general_solver():
    rng = np.random.default_rng(3)
    donors, target = rng.normal(0, 1, (15, 6)), rng.normal(0, 1, 15)
    general = minimize(
        lambda w: float(((donors @ w - target) ** 2).sum()),
        np.full(6, 1 / 6),
        bounds=[(0, 1)] * 6,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 500},
    )
    np.testing.assert_allclose(simplex_weights(donors, target), general.x, atol=1e-5)


def test_a_donor_that_equals_the_target_takes_all_the_weight():
    donors = np.random.default_rng(1).normal(50, 5, (30, 8))
    np.testing.assert_allclose(simplex_weights(donors, donors[:, 4]), np.eye(8)[4], atol=1e-9)


def test_a_large_ridge_shares_the_weight_equally():
    donors = np.random.default_rng(2).normal(0, 1, (9, 5))
    np.testing.assert_allclose(simplex_weights(donors, donors[:, 0], ridge=1e8), np.full(5, 0.2), atol=1e-6)


def test_a_bad_weight_is_seen_by_the_duality_gap():
    donors, target = np.eye(3), np.array([1.0, 0.0, 0.0])
    assert duality_gap(donors, target, np.full(3, 1 / 3)) > 0.5


@pytest.mark.parametrize(
    ("donors", "target", "ridge", "sentence"),
    [
        (np.ones((3, 2)), np.ones(4), 0.0, "target must have one value a row of donors, got: (4,) and (3, 2)"),
        ([[1.0, np.nan]], [1.0], 0.0, "donors and target must be complete, got: a missing or infinite value"),
        (np.ones((1, 2)), np.ones(1), -1.0, "ridge must not be negative, got: -1.0"),
    ],
)
def test_refuses_in_one_sentence(donors, target, ridge, sentence):
    with pytest.raises(ValueError) as refusal:
        simplex_weights(donors, target, ridge)
    assert str(refusal.value) == sentence
