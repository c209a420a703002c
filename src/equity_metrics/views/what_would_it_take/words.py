"""One row of a scenario in; plain English that says no more than its numbers do out."""

from typing import Any

import pandas as pd

from equity_metrics.catalogue.indicators import Indicator
from equity_metrics.change.planning.gap_scenarios import AS_RESPONDENTS
from equity_metrics.change.planning.scenarios import MORE_IN_ALL
from equity_metrics.views.words.missing_values import own_reason
from equity_metrics.views.words.wording import at, interval, people, people_in, percent, points, signed

PARTS = {"a quarter of the gap": 0.25, "half the gap": 0.5, "the whole gap": 1.0}
NOT_KNOWN = "cannot tell more from fewer"


def what_if(indicator: Indicator, reference: str) -> str:
    """Name a scenario as a control shows it."""
    if indicator.shown_as == "gap":
        return f"part of the gap were closed: {indicator.name} ({indicator.id})"
    what = {
        "2": f"people shortlisted were appointed as often as {reference} people",
        "3": f"staff were disciplined as often as {reference} staff",
        "4": f"staff accessed training as often as {reference} staff",
    }
    return f"{what[indicator.id]} ({indicator.id})"


def more_or_fewer(value: float) -> str:
    """Write ``47 more`` or ``12 fewer``; ``as many`` where it rounds to nought."""
    whole = round(value)
    return "as many" if whole == 0 else f"{abs(whole):,} {'more' if whole > 0 else 'fewer'}"


def claim(row: Any) -> str:
    """Say in a few words what the interval allows to be said of one row."""
    if row.withheld:
        return ""
    if not row.direction_known:
        return NOT_KNOWN
    return "more, beyond chance" if row.people > 0 else "fewer, beyond chance"


def scenario_sentence(row: pd.Series, indicator: Indicator, reference: str, part_words: str) -> str:
    """Say what the chosen scenario would mean for one group."""
    place = f"In {row['period']} {at(row['organisation'])}"
    if row["withheld"]:
        return f"{place} it cannot be shown what it would take for {row['group']}: {own_reason(row)}."
    rate, theirs = (row[f"{who}numerator"] / row[f"{who}denominator"] for who in ("", "reference_"))
    others = people_in(reference, indicator.people)
    here = (
        f"{place}, {people(row['numerator'])} of {people(row['denominator'])} "
        f"{people_in(row['group'], indicator.people)} {indicator.phrase} ({percent(rate)}). "
        f"Of {others} it was {percent(theirs)}."
    )
    if row["condition"] == AS_RESPONDENTS:
        told = (
            f"To close {part_words}, the share of {row['group']} would have to move by {points(row['move'])} "
            f"percentage points (95 % interval {interval(row['move_lower'], row['move_upper'], points)}). That is "
            f"{more_or_fewer(row['people'])} of these respondents."
        )
    else:
        told = (
            f"With the likelihood of {others} it would have been {more_or_fewer(row['people'])} "
            f"(95 % interval {interval(row['lower'], row['upper'], _whole)})."
        )
    return f"{here} {told} {_certainty(row)}".strip()


def scenario_notes(indicator: Indicator, condition: str, reference: str) -> list[str]:
    """Name in words what is assumed, and what the numbers are not."""
    notes = [
        "The interval is what chance leaves open about the two rates (Newcombe), times the people of the group. "
        "It holds for this year's people, not for every year to come.",
        "Filled dot: the interval leaves out nought. Open dot: it holds nought, and more cannot be told from fewer.",
    ]
    if condition == AS_RESPONDENTS:
        return [*notes, f"Assumes that the answers of {reference} respondents stay as they are."]
    if condition == MORE_IN_ALL:
        kept = f"Assumes that {reference} people keep the number they had: the total grows or shrinks."
    else:
        kept = f"Assumes as many in all as now: what one group gains, {reference} people lose."
    notes.append(
        "The five groups are each compared with the same reference; before rounding they add up to the number of BME."
    )
    who = "the same people are shortlisted" if indicator.id == "2" else "the same people are in post"
    return [*notes, f"{kept} And that {who}.", "The number says how large the gap is. It is no quota for any group."]


def _certainty(row: pd.Series) -> str:
    if row["direction_known"]:
        return ""
    return "The interval holds nought: chance alone could account for it. More cannot be told from fewer."


def _whole(value: float) -> str:
    return signed(value, 0)
