"""Yearly comparisons in; the two verdicts of "Making Data Count" on each indicator and group out."""

import numpy as np
import pandas as pd

from equity_metrics.change.charts.chart_series import control_charts
from equity_metrics.change.charts.chart_verdicts import assurance, variations
from equity_metrics.change.charts.special_causes import COMMON_CAUSE
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD

FEWEST_YEARS = 5
"""An XmR chart of fewer points can flag none of them: its limits are made from those same points."""
SERIES = ["indicator", "band", "group"]
COLUMNS = [*SERIES, "variation", "assurance", "years"]


def variation(compared: pd.DataFrame) -> pd.DataFrame:
    """Say whether the latest year is more than common cause, and whether the process, left as it is, meets parity.

    Parameters
    ----------
    compared
        Comparisons of one organisation and reference by year, as presented; years without a value are left out, and
        years before a change of definition.

    Returns
    -------
    DataFrame
        ``indicator, band, group, variation, assurance, years``. Both verdicts are empty where fewer than
        ``FEWEST_YEARS`` years can be charted or the latest year cannot. Assurance is empty also where the latest year
        is a special cause.
        Coming closer to parity is the improvement, seen from the centre line.

    References
    ----------
    NHS England, Making Data Count: XmR charts, variation and assurance icons. Ratios are charted on their logarithms.
    """
    if compared.empty:
        return pd.DataFrame(columns=COLUMNS)
    latest = compared["period"].max()
    charted = _charted(compared)
    if charted.empty:
        return pd.DataFrame(columns=COLUMNS)
    charts = control_charts(charted, better="equal")
    last = charts[charts["period"] == latest]
    way = np.where(last["centre"] > 0, "lower", "higher")
    varies = [str(variations(d, b)) for d, b in zip(last["direction"], way, strict=True)]
    limits = zip(last["process_lower"], last["process_upper"], way, varies, strict=True)
    # Limits of a process that has just changed say nothing about what it will do next.
    assured = [assurance(low, high, 0.0, b) if v == COMMON_CAUSE else "" for low, high, b, v in limits]
    told = last[[*SERIES, "years"]].assign(variation=varies, assurance=assured)
    return told[COLUMNS].reset_index(drop=True)


def _charted(compared: pd.DataFrame) -> pd.DataFrame:
    """Values by year, 0 at parity, of the series that are long enough and of one definition."""
    value = compared["value"].astype(float)
    ratio = (compared["measure"] == RELATIVE_LIKELIHOOD).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = np.where(ratio, np.log(value), value)
    keep = [*SERIES, "definition", "period"]
    rows = compared.reindex(columns=keep).fillna("").assign(value=drawn)
    rows = rows[np.isfinite(rows["value"])].sort_values("period")
    by_series = rows.groupby(SERIES, dropna=False, observed=True)
    rows = rows[rows["definition"] == by_series["definition"].transform("last")]
    years = rows.groupby(SERIES, dropna=False, observed=True)["period"].transform("size")
    return rows.assign(years=years)[years >= FEWEST_YEARS]
