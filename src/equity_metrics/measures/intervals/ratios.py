"""Two groups' counts in; the limits of their relative likelihood out. Group first, reference second."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize.elementwise import find_root

from equity_metrics.measures.intervals.intervals import Floats, Limits, as_floats, check_events, normal_quantile


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
    """Lower score limit of each pair."""
    known = ~np.isnan(x1 + n1 + x0 + n0)
    lower = np.where(known, 0.0, np.nan)
    solve = known & (x1 > 0)
    if solve.any():
        pairs = x1[solve], n1[solve], x0[solve], n0[solve]
        root = find_root(_score_excess, _bracket(*pairs, z), args=(*pairs, np.float64(z)))
        lower[solve] = np.exp(root.x)
    return lower


def _bracket(x1: Floats, n1: Floats, x0: Floats, n0: Floats, z: float) -> Limits:
    """Two log ratios between which the lower limit must lie.

    The score is 0 at the estimate. Half-way to zero or nearer, its numerator is at least p1/2 and its variance at
    most r(1/n1 + r/n0), so it exceeds z below the first bound. Without an event in the reference there is no finite
    estimate, but from 2 upwards the variance is at least r x1 / (2 n0 (n1 + x1 + n0)).
    """
    p1, p0 = x1 / n1, x0 / n0
    with np.errstate(divide="ignore"):
        highest = np.where(x0 > 0, p1 / p0, np.maximum(2, 2 * p1**2 * n0 * (n1 + x1 + n0) / (x1 * z**2)))
    half = highest / 2
    lowest = np.minimum(half, p1**2 / (4 * z**2 * (1 / n1 + half / n0)))
    return np.log(lowest), np.log(highest)


def _score_excess(log_ratio: Floats, x1: Floats, n1: Floats, x0: Floats, n0: Floats, z: Floats) -> Floats:
    """Signed root of the score statistic at a ratio, minus z.

    p is the reference's likelihood that fits best when the ratio is fixed: the smaller root of
    (n1+n0) r p² − ((n1+x0) r + x1 + n0) p + x1 + x0, written so that nothing cancels.
    """
    ratio = np.exp(log_ratio)
    linear = (n1 + x0) * ratio + x1 + n0
    root = np.sqrt(((n1 + x0) * ratio - x1 - n0) ** 2 + 4 * ratio * (n1 - x1) * (n0 - x0))
    p = 2 * (x1 + x0) / (linear + root)
    variance = ratio * p * (np.maximum(1 - ratio * p, 0) / n1 + ratio * np.maximum(1 - p, 0) / n0)
    difference = x1 / n1 - ratio * x0 / n0
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(difference == 0, 0, difference / np.sqrt(variance)) - z
