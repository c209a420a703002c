"""Counts of places that started one after the other in; their panel, their starts and effects by time since out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.between_places.panels import Ratio, paired_counts, ratio_panel
from equity_metrics.change.between_places.staggered_starts import event_study
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS, period_names, pooled_series
from equity_metrics.change.interventions import Intervention

STAGGERED_LENGTH = "half-year"
"""Months are added up to it: every effect is measured from the one period before a start, which must not be noise."""
LEAST_EARLY = 2
"""Periods before the first start without which no path before it can be looked at."""


def started_panel(
    counts: pd.DataFrame, intervention: Intervention, ratio: Ratio, length: str = STAGGERED_LENGTH
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Lay out log ratios of all places, and say in which period each started.

    Parameters
    ----------
    counts
        From ``comparable_counts``, by month or by year.
    intervention
        Gives the starts, the group and the reference.
    ratio
        `ODDS_RATIO` or `RELATIVE_LIKELIHOOD`.
    length
        To which months are added up; a start inside such a period counts from its beginning.

    Returns
    -------
    DataFrame, dict
        Index organisation, columns period; and the period in which each place started.

    Raises
    ------
    ValueError
        If counts are incomplete.
    """
    _, unit = period_numbers(counts["period"].unique())
    starts = dict(intervention.starts)
    if unit == "month":
        counts = pooled_series(counts, length)
        months, _ = period_numbers([*starts.values()])
        starts = dict(zip(starts, period_names((months - 3) // PERIOD_LENGTHS[length], length).tolist(), strict=True))
    return ratio_panel(paired_counts(counts, intervention.group, intervention.reference), ratio), starts


def event_times(panel: pd.DataFrame, starts: Mapping[str, str], *, confidence: float = 0.95) -> pd.DataFrame:
    """Effects by time since each place's own start, as ratios, with limits that hold for all of them together.

    Parameters
    ----------
    panel, starts
        From `started_panel`.
    confidence
        That every interval of the table holds its effect.

    Returns
    -------
    DataFrame
        ``since, ratio, lower, upper, places``; ``since`` counts periods from the start, and the one before it (-1) is
        the base, which has no row.

    Raises
    ------
    ValueError
        As `event_study`.

    References
    ----------
    Those of `event_study`.
    """
    study = event_study(panel, starts, confidence=confidence)
    ratios = np.exp(study[["effect", "lower", "upper"]].to_numpy())
    return study[["since", "places"]].assign(**dict(zip(("ratio", "lower", "upper"), ratios.T, strict=True)))
