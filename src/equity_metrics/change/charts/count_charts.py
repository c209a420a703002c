"""Counts by period in; limits of P and U charts out, and of P′ and U′ charts where counts vary beyond chance."""

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.change.charts.control_charts import (
    MEAN_RANGE_OF_TWO,
    Array,
    Limits,
    limits_around,
    mean_moving_ranges,
)

SIGMAS = 3.0


def _overall(numerators: ArrayLike, denominators: ArrayLike) -> tuple[Array, Array, Array]:
    events, bases = np.asarray(numerators, float), np.asarray(denominators, float)
    if (bases <= 0).any():
        raise ValueError(f"denominators must be above 0, got: {bases.min():g}")
    return events, bases, events.sum(axis=-1, keepdims=True) / bases.sum(axis=-1, keepdims=True)


def _spread_beyond_chance(events: Array, bases: Array, centre: Array, error: Array) -> Array:
    standardised = (events / bases - centre) / error
    return mean_moving_ranges(standardised, screened=False) / MEAN_RANGE_OF_TWO


def p_limits(numerators: ArrayLike, denominators: ArrayLike, *, sigmas: float = SIGMAS) -> Limits:
    """Limits of a chart of proportions, by the binomial standard error of each period.

    Parameters
    ----------
    numerators, denominators
        Counts, shape (..., points).
    sigmas
        Standard errors from the centre line to a limit.

    Returns
    -------
    Limits
        Proportions, 0 to 1, shape of the counts.

    Raises
    ------
    ValueError
        If a denominator is not above 0.

    References
    ----------
    Shewhart WA (1931). Montgomery DC (2013), Introduction to Statistical Quality Control, 7.2.
    """
    _, bases, centre = _overall(numerators, denominators)
    return limits_around(centre, sigmas * np.sqrt(centre * (1 - centre) / bases), 0, 1)


def p_prime_limits(numerators: ArrayLike, denominators: ArrayLike, *, sigmas: float = SIGMAS) -> Limits:
    """Limits of a chart of proportions that vary from period to period by more than the binomial.

    Parameters
    ----------
    numerators, denominators
        Counts, shape (..., points).
    sigmas
        Standard deviations from the centre line to a limit.

    Returns
    -------
    Limits
        Proportions, 0 to 1, shape of the counts.

    Raises
    ------
    ValueError
        If a denominator is not above 0.

    References
    ----------
    Laney DB (2002). Improved control charts for attributes. Qual Eng 14:531-537.
    """
    events, bases, centre = _overall(numerators, denominators)
    error = np.sqrt(centre * (1 - centre) / bases)
    return limits_around(centre, sigmas * error * _spread_beyond_chance(events, bases, centre, error), 0, 1)


def u_limits(numerators: ArrayLike, denominators: ArrayLike, *, sigmas: float = SIGMAS) -> Limits:
    """Limits of a chart of rates, by the Poisson standard error of each period; with denominators of 1 a C chart.

    Parameters
    ----------
    numerators
        Events, shape (..., points).
    denominators
        Exposure (staff, months), same shape.
    sigmas
        Standard errors from the centre line to a limit.

    Returns
    -------
    Limits
        Events per unit of exposure, shape of the counts.

    Raises
    ------
    ValueError
        If a denominator is not above 0.

    References
    ----------
    Montgomery DC (2013), Introduction to Statistical Quality Control, 7.3.
    """
    _, bases, centre = _overall(numerators, denominators)
    return limits_around(centre, sigmas * np.sqrt(centre / bases), 0)


def u_prime_limits(numerators: ArrayLike, denominators: ArrayLike, *, sigmas: float = SIGMAS) -> Limits:
    """Limits of a chart of rates that vary from period to period by more than the Poisson.

    Parameters
    ----------
    numerators
        Events, shape (..., points).
    denominators
        Exposure, same shape.
    sigmas
        Standard deviations from the centre line to a limit.

    Returns
    -------
    Limits
        Events per unit of exposure, shape of the counts.

    Raises
    ------
    ValueError
        If a denominator is not above 0.

    References
    ----------
    Laney DB (2002). Improved control charts for attributes. Qual Eng 14:531-537.
    """
    events, bases, centre = _overall(numerators, denominators)
    error = np.sqrt(centre / bases)
    return limits_around(centre, sigmas * error * _spread_beyond_chance(events, bases, centre, error), 0)
