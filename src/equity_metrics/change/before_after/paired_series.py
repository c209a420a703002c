"""Counts and an intervention in; aligned arrays of a group and its reference before and after it out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from equity_metrics.change.between_places.panels import PAIR_COLUMNS, paired_counts, phases
from equity_metrics.change.charts.control_charts import Array
from equity_metrics.change.interventions import Intervention


@dataclass(frozen=True)
class PairedSeries:
    """Events and people of a group and its reference, without the lead-in; arrays of shape (periods,).

    ``times`` number the periods so that neighbours differ by 1, ``after`` is true from the start on, ``unit`` is
    ``"year"`` or ``"month"``.
    """

    times: NDArray[np.int64]
    after: NDArray[np.bool_]
    unit: str
    events: Array
    people: Array
    reference_events: Array
    reference_people: Array


def period_numbers(periods: ArrayLike) -> tuple[NDArray[np.int64], str]:
    """Give years or months numbers, so that neighbours differ by 1.

    Parameters
    ----------
    periods
        Text, shape (periods,): ``"2025"`` or ``"2025-03"``, not both.

    Returns
    -------
    ndarray of int, str
        Years, or months since year 0; and ``"year"`` or ``"month"``.

    Raises
    ------
    ValueError
        If the periods are neither all years nor all months.
    """
    parts = [str(period).split("-") for period in np.atleast_1d(np.asarray(periods, object))]
    lengths = {len(part) for part in parts}
    if lengths not in ({1}, {2}) or not all(piece.isdigit() for part in parts for piece in part):
        first = ", ".join("-".join(part) for part in parts[:3])
        raise ValueError(f"periods must be all years (2025) or all months (2025-03), got: {first}")
    if lengths == {1}:
        return np.array([int(year) for (year,) in parts]), "year"
    return np.array([12 * int(year) + int(month) - 1 for year, month in parts]), "month"


def rows_of(table: pd.DataFrame, intervention: Intervention) -> pd.DataFrame:
    """Keep the rows of the place, or places, where an intervention ran.

    Parameters
    ----------
    table
        With a column ``organisation``.
    intervention
        Gives the places.

    Returns
    -------
    pandas.DataFrame
        Those rows.

    Raises
    ------
    ValueError
        If one has none.
    """
    there = set(table["organisation"].unique())
    if absent := [place for place in intervention.places if place not in there]:
        raise ValueError(f"where must be one of the organisations ({', '.join(sorted(there)[:5])}), got: {absent[0]}")
    return table[table["organisation"].isin(intervention.places)]


def paired_series(counts: pd.DataFrame, intervention: Intervention, group: str, reference: str) -> PairedSeries:
    """Line up the counts of a group and its reference where an intervention ran.

    Parameters
    ----------
    counts
        One indicator, complete; other places and groups are left aside.
    intervention
        Gives place, start and lead-in.
    group, reference
        Names in the column ``group``.

    Returns
    -------
    PairedSeries
        In order of time.

    Raises
    ------
    ValueError
        If the place or a group is absent, a count is missing, or the start leaves nothing on one side.
    """
    pairs = paired_counts(rows_of(counts, intervention), group, reference)
    periods = pairs.index.get_level_values("period")
    phase = phases(periods, intervention)
    times, unit = period_numbers(periods)
    used = phase != "lead-in"
    return PairedSeries(
        times[used], (phase == "after")[used], unit, *(pairs[column].to_numpy(float)[used] for column in PAIR_COLUMNS)
    )
