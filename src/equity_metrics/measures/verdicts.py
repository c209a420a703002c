"""Relative likelihoods in; what can be claimed of each, and how often chance alone would leave the range, out."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import binom

from equity_metrics.catalogue.policies import FOUR_FIFTHS, NonAdverseRange
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.measures.decisions import Decision, Verdict
from equity_metrics.measures.intervals import Floats, as_floats
from equity_metrics.measures.ratios import koopman_ratio

PAIR = ("numerator", "denominator", "reference_numerator", "reference_denominator")
MOST_TIMES = 1024
"""How many times as many people are looked at, at most, for what would be enough."""
TAIL = 1e-13


def verdicts(comparisons: pd.DataFrame, within: NonAdverseRange = FOUR_FIFTHS) -> pd.DataFrame:
    """Say of each relative likelihood what can be claimed of it.

    Parameters
    ----------
    comparisons
        Relative likelihoods of counts (group / reference), before they are presented.
    within
        Relative likelihoods that are not read as adverse.

    Returns
    -------
    DataFrame
        ``comparisons`` + ``lower_95, upper_95, lower_90, upper_90`` (Koopman, whatever the confidence of the table),
        ``verdict``, ``words``, ``times_as_many`` (how many times as many people in both groups would be enough to
        tell, if both proportions stayed what they are; missing where there is enough, or where even 1,024 times as many
        would not do) and ``chance_outside_range`` (see :func:`chance_outside_range`; the rate is that of both groups
        together). All are empty or missing where the comparison is withheld.

    Raises
    ------
    ValueError
        If the table holds other measures, or has been presented.

    References
    ----------
    See :class:`equity_metrics.measures.decisions.Decision` and :func:`equity_metrics.measures.ratios.koopman_ratio`.
    """
    check_ratios(comparisons)
    shown = (comparisons["withheld"] == "").to_numpy()
    x1, n1, x0, n0 = (np.where(shown, comparisons[column].to_numpy(float), np.nan) for column in PAIR)
    decided = decisions(x1, n1, x0, n0, within)
    times = _times_as_many((x1, n1, x0, n0), decided, within)
    rows = zip(decided, comparisons["group"], comparisons["reference"], times, shown, strict=True)
    words = [_words(d, group, reference, k) if known else "" for d, group, reference, k, known in rows]
    with np.errstate(invalid="ignore", divide="ignore"):
        chance = chance_outside_range(n1, n0, (x1 + x0) / (n1 + n0), within)
    return comparisons.assign(
        lower_95=[d.lower for d in decided],
        upper_95=[d.upper for d in decided],
        lower_90=[d.lower_90 for d in decided],
        upper_90=[d.upper_90 for d in decided],
        verdict=pd.Series([str(d.verdict) for d in decided], index=comparisons.index, dtype="str").where(shown, ""),
        words=pd.Series(words, index=comparisons.index, dtype="str"),
        times_as_many=times,
        chance_outside_range=chance,
    )


def decisions(
    x1: ArrayLike,
    n1: ArrayLike,
    x0: ArrayLike,
    n0: ArrayLike,
    within: NonAdverseRange = FOUR_FIFTHS,
) -> list[Decision]:
    """Make one decision for each pair of counts, from Koopman's intervals at 95 % and 90 %.

    Parameters
    ----------
    x1, n1, x0, n0
        Events and people of group and reference; scalars or arrays that broadcast to one dimension.
    within
        Relative likelihoods that are not read as adverse.

    Returns
    -------
    list of Decision
    """
    wide, narrow = koopman_ratio(x1, n1, x0, n0, 0.95), koopman_ratio(x1, n1, x0, n0, 0.90)
    rows = np.column_stack([np.atleast_1d(limit) for limit in (*wide, *narrow)])
    return [Decision(a, b, c, d, within) for a, b, c, d in rows.tolist()]


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


def check_ratios(comparisons: pd.DataFrame) -> None:
    """Refuse what is not a table of relative likelihoods, group / reference.

    Raises
    ------
    ValueError
        In one sentence.
    """
    if "heading" in comparisons.columns:
        raise ValueError("comparisons must not be presented yet, got: a table that has headings")
    other = comparisons.loc[comparisons["measure"] != RELATIVE_LIKELIHOOD, "measure"]
    if len(other):
        raise ValueError(f"comparisons must be relative likelihoods, got: {other.iloc[0]}")


def _times_as_many(
    pair: tuple[Floats, Floats, Floats, Floats],
    decided: list[Decision],
    within: NonAdverseRange,
) -> Floats:
    """Find the smallest whole multiple of both groups that is enough, by bisection: intervals narrow with numbers."""
    short = np.array([d.verdict == Verdict.NOT_ENOUGH for d in decided], dtype=bool) & ~np.isnan(sum(pair))
    times = np.full(len(decided), np.nan)
    x1, n1, x0, n0 = (numbers[short] for numbers in pair)

    def enough(k: Floats) -> Floats:
        scaled = decisions(k * x1, k * n1, k * x0, k * n0, within)
        return np.array([d.verdict != Verdict.NOT_ENOUGH for d in scaled], dtype=float)

    low, high = np.ones(int(short.sum())), np.full(int(short.sum()), float(MOST_TIMES))
    possible = enough(high) > 0
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        reached = enough(middle) > 0
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    times[short] = np.where(possible, high, np.nan)
    return times


def _words(decision: Decision, group: str, reference: str, times: float) -> str:
    said = decision.words(group, reference)
    if np.isnan(times):
        return said
    return f"{said} About {times:,.0f} times as many in both groups would be enough, if both proportions stayed."
