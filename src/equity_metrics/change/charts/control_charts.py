"""Values by period in; centre line and process limits of an individuals (XmR) chart out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

XMR_MULTIPLIER = 2.66  # 3 / 1.128, as Making Data Count rounds it: mean moving range to three standard deviations
UPPER_RANGE_MULTIPLIER = 3.267  # mean moving range to the upper limit of the moving range chart
MEAN_RANGE_OF_TWO = 1.128  # mean range of two normal values, in standard deviations (d2)


class Limits(NamedTuple):
    """Centre line, process limits, and near limits two thirds of the way to them; arrays of the shape of the values."""

    centre: Array
    lower: Array
    upper: Array
    near_lower: Array
    near_upper: Array


def limits_around(centre: ArrayLike, reach: ArrayLike, floor: float = -np.inf, ceiling: float = np.inf) -> Limits:
    """Place symmetrical limits about a centre line, cut off where values cannot be.

    Parameters
    ----------
    centre
        Centre line, any shape.
    reach
        Distance from the centre line to the process limits, same shape or broadcastable; unit of the values.
    floor, ceiling
        Smallest and largest possible value.

    Returns
    -------
    Limits
        Arrays of the broadcast shape.
    """
    middle, far = np.broadcast_arrays(np.asarray(centre, float), np.asarray(reach, float))
    near = 2 * far / 3
    return Limits(
        middle,
        np.maximum(middle - far, floor),
        np.minimum(middle + far, ceiling),
        np.maximum(middle - near, floor),
        np.minimum(middle + near, ceiling),
    )


def mean_moving_ranges(values: ArrayLike, *, screened: bool) -> Array:
    """Average the absolute differences of successive values.

    Parameters
    ----------
    values
        Shape (..., points), at least 2 points, in order of time.
    screened
        True leaves out moving ranges at or above 3.267 times their mean and averages once more; False keeps all.

    Returns
    -------
    ndarray
        Shape (..., 1).

    References
    ----------
    Provost LP, Murray SK (2011). The Health Care Data Guide, ch. 5 (screening). Nelson LS (1982). Control charts for
    individual measurements. J Qual Technol 14:172-173.
    """
    ranges = np.abs(np.diff(np.asarray(values, float), axis=-1))
    mean = ranges.mean(axis=-1, keepdims=True)
    if not screened:
        return mean
    kept = (ranges < UPPER_RANGE_MULTIPLIER * mean) | (mean == 0)
    return (ranges * kept).sum(axis=-1, keepdims=True) / kept.sum(axis=-1, keepdims=True)


def xmr_limits(
    values: ArrayLike, *, screened: bool = True, baseline_points: int | None = None, multiplier: float = XMR_MULTIPLIER
) -> Limits:
    """Limits of an individuals chart, from the mean of the values and their mean moving range.

    Parameters
    ----------
    values
        Shape (..., points), in order of time.
    screened
        True leaves large moving ranges out (as the R package for "Making Data Count" does), False keeps them all
        (as the NHS spreadsheet does); the limits differ.
    baseline_points
        Number of first points that the limits are calculated from; all of them by default.
    multiplier
        Mean moving ranges from the centre line to a limit.

    Returns
    -------
    Limits
        Arrays of the shape of the values.

    Raises
    ------
    ValueError
        If fewer than 2 points are there to calculate from.

    References
    ----------
    Shewhart WA (1931); Wheeler DJ (2000), Understanding Variation. NHS England, Making Data Count: the XmR chart.
    """
    series = np.asarray(values, float)
    baseline = series[..., :baseline_points]
    if baseline.shape[-1] < 2:
        raise ValueError(f"values must have at least 2 points to calculate limits from, got: {baseline.shape[-1]}")
    centre = np.broadcast_to(baseline.mean(axis=-1, keepdims=True), series.shape)
    return limits_around(centre, multiplier * mean_moving_ranges(baseline, screened=screened))


def upper_range_limits(values: ArrayLike) -> Array:
    """Upper limit of the moving ranges themselves (the mR part of the XmR chart).

    Parameters
    ----------
    values
        Shape (..., points), in order of time.

    Returns
    -------
    ndarray
        Shape (..., 1), unit of the values.

    References
    ----------
    Wheeler DJ (2000), Understanding Variation.
    """
    return UPPER_RANGE_MULTIPLIER * mean_moving_ranges(values, screened=False)
