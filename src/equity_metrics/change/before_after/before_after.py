"""Counts and an intervention in; the test of before and after that their number allows out."""

import pandas as pd

from equity_metrics.change.before_after.event_tests import exact_gap_changes
from equity_metrics.change.before_after.interrupted_series import interrupted_gaps, too_few
from equity_metrics.change.before_after.paired_series import paired_series
from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.trends.gap_models import GapModel


def before_after_effects(
    counts: pd.DataFrame,
    intervention: Intervention,
    group: str,
    reference: str,
    *,
    ratio: GapModel,
    trend: bool = True,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Test before against after: an interrupted series, or the exact test where events are few.

    Parameters
    ----------
    counts, intervention, group, reference, ratio, trend, confidence
        As for ``interrupted_gaps``; the exact test compares levels, so ``trend`` does not bear on it.

    Returns
    -------
    pandas.DataFrame
        One row of effects; ``method`` says which test was made.

    Raises
    ------
    ValueError
        If the counts do not fit the intervention.

    References
    ----------
    As for ``interrupted_gaps`` and ``exact_gap_changes``.
    """
    series = paired_series(counts, intervention, group, reference)
    terms = segmented_basis(series.times, series.after, trend=trend).columns.shape[1]
    if too_few(series, terms, both_ways=ratio.both_ways):
        return exact_gap_changes(counts, intervention, group, reference, ratio=ratio, confidence=confidence)
    return interrupted_gaps(counts, intervention, group, reference, ratio=ratio, trend=trend, confidence=confidence)
