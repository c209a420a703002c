"""Scores and published survey values in; each group's gap from the reference out."""

import numpy as np
import pandas as pd

from equity_metrics.measures.cells import NUMBERS, PUBLISHED, PUBLISHED_KEYS, SCORES, rows_of
from equity_metrics.measures.comparisons import GAP
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.intervals.differences import newcombe_gap, welch_gap
from equity_metrics.measures.pairs import pairs
from equity_metrics.measures.survey.estimates import NO_VARIANCE, PROPORTION, as_proportions, interval_method, is_bound

WELCH = "Welch's t"
PUBLISHED_MEANS = f"difference of published means; {NO_VARIANCE}"


def score_gaps(scores: pd.DataFrame, reference: str, confidence: float = 0.95) -> pd.DataFrame:
    """Subtract the reference's mean score from that of every other group, with Welch's interval where it can be made.

    Parameters
    ----------
    scores
        Scores (0-10), complete or released.
    reference
        Name of the group that all others are compared with.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Comparisons in score points, with the two groups' means in ``group_value`` and ``reference_value``. Without both
        variances there is no interval, and ``method`` says so.

    Raises
    ------
    ValueError
        If the table holds no scores or does not hold the reference.

    References
    ----------
    See :func:`equity_metrics.measures.intervals.differences.welch_gap`.
    """
    rows = rows_of(scores, SCORES)
    paired = pairs(rows.assign(withheld=reasons(rows, NUMBERS[SCORES])), reference, ("mean", "variance", "base"))
    mean1, variance1, n1, mean0, variance0, n0 = (
        paired[f"{whose}{column}"].to_numpy(float)
        for whose in ("", "reference_")
        for column in ("mean", "variance", "base")
    )
    limits = welch_gap(mean1, variance1, n1, mean0, variance0, n0, confidence)
    method = np.where(np.isnan(variance1 + variance0), PUBLISHED_MEANS, WELCH)
    paired = paired.assign(measure=GAP, group_value=mean1, reference_value=mean0)
    return estimates(paired, mean1 - mean0, limits, confidence, method, paired["withheld"])


def published_gaps(published: pd.DataFrame, reference: str, confidence: float = 0.95) -> pd.DataFrame:
    """Subtract the reference's published value from that of every other ethnic group.

    Parameters
    ----------
    published
        Published values, complete or released. Rows that are not about an ethnic group, and bounds, are left out.
    reference
        Name of the group that all others are compared with.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Comparisons within one question, answer, weighting and source: percentages as proportions (``unit``
        ``proportion``), with Newcombe's interval from the bases, which ``method`` calls approximate; scores in score
        points without an interval.

    Raises
    ------
    ValueError
        If the table holds no published values or does not hold the reference.

    References
    ----------
    See :func:`equity_metrics.measures.intervals.differences.newcombe_gap`.
    """
    rows = as_proportions(rows_of(published, PUBLISHED))
    rows = rows[(rows["group"].fillna("") != "") & ~is_bound(rows)]
    paired = pairs(
        rows.assign(withheld=reasons(rows, NUMBERS[PUBLISHED])), reference, ("value", "base"), PUBLISHED_KEYS
    )
    p1, n1, p0, n0 = (paired[c].to_numpy(float) for c in ("value", "base", "reference_value", "reference_base"))
    percent = (paired["unit"] == PROPORTION).to_numpy()
    limits = newcombe_gap(np.where(percent, p1 * n1, np.nan), n1, np.where(percent, p0 * n0, np.nan), n0, confidence)
    method = np.where(percent, interval_method(percent, n1 + n0), PUBLISHED_MEANS)
    paired = paired.assign(measure=GAP, group_value=p1)
    return estimates(paired, p1 - p0, limits, confidence, method, paired["withheld"])
