"""Standardised errors of many fitted series in; the standard error of an effect that allows for AR(1) errors out.

The fit itself is left as it is; only its standard error and degrees of freedom change. Short series hide their
autocorrelation, so it is estimated free of the bias that fitting brings, and an allowance is added.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.change.charts.control_charts import Array

AUTOCORRELATION_ALLOWANCE = 0.15  # added to the estimate, never below 0; set by docs/calibration_series.md
LARGEST_AUTOCORRELATION = 0.9
NO_WEIGHT = 1e-9  # a period that weighs no more than this says nothing of the gap
_GRID = np.linspace(0, LARGEST_AUTOCORRELATION, 10)


class ContrastErrors(NamedTuple):
    """Standard error of an effect, and what it rests on (the autocorrelation with its allowance); shape (...)."""

    standard_error: Array
    degrees_of_freedom: Array
    dispersion: Array
    autocorrelation: Array


def _trace(matrix: Array) -> Array:
    return np.trace(matrix, axis1=-2, axis2=-1)


def _lags(times: ArrayLike) -> Array:
    return np.abs(np.subtract.outer(np.asarray(times, float), np.asarray(times, float)))


def _correlation(lags: Array, rho: float) -> Array:
    return np.where(lags == 0, 1.0, rho**lags)


def _influence(basis: Array, weight: Array, contrast: ArrayLike) -> tuple[Array, Array]:
    """Orthogonal basis of the weighted columns, and what each standardised error moves the effect by."""
    orthogonal, triangle = np.linalg.qr(basis * np.sqrt(weight)[..., None])
    wanted = np.broadcast_to(np.asarray(contrast, float), (*weight.shape[:-1], basis.shape[1]))[..., None]
    return orthogonal, (orthogonal @ np.linalg.solve(np.swapaxes(triangle, -1, -2), wanted))[..., 0]


def _freedom(orthogonal: Array, used: Array, correlation: Array) -> tuple[Array, Array, Array, Array]:
    """Give the expected sum of squared residuals, the trace that its variance needs, and two products of both."""
    fitted = used[..., None] * (correlation @ orthogonal)
    within = np.swapaxes(orthogonal, -1, -2) @ fitted
    freedom = used.sum(axis=-1) - _trace(within)
    spread = ((used @ correlation**2) * used).sum(axis=-1) - 2 * (fitted**2).sum(axis=(-1, -2))
    return freedom, spread + _trace(within @ within), fitted, within


def _at(grid_values: Array, position: Array) -> Array:
    below = np.minimum(position.astype(int), len(_GRID) - 2)
    share = (position - below)[..., None]
    low = np.take_along_axis(grid_values, below[..., None], -1)
    high = np.take_along_axis(grid_values, below[..., None] + 1, -1)
    return (low * (1 - share) + high * share)[..., 0]


def contrast_errors(
    basis: Array,
    weights: ArrayLike,
    errors: ArrayLike,
    contrast: ArrayLike,
    times: ArrayLike,
    *,
    smallest_dispersion: float = 1.0,
    allowance: float = AUTOCORRELATION_ALLOWANCE,
) -> ContrastErrors:
    """Find the standard error of a weighted sum of coefficients, allowing for overdispersion and AR(1) errors.

    Parameters
    ----------
    basis
        Shape (periods, terms).
    weights
        Inverse variances that the fit used, shape (..., periods); ``NO_WEIGHT`` or less leaves a period out.
    errors
        Standardised residuals, same shape.
    contrast
        What each coefficient counts for in the effect, shape (terms,).
    times
        Number of each period, so that gaps in a series weaken its autocorrelation, shape (periods,).
    smallest_dispersion
        1 for counts, which cannot vary by less than chance; 0 where the scale is unknown.
    allowance
        Added to the estimated autocorrelation.

    Returns
    -------
    ContrastErrors
        Never smaller than the standard error without autocorrelation.

    References
    ----------
    Bence JR (1995). Analysis of short time series: correcting for autocorrelation. Ecology 76:628-639.
    Satterthwaite FE (1946). An approximate distribution of estimates of variance components. Biometrics Bull 2:110-114.
    Turner SL et al. (2021). Evaluation of statistical methods used in the analysis of interrupted time series studies.
    BMC Med Res Methodol 21:181.
    """
    weight, residual = np.asarray(weights, float), np.asarray(errors, float)
    used = (weight > NO_WEIGHT).astype(float)
    orthogonal, influence = _influence(basis, weight, contrast)
    transposed = np.swapaxes(orthogonal, -1, -2)
    lags = _lags(times)
    neighbours = (lags == 1).astype(float)
    beside = used[..., None] * (neighbours @ orthogonal)
    squares = (residual**2).sum(axis=-1)

    rows = []
    for rho in _GRID:
        correlation = _correlation(lags, rho)
        freedom, freedom_squared, fitted, within = _freedom(orthogonal, used, correlation)
        products = ((used @ (neighbours * correlation)) * used).sum(axis=-1) / 2 - (beside * fitted).sum(axis=(-1, -2))
        products += _trace(transposed @ beside @ within) / 2
        of_effect = (influence * (influence @ correlation)).sum(axis=-1)
        rows.append((products / freedom, of_effect, freedom, freedom_squared))
    expected, *grids = (np.stack(row, axis=-1) for row in zip(*rows, strict=True))

    observed = (residual * (residual @ neighbours)).sum(axis=-1) / 2 / np.maximum(squares, 1e-300)
    rho_used = np.minimum(_matching(observed, expected) + allowance, LARGEST_AUTOCORRELATION)
    of_effect, freedom, freedom_squared = (_at(grid, rho_used / _GRID[1]) for grid in grids)
    dispersion = np.maximum(squares / freedom, smallest_dispersion)
    floor = smallest_dispersion * (influence**2).sum(axis=-1)
    error = np.sqrt(np.maximum(dispersion * of_effect, floor))
    return ContrastErrors(error, freedom**2 / freedom_squared, dispersion, rho_used)


def _matching(observed: Array, expected: Array) -> Array:
    """Find the autocorrelation whose residuals would be expected to be correlated as those observed are."""
    climbing = np.maximum.accumulate(expected, axis=-1)
    below = np.clip((observed[..., None] > climbing).sum(axis=-1) - 1, 0, len(_GRID) - 2)
    low = np.take_along_axis(climbing, below[..., None], -1)[..., 0]
    high = np.take_along_axis(climbing, below[..., None] + 1, -1)[..., 0]
    return _GRID[1] * (below + np.clip((observed - low) / np.maximum(high - low, 1e-12), 0, 1))


def expected_error(
    basis: Array, weights: ArrayLike, contrast: ArrayLike, times: ArrayLike, dispersion: float, autocorrelation: float
) -> tuple[float, float]:
    """Find the standard error that one series of this design would have, before its counts are known.

    Parameters
    ----------
    basis, weights, contrast, times
        As for ``contrast_errors``, one series.
    dispersion, autocorrelation
        Taken as known.

    Returns
    -------
    tuple of float
        Standard error of the effect, and degrees of freedom.

    References
    ----------
    Bence JR (1995); Satterthwaite FE (1946): as for ``contrast_errors``.
    """
    weight = np.asarray(weights, float)
    orthogonal, influence = _influence(basis, weight, contrast)
    correlation = _correlation(_lags(times), autocorrelation)
    freedom, freedom_squared, _, _ = _freedom(orthogonal, (weight > NO_WEIGHT).astype(float), correlation)
    of_effect = max(float(influence @ correlation @ influence), float(influence @ influence))
    return float(np.sqrt(dispersion * of_effect)), float(freedom**2 / np.maximum(freedom_squared, 1e-12))
