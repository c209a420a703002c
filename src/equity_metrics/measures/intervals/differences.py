"""Two groups' counts or scores in; the limits of the gap between them out. Group first, reference second."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from equity_metrics.measures.intervals.intervals import Limits, as_floats, check_events, normal_quantile, wilson


def newcombe_gap(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, confidence: float = 0.95) -> Limits:
    """Newcombe's interval for the difference of two independent proportions, from their Wilson limits.

    Parameters
    ----------
    x1, n1
        Events and people of the group; scalars or arrays that broadcast.
    x0, n0
        Events and people of the reference.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float
        Of group minus reference, in proportions (-1 to 1); missing where anything is missing or a denominator is 0.

    Raises
    ------
    ValueError
        If events are not between 0 and people, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Newcombe R G (1998). Interval estimation for the difference between independent proportions: comparison of
    eleven methods. Statistics in Medicine 17: 873-890, method 10.
    """
    x1, n1, x0, n0 = as_floats(x1, n1, x0, n0)
    check_events(x1, n1, ("x1", "n1"))
    check_events(x0, n0, ("x0", "n0"))
    (lower1, upper1), (lower0, upper0) = wilson(x1, n1, confidence), wilson(x0, n0, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        p1, p0 = x1 / n1, x0 / n0
    lower = p1 - p0 - np.hypot(p1 - lower1, upper0 - p0)
    upper = p1 - p0 + np.hypot(upper1 - p1, p0 - lower0)
    return np.asarray(np.clip(lower, -1, 1)), np.asarray(np.clip(upper, -1, 1))


def welch_gap(
    mean1: ArrayLike,
    variance1: ArrayLike,
    n1: ArrayLike,
    mean0: ArrayLike,
    variance0: ArrayLike,
    n0: ArrayLike,
    confidence: float = 0.95,
) -> Limits:
    """Welch's t interval for the difference of two independent means.

    Parameters
    ----------
    mean1, variance1, n1
        Mean, variance between respondents and number of respondents of the group; scalars or arrays that broadcast.
    mean0, variance0, n0
        The same of the reference.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float
        Of group minus reference, in score points; missing where anything is missing, where there are fewer than two
        respondents, or where nobody differs within either group (the method would then claim certainty).

    Raises
    ------
    ValueError
        If a variance is negative, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Welch B L (1947). The generalization of "Student's" problem when several different population variances are
    involved. Biometrika 34: 28-35.
    """
    normal_quantile(confidence)
    mean1, variance1, n1, mean0, variance0, n0 = as_floats(mean1, variance1, n1, mean0, variance0, n0)
    for name, variance in (("variance1", variance1), ("variance0", variance0)):
        if (variance < 0).any():
            raise ValueError(f"{name} must be 0 or more, got: {variance[variance < 0].flat[0]:g}")
    n1, n0 = np.where(n1 >= 2, n1, np.nan), np.where(n0 >= 2, n0, np.nan)
    share1, share0 = variance1 / n1, variance0 / n0
    squared_error = np.where(share1 + share0 > 0, share1 + share0, np.nan)
    freedom = squared_error**2 / (share1**2 / (n1 - 1) + share0**2 / (n0 - 1))
    half = stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(squared_error)
    return np.asarray(mean1 - mean0 - half), np.asarray(mean1 - mean0 + half)
