"""Chances of an answer and risks of deciding in; plain English that says no more than its numbers do out."""

import pandas as pd

from equity_metrics.catalogue.good_events import GOOD_EVENTS
from equity_metrics.catalogue.indicators import Indicator
from equity_metrics.change.planning.answer_chances import LONGEST, POWER, effect_of
from equity_metrics.change.planning.released_baselines import MONTHS
from equity_metrics.views.words.wording import people, percent, times

FIVE_YEARS = LONGEST * MONTHS


def size_words(size: float) -> str:
    """Write a size of effect as the control shows it."""
    return f"{size:g} times"


def effect_words(indicator: Indicator, size: float, group: str) -> str:
    """Say what an action would change, and how much."""
    changed = times(effect_of(indicator.id, size))
    if GOOD_EVENTS[indicator.id]:
        return f"multiplies by {changed} the odds that {group} {indicator.people} {_base(indicator)}"
    return f"multiplies by {changed} the rate at which {group} {indicator.people} {_base(indicator)}"


def wait_sentence(wait: float, power: float) -> str:
    """Say how long until an answer."""
    if pd.isna(wait):
        by_then = percent(power, 0)
        return f"That would most likely not be found within {FIVE_YEARS} months. The chance by then is {by_then}."
    return f"That would be found with a chance of {percent(POWER, 0)} after about {wait:.0f} months."


def risk_sentence(risks: pd.DataFrame, months: int) -> str:
    """Say what can be decided after so many months, and at what risk."""
    useless, useful = risks["risk"]
    return (
        f"A decision does not have to wait. Suppose it is taken after {months} months, by the estimate alone. "
        f"Then something useless goes on in {percent(useless, 0)} of cases. "
        f"Something that works is stopped in {percent(useful, 0)}."
    )


def starting_notes(total: pd.Series, theirs: pd.Series, risks: pd.DataFrame, errors: float, runs: int) -> list[str]:
    """Name what is assumed, how exact the simulation is, and what to do meanwhile."""
    months = int(total["quarters"]) * MONTHS
    group, reference = (f"{people(row['numerator'])} events ({row['group']})" for row in (total, theirs))
    return [
        f"Learned from {months} months of baseline, {total['period']}: {group} and {reference}. The coming quarters "
        f"are simulated like them, with the same variation beyond chance; the effect is there at once and stays.",
        f"{runs:,} simulated futures: the chance drawn is exact to within {_points(errors)} (two Monte Carlo "
        f"errors, the light band). Tested at 5 %, two-sided, on the change of the gap to {theirs['group']}.",
        f"The rule of a decision by the estimate alone: go on if it is beyond half the effect worth having (on the log "
        f"scale), else stop. Each risk is exact to within {_points(float(risks['monte_carlo_error'].max()))}.",
        "Places like this one: independent, with its numbers. Meanwhile measure what tells soonest in the table, and "
        "whether the change happens at all: shortlists, panels, cases settled informally.",
        "Agree the effect worth having before the start, in writing. To look every month takes a test made for it.",
    ]


def _points(error: float) -> str:
    return f"{200 * error:.0f} percentage points"


def _base(indicator: Indicator) -> str:
    return {"were appointed": "are appointed"}.get(indicator.phrase, indicator.phrase.replace("entered", "enter"))
