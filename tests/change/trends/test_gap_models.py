import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP

TIMES = np.arange(12)
BASIS = segmented_basis(TIMES, TIMES >= 8).columns


def counts(seed):
    random = np.random.default_rng(seed)
    people, others = random.integers(60, 120, 12), random.integers(300, 500, 12)
    return random.binomial(people, 0.12), people, random.binomial(others, 0.08), others


@pytest.mark.parametrize(("ratio", "family"), [(ODDS_GAP, sm.families.Binomial()), (RATE_GAP, sm.families.Poisson())])
def test_the_fit_is_that_of_a_model_with_an_intercept_for_each_period(ratio, family):
    events, people, others, other_people = counts(1)
    found = ratio.fit(events, people, others, other_people, BASIS)
    periods = np.eye(12)
    design = np.block([[periods, BASIS], [periods, np.zeros_like(BASIS)]])
    all_events, all_people = np.concatenate([events, others]), np.concatenate([people, other_people])
    if ratio is ODDS_GAP:
        model = sm.GLM(np.column_stack([all_events, all_people - all_events]), design, family=family)
    else:
        model = sm.GLM(all_events, design, family=family, offset=np.log(all_people))
    reference = model.fit(tol=1e-13, maxiter=200)
    np.testing.assert_allclose(found.coefficients, reference.params[12:], atol=1e-9)
    np.testing.assert_allclose(found.reference_path, reference.params[:12], atol=1e-8)
    assert (found.errors**2).sum() == pytest.approx(reference.pearson_chi2, abs=1e-8)
    covariance = np.linalg.inv(BASIS.T @ (BASIS * found.weights[:, None]))
    np.testing.assert_allclose(np.sqrt(np.diag(covariance)), reference.bse[12:], rtol=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000))
def test_many_series_at_once_are_each_on_its_own(seed):
    many = [np.stack(rows) for rows in zip(*(counts(seed + step) for step in range(3)), strict=True)]
    together = RATE_GAP.fit(*many, BASIS)
    alone = RATE_GAP.fit(*(rows[1] for rows in many), BASIS)
    np.testing.assert_allclose(together.coefficients[1], alone.coefficients, atol=1e-8)


def test_a_shock_to_both_groups_leaves_the_gap_alone():
    people = np.full(12, 100_000)
    shock = np.where(TIMES == 5, 2.0, 1.0)
    steady = RATE_GAP.fit(np.full(12, 300), people, np.full(12, 200), people, BASIS)
    shaken = RATE_GAP.fit(300 * shock, people, 200 * shock, people, BASIS)
    np.testing.assert_allclose(shaken.coefficients, steady.coefficients, atol=1e-10)
    assert steady.coefficients[0] == pytest.approx(np.log(1.5))


@pytest.mark.parametrize("ratio", [ODDS_GAP, RATE_GAP])
def test_a_period_without_events_or_people_says_nothing(ratio):
    events, people, others, other_people = counts(3)
    events[4] = others[4] = 0
    people[9] = events[9] = 0
    found = ratio.fit(events, people, others, other_people, BASIS)
    kept = np.delete(TIMES, [4, 9])
    without = ratio.fit(events[kept], people[kept], others[kept], other_people[kept], BASIS[kept])
    assert found.weights[[4, 9]].max() < 1e-9
    np.testing.assert_allclose(found.coefficients, without.coefficients, atol=1e-6)
