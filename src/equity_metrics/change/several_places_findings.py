"""Comparable counts and an intervention that began at several places in; all that may be said about it out."""

from math import nan

import pandas as pd

from equity_metrics.change.agreed_effects import chosen_effects
from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.between_places.started_places import STAGGERED_LENGTH, event_times, started_panel
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS
from equity_metrics.change.intervention_findings import InterventionFindings, nothing_shown
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.method_choice import COMPARISONS


def several_places_findings(
    rows: pd.DataFrame, released: pd.DataFrame, choices: pd.DataFrame, intervention: Intervention, *, audience: str
) -> InterventionFindings:
    """Test an intervention that began at several places, and keep what the audience may see.

    Parameters
    ----------
    rows
        From ``comparable_counts``.
    released
        Rows of the places, indicator and group from ``paired_rows`` of ``publishable_series``.
    choices
        From ``method_choices``.
    intervention
        With ``starts``.
    audience
        As for ``release``.

    Returns
    -------
    InterventionFindings
        With ``event_times`` by half-year, or by year where one of the places may only be seen by year; without numbers
        where one may not be seen at all. No counts of single places.

    Raises
    ------
    ValueError
        If the counts do not fit the intervention.
    """
    withheld = str(released["withheld"].max())
    length = max([STAGGERED_LENGTH, *released["period_length"]], key=lambda name: PERIOD_LENGTHS[name])
    times = pd.DataFrame(columns=["since", "places", "ratio", "lower", "upper"])
    if withheld:
        found = nothing_shown(intervention, withheld)
    else:
        found = chosen_effects(rows, intervention, choices)
        times = event_times(*started_panel(rows, intervention, COMPARISONS[intervention.indicator].ratio, length))
    periods = sorted(rows["period"].unique())
    _, unit = period_numbers(periods)
    levels = pd.DataFrame({"period": periods, "phase": "", "expected": nan, "lower": nan, "upper": nan})
    return InterventionFindings(
        intervention,
        found.iloc[0],
        withheld,
        released.iloc[:0].assign(ratio=nan),
        levels,
        pd.DataFrame(),
        choices,
        counts_shown=False,
        waiting="",
        audience=audience,
        sources=rows["source"].drop_duplicates(),
        event_times=times.assign(length=length if unit == "month" else "year"),
    )
