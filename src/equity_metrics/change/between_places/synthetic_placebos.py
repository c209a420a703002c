"""A panel of places by period in; gaps from a synthetic self, and what chance alone would give, out."""

from collections.abc import Callable
from math import ceil, floor, inf, isinf

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Weigher = Callable[[Array, Array], Array]
"""Donors' baseline (periods × donors) and the target's baseline (periods) in, one weight a donor out."""

LEAST_BASELINE = 3
"""Fewest periods on which weights are fitted for a placebo in time."""
EXACT_FIT = 1e-6
"""A baseline error below this share of the baseline's spread is a perfect fit, in which nothing is left to compare."""


def synthetic_gaps(values: Array, baseline: NDArray[np.bool_], weigher: Weigher) -> tuple[Array, Array]:
    """Treat every place in turn as if it were the one with the intervention.

    Every other place is a donor, the one that really had the intervention too, so that under no effect all places
    are alike and the rank of one among them is an exact test.

    Parameters
    ----------
    values
        Outcomes, shape (places, periods).
    baseline
        True for the periods on which weights are fitted, shape (periods,).
    weigher
        Makes the weights.

    Returns
    -------
    gaps : ndarray
        Observed minus synthetic, shape (places, periods).
    weights : ndarray
        Row i holds the weights of the synthetic place i; zero on the diagonal.

    References
    ----------
    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105: 493-505.
    """
    fitted = values[:, baseline].T
    places = len(values)
    weights = np.zeros((places, places))
    for place in range(places):
        donors = np.arange(places) != place
        weights[place, donors] = weigher(fitted[:, donors], fitted[:, place])
    return values - weights @ values, weights


def baseline_errors(gaps: Array, baseline: NDArray[np.bool_]) -> Array:
    """Root mean squared gap of each place over the baseline, in the unit of the outcome."""
    return np.sqrt((gaps[:, baseline] ** 2).mean(axis=1))


def fits_exactly(values: Array, gaps: Array, baseline: NDArray[np.bool_], place: int) -> bool:
    """Say whether the donors reproduce the place's baseline to rounding."""
    spread = float(values[:, baseline].std())
    return float(baseline_errors(gaps, baseline)[place]) <= EXACT_FIT * spread


def space_p_value(
    gaps: Array, baseline: NDArray[np.bool_], after: NDArray[np.bool_], place: int, confidence: float
) -> tuple[float, float, float]:
    """Rank one place's mean gap, in units of its own baseline error, among all places.

    Parameters
    ----------
    gaps
        Shape (places, periods).
    baseline, after
        Which periods; shape (periods,).
    place
        Row of the place with the intervention.
    confidence
        Of the interval.

    Returns
    -------
    p_value
        Share of places, this one included, whose statistic is at least as large. It cannot be below 1 / places.
    lower, upper
        Mean effects not rejected; infinite where the places are too few to reject any.

    References
    ----------
    Firpo and Possebom (2018), Synthetic control method: inference, sensitivity analysis and confidence sets,
    Journal of Causal Inference 6(2).
    """
    errors = baseline_errors(gaps, baseline)
    means = gaps[:, after].mean(axis=1)
    with np.errstate(divide="ignore"):
        statistics = np.abs(means) / errors
    p_value = float((statistics >= statistics[place]).mean())
    allowed = (1 - confidence) * len(gaps)
    others = np.sort(np.delete(statistics, place))[::-1]
    # Strictly more than 1 / (1 - confidence) places are needed: a rank that only just reaches 0.05 decides nothing.
    half_width = inf if allowed < 1 + 1e-9 else float(others[floor(allowed + 1e-9) - 1] * errors[place])
    if isinf(half_width):
        return p_value, -inf, inf
    return p_value, float(means[place] - half_width), float(means[place] + half_width)


def time_placebos(
    values: Array, baseline: NDArray[np.bool_], length: int, place: int, weigher: Weigher
) -> list[tuple[int, float]]:
    """Pretend that the intervention began earlier, in the second half of the baseline, when nothing had happened.

    Parameters
    ----------
    values
        Outcomes, shape (places, periods); the baseline comes first.
    baseline
        Which periods are baseline.
    length
        Periods over which each pretended effect is averaged; shortened to what fits.
    place
        Row of the place with the intervention.
    weigher
        Makes the weights.

    Returns
    -------
    list of (int, float)
        Number of the pretended first period and the mean gap from then on. Empty if the baseline is too short.

    References
    ----------
    Abadie, Diamond and Hainmueller (2015), American Journal of Political Science 59: 495-510.
    """
    periods = int(baseline.sum())
    first = max(ceil(periods / 2), LEAST_BASELINE)
    window = min(length, periods - first)
    donors = np.arange(len(values)) != place
    found = []
    for start in range(first, periods - window + 1) if window > 0 else ():
        weights = weigher(values[donors, :start].T, values[place, :start])
        later = slice(start, start + window)
        found.append((start, float((values[place, later] - weights @ values[donors, later]).mean())))
    return found
