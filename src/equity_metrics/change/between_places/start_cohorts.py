"""A panel of places by period, and when each started, in; effects of those that started together out, as arrays."""

from math import nan

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

NEVER = np.iinfo(np.int64).max
"""Start of a place that never started."""


def effects_by_start(values: Array, first: NDArray[np.int64]) -> tuple[NDArray[np.int64], Array, Array, Array]:
    """Compare each set of places that started together with those not started yet.

    Parameters
    ----------
    values
        Shape (places, periods).
    first
        Number of each place's first period with the intervention, or ``NEVER``.

    Returns
    -------
    cohorts : ndarray of int
        The starts.
    sizes : ndarray
        Places in each.
    effects, comparisons : ndarray
        By start and period; the effect is missing where nobody was left to compare with.
    """
    cohorts = np.unique(first[first != NEVER])
    now = np.arange(values.shape[1])
    sizes, found, comparisons = [], [], []
    for cohort in cohorts:
        change = values - values[:, [cohort - 1]]
        together = first == cohort
        waiting = (first[:, None] > np.maximum(now, cohort - 1)) & ~together[:, None]
        count = waiting.sum(axis=0)
        usual = np.where(count > 0, (change * waiting).sum(axis=0) / np.maximum(count, 1), nan)
        sizes.append(together.sum())
        found.append(change[together].mean(axis=0) - usual)
        comparisons.append(count)
    return cohorts, np.array(sizes, dtype=float), np.array(found), np.array(comparisons, dtype=float)


def by_time_since(values: Array, first: NDArray[np.int64]) -> tuple[NDArray[np.int64], Array, Array]:
    """Average effects by time since the start, weighted by places.

    Parameters
    ----------
    values, first
        As in `effects_by_start`.

    Returns
    -------
    times : ndarray of int
        Periods since the start; -1 is the base.
    effects, places : ndarray
        Mean effect at each, and how many places it stands on.
    """
    cohorts, sizes, found, _ = effects_by_start(values, first)
    since = np.arange(values.shape[1]) - cohorts[:, None]
    known = np.isfinite(found)
    times = np.unique(since[known])
    match = (since[..., None] == times) & known[..., None]
    places = (sizes[:, None, None] * match).sum(axis=(0, 1))
    totals = (np.where(known, found, 0.0)[..., None] * sizes[:, None, None] * match).sum(axis=(0, 1))
    return times, np.asarray(totals / places, dtype=np.float64), places


def effect_weights(first: NDArray[np.int64], periods: int) -> tuple[NDArray[np.int64], Array]:
    """Say what each period of a place weighs in the average effect after the starts, which is a weighted sum.

    Parameters
    ----------
    first
        As in `effects_by_start`.
    periods
        How many there are.

    Returns
    -------
    place : ndarray of int
        Each place's row of the weights. Places that started together share one, whichever places they are.
    weights : ndarray
        Shape (starts, periods); missing where there is nothing to compare with.
    """
    starts, place = np.unique(first, return_inverse=True)
    sizes, now = np.bincount(place), np.arange(periods)
    weights, compared = np.zeros((len(starts), periods)), 0
    for row in np.flatnonzero(starts != NEVER):
        waiting = starts[:, None] > np.maximum(now, starts[row])
        number = sizes @ waiting
        known = (now >= starts[row]) & (number > 0)
        if not known.any():
            continue
        share = known / known.sum()
        effect = -sizes[row] * waiting * share / np.maximum(number, 1)
        effect[row] = share
        effect[:, starts[row] - 1] -= effect.sum(axis=1)
        weights += effect
        compared += sizes[row]
    return place, weights / compared if compared else np.full_like(weights, nan)


def summaries(values: Array, first: NDArray[np.int64]) -> tuple[float, float]:
    """Average the effects after the starts, and find the slope of those before them.

    Parameters
    ----------
    values, first
        As in `effects_by_start`.

    Returns
    -------
    effect, slope : float
        Missing where there is nothing to compare with, or no second period before a start.
    """
    place, weights = effect_weights(first, values.shape[1])
    times, by_time, places = by_time_since(values, first)
    early = times < 0
    slope = nan
    if early.sum() > 1 and np.isfinite(weights).all():
        centred = times[early] - np.average(times[early], weights=places[early])
        slope = float((places[early] * centred * by_time[early]).sum() / (places[early] * centred**2).sum())
    return float((values * weights[place]).sum()), slope


def left_out(values: Array, first: NDArray[np.int64]) -> list[tuple[Array, NDArray[np.int64]]]:
    """Leave out each place in turn, in the form that `effects_by_start` takes."""
    return [(np.delete(values, place, axis=0), np.delete(first, place)) for place in range(len(values))]


def jackknife_errors(replicates: Array) -> Array:
    """Turn estimates without each place in turn, shape (places, estimates), into standard errors.

    References
    ----------
    MacKinnon, Nielsen and Webb (2023), Journal of Applied Econometrics 38: 671-694 (the cluster jackknife, CV3).
    """
    count = len(replicates)
    squares = ((replicates - replicates.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(np.sqrt((count - 1) / count * squares), dtype=np.float64)
