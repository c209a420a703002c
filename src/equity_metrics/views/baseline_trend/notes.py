"""One trend, calculated, in; its small table, and what must be known beside the picture, out."""

from collections.abc import Callable

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.change.charts.chart_verdicts import TRIAL_LIMITS_BELOW
from equity_metrics.change.charts.special_causes import COMMON_CAUSE as COMMON
from equity_metrics.views.baseline_trend.choice import NO_TARGET, NOT_HELD, PROPOSED, Trend
from equity_metrics.views.baseline_trend.scale import DAYS, GAP_PATH, RATE, RATIO
from equity_metrics.views.baseline_trend.words import SHORT
from equity_metrics.views.words.sentences import counts_words
from equity_metrics.views.words.wording import interval

FEW_EVENTS = 5
"""On average a period; limits of rates of fewer are no longer near to normal."""
RECENT = 6
"""Points that the small table lists one by one; flagged runs before them are one row each."""
LISTED = 4
"""Periods to come that are listed, evenly spread over the year."""
LIMITS, KIND = "Limits or interval", "What it is"


def trend_table(trend: Trend) -> pd.DataFrame:
    """List flagged runs, the latest points, and some of the periods to come."""
    if trend.why_not:
        return pd.DataFrame({"Period": ["all"], "Value": ["not shown"], "Note": [trend.why_not]})
    points, write = trend.charted, trend.drawn.scale.write
    recent = points.tail(RECENT)
    told = pd.DataFrame({"Period": recent["period"], **_counts(recent, trend), "Value": recent["value"].map(write)})
    if trend.choice.charted == GAP_PATH:
        told = told.assign(**{LIMITS: "", KIND: "observed"})
    else:
        told = told.assign(**{LIMITS: _limits(recent, "process_", write), KIND: recent["variation"].map(SHORT)})
    ahead = trend.path[trend.path["ahead"].astype(bool)]
    ahead = ahead.iloc[:: -max(len(ahead) // LISTED, 1)][::-1]
    to_come = pd.DataFrame({"Period": ahead["period"], "Value": ahead["expected"].map(write)})
    to_come = to_come.assign(**{LIMITS: _limits(ahead, "", write), KIND: "expected"})
    return (
        pd.concat([_flagged_runs(points.iloc[:-RECENT], write), told, to_come], ignore_index=True)
        .reindex(columns=told.columns)
        .fillna("")
    )


def _counts(points: pd.DataFrame, trend: Trend) -> dict[str, list[str]]:
    if trend.choice.charted not in (RATE, RATIO):
        return {}
    sides = {trend.choice.group: "", trend.choice.reference: "reference_"}
    return {
        name: [counts_words(x, n) for x, n in zip(points[f"{who}numerator"], points[f"{who}denominator"], strict=True)]
        for name, who in sides.items()
    }


def _limits(rows: pd.DataFrame, which: str, write: Callable[[float], str]) -> list[str]:
    ends = zip(rows[f"{which}lower"], rows[f"{which}upper"], strict=True)
    return [interval(lower, upper, write) for lower, upper in ends]


def _flagged_runs(points: pd.DataFrame, write: Callable[[float], str]) -> pd.DataFrame:
    """Put each run of points that are flagged alike into one row."""
    alike = points["variation"].ne(points["variation"].shift()).cumsum()
    flagged = points[~points["variation"].isin(["", COMMON])]
    if flagged.empty:
        return pd.DataFrame()
    runs = flagged.groupby(alike[flagged.index])
    ends = runs.agg(first=("period", "first"), last=("period", "last"), points=("period", "size"),
                    low=("value", "min"), high=("value", "max"), variation=("variation", "first"))  # fmt: skip
    several = ends["points"] > 1
    words = ends["variation"].map(SHORT)
    return pd.DataFrame(
        {
            "Period": ends["first"].where(~several, ends["first"] + " to " + ends["last"]),
            "Value": ends["low"].map(write).where(~several, ends["low"].map(write) + " to " + ends["high"].map(write)),
            KIND: words.where(~several, words + ": " + ends["points"].astype(str) + " points"),
        }
    )


def trend_notes(trend: Trend) -> tuple[str, ...]:
    """Say what must be known beside the picture."""
    choice, paired = trend.choice, trend.paired
    length, audience = paired["period_length"].iloc[0], paired["audience"].iloc[0]
    notes = [
        f"Source: {', '.join(sorted(set(paired['source'])))}. Indicator {trend.indicator.id}: {trend.indicator.name}."
    ]
    if paired["source"].str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    if length != "month":
        notes.append(
            f"Months are pooled to periods of a {length} (financial year, April to March), the shortest that the "
            f"{audience} audience may see without a withheld cell."
        )
    if trend.why_not:
        return tuple(notes)
    if choice.charted == GAP_PATH:
        notes.append(
            "The gap is modelled jointly: each period has a level of its own, so what moves both groups alike is not "
            "taken for a change of the gap. The interval is of one period's ratio and allows for few periods, more "
            "variation than chance, and periods that resemble their neighbours."
        )
    else:
        notes.append(f"Chart: {trend.kind.name}, {trend.kind.words}.{_suitable(trend)}")
        if trend.charted.groupby("part").size().iloc[-1] < TRIAL_LIMITS_BELOW:
            notes.append(f"Fewer than {TRIAL_LIMITS_BELOW} points: these are trial limits.")
        notes.append(
            "Flags follow Making Data Count: outside the limits, two of three near one, a shift or a trend of 7."
            + (" Held: only points outside the widened limits are flagged." if trend.charted["held"].any() else "")
        )
        if 2 * (trend.charted["variation"] != COMMON).sum() > len(trend.charted):
            notes.append("Most points are flagged: where a lasting change is known, let the limits begin afresh there.")
    dropped = len(paired) - len(trend.charted)
    if choice.charted in (RATIO, GAP_PATH) and dropped:
        notes.append(f"{dropped} periods without an event in one of the groups have no ratio and are left out.")
    if choice.charted == DAYS:
        notes.append("Only the months of events are known: those of one month are spread evenly over it.")
    if choice.charted != GAP_PATH and choice.target not in (NO_TARGET, "") and trend.target is None:
        notes.append(f"The target must be a number, parity or none, got: {choice.target}.")
    return tuple(notes)


def _suitable(trend: Trend) -> str:
    rare = trend.charted["numerator"].mean() < FEW_EVENTS if trend.choice.charted == RATE else False
    if rare and trend.paired["audience"].iloc[0] == INTERNAL:
        return f" Fewer than {FEW_EVENTS} events a period flag often by chance: days between events suit better."
    if trend.choice.hold != NOT_HELD and not trend.kind.held:
        return " This kind cannot hold the chance of a false flag: XmR and P′ can."
    if trend.choice.chart != PROPOSED:
        return ""
    if trend.choice.charted != RATE:
        return " Proposed for values of this kind."
    return (
        " Proposed: counts vary by more than chance."
        if trend.kind.name == "P′"
        else " Proposed: counts vary by chance."
    )
