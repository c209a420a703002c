"""One trend, calculated, in; its sentence and its picture in words out."""

import pandas as pd

from equity_metrics.change.charts.chart_verdicts import chart_verdicts
from equity_metrics.change.charts.special_causes import COMMON_CAUSE as COMMON
from equity_metrics.views.baseline_trend.choice import Trend, turned_slope
from equity_metrics.views.baseline_trend.scale import DAYS, GAP_PATH, RATE, RATIO
from equity_metrics.views.baseline_trend.words import (
    assurance_words,
    direction_words,
    false_flag_words,
    path_words,
    slope_words,
    variation_words,
)
from equity_metrics.views.words.wording import first_down, interval


def trend_sentence(trend: Trend) -> str:
    """Say the latest value, the two verdicts of Making Data Count, the chance of a false flag and the path."""
    choice, scale = trend.choice, trend.drawn.scale
    who = f"{choice.organisation}, {choice.group} {trend.indicator.people}"
    if trend.why_not:
        return f"{who}: no chart can be shown ({trend.why_not})."
    latest = trend.charted.iloc[-1]
    if choice.charted == GAP_PATH:
        name = scale.title.partition(",")[0]
        told = f"{choice.organisation}, {latest['period']}, {_name(trend)}: the {name} {scale.pair} was"
        slope = slope_words(turned_slope(trend.paired), name)
        return f"{told} {scale.write(latest['value'])}. {slope} {path_words(trend.path, scale.write)}"
    verdict = chart_verdicts(trend.charted, keys=[], target=trend.target).iloc[0]
    flagged = trend.charted["variation"] != COMMON
    parts = [
        _latest(trend),
        variation_words(verdict["variation"], latest["special_cause"], int(flagged.iloc[:-1].sum())),
        direction_words(latest["better"], by_parity=choice.charted == RATIO),
    ]
    if trend.target is not None:
        limits = latest["process_lower"], latest["process_upper"]
        parts.append(
            f"Target {scale.write(trend.target)}: {assurance_words(verdict['assurance'], *limits, trend.target)}"
        )
    chance, held = verdict["false_flag_chance"], bool(latest["held"])
    parts.append(false_flag_words(chance, trend.page_chance, trend.charts, held=held))
    if choice.charted == RATE:
        parts.append(path_words(trend.path, scale.write))
    return " ".join(parts)


def _latest(trend: Trend) -> str:
    latest, choice, write = trend.charted.iloc[-1], trend.choice, trend.drawn.scale.write
    if choice.charted == DAYS:
        return f"{choice.organisation}, {choice.group}: {write(latest['value'])} passed before the latest event."
    if choice.charted == RATIO:
        what = f"relative likelihood, {trend.drawn.scale.pair}"
        return f"{choice.organisation}, {latest['period']}, {_name(trend)}: {what}, {write(latest['value'])}."
    reference = "" if pd.isna(latest["reference_value"]) else f", {choice.reference} {write(latest['reference_value'])}"
    return (
        f"{choice.organisation}, {latest['period']}: {write(latest['value'])} of {choice.group} "
        f"{trend.indicator.people} {trend.indicator.phrase}{reference}."
    )


def _name(trend: Trend) -> str:
    return first_down(trend.indicator.name)


def trend_alt(trend: Trend) -> str:
    """Say in words what the picture shows."""
    choice, scale, points = trend.choice, trend.drawn.scale, trend.charted
    if trend.why_not:
        return f"{choice.organisation}, {choice.group}: an empty chart; {trend.why_not}."
    first, last = points.iloc[0], points.iloc[-1]
    told = [
        f"{trend.drawn.heading}. {scale.title}. {len(points)} points from {first['period']} "
        f"({scale.write(first['value'])}) to {last['period']} ({scale.write(last['value'])})"
    ]
    if choice.charted != GAP_PATH:
        limits = interval(last["process_lower"], last["process_upper"], scale.write)
        told.append(f"centre line {scale.write(last['centre'])}, process limits {limits} at the last point")
        flagged = points[points["variation"] != COMMON]
        signs = flagged["variation"].value_counts()
        counted = ", ".join(f"{n} {sign}" for sign, n in signs.items())
        told.append(f"special causes: {counted or 'none'}")
    if trend.target is not None:
        told.append(f"a line at the target, {scale.write(trend.target)}")
    if len(trend.path):
        end = trend.path.iloc[-1]
        limits = interval(end["lower"], end["upper"], scale.write)
        told.append(f"a dotted path to {end['period']}, {scale.write(end['expected'])} expected ({limits})")
    return "; ".join(told) + "."
