"""Sizes of two groups and one rate in; how often chance alone would leave the range at true parity out."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom

from equity_metrics.catalogue.policies import FOUR_FIFTHS, NonAdverseRange
from equity_metrics.measures.intervals.intervals import Floats, as_floats

TAIL = 1e-13


def chance_outside_range(
    n1: ArrayLike,
    n0: ArrayLike,
    rate: ArrayLike,
    within: NonAdverseRange = FOUR_FIFTHS,
) -> Floats:
    """How often the ratio of two proportions lies outside a range by chance alone, when both have one rate.

    Parameters
    ----------
    n1, n0
        People in the group and in the reference; scalars or arrays that broadcast.
    rate
        Rate of both, 0-1.
    within
        Relative likelihoods that are not read as adverse.

    Returns
    -------
    array of float
        Probability (0-1) by exact enumeration of both binomial counts. A ratio is outside where only one of the two
        has an event, and not where neither has, nor where it equals a limit. Missing where anything is missing or
        nobody is there.

    Raises
    ------
    ValueError
        If people are negative or ``rate`` is not between 0 and 1.

    References
    ----------
    The binomial distribution, summed over every outcome.
    """
    n1, n0, rate = as_floats(n1, n0, rate)
    if ((n1 < 0) | (n0 < 0)).any():
        raise ValueError(f"n1 and n0 must be 0 or more, got: {np.fmin(n1, n0)[(n1 < 0) | (n0 < 0)].flat[0]:g}")
    outside = (rate < 0) | (rate > 1)
    if outside.any():
        raise ValueError(f"rate must be between 0 and 1, got: {rate[outside].flat[0]:g}")
    known = (n1 > 0) & (n0 > 0) & ~np.isnan(rate)
    chance = np.where(known, 0.0, np.nan)
    m1, m0, p = n1[known], n0[known], rate[known]
    first, last = binom.ppf(TAIL, m0, p), binom.isf(TAIL, m0, p)
    lengths = np.maximum(last - np.maximum(first, 0) + 1, 1).astype(int)
    row = np.repeat(np.arange(lengths.size), lengths)
    starts = np.cumsum(lengths) - lengths
    x0 = np.arange(row.size) - starts[row] + np.maximum(first, 0)[row]
    parity = m1[row] * x0 / m0[row]
    # The least and the greatest count inside; a ratio that equals a limit is inside, whatever rounding says.
    least, greatest = np.ceil(within.lower * parity - 1e-9), np.floor(within.upper * parity + 1e-9)
    breached = binom.cdf(least - 1, m1[row], p[row]) + binom.sf(greatest, m1[row], p[row])
    chance[known] = np.bincount(row, binom.pmf(x0, m0[row], p[row]) * breached, lengths.size)
    return np.minimum(chance, 1.0)
