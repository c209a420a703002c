"""Values of one chart in; the kind of chart that suits them, and the chart with its chance of a false flag, out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from equity_metrics.change.charts.chart_series import control_charts
from equity_metrics.change.charts.chart_verdicts import variations
from equity_metrics.change.charts.control_charts import XMR_MULTIPLIER, Limits, xmr_limits
from equity_metrics.change.charts.count_charts import SIGMAS, p_limits, p_prime_limits
from equity_metrics.change.charts.false_flags import RUNS, held_multiplier
from equity_metrics.change.charts.rare_event_charts import g_limits, t_limits
from equity_metrics.change.charts.special_causes import NHS_RULES

FEWEST_POINTS = 3
OVERDISPERSED = 0.05
"""Below this p-value of Pearson's statistic counts vary by more than chance, and a P′ chart is proposed."""
OUTER_RULE = ("outside limits",)
LINES = ["value", "centre", "process_lower", "process_upper", "near_lower", "near_upper"]


@dataclass(frozen=True)
class ChartKind:
    """A kind of control chart; ``held`` names the option that widens its limits, if there is one."""

    name: str
    limits_of: Callable[..., Limits]
    held: str
    words: str


XMR = ChartKind("XmR", xmr_limits, "multiplier", "limits from how much one period differs from the next")
P = ChartKind("P", p_limits, "", "limits from chance alone, wider where fewer people could have had the event")
P_PRIME = ChartKind("P′", p_prime_limits, "sigmas", "a P chart whose limits allow for more variation than chance")
T = ChartKind("T", t_limits, "", "days between events; higher is rarer")
G = ChartKind("G", g_limits, "", "whole days between events, runs counted from their median; higher is rarer")
CHART_KINDS = {kind.name: kind for kind in (P_PRIME, P, XMR, T, G)}


def why_no_chart(values: pd.DataFrame) -> str:
    """Say why a series cannot be charted.

    Parameters
    ----------
    values
        ``value`` by period, for rates also ``numerator`` and ``denominator``.

    Returns
    -------
    str
        Empty where it can.
    """
    if len(values) < FEWEST_POINTS:
        return f"fewer than {FEWEST_POINTS} points"
    if "numerator" in values and not 0 < values["numerator"].sum() < values["denominator"].sum():
        return "nobody, or everybody, had the event in all periods"
    return ""


def proposed_chart(values: pd.DataFrame) -> ChartKind:
    """Propose the kind of chart that suits the rates of one group.

    Parameters
    ----------
    values
        ``numerator`` and ``denominator`` by period.

    Returns
    -------
    ChartKind
        P′ where Pearson's statistic says that counts vary by more than chance, else P.

    References
    ----------
    Laney DB (2002). Improved control charts for attributes. Qual Eng 14:531-537.
    """
    events, people = (values[column].to_numpy(float) for column in ("numerator", "denominator"))
    rate = events.sum() / people.sum()
    expected = np.maximum(people * rate * (1 - rate), 1e-12)
    pearson = float(((events - people * rate) ** 2 / expected).sum())
    return P_PRIME if stats.chi2.sf(pearson, max(len(events) - 1, 1)) < OVERDISPERSED else P


def trend_chart(
    values: pd.DataFrame,
    kind: ChartKind,
    *,
    better: str,
    parity: float | None = None,
    logs: bool = False,
    rebase: str = "",
    chance: float | None = None,
    page: int = 1,
) -> pd.DataFrame:
    """Chart one series, and hold the chance of a false flag where that is wanted and the kind of chart can.

    Parameters
    ----------
    values
        ``period`` and ``value``, for P and P′ also ``numerator`` and ``denominator``, of one chart.
    kind
        One of ``CHART_KINDS``.
    better
        ``higher``, ``lower`` or ``equal``.
    parity
        Value that is aimed at: what comes closer to it is better, seen from the latest centre line. None: ``better``.
    logs
        Whether limits are calculated from logarithms, as ratios need.
    rebase
        Period at which limits start afresh; empty for none.
    chance
        Of any false flag on the page, to be held; None applies the limits and all rules as they are.
    page
        Charts on the page.

    Returns
    -------
    DataFrame
        As ``control_charts``, + ``held`` (whether the chance was held).

    Raises
    ------
    ValueError
        If a part of the chart has fewer than ``FEWEST_POINTS`` points.

    References
    ----------
    As for ``control_charts`` and ``held_multiplier``.
    """
    rows = values.assign(value=np.log(values["value"])) if logs else values
    held = chance is not None and kind.held != ""
    options: dict[str, Any] = {}
    if chance is not None and held:
        points = int((rows["period"] >= rebase).sum())
        widened = held_multiplier(points, charts=page, chance=chance, screened=kind is XMR, runs=RUNS)
        options = {kind.held: widened if kind is XMR else widened * SIGMAS / XMR_MULTIPLIER}
    charted = control_charts(
        rows,
        kind.limits_of,
        better="equal",
        rebase=[rebase] if rebase else [],
        rules=OUTER_RULE if held else NHS_RULES,
        **options,
    )
    if logs:
        charted = charted.assign(**{line: np.exp(charted[line]) for line in LINES})
    if parity is not None:
        better = "lower" if charted["centre"].iloc[-1] > parity else "higher"
    return charted.assign(better=better, variation=variations(charted["direction"], better), held=held)
