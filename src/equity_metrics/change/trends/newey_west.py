"""Many lines of scores over the same periods in; their segmented regressions with Newey-West errors out, at once."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.charts.control_charts import Array

SHORTEST_FOR_NEWEY_WEST = 100
"""Periods below which its intervals are known to be too narrow under autocorrelation (docs/calibration_series.md)."""


class NeweyWest(NamedTuple):
    """Least squares ``coefficients`` (series, terms), and their ``covariances`` (series, terms, terms)."""

    coefficients: Array
    covariances: Array


def default_lags(periods: int) -> int:
    """Choose the number of lags by the usual rule.

    Parameters
    ----------
    periods
        Of the series.

    Returns
    -------
    int
        ``floor(4 (periods / 100) ** (2 / 9))``.

    References
    ----------
    Newey WK, West KD (1994). Automatic lag selection in covariance matrix estimation. Rev Econ Stud 61:631-653.
    """
    return int(4 * (periods / 100) ** (2 / 9))


def newey_west(values: ArrayLike, design: ArrayLike, *, lags: int) -> NeweyWest:
    """Fit least squares to many series, with standard errors robust to autocorrelation.

    Parameters
    ----------
    values
        Shape (series, periods), complete.
    design
        Columns that all series share, shape (periods, terms).
    lags
        Periods over which errors may be correlated; Bartlett weights fall to 0 beyond them.

    Returns
    -------
    NeweyWest
        Covariances are multiplied by periods / (periods - terms).

    References
    ----------
    Newey WK, West KD (1987). A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent
    covariance matrix. Econometrica 55:703-708.
    """
    y, columns = np.asarray(values, float), np.asarray(design, float)
    periods, terms = columns.shape
    inverse = np.linalg.inv(columns.T @ columns)
    coefficients = y @ columns @ inverse
    residuals = y - coefficients @ columns.T
    middle = np.zeros((len(y), terms * terms))
    for lag in range(lags + 1):  # one matrix product a lag serves all the series
        here, then = columns[lag:], columns[: periods - lag]
        products = (here[:, :, None] * then[:, None, :]).reshape(periods - lag, -1)
        if lag:
            products = products + (then[:, :, None] * here[:, None, :]).reshape(periods - lag, -1)
        middle += (1 - lag / (lags + 1)) * ((residuals[:, lag:] * residuals[:, : periods - lag]) @ products)
    covariances = inverse @ middle.reshape(-1, terms, terms) @ inverse
    return NeweyWest(coefficients, covariances * periods / (periods - terms))


def interrupted_lines(
    values: pd.DataFrame, start: str, *, lags: int | None = None, trend: bool = True, confidence: float = 0.95
) -> pd.DataFrame:
    """Screen many lines of scores for a change at the same start: trusts by indicators.

    Parameters
    ----------
    values
        One row a series, one column a period in order of time, complete.
    start
        First period after the change.
    lags
        As for ``newey_west``; by default ``default_lags``.
    trend
        As for ``segmented_basis``.
    confidence
        Of the intervals, which use Student's t.

    Returns
    -------
    pandas.DataFrame
        Index of ``values``; ``effect`` (mean change over the periods after the start, unit of the values), ``lower``,
        ``upper``, ``confidence``, ``p_value``, ``too_few_periods`` (true where the interval is too narrow: a screen,
        not a test; for one series use ``interrupted_scores``).

    Raises
    ------
    ValueError
        If the start leaves nothing on one side, or there are no more periods than terms.

    References
    ----------
    As for ``newey_west`` and ``segmented_basis``.
    """
    times, _ = period_numbers(values.columns)
    first, _ = period_numbers([start])
    after = times >= first[0]
    if after.all() or not after.any():
        raise ValueError(f"start must leave periods on both sides, got: {start}")
    basis = segmented_basis(times, after, trend=trend)
    freedom = len(times) - basis.columns.shape[1]
    if freedom < 1:
        raise ValueError(f"values must have more periods than terms, got: {len(times)}")
    fitted = newey_west(values.to_numpy(float), basis.columns, lags=default_lags(len(times)) if lags is None else lags)
    effect = fitted.coefficients @ basis.contrast
    error = np.sqrt(np.einsum("i,sij,j->s", basis.contrast, fitted.covariances, basis.contrast))
    half = stats.t.ppf((1 + confidence) / 2, freedom) * error
    return pd.DataFrame(
        {
            "effect": effect,
            "lower": effect - half,
            "upper": effect + half,
            "confidence": confidence,
            "p_value": 2 * stats.t.sf(np.abs(effect) / error, freedom),
            "too_few_periods": len(times) < SHORTEST_FOR_NEWEY_WEST,
        },
        index=values.index,
    )
