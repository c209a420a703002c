"""Released series of a group and its reference in; what a chart plots (rates, ratios, days between events) out."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from equity_metrics.change.charts.pooled_series import PLACE
from equity_metrics.change.charts.rare_event_charts import days_between

FEWEST_WAITS = 10
"""Days between events are charted from as many events on."""
MOST_EVENTS_A_MONTH = 1.0
"""On average; with more, dates spread over a month say little about the days between events."""


def paired_rows(series: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Put each group's released series beside that of its reference, at the same length of period.

    Parameters
    ----------
    series
        From ``publishable_series(..., beside=reference)``.
    reference
        The group compared with.

    Returns
    -------
    DataFrame
        The rows of the other groups with ``reference_numerator`` and ``reference_denominator``, missing where the
        reference is withheld, and ``reference_withheld``.
    """
    keys = [*PLACE, "period_length", "step"]
    own, met = series[series["group"] != reference], series[series["group"] == reference]
    columns = ["numerator", "denominator", "withheld"]
    met = met[[*keys, *columns]].rename(columns={c: f"reference_{c}" for c in columns})
    paired = own.merge(met, on=keys, how="left")
    return paired.assign(reference_withheld=paired["reference_withheld"].fillna("withheld"))


def rate_values(paired: pd.DataFrame) -> pd.DataFrame:
    """Work out the group's own rate in each period.

    Parameters
    ----------
    paired
        From ``paired_rows``.

    Returns
    -------
    DataFrame
        Periods in which somebody could have had the event, + ``value`` and ``reference_value``: proportions.
    """
    shown = paired[(paired["withheld"] == "") & (paired["denominator"] > 0)]
    reference = shown["reference_numerator"] / shown["reference_denominator"].where(shown["reference_denominator"] > 0)
    return shown.assign(value=shown["numerator"] / shown["denominator"], reference_value=reference)


def ratio_values(paired: pd.DataFrame) -> pd.DataFrame:
    """Work out the relative likelihood, group / reference, in each period.

    Parameters
    ----------
    paired
        From ``paired_rows``.

    Returns
    -------
    DataFrame
        Periods in which both had an event (in others there is no ratio), + ``value``; ``reference_value`` is missing.
    """
    shown = paired[(paired["withheld"] == "") & (paired["numerator"] > 0) & (paired["reference_numerator"] > 0)]
    rate = shown["numerator"] / shown["denominator"]
    reference = shown["reference_numerator"] / shown["reference_denominator"]
    return shown.assign(value=rate / reference, reference_value=np.nan)


def wait_values(paired: pd.DataFrame) -> pd.DataFrame:
    """Work out the days from each event of one group to the next.

    Parameters
    ----------
    paired
        One group at one place, by month, from ``paired_rows``.

    Returns
    -------
    DataFrame
        One row an event but the first: the keys, ``period`` (the date it is placed at), ``step`` (its number) and
        ``value`` in days. Empty where periods are longer than a month, or events fewer than ``FEWEST_WAITS`` or more
        than ``MOST_EVENTS_A_MONTH``. Dates are not known, only months: the events of a month are spread evenly over it.
    """
    months = paired[(paired["withheld"] == "") & (paired["period_length"] == "month")]
    events = months["numerator"].to_numpy()
    rare = len(months) and FEWEST_WAITS <= events.sum() <= MOST_EVENTS_A_MONTH * len(months)
    dates = spread_dates(months["period"], events) if rare else np.array([], "datetime64[D]")
    keep = [*PLACE, "group", "source", "audience", "period_length"]
    waits = pd.concat([months[keep].head(1)] * max(len(dates) - 1, 0) or [months[keep].head(0)], ignore_index=True)
    return waits.assign(
        period=dates[1:].astype(str), step=np.arange(len(waits)), value=days_between(dates), reference_value=np.nan
    )


def spread_dates(months: ArrayLike, events: ArrayLike) -> NDArray[np.datetime64]:
    """Place the events of each month evenly over its days.

    Parameters
    ----------
    months
        Text, ``2025-03``, in order.
    events
        Number in each month.

    Returns
    -------
    ndarray of datetime64[D]
        One an event; the only one of a month stands in its middle.
    """
    starts = np.asarray(months, str).astype("datetime64[M]")
    counts = np.asarray(events, float).astype(int)
    days = ((starts + 1).astype("datetime64[D]") - starts.astype("datetime64[D]")).astype(int)
    month = np.repeat(np.arange(len(starts)), counts)
    order = np.arange(len(month)) - np.repeat(np.cumsum(counts) - counts, counts)
    return starts.astype("datetime64[D]")[month] + ((order + 0.5) / counts[month] * days[month]).astype(int)
