"""Two groups' counts in; the limits of their relative likelihood out. Group first, reference second."""

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.measures.intervals.intervals import Floats, Limits, as_floats, check_events, normal_quantile

CLOSE = 4 * np.finfo(float).eps
"""Relative step at which a search ends: what is left is rounding."""


def katz_ratio(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, confidence: float = 0.95) -> Limits:
    """Katz's log interval for the ratio of two independent proportions.

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
        Of group / reference. Missing where anything is missing, where a numerator or a denominator is 0, and where
        the event happened to everyone in both groups: the formula would then return the point 1, as if certain.
        Where it happened to everyone in one group only, that group adds no variance and the formula holds as it is.

    Raises
    ------
    ValueError
        If events are not between 0 and people, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Katz D, Baptista J, Azen S P, Pike M C (1978). Obtaining confidence intervals for the risk ratio in cohort
    studies. Biometrics 34: 469-474, method C.
    """
    z = normal_quantile(confidence)
    x1, n1, x0, n0 = _checked_pairs(x1, n1, x0, n0)
    defined = (x1 > 0) & (x0 > 0) & ((x1 < n1) | (x0 < n0))
    x1, x0 = np.where(defined, x1, np.nan), np.where(defined, x0, np.nan)
    ratio = (x1 / n1) / (x0 / n0)
    factor = np.exp(z * np.sqrt((1 - x1 / n1) / x1 + (1 - x0 / n0) / x0))
    return np.asarray(ratio / factor), np.asarray(ratio * factor)


def koopman_ratio(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, confidence: float = 0.95) -> Limits:
    """Koopman's score interval for the ratio of two independent proportions.

    The limits are the two ratios at which the score statistic equals the chi-square quantile. It exists when a
    numerator is zero, which is why relative likelihoods use it.

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
        Of group / reference: ``(0, b)`` where ``x1`` is 0, ``(a, inf)`` where ``x0`` is 0, ``(0, inf)`` where both
        are; missing where anything is missing or a denominator is 0.

    Raises
    ------
    ValueError
        If events are not between 0 and people, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Koopman P A R (1984). Confidence intervals for the ratio of two binomial proportions. Biometrics 40: 513-517.
    Nam J-M (1995). Confidence limits for the ratio of two binomial proportions based on likelihood scores:
    non-iterative method. Biometrical Journal 37: 375-379. (One equation in one unknown, as here.)
    """
    z = normal_quantile(confidence)
    x1, n1, x0, n0 = _checked_pairs(x1, n1, x0, n0)
    # The upper limit is the inverse of the lower one with the two groups swapped: both are found in one search.
    events, people = np.stack([x1, x0]), np.stack([n1, n0])
    lower, inverse = _score_lower(events, people, events[::-1], people[::-1], z)
    with np.errstate(divide="ignore"):
        return lower, 1 / inverse


def _checked_pairs(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike) -> tuple[Floats, ...]:
    x1, n1, x0, n0 = as_floats(x1, n1, x0, n0)
    check_events(x1, n1, ("x1", "n1"))
    check_events(x0, n0, ("x0", "n0"))
    return x1, np.where(n1 > 0, n1, np.nan), x0, np.where(n0 > 0, n0, np.nan)


def _score_lower(x1: Floats, n1: Floats, x0: Floats, n0: Floats, z: float) -> Floats:
    """Lower score limit of each pair.

    When the ratio is fixed at the limit, the likelihoods that fit best are (x1 - u) / (n1 - u) and (x0 + u) / (n0 + u)
    for one u: the equation that they solve says so. The score statistic is then u² (a / (x1 - u) + b / (x0 + u)), a and
    b being the shares without the event. It grows with u and is convex, so Newton's steps from above never overshoot.
    """
    known = ~np.isnan(x1 + n1 + x0 + n0)
    lower = np.where(known, 0.0, np.nan)
    solve = known & (x1 > 0)
    x1, n1, x0, n0 = (array[solve] for array in (x1, n1, x0, n0))
    a, b, z2 = (n1 - x1) / n1, (n0 - x0) / n0, z**2
    with np.errstate(divide="ignore", invalid="ignore"):
        # Where one of the two terms alone is z², both together are more.
        first = np.where(a > 0, 2 * z2 * x1 / (z2 + np.sqrt(z2**2 + 4 * a * z2 * x1)), x1)
        second = (z2 + np.sqrt(z2**2 + 4 * b * z2 * x0)) / (2 * b)
        u = np.minimum(first, second)
        moving = a > 0
        while moving.any():
            score = u**2 * (a / (x1 - u) + b / (x0 + u)) - z2
            slope = a * u * (2 * x1 - u) / (x1 - u) ** 2 + b * u * (2 * x0 + u) / (x0 + u) ** 2
            moving = moving & (score > CLOSE * slope * u)
            u = np.where(moving, u - score / slope, u)
        # Where it happened to everyone of the group, its likelihood is 1 unless u has reached everyone.
        left = np.maximum(z2 - b * n1**2 / (x0 + n1), 0)
        p1 = np.where(a > 0, (x1 - u) / (n1 - u), n1 / (n1 + np.where(u < n1, 0, left)))
    lower[solve] = p1 * (n0 + u) / (x0 + u)
    return lower
