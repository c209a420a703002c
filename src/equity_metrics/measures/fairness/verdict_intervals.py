"""Comparisons of one measure in; their limits at any confidence, for any multiple of the people, out."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from equity_metrics.catalogue.policies import FOUR_FIFTHS, NO_SCORE_RANGE, TWO_POINTS, NonAdverseRange
from equity_metrics.measures.comparisons import GAP, RELATIVE_LIKELIHOOD
from equity_metrics.measures.intervals.differences import newcombe_gap, welch_gap
from equity_metrics.measures.intervals.intervals import Floats, Limits
from equity_metrics.measures.intervals.ratios import koopman_ratio
from equity_metrics.measures.proportions import SHARES
from equity_metrics.measures.survey.estimates import PROPORTION

PAIR = ("numerator", "denominator", "reference_numerator", "reference_denominator")
MEANS = ("mean", "variance", "base", "reference_mean", "reference_variance", "reference_base")

LimitsAt = Callable[[Floats, float], Limits]
"""Limits of each comparison if there were so many times as many people, at a confidence."""


def limits_of(comparisons: pd.DataFrame) -> tuple[LimitsAt, NonAdverseRange]:
    """Find how the limits of a table's comparisons are made, and the range that its values are judged by.

    Parameters
    ----------
    comparisons
        Relative likelihoods of counts, or gaps of counts, of published percentages or of scores, before they are
        presented; limits of what is withheld are missing.

    Returns
    -------
    limits : callable
        ``limits(times, confidence)``: Koopman's for ratios, Newcombe's for gaps, Welch's for scores.
    within : NonAdverseRange

    Raises
    ------
    ValueError
        If the table has been presented, holds several measures, or holds shares (indicators 1 and 9).

    References
    ----------
    See :func:`koopman_ratio`, :func:`newcombe_gap` and :func:`welch_gap`.
    """
    _check(comparisons)
    shown = (comparisons["withheld"] == "").to_numpy()

    def numbers(columns: tuple[str, ...]) -> list[Floats]:
        return [np.where(shown, comparisons[column].to_numpy(float), np.nan) for column in columns]

    if (comparisons["measure"] == RELATIVE_LIKELIHOOD).all() and set(PAIR) <= set(comparisons.columns):
        a, n, b, m = numbers(PAIR)
        return lambda k, confidence: koopman_ratio(k * a, k * n, k * b, k * m, confidence), FOUR_FIFTHS
    if set(PAIR) <= set(comparisons.columns):
        a, n, b, m = numbers(PAIR)
        return lambda k, confidence: newcombe_gap(k * a, k * n, k * b, k * m, confidence), TWO_POINTS
    if set(MEANS) <= set(comparisons.columns):
        y, v, n, z, w, m = numbers(MEANS)
        return lambda k, confidence: welch_gap(y, v, k * n, z, w, k * m, confidence), NO_SCORE_RANGE
    p, n, q, m = numbers(("group_value", "base", "reference_value", "reference_base"))
    percent = (comparisons["unit"] == PROPORTION).to_numpy()
    p, q = np.where(percent, p, np.nan), np.where(percent, q, np.nan)
    within = TWO_POINTS if percent.all() else NO_SCORE_RANGE
    return lambda k, confidence: newcombe_gap(k * p * n, k * n, k * q * m, k * m, confidence), within


def _check(comparisons: pd.DataFrame) -> None:
    if "heading" in comparisons.columns:
        raise ValueError("comparisons must not be presented yet, got: a table that has headings")
    measures = sorted(set(comparisons["measure"]))
    if len(measures) > 1 or not set(measures) <= {RELATIVE_LIKELIHOOD, GAP}:
        raise ValueError(f"comparisons must hold relative likelihoods or gaps alone, got: {', '.join(measures)}")
    shares = comparisons.loc[comparisons["indicator"].isin(SHARES), "indicator"]
    if len(shares):
        raise ValueError(f"comparisons must be of rates, got: indicator {shares.iloc[0]}, a full count")
