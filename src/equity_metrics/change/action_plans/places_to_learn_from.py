"""Counts of many places by year in; the places that came closer to parity beyond common cause, out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.charts.chart_series import chart_keys, control_charts
from equity_metrics.change.charts.false_flags import RUNS, held_multiplier
from equity_metrics.change.charts.trend_charts import FEWEST_POINTS, OUTER_RULE
from equity_metrics.measures.comparisons import gaps, relative_likelihoods

RECENT = 2
"""Latest periods of a place in which the improvement must be seen."""
IMPROVED_COLUMNS = ("organisation", "indicator", "group", "reference", "measure", "period", "value", "centre", "charts")


def places_to_learn_from(
    counts: pd.DataFrame, group: str = "BME", reference: str = "White", *, chance: float = 0.05
) -> pd.DataFrame:
    """List the places whose gap moved closer to parity by more than common cause, in their latest two periods.

    Parameters
    ----------
    counts
        Counts by year, complete or released, of one level and grouping and of any indicators. Only rates are charted;
        of indicator 7 only the years under the latest definition.
    group, reference
        Who is compared with whom.
    chance
        That any place at all is listed for one indicator while all are stable. Limits are widened until it holds.

    Returns
    -------
    DataFrame
        One row a place and indicator: ``organisation, indicator, group, reference, measure``, the latest such
        ``period``, its ``value`` and the chart's ``centre`` (inside form: group / reference, or group - reference),
        and ``charts``, how many places were charted for the indicator. In the order of the catalogue.

    References
    ----------
    As for :func:`equity_metrics.change.charts.control_charts.xmr_limits` (XmR charts; of logarithms for ratios) and
    :func:`equity_metrics.change.charts.false_flags.held_multiplier`.
    """
    asked = counts[counts["group"].isin([group, reference])]
    found = [
        _improved(own, indicator.shown_as == "gap", reference, chance)
        for indicator in INDICATORS.values()
        if indicator.kind == "rate" and len(own := _latest_definition(asked[asked["indicator"] == indicator.id]))
    ]
    return pd.concat([pd.DataFrame(columns=list(IMPROVED_COLUMNS)), *filter(len, found)], ignore_index=True)


def _latest_definition(counts: pd.DataFrame) -> pd.DataFrame:
    if "definition" not in counts or counts.empty:
        return counts
    return counts[counts["definition"] == counts["definition"].loc[counts["period"] == counts["period"].max()].iloc[0]]


def _improved(counts: pd.DataFrame, is_gap: bool, reference: str, chance: float) -> pd.DataFrame:
    compared = gaps(counts, reference=reference) if is_gap else relative_likelihoods(counts, reference=reference)
    compared = compared[compared["group"] != reference].dropna(subset=["value"])
    value = compared["value"].astype(float)
    # A ratio of none to some, or of some to none, has no logarithm; its year is left out.
    drawn = (value > 0) & np.isfinite(value)
    compared = compared.assign(value=value) if is_gap else compared[drawn].assign(value=np.log(value[drawn]))
    keys = chart_keys(compared)
    points = compared.groupby(keys, dropna=False, observed=True)["period"].transform("size")
    enough = points >= FEWEST_POINTS
    charts = int(compared.loc[enough, keys].drop_duplicates().shape[0])
    parts = [
        control_charts(
            compared[points == length],
            better="equal",
            rules=OUTER_RULE,
            multiplier=held_multiplier(int(length), charts=charts, chance=chance, runs=RUNS),
        )
        for length in sorted(points[enough].unique())
    ]
    if not parts:
        return pd.DataFrame(columns=list(IMPROVED_COLUMNS))
    charted = pd.concat(parts, ignore_index=True)
    latest = charted.groupby(keys, dropna=False, observed=True).tail(RECENT)
    # Parity is 0, as a gap and as the logarithm of a ratio.
    better = latest[latest["direction"] * np.sign(latest["centre"]) < 0]
    better = better.groupby(keys, dropna=False, observed=True, sort=False).tail(1).assign(charts=charts)
    if not is_gap:
        better = better.assign(value=np.exp(better["value"]), centre=np.exp(better["centre"]))
    return better[list(IMPROVED_COLUMNS)].reset_index(drop=True)
