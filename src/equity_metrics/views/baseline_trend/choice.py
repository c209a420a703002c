"""Released series of one group and its reference, and what is chosen, in; everything that is told and drawn, out."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS, Indicator
from equity_metrics.change.charts.charted_values import rate_values, ratio_values, wait_values
from equity_metrics.change.charts.false_flags import page_false_flag_chance
from equity_metrics.change.charts.trend_charts import (
    CHART_KINDS,
    P_PRIME,
    XMR,
    ChartKind,
    T,
    proposed_chart,
    trend_chart,
    why_no_chart,
)
from equity_metrics.change.trends.baseline_paths import A_YEAR, Slope, expected_paths, gap_slope
from equity_metrics.views.baseline_trend.figure import DrawnTrend
from equity_metrics.views.baseline_trend.scale import DAYS, GAP_PATH, RATE, RATIO, trend_scale

PROPOSED = "proposed"
NO_TARGET, AT_PARITY = "none", "parity"
NOT_HELD = "not held"
HOLD = {NOT_HELD: None, "1 %": 0.01, "5 %": 0.05, "10 %": 0.10}
"""Chance of any false flag on the page that can be held."""
_VALUES = {RATE: rate_values, RATIO: ratio_values, DAYS: wait_values}


@dataclass(frozen=True)
class TrendChoice:
    """What is looked at. ``target`` is ``none``, ``parity`` or a number (rates in per cent)."""

    organisation: str
    indicator: str
    group: str
    charted: str = RATE
    chart: str = PROPOSED
    rebase: str = ""
    target: str = NO_TARGET
    hold: str = NOT_HELD
    reference: str = "White"


@dataclass(frozen=True)
class Trend:
    """What the sentence, the table and the picture of one choice are all made from."""

    choice: TrendChoice
    indicator: Indicator
    paired: pd.DataFrame
    charted: pd.DataFrame
    path: pd.DataFrame
    kind: ChartKind
    target: float | None
    charts: int
    why_not: str
    drawn: DrawnTrend

    @property
    def page_chance(self) -> float:
        """Chance that a page of so many charts like this one raises a false flag."""
        return page_false_flag_chance([float(self.charted["false_flag_chance"].iloc[-1])] * self.charts)


def charted_values(paired: pd.DataFrame, charted: str) -> pd.DataFrame:
    """Values of what is charted, in order of time; ratios turned as WRES prints them."""
    values = _VALUES[RATIO if charted == GAP_PATH else charted](paired)
    turned = charted in (RATIO, GAP_PATH) and _is_turned(paired)
    return values.assign(value=1 / values["value"]) if turned else values


def charts_shown(series: Iterable[pd.DataFrame], charted: str) -> int:
    """Count the series of which a chart can be shown, at least 1: the page that one would look through."""
    return max(sum(_why_not(paired, charted_values(paired, charted), charted) == "" for paired in series), 1)


def _why_not(paired: pd.DataFrame, values: pd.DataFrame, charted: str) -> str:
    return str(paired["withheld"].iloc[0]) or ("" if charted == GAP_PATH else why_no_chart(values))


def turned_slope(paired: pd.DataFrame) -> Slope | None:
    """Say what the gap, turned as WRES prints it, is multiplied by in a year."""
    slope = gap_slope(paired)
    if slope is None or not _is_turned(paired):
        return slope
    return Slope(1 / slope.value, 1 / slope.upper, 1 / slope.lower, slope.confidence)


def _is_turned(paired: pd.DataFrame) -> bool:
    return INDICATORS[paired["indicator"].iloc[0]].shown_as == "reference / group"


def calculated_trend(paired: pd.DataFrame, choice: TrendChoice, charts: int) -> Trend:
    """Calculate the chart, the path and the target of one choice.

    Parameters
    ----------
    paired
        One group at one place for one indicator, from ``paired_rows`` of a released series.
    choice
        What is looked at, and how.
    charts
        Charts on the page, for its chance of a false flag.

    Returns
    -------
    Trend
        Sentence, table, picture and notes are all made from it.
    """
    indicator, modelled = INDICATORS[choice.indicator], choice.charted == GAP_PATH
    values = charted_values(paired, choice.charted)
    path = _path(paired, choice)
    why_not = _why_not(paired, values, choice.charted)
    if modelled and path.empty and not why_not:
        why_not = "fewer than 4 periods, no events, or the reference is withheld"
    kind = _kind(values, choice) if not why_not else XMR
    ratio = choice.charted == RATIO
    if why_not or modelled:
        charted = _uncharted(path if modelled else values)
    else:
        rebase = choice.rebase if choice.rebase in values["period"].to_numpy() else ""
        charted = trend_chart(
            values, kind, better="equal" if choice.charted == DAYS else indicator.better,
            parity=1.0 if ratio else None, logs=ratio, rebase=rebase, chance=HOLD[choice.hold], page=charts,
        )  # fmt: skip
    rate = paired["numerator"].sum() / max(paired["denominator"].sum(), 1)
    length = paired["period_length"].iloc[0]
    scale = trend_scale(choice.charted, indicator, choice.group, choice.reference, length, rate)
    target = None if why_not or modelled else _target(paired, choice, scale.factor)
    ahead = path if modelled else path[path["ahead"].astype(bool)]
    first = paired["step"].min()
    start = 0 if choice.charted == DAYS else first
    drawn = DrawnTrend(
        charted.assign(x=charted["step"] - start),
        ahead.assign(x=ahead["step"] - start),
        _ticks(charted, ahead, start, choice.charted, length),
        scale,
        choice.group,
        choice.reference,
        target,
        f"{choice.organisation}, indicator {indicator.id}",
        why_not,
    )
    return Trend(choice, indicator, paired, charted, ahead, kind, target, charts, why_not, drawn)


def _path(paired: pd.DataFrame, choice: TrendChoice) -> pd.DataFrame:
    """Carry the series on: what came before the last rebasing is no baseline of what comes after."""
    since = paired
    if choice.rebase and choice.charted == RATE:
        since = paired[paired["period"] >= choice.rebase]
    modelled = choice.charted == GAP_PATH
    wanted = since if choice.charted in (RATE, GAP_PATH) else since.head(0)
    path = expected_paths(wanted, choice.reference, gap=modelled)
    if not modelled or path.empty or not _is_turned(paired):
        return path
    return path.assign(
        value=1 / path["value"], expected=1 / path["expected"], lower=1 / path["upper"], upper=1 / path["lower"]
    )


def _kind(values: pd.DataFrame, choice: TrendChoice) -> ChartKind:
    if choice.chart != PROPOSED:
        return CHART_KINDS[choice.chart]
    if choice.charted == RATE:
        return P_PRIME if HOLD[choice.hold] is not None else proposed_chart(values)
    return T if choice.charted == DAYS else XMR


def _uncharted(values: pd.DataFrame) -> pd.DataFrame:
    """Lay values out like a chart without limits."""
    known = values[values["value"].notna()] if "value" in values else values.head(0)
    lines = dict.fromkeys(["centre", "process_lower", "process_upper"], np.nan)
    return known.assign(**lines, reference_value=np.nan, part=0, variation="", special_cause="")


def _target(paired: pd.DataFrame, choice: TrendChoice, factor: float) -> float | None:
    if choice.target == AT_PARITY:
        if choice.charted == RATIO:
            return 1.0
        people = paired["reference_denominator"].sum()
        return float(paired["reference_numerator"].sum() / people) if choice.charted == RATE and people else None
    try:
        return float(choice.target.strip().removesuffix("%")) / factor
    except ValueError:
        return None


def _ticks(charted: pd.DataFrame, path: pd.DataFrame, start: int, what: str, length: str) -> dict[int, str]:
    """Name the first period of each year; events are named by about seven dates."""
    rows = pd.concat([table[["step", "period"]] for table in (charted, path)]).drop_duplicates("step")
    every = np.arange(len(rows)) % max(len(rows) // 7, 1) if what == DAYS else rows["step"] % A_YEAR[length]
    rows = rows[np.asarray(every) == 0]
    return {int(step) - int(start): str(period) for step, period in zip(rows["step"], rows["period"], strict=True)}
