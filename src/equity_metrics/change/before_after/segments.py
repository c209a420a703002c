"""A fitted path with a change in it in; the size of the change, its interval and what waiting would bring out."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from equity_metrics.change.charts.control_charts import Array
from equity_metrics.change.trends.autocorrelation import ContrastErrors, contrast_errors, expected_error


class SegmentedBasis(NamedTuple):
    """Columns of a path (periods, terms), what each term counts for in its change, and which terms make the change."""

    columns: Array
    contrast: Array
    changing: Array


class Change(NamedTuple):
    """Mean change over the periods after the start, on the scale on which effects add."""

    size: float
    half_width: float
    p_value: float
    errors: ContrastErrors
    half_width_after: Callable[[int], float]


def segmented_basis(times: NDArray[np.int64], after: NDArray[np.bool_], *, trend: bool = True) -> SegmentedBasis:
    """Lay out level, trend, and change of level and of slope.

    Parameters
    ----------
    times
        Number of each period, shape (periods,).
    after
        True after the start, same shape.
    trend
        False where the path is taken to have been level before the start and after it.

    Returns
    -------
    SegmentedBasis
        The contrast is the mean change over the periods after the start. The change of slope is left out where fewer
        than 3 periods follow the start.

    References
    ----------
    Wagner AK et al. (2002). Segmented regression analysis of interrupted time series studies in medication use
    research. J Clin Pharm Ther 27:299-309.
    """
    since = (times - times[after].min()).astype(float)
    span = max(float(np.ptp(since)), 1.0)
    step = after.astype(float)
    columns, changing = [np.ones(len(since)), step], [0.0, 1.0]
    if trend:
        columns.append(since / span)
        changing.append(0.0)
        if after.sum() >= 3:
            columns.append(step * (since - since[after].mean()) / span)
            changing.append(1.0)
    return SegmentedBasis(np.column_stack(columns), np.eye(len(columns))[1], np.array(changing))


def segmented_change(
    coefficients: Array,
    weights: Array,
    errors: Array,
    times: NDArray[np.int64],
    after: NDArray[np.bool_],
    *,
    trend: bool,
    confidence: float,
    smallest_dispersion: float,
) -> Change:
    """Size of the change in one fitted path, with an interval that allows for autocorrelation and few periods.

    Parameters
    ----------
    coefficients
        Of ``segmented_basis``, shape (terms,).
    weights, errors
        Inverse variances and standardised residuals, shape (periods,).
    times, after, trend
        As for ``segmented_basis``.
    confidence
        Of the interval.
    smallest_dispersion
        As for ``contrast_errors``.

    Returns
    -------
    Change
        ``half_width_after`` tells the half width expected after so many more periods like those since the start.

    References
    ----------
    As for ``contrast_errors``.
    """
    basis = segmented_basis(times, after, trend=trend)
    found = contrast_errors(
        basis.columns, weights, errors, basis.contrast, times, smallest_dispersion=smallest_dispersion
    )
    size, error = float(coefficients @ basis.contrast), float(found.standard_error)
    freedom = float(found.degrees_of_freedom)

    def reach(standard_error: float, degrees: float) -> float:
        return float(stdtrit(degrees, (1 + confidence) / 2)) * standard_error

    def half_width_after(more: int) -> float:
        later = np.concatenate([times, times[-1] + 1 + np.arange(more)])
        longer = segmented_basis(later, np.concatenate([after, np.ones(more, bool)]), trend=trend)
        like_these = np.concatenate([weights, np.full(more, weights[after].mean())])
        spread, correlation = float(found.dispersion), float(found.autocorrelation)
        return reach(*expected_error(longer.columns, like_these, longer.contrast, later, spread, correlation))

    p_value = float(2 * stdtr(freedom, -abs(size) / error))
    return Change(size, reach(error, freedom), p_value, found, half_width_after)
