"""Values of many places in; the funnel within which chance alone would leave them, out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.measures.fairness.mantel_haenszel import mantel_haenszel_ratio
from equity_metrics.measures.fairness.overdispersion import WINSORISED, Overdispersion, overdispersion
from equity_metrics.measures.intervals.intervals import Floats, Limits, as_floats, check_events, normal_quantile
from equity_metrics.measures.intervals.rates import exact_poisson

INNER, OUTER = 0.95, 0.998
"""What the two pairs of limits hold."""


class Funnel(NamedTuple):
    """Limits around a target for places of each size; ``spread`` says by how much they were widened.

    ``placed`` is what lies within or outside them: the value, and for a ratio of 0 or infinity the one with half an
    event added to each number, because limits on the log scale never hold those two.
    """

    value: Floats
    placed: Floats
    target: float
    inner: Limits
    outer: Limits
    spread: Overdispersion


def proportion_limits(n: ArrayLike, target: float, confidence: float = INNER) -> Limits:
    """Limits of a proportion around a target, by chance alone: target ∓ z √(target (1 − target) / n), cut at 0 and 1.

    Parameters
    ----------
    n
        People; scalar or array.
    target
        Proportion (0-1) that all places would share.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float
        Missing where nobody is there.

    Raises
    ------
    ValueError
        If ``confidence`` is not between 0 and 1.

    References
    ----------
    Spiegelhalter D J (2005), as for :func:`equity_metrics.measures.fairness.overdispersion.overdispersion`.
    """
    (n,) = as_floats(n)
    reach = normal_quantile(confidence) * np.sqrt(target * (1 - target) / np.where(n > 0, n, np.nan))
    return np.maximum(target - reach, 0), np.minimum(target + reach, 1)


def proportion_funnel(x: ArrayLike, n: ArrayLike, share: float = WINSORISED) -> Funnel:
    """Funnel of proportions around that of all places together.

    Parameters
    ----------
    x, n
        Events and people of each place.
    share
        Share at each end that is winsorised before the spread is estimated.

    Returns
    -------
    Funnel
        Proportions (0-1). Where places differ by more than chance, limits are
        sin²(arcsin √target ∓ z √(1/(4n) + tau2)), otherwise :func:`proportion_limits`. A place with a missing number
        has no value and counts nowhere.

    Raises
    ------
    ValueError
        If events are not between 0 and people.

    References
    ----------
    See :func:`equity_metrics.measures.fairness.overdispersion.overdispersion`.
    """
    x, n = as_floats(x, n)
    check_events(x, n)
    known = ~np.isnan(x + n) & (n > 0)
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    value = x / n
    target = float(np.nansum(x) / np.nansum(n)) if known.any() else np.nan
    middle, error = np.arcsin(np.sqrt(target)), 1 / (2 * np.sqrt(n))
    spread = overdispersion((np.arcsin(np.sqrt(value)) - middle) / error, error, share)

    def limits(confidence: float) -> Limits:
        if not spread.tau2 > 0:
            return proportion_limits(n, target, confidence)
        reach = normal_quantile(confidence) * np.sqrt(error**2 + spread.tau2)
        return np.sin(np.maximum(middle - reach, 0)) ** 2, np.sin(np.minimum(middle + reach, np.pi / 2)) ** 2

    return Funnel(value, value, target, limits(INNER), limits(OUTER), spread)


def expected_funnel(observed: ArrayLike, expected: ArrayLike, share: float = WINSORISED) -> Funnel:
    """Funnel of observed / expected numbers of events around 1.

    Parameters
    ----------
    observed, expected
        Events of each place, and those expected at the standard's rates.
    share
        Share at each end that is winsorised before the spread is estimated.

    Returns
    -------
    Funnel
        Where places differ by more than chance, limits are (1 ∓ z √(1/(4 expected) + tau2))², otherwise exact Poisson
        limits of the expected number, divided by it.

    Raises
    ------
    ValueError
        If a number is negative.

    References
    ----------
    See :func:`equity_metrics.measures.fairness.overdispersion.overdispersion`; on the scale of square roots.
    """
    observed, expected = as_floats(observed, expected)
    for name, numbers in (("observed", observed), ("expected", expected)):
        if (numbers < 0).any():
            raise ValueError(f"{name} must be 0 or more, got: {numbers[numbers < 0].flat[0]:g}")
    known = ~np.isnan(observed + expected) & (expected > 0)
    observed, expected = np.where(known, observed, np.nan), np.where(known, expected, np.nan)
    error = 1 / (2 * np.sqrt(expected))
    spread = overdispersion((np.sqrt(observed / expected) - 1) / error, error, share)

    def limits(confidence: float) -> Limits:
        if not spread.tau2 > 0:
            lower, upper = exact_poisson(expected, confidence)
            return lower / expected, upper / expected
        reach = normal_quantile(confidence) * np.sqrt(error**2 + spread.tau2)
        return np.maximum(1 - reach, 0) ** 2, (1 + reach) ** 2

    value = observed / expected
    return Funnel(value, value, 1.0, limits(INNER), limits(OUTER), spread)


def likelihood_funnel(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, share: float = WINSORISED) -> Funnel:
    """Funnel of relative likelihoods around Mantel-Haenszel's over all places.

    Parameters
    ----------
    x1, n1
        Events and people of the group in each place.
    x0, n0
        Events and people of the reference in each place.
    share
        Share at each end that is winsorised before the spread is estimated.

    Returns
    -------
    Funnel
        Group / reference; limits are target × exp(∓ z √(s² + tau2)), s² = Σ 1/(x + ½) − 1/(n + ½) over both groups.
        Half an event is added for errors, distances and the place of 0 and infinity only.

    Raises
    ------
    ValueError
        If events are not between 0 and people.

    References
    ----------
    As for :func:`equity_metrics.measures.fairness.overdispersion.overdispersion`; half an event: Walter S D (1975), The
    distribution of Levin's measure of attributable risk. Biometrika 62: 371-375.
    """
    x1, n1, x0, n0 = as_floats(x1, n1, x0, n0)
    check_events(x1, n1, ("x1", "n1"))
    check_events(x0, n0, ("x0", "n0"))
    known = ~np.isnan(x1 + n1 + x0 + n0) & (n1 > 0) & (n0 > 0)
    target = float(mantel_haenszel_ratio(x1[known], n1[known], x0[known], n0[known]).value)
    x1, n1, x0, n0 = (np.where(known, numbers, np.nan) for numbers in (x1, n1, x0, n0))
    variance = 1 / (x1 + 0.5) - 1 / (n1 + 0.5) + 1 / (x0 + 0.5) - 1 / (n0 + 0.5)
    error = np.sqrt(np.where(variance > 0, variance, np.nan))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.asarray((x1 / n1) / (x0 / n0))
        middle = np.log(target)
        distance = np.log((x1 + 0.5) / (n1 + 0.5)) - np.log((x0 + 0.5) / (n0 + 0.5)) - middle
        placed = np.where((value == 0) | np.isinf(value), target * np.exp(distance), value)
        spread = overdispersion(distance / error, error, share)

    def limits(confidence: float) -> Limits:
        reach = normal_quantile(confidence) * np.sqrt(error**2 + np.nan_to_num(spread.tau2))
        return target * np.exp(-reach), target * np.exp(reach)

    return Funnel(value, placed, target, limits(INNER), limits(OUTER), spread)
