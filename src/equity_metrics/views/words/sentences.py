"""One row of a comparison in; plain English that says no more than its numbers do out."""

import math
from typing import Any

import pandas as pd

from equity_metrics.catalogue.indicators import Indicator
from equity_metrics.catalogue.missing_values import NOT_COLLECTED
from equity_metrics.catalogue.policies import FOUR_FIFTHS, TWO_POINTS
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.missing_values import missing_value, own_reason
from equity_metrics.views.words.wording import first_up, interval, one_in, people, people_in, percent, times

GAP_RANGE_NOTE = (
    f"No range is published for gaps: verdicts take {TWO_POINTS.words}, this project's own choice, as the range."
)


def rate_sentence(row: pd.Series, indicator: Indicator, place: str) -> str:
    """Say the two rates of a comparison: ``In 2025 at Alder, 13.3 % of BME people … were appointed (about 1 in 8)``."""
    rate, reference = (row[f"{who}numerator"] / row[f"{who}denominator"] for who in ("", "reference_"))
    return (
        f"{place}, {percent(rate)} of {people_of(row['group'], indicator)} {indicator.phrase} ({one_in(rate)}). "
        f"Of {people_of(row['reference'], indicator)} it was {percent(reference)} ({one_in(reference)})."
    )


def ratio_sentence(row: pd.Series) -> str:
    """Say a presented relative likelihood with its interval, and the words of its verdict."""
    limits = f"95 % interval {interval(row['lower'], row['upper'], times)}"
    value = times(row["value"]) if math.isfinite(row["value"]) else "not defined (nobody to divide by)"
    return f"Relative likelihood, {row['heading']}: {value} ({limits}). {row['words']}"


def gap_sentence(row: pd.Series) -> str:
    """Say a gap in percentage points with its interval, and the words of its verdict."""
    return gap_claim(row, Scale("gap", "", ""))


def gap_claim(row: pd.Series, scale: Scale) -> str:
    """Say a gap on the scale of proportions or of scores, with its interval and the words of its verdict."""
    unit = "percentage points" if scale.kind == "gap" else "score points"
    gap = f"The gap, {row['group']} minus {row['reference']}, is {scale.write(row['value'])} {unit}"
    limits = interval(row["lower"], row["upper"], scale.write)
    known = "" if pd.isna(row["lower"]) else f" (95 % interval {limits})"
    return f"{gap}{known}. {row['words']}"


def chance_sentence(row: pd.Series) -> str:
    """Say how often chance alone would leave the range with these numbers; empty where that is not known."""
    chance = row["chance_outside_range"]
    if pd.isna(chance):
        return ""
    often = percent(chance, 0) if chance >= 0.005 else "less than 1 %"
    return (
        f"Suppose that {row['group']} and {row['reference']} truly had one likelihood. With these numbers of people "
        f"the ratio would still lie outside {FOUR_FIFTHS.words} by chance alone {often} of the time."
    )


def withheld_sentence(row: pd.Series, place: str, who: str) -> str:
    """Say that a value is not shown, and why."""
    return f"{place}: the figure for {who} is not shown: {own_reason(row)}."


def alt_text(dots: pd.DataFrame, scale: Scale, title: str) -> str:
    """Say in words what a picture of dots shows: each label with its value, interval and verdict."""
    told = [
        f"{row.label} {_written(row, scale)}{f', {row.verdict}' if row.verdict else ''}"
        if not row.withheld
        else f"{row.label} not shown ({row.withheld})"
        for row in dots.itertuples()
    ]
    return f"{title}. {first_up(scale.title)}. {'; '.join(told)}."


def _written(row: Any, scale: Scale) -> str:
    if pd.isna(row.value) and pd.notna(row.lower):
        return f"between {scale.write(row.lower)} and {scale.write(row.upper)}"
    return scale.written(row.value, row.lower, row.upper)


def counts_words(numerator: float, denominator: float, withheld: str = "") -> str:
    """Write a numerator and its denominator: ``120 of 900``; or the sign of why they are missing."""
    if pd.isna(numerator) or pd.isna(denominator):
        return missing_value(withheld, NOT_COLLECTED).sign
    return f"{people(numerator)} of {people(denominator)}"


def people_of(group: str, indicator: Indicator) -> str:
    """Name the people of a group that an indicator is about: ``BME staff``, ``staff in the group …``."""
    return people_in(group, indicator.people)
