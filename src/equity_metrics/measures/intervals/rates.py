"""Numbers of events in; the limits of their expected number, and of a rate, out."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2

from equity_metrics.measures.intervals.intervals import Floats, Limits, as_floats, normal_quantile

EXACT_BELOW = 10
"""Byar's approximation is used from so many events upwards."""


def byar(x: ArrayLike, confidence: float = 0.95) -> Limits:
    """Byar's limits of an expected number of events: the lower one from x, the upper one from x + 1.

    Parameters
    ----------
    x
        Events; scalar or array; may be fractional.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float
        Missing where ``x`` is; ``lower`` also where the formula would give less than 0.

    Raises
    ------
    ValueError
        If events are negative or infinite, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Breslow N E, Day N E (1987). Statistical methods in cancer research, volume II. IARC: page 69.
    """
    z = normal_quantile(confidence)
    x = _events(x)
    # At no event the formula has no value: nothing is left of x (1 − …)³ but a limit below 0.
    some = np.where(x > 0, x, np.nan)
    lower = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    above = x + 1
    return np.where(lower < 0, np.nan, lower), above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3


def exact_poisson(x: ArrayLike, confidence: float = 0.95) -> Limits:
    """Exact limits of an expected number of events, from chi-square quantiles.

    Parameters
    ----------
    x, confidence
        As for :func:`byar`.

    Returns
    -------
    lower, upper : arrays of float
        ``lower`` is 0 at no event; both missing where ``x`` is.

    Raises
    ------
    ValueError
        As for :func:`byar`.

    References
    ----------
    Garwood F (1936). Fiducial limits for the Poisson distribution. Biometrika 28: 437-442.
    """
    normal_quantile(confidence)
    x = _events(x)
    tail = (1 - confidence) / 2
    lower = np.where(x == 0, 0.0, chi2.ppf(tail, 2 * np.where(x > 0, x, np.nan)) / 2)
    return lower, np.asarray(chi2.isf(tail, 2 * x + 2) / 2)


def event_limits(x: ArrayLike, confidence: float = 0.95) -> Limits:
    """Limits of an expected number of events: exact below 10 events, Byar's from 10 upwards.

    Parameters
    ----------
    x, confidence
        As for :func:`byar`.

    Returns
    -------
    lower, upper : arrays of float

    Raises
    ------
    ValueError
        As for :func:`byar`.

    References
    ----------
    Public Health England (2018). Technical guide: confidence intervals.
    """
    x = _events(x)
    few = x < EXACT_BELOW
    pairs = zip(exact_poisson(x, confidence), byar(x, confidence), strict=True)
    lower, upper = (np.where(few, exact, approximate) for exact, approximate in pairs)
    return lower, upper


def rate_limits(x: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Limits:
    """Limits of a rate of events that can happen more than once, per unit of ``n``.

    Parameters
    ----------
    x
        Events; scalar or array.
    n
        Person-years, or an expected number of events; more than 0; broadcasts with ``x``.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float
        Events per unit of ``n``; missing where either is missing or ``n`` is 0.

    Raises
    ------
    ValueError
        If events or ``n`` are negative or infinite, or ``confidence`` is not between 0 and 1.

    References
    ----------
    See :func:`event_limits`.
    """
    x, n = as_floats(x, n)
    bad = (n < 0) | np.isinf(n)
    if bad.any():
        raise ValueError(f"n must be a finite number, 0 or more, got: {n[bad].flat[0]:g}")
    lower, upper = event_limits(x, confidence)
    n = np.where(n > 0, n, np.nan)
    return lower / n, upper / n


def _events(x: ArrayLike) -> Floats:
    (events,) = as_floats(x)
    bad = (events < 0) | np.isinf(events)
    if bad.any():
        raise ValueError(f"x must be a finite number of events, 0 or more, got: {events[bad].flat[0]:g}")
    return events
