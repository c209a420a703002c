"""Cases or days between rare events in; limits of G and T charts out. The higher the value, the rarer the event."""

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.change.charts.control_charts import Array, Limits, xmr_limits

WEIBULL_TO_NORMAL = 1 / 3.6  # power that makes an exponential waiting time nearly normal


def g_limits(cases_between: ArrayLike, *, sigmas: float = 3.0) -> Limits:
    """Limits of a chart of the number of cases between events, by the geometric distribution.

    Parameters
    ----------
    cases_between
        Whole numbers, 0 or more, shape (..., events).
    sigmas
        Geometric standard deviations from the mean to a limit.

    Returns
    -------
    Limits
        In cases. The limits are placed about the mean; the centre line, which runs are counted from, is the median,
        because the distribution is skewed. The lower limit is 0, so events that come closer show as runs.

    Raises
    ------
    ValueError
        If a number is negative.

    References
    ----------
    Kaminsky FC et al. (1992). Statistical control charts based on a geometric distribution. J Qual Technol 24:63-69.
    Benneyan JC (2001). Number-between g-type statistical quality control charts. Health Care Manag Sci 4:305-318.
    """
    cases = np.asarray(cases_between, float)
    if (cases < 0).any():
        raise ValueError(f"cases_between must be 0 or more, got: {cases.min():g}")
    mean = cases.mean(axis=-1, keepdims=True)
    spread = np.sqrt(mean * (mean + 1))
    lines = [np.median(cases, axis=-1, keepdims=True)]
    lines += [np.maximum(mean + side * spread, 0) for side in (-sigmas, sigmas, -2 * sigmas / 3, 2 * sigmas / 3)]
    return Limits(*(np.broadcast_to(line, cases.shape) for line in lines))


def t_limits(days_between: ArrayLike, *, screened: bool = True) -> Limits:
    """Limits of a chart of the days between events: an individuals chart of their 3.6th root, turned back into days.

    Parameters
    ----------
    days_between
        Days, 0 or more, shape (..., events).
    screened
        As for ``xmr_limits``, on the transformed values.

    Returns
    -------
    Limits
        In days.

    Raises
    ------
    ValueError
        If a number is negative.

    References
    ----------
    Nelson LS (1994). A control chart for parts-per-million nonconforming items. J Qual Technol 26:239-240.
    """
    days = np.asarray(days_between, float)
    if (days < 0).any():
        raise ValueError(f"days_between must be 0 or more, got: {days.min():g}")
    lines = xmr_limits(days**WEIBULL_TO_NORMAL, screened=screened)
    return Limits(*(np.maximum(line, 0) ** (1 / WEIBULL_TO_NORMAL) for line in lines))


def days_between(dates: ArrayLike) -> Array:
    """Count the days from each event to the next.

    Parameters
    ----------
    dates
        Dates of the events (numpy ``datetime64`` or ISO text), in order.

    Returns
    -------
    ndarray
        One fewer than the dates.

    Raises
    ------
    ValueError
        If the dates are not in order.
    """
    days = np.diff(np.asarray(dates, "datetime64[D]")).astype(float)
    if (days < 0).any():
        raise ValueError(f"dates must be in order, got: {-days.min():g} days backwards")
    return days
