"""Counts, a released series and an intervention in; the starts that its audience may choose out."""

from dataclasses import replace

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL, DisclosurePolicy
from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.charts.charted_values import paired_rows
from equity_metrics.change.charts.publishable_series import publishable_series
from equity_metrics.change.charts.publishable_years import publishable_years
from equity_metrics.change.intervention_findings import starts_a_period
from equity_metrics.change.method_choice import LEAST_BASELINE

LEAST_AFTER = 2
"""Periods after a start that the slider leaves, beside the first."""


def released_pairs(counts: pd.DataFrame, policy: DisclosurePolicy, audience: str, reference: str) -> pd.DataFrame:
    """Release each group beside its reference, by the shortest period that may be seen or by the year as it comes."""
    if len(counts) and period_numbers(counts["period"].unique())[1] == "year":
        return paired_rows(publishable_years(counts, policy, audience), reference)
    return paired_rows(publishable_series(counts, policy, audience, beside=reference), reference)


def possible_starts(
    rows: pd.DataFrame, released: pd.DataFrame, tried: Intervention, agreed: str, audience: str
) -> list[str]:
    """List the starts with enough periods to either side that the audience may choose.

    Parameters
    ----------
    rows
        From ``comparable_counts``.
    released
        Rows of the place from ``released_pairs``.
    tried
        Gives the lead-in.
    agreed
        The start that was agreed, which may always be chosen; empty where none was.
    audience
        For ``internal`` every period; else whole released ones.

    Returns
    -------
    list of str

    Raises
    ------
    ValueError
        If there is none.
    """
    periods = pd.Index(sorted(rows["period"].unique()))
    inside = periods[LEAST_BASELINE : len(periods) - tried.lead_in - LEAST_AFTER]
    possible = [
        start
        for start in inside
        if audience == INTERNAL or start == agreed or starts_a_period(replace(tried, start=start), periods, released)
    ]
    if not possible:
        raise ValueError(f"counts must leave periods before and after a start, got: {len(periods)} in all")
    return possible


def nearest_start(possible: list[str], wanted: str, *, later: bool) -> str:
    """Find the next possible start the way the slider moves, so that the keyboard alone reaches all of them."""
    if later:
        return min((start for start in possible if start >= wanted), default=possible[-1])
    return max((start for start in possible if start <= wanted), default=possible[0])
