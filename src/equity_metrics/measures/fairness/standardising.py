"""Events and people of each stratum in; one rate or ratio that a different mix of strata cannot move, out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.measures.intervals.intervals import Floats, as_floats
from equity_metrics.measures.intervals.rates import EXACT_BELOW, byar, event_limits


class Standardised(NamedTuple):
    """A standardised value with its limits."""

    value: Floats
    lower: Floats
    upper: Floats


def direct_rate(x: ArrayLike, n: ArrayLike, standard: ArrayLike, confidence: float = 0.95) -> Standardised:
    """Rate that a group would have with the standard's mix of strata, with Dobson's interval.

    Parameters
    ----------
    x, n
        Events and people of each stratum; strata along the last axis.
    standard
        People of the standard in each stratum; broadcasts.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    Standardised
        Events per person (or per unit of ``n``). Missing where any stratum is, where a stratum has nobody, and below 10
        events in all: the interval is then not to be relied on.

    Raises
    ------
    ValueError
        If a number is negative, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Dobson A J, Kuulasmaa K, Eberle E, Scherer J (1991). Confidence intervals for weighted sums of Poisson parameters.
    Statistics in Medicine 10: 457-462; with Byar's limits.
    """
    x, n, standard = _strata(x=x, n=n, standard=standard)
    weight = standard / standard.sum(axis=-1, keepdims=True)
    n = np.where(n > 0, n, np.nan)
    events = x.sum(axis=-1)
    events = np.where(events >= EXACT_BELOW, events, np.nan)
    value = (weight * x / n).sum(axis=-1) + 0 * events
    step = np.sqrt((weight**2 * x / n**2).sum(axis=-1) / events)
    lower, upper = byar(events, confidence)
    return Standardised(value, value + step * (lower - events), value + step * (upper - events))


def indirect_ratio(
    x: ArrayLike, n: ArrayLike, reference_x: ArrayLike, reference_n: ArrayLike, confidence: float = 0.95
) -> Standardised:
    """Events for each that would be expected at the reference's rates, with Byar's or the exact interval.

    Parameters
    ----------
    x, n
        Events and people of each stratum; strata along the last axis.
    reference_x, reference_n
        Events and people of the reference in each stratum; broadcast.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    Standardised
        Observed / expected. Missing where any stratum is, and where nothing is expected. Two groups' ratios have
        different mixes of strata and are not to be compared with each other.

    Raises
    ------
    ValueError
        If a number is negative, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Breslow N E, Day N E (1987). Statistical methods in cancer research, volume II. IARC: 65-72; limits as for
    :func:`equity_metrics.measures.intervals.rates.event_limits`.
    """
    x, n, reference_x, reference_n = _strata(x=x, n=n, reference_x=reference_x, reference_n=reference_n)
    expected = (n * reference_x / np.where(reference_n > 0, reference_n, np.nan)).sum(axis=-1)
    expected = np.where(expected > 0, expected, np.nan)
    observed = x.sum(axis=-1)
    lower, upper = event_limits(observed, confidence)
    return Standardised(observed / expected, lower / expected, upper / expected)


def _strata(**numbers: ArrayLike) -> tuple[Floats, ...]:
    arrays = as_floats(*numbers.values())
    for name, array in zip(numbers, arrays, strict=True):
        if (array < 0).any():
            raise ValueError(f"{name} must be 0 or more, got: {array[array < 0].flat[0]:g}")
    return tuple(np.atleast_1d(array) for array in arrays)
