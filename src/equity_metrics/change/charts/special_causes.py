"""Values and their limits in; the "Making Data Count" special causes out, one pure function for each rule."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from equity_metrics.change.charts.control_charts import Limits

Directions = NDArray[np.int64]  # -1 low or falling, 0 none, 1 high or rising

SHIFT_LENGTH = 7  # NHS England, Making Data Count
TREND_LENGTH = 7  # NHS England, Making Data Count, since 2021; its earlier guidance used 6
EARLIER_TREND_LENGTH = 6  # NHS Improvement (2019), Making data count: getting started; also Provost and Murray (2011)

NHS_RULES = ("outside limits", "trend", "two of three", "shift")
"""The four rules of Making Data Count; where several mark a point, the first names it."""

COMMON_CAUSE = "common cause"


class SpecialCauses(NamedTuple):
    """At each point the rule that marks it (or ``"common cause"``), and its direction: -1, 0 or 1."""

    rule: NDArray[np.str_]
    direction: Directions


def completed_runs(signs: ArrayLike, length: int) -> Directions:
    """Mark each point at which a run of equal signs has reached its length.

    Parameters
    ----------
    signs
        -1, 0 or 1, shape (..., points); 0 breaks a run.
    length
        Points in a run.

    Returns
    -------
    ndarray
        Shape of the signs: the sign of the run that is complete at the point, else 0.
    """
    steps = np.asarray(signs, int)
    complete = np.zeros_like(steps)
    if steps.shape[-1] >= length:
        totals = sliding_window_view(steps, length, axis=-1).sum(axis=-1)
        complete[..., length - 1 :] = np.where(np.abs(totals) == length, np.sign(totals), 0)
    return complete


def members_of_runs(complete: ArrayLike, length: int) -> Directions:
    """Mark every point of the runs that are complete at a point.

    Parameters
    ----------
    complete
        From ``completed_runs``, shape (..., points).
    length
        Points in a run.

    Returns
    -------
    ndarray
        Same shape; a point in both a positive and a negative run (the top of a hill) is marked 1.
    """
    ends = np.asarray(complete, int)
    ahead = np.concatenate([ends, np.zeros((*ends.shape[:-1], length - 1), int)], axis=-1)
    windows = sliding_window_view(ahead, length, axis=-1)
    return np.where((windows > 0).any(axis=-1), 1, -((windows < 0).any(axis=-1).astype(int)))


def outside_limits(values: ArrayLike, limits: Limits) -> Directions:
    """Mark the points outside the process limits.

    Parameters
    ----------
    values
        Shape (..., points).
    limits
        Of the same shape.

    Returns
    -------
    ndarray
        Same shape: 1 above, -1 below, 0 within or on a limit.
    """
    series = np.asarray(values, float)
    return (series > limits.upper).astype(int) - (series < limits.lower)


def shifts(values: ArrayLike, limits: Limits, length: int = SHIFT_LENGTH) -> Directions:
    """Mark the points of each run on one side of the centre line.

    Parameters
    ----------
    values
        Shape (..., points).
    limits
        Of the same shape.
    length
        Points in a run.

    Returns
    -------
    ndarray
        Same shape: 1 above, -1 below, 0 in no run; a point on the centre line breaks a run.
    """
    return members_of_runs(completed_runs(np.sign(np.asarray(values, float) - limits.centre), length), length)


def trends(values: ArrayLike, length: int = TREND_LENGTH) -> Directions:
    """Mark the points of each run that only rises or only falls.

    Parameters
    ----------
    values
        Shape (..., points).
    length
        Points in a run, a named policy: ``TREND_LENGTH`` or ``EARLIER_TREND_LENGTH``.

    Returns
    -------
    ndarray
        Same shape: 1 rising, -1 falling, 0 in no run; two equal values break a run.
    """
    series = np.asarray(values, float)
    steps = np.zeros(series.shape, int)
    steps[..., 1:] = np.sign(np.diff(series, axis=-1))
    return members_of_runs(completed_runs(steps, length - 1), length)


def two_of_three_windows(near: ArrayLike, signs: ArrayLike) -> Directions:
    """Mark the points of every three in a row on one side of the centre line of which at least two are near a limit.

    Parameters
    ----------
    near
        True where the point is between the near and the outer limit, shape (..., points).
    signs
        Side of the centre line: -1, 0 or 1, same shape.

    Returns
    -------
    ndarray
        Same shape: the side, for all three points; else 0.
    """
    close, sides = np.asarray(near, int), np.asarray(signs, int)
    complete = completed_runs(sides, 3)
    complete[..., 2:] *= sliding_window_view(close, 3, axis=-1).sum(axis=-1) >= 2
    return members_of_runs(complete, 3)


def two_of_three(values: ArrayLike, limits: Limits) -> Directions:
    """Mark the points beyond a near limit, but not the outer one, where two of three in a row on one side are so.

    Parameters
    ----------
    values
        Shape (..., points), at least 3 points.
    limits
        Of the same shape.

    Returns
    -------
    ndarray
        Same shape: 1 high, -1 low, else 0; the third point of the three is not marked.
    """
    series = np.asarray(values, float)
    near = ((series < limits.near_lower) | (series > limits.near_upper)) & (outside_limits(series, limits) == 0)
    return near * two_of_three_windows(near, np.sign(series - limits.centre))


def special_causes(
    values: ArrayLike, limits: Limits, *, rules: tuple[str, ...] = NHS_RULES, trend_length: int = TREND_LENGTH
) -> SpecialCauses:
    """Name the special cause at each point, if any.

    Parameters
    ----------
    values
        Shape (..., points), at least 3 points, in order of time.
    limits
        Of the same shape.
    rules
        Which of ``NHS_RULES`` to apply, the one that names a point first.
    trend_length
        Points in a trend.

    Returns
    -------
    SpecialCauses
        Arrays of the same shape.

    Raises
    ------
    ValueError
        If a rule is not known.

    References
    ----------
    NHS England, Making Data Count: the rules of statistical process control. Western Electric (1956), Statistical
    Quality Control Handbook.
    """
    unknown = [rule for rule in rules if rule not in NHS_RULES]
    if unknown or not rules:
        raise ValueError(f"rules must be among {', '.join(NHS_RULES)}, got: {', '.join(unknown) or 'none'}")
    by_name: dict[str, Callable[[], Directions]] = {
        "outside limits": lambda: outside_limits(values, limits),
        "trend": lambda: trends(values, trend_length),
        "two of three": lambda: two_of_three(values, limits),
        "shift": lambda: shifts(values, limits),
    }
    found = [by_name[rule]() for rule in rules]
    marked = [direction != 0 for direction in found]
    return SpecialCauses(np.select(marked, list(rules), COMMON_CAUSE), np.select(marked, found, 0))
