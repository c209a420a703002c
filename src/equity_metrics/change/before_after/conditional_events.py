"""Counts of two groups by period in; the exact distribution of the group's events after an intervention out."""

from collections.abc import Iterable
from math import exp, inf, log

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaln, logsumexp

from equity_metrics.change.before_after.paired_series import PairedSeries
from equity_metrics.change.charts.control_charts import Array
from equity_metrics.change.trends.gap_models import GapModel

_WIDEST = 50.0  # log of the largest ratio of ratios looked at


def _log_choose(n: Array, k: Array) -> Array:
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def _log_ways(series: PairedSeries, ratio: GapModel, period: int) -> tuple[Array, int]:
    """Log number of ways in which a period's events may fall to the group, and the fewest that may."""
    n, m = series.people[period], series.reference_people[period]
    total = series.events[period] + series.reference_events[period]
    fewest, most = (max(0.0, total - m), min(n, total)) if ratio.both_ways else (0.0, total)
    k = np.arange(fewest, most + 1)
    if ratio.both_ways:
        return _log_choose(n, k) + _log_choose(m, total - k), int(fewest)
    return _log_choose(total, k) + k * log(n / m), int(fewest)


def _joined(parts: Iterable[tuple[Array, int]]) -> tuple[Array, int]:
    """Join independent periods: log ways for their sum, and its smallest value."""
    joined, fewest = np.ones(1), 0
    log_scale = 0.0
    for ways, least in parts:
        joined = np.convolve(joined, np.exp(ways - ways.max()))
        log_scale += float(ways.max() + np.log(joined.max()))
        joined /= joined.max()
        fewest += least
    with np.errstate(divide="ignore"):
        return np.log(joined) + log_scale, fewest


def events_after_given_all(series: PairedSeries, ratio: GapModel) -> tuple[Array, Array]:
    """Find how the group's events would fall before and after the start if the gap stayed level.

    Parameters
    ----------
    series
        The counts.
    ratio
        ``ODDS_GAP`` (periods are hypergeometric) or ``RATE_GAP`` (binomial).

    Returns
    -------
    possible, log_weights : ndarray
        Each possible number of the group's events after the start, given each period's total and the group's events
        in all, and the log of its weight.

    References
    ----------
    Mehta CR, Patel NR (1995). Exact logistic regression: theory and examples. Stat Med 14:2143-2160.
    """
    informative = np.flatnonzero((series.people > 0) & (series.reference_people > 0))
    sides = [
        _joined(_log_ways(series, ratio, int(period)) for period in informative if series.after[period] == side)
        for side in (False, True)
    ]
    (before, fewest_before), (after, fewest_after) = sides
    total = int(series.events[informative].sum())
    possible = np.arange(
        max(fewest_after, total - fewest_before - len(before) + 1),
        min(fewest_after + len(after) - 1, total - fewest_before) + 1,
    )
    return possible.astype(float), after[possible - fewest_after] + before[total - possible - fewest_before]


def exact_ratio(
    possible: Array, log_weights: Array, observed: float, confidence: float
) -> tuple[float, float, float, float]:
    """Estimate the change of the gap from where the observed number stands among the possible ones.

    Parameters
    ----------
    possible, log_weights
        From ``events_after_given_all``.
    observed
        The group's events after the start.
    confidence
        Of the interval.

    Returns
    -------
    tuple of float
        Conditional maximum likelihood ratio, lower and upper end of the central interval, two-sided p-value (twice
        the smaller tail, so that it agrees with the interval).

    References
    ----------
    Cox DR, Snell EJ (1989). Analysis of Binary Data, 2nd ed., ch. 2. Clopper CJ, Pearson ES (1934). Biometrika 26:404.
    """

    def distribution(log_ratio: float) -> Array:
        tilted = log_weights + possible * log_ratio
        return np.exp(tilted - logsumexp(tilted))

    def mean(log_ratio: float) -> float:
        return float(distribution(log_ratio) @ possible)

    def at_least(log_ratio: float) -> float:
        return float(distribution(log_ratio)[possible >= observed].sum())

    def at_most(log_ratio: float) -> float:
        return float(distribution(log_ratio)[possible <= observed].sum())

    tail = (1 - confidence) / 2
    lowest, highest = observed == possible.min(), observed == possible.max()
    effect = 0.0 if lowest else inf if highest else exp(brentq(lambda b: mean(b) - observed, -_WIDEST, _WIDEST))
    lower = 0.0 if lowest else exp(brentq(lambda b: at_least(b) - tail, -_WIDEST, _WIDEST))
    upper = inf if highest else exp(brentq(lambda b: at_most(b) - tail, -_WIDEST, _WIDEST))
    return effect, lower, upper, min(1.0, 2 * min(at_least(0.0), at_most(0.0)))
