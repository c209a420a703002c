import numpy as np
import pytest
from scipy import stats

from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.trends.autocorrelation import contrast_errors, expected_error

TIMES = np.arange(36)
BASIS = segmented_basis(TIMES, TIMES >= 24)
PROJECTION = np.eye(36) - BASIS.columns @ np.linalg.pinv(BASIS.columns)


def ar1(runs, rho, seed=0):
    random = np.random.default_rng(seed)
    series = random.normal(size=(runs, 36))
    for step in range(1, 36):
        series[:, step] = rho * series[:, step - 1] + np.sqrt(1 - rho**2) * series[:, step]
    return series


def errors_of(series, **options):
    return contrast_errors(BASIS.columns, np.ones_like(series), series @ PROJECTION, BASIS.contrast, TIMES, **options)


def test_without_autocorrelation_and_allowance_it_is_least_squares():
    residuals = (ar1(1, 0) @ PROJECTION)[0]
    found = contrast_errors(
        BASIS.columns, np.ones(36), residuals - 0.9 * np.roll(residuals, 1), BASIS.contrast, TIMES,
        smallest_dispersion=0, allowance=0,
    )  # fmt: skip
    covariance = np.linalg.inv(BASIS.columns.T @ BASIS.columns)
    residuals = residuals - 0.9 * np.roll(residuals, 1)
    assert found.autocorrelation == 0
    assert found.degrees_of_freedom == pytest.approx(32)
    assert found.standard_error == pytest.approx(np.sqrt((residuals**2).sum() / 32 * covariance[1, 1]))


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_the_autocorrelation_is_estimated_without_the_bias_of_fitting(rho):
    found = errors_of(ar1(4000, rho, seed=4), allowance=0, smallest_dispersion=0)
    assert np.median(found.autocorrelation) == pytest.approx(rho, abs=0.05)


@pytest.mark.parametrize("rho", [0.0, 0.25, 0.5])
def test_false_positives_stay_at_five_per_cent(rho):
    series = ar1(4000, rho, seed=9)
    found = errors_of(series, smallest_dispersion=0)
    change = series @ np.linalg.pinv(BASIS.columns)[1]
    p_values = 2 * stats.t.sf(np.abs(change) / found.standard_error, found.degrees_of_freedom)
    assert (p_values < 0.05).mean() < 0.055 + 2 * np.sqrt(0.055 * 0.945 / 4000)


def test_the_expected_error_is_the_true_one():
    rho = 0.4
    changes = ar1(20_000, rho, seed=2) @ np.linalg.pinv(BASIS.columns)[1]
    error, freedom = expected_error(BASIS.columns, np.ones(36), BASIS.contrast, TIMES, 1.0, rho)
    assert error == pytest.approx(changes.std(), rel=0.02)
    correlation = rho ** np.abs(np.subtract.outer(TIMES, TIMES))
    spread = PROJECTION @ correlation
    assert freedom == pytest.approx(np.trace(spread) ** 2 / np.trace(spread @ spread))


def test_counts_never_vary_by_less_than_chance():
    found = errors_of(ar1(50, 0) / 10)
    assert (found.dispersion == 1).all()
    least = np.sqrt(np.linalg.inv(BASIS.columns.T @ BASIS.columns)[1, 1])
    assert (found.standard_error >= least * (1 - 1e-12)).all()


def test_a_period_without_weight_is_left_out():
    series = ar1(1, 0.3, seed=5)[0]
    kept = np.delete(TIMES, 7)
    basis = BASIS.columns[kept]
    residuals = series[kept] - basis @ np.linalg.lstsq(basis, series[kept])[0]
    weights, errors = np.ones(36), np.zeros(36)
    weights[7], errors[kept] = 1e-10, residuals
    found = contrast_errors(BASIS.columns, weights, errors, BASIS.contrast, TIMES)
    alone = contrast_errors(basis, np.ones(35), residuals, BASIS.contrast, kept)
    assert found.standard_error == pytest.approx(float(alone.standard_error), rel=1e-6)
    assert found.degrees_of_freedom == pytest.approx(float(alone.degrees_of_freedom), rel=1e-6)
