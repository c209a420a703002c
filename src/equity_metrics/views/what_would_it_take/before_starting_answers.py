"""Simulated chances of one place and indicator in; the answer to "how long until we know, and what until then?" out."""

from dataclasses import dataclass

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.planning.answer_chances import POWER, RUNS, effect_of, months_until
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.on_screen import on_screen
from equity_metrics.views.what_would_it_take.before_starting_words import (
    FIVE_YEARS,
    effect_words,
    risk_sentence,
    starting_notes,
    wait_sentence,
)
from equity_metrics.views.what_would_it_take.power_figure import power_figure
from equity_metrics.views.words.missing_values import missing_notes, value_words
from equity_metrics.views.words.wording import percent, times

NOTHING = pd.DataFrame({"months": [], "power": [], "monte_carlo_error": [], "effect": []}, dtype=float)


@dataclass(frozen=True)
class StartChoice:
    """What is asked: an indicator and a group at one place, the effect worth having, and a month to decide in."""

    organisation: str
    indicator: str
    group: str
    size: float
    months: int


@dataclass(frozen=True)
class Way:
    """One way to an answer: simulated chances, or why there are none."""

    name: str
    chances: pd.DataFrame
    events: float
    why_not: str = ""


@dataclass(frozen=True)
class Start:
    """What is known before starting: released totals of the group and the reference, ways to an answer, small effects.

    The first way is the place alone; its ``why_not`` says why nothing can be said.
    """

    total: pd.Series
    reference: pd.Series
    ways: tuple[Way, ...]
    smallest: pd.DataFrame


def before_starting_answer(start: Start, risks: pd.DataFrame, choice: StartChoice) -> Answer:
    """Answer for one place, indicator, group and effect.

    Parameters
    ----------
    start
        What was simulated, and the totals it rests on.
    risks
        From ``risks_today`` for the chosen month; no rows where nothing can be simulated.
    choice
        What is asked.

    Returns
    -------
    Answer
        For the internal audience of real data one that is shown on screen only.
    """
    indicator, own = INDICATORS[choice.indicator], start.ways[0]
    synthetic = pd.Series([start.total["source"]])
    table = _table(start.ways, choice)
    notes = [f"Source: {start.total['source']}. Indicator {indicator.id}: {indicator.name}."]
    if synthetic.str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    effect = effect_of(choice.indicator, choice.size)
    if own.why_not:
        figure = power_figure(NOTHING, NOTHING, effect=effect, months=choice.months, target=POWER, why_not=own.why_not)
        why_not = own.why_not.removeprefix(f"{choice.group}: ")
        sentence = f"At {choice.organisation} nothing can be said before starting for {choice.group}: {why_not}."
        alt = f"An empty picture. {sentence}"
    else:
        curve = own.chances[own.chances["size"] == choice.size]
        figure = power_figure(curve, start.smallest, effect=effect, months=choice.months, target=POWER, why_not="")
        wait = months_until(own.chances, choice.size)
        found = wait_sentence(wait, float(curve["power"].iloc[-1]))
        sentence = (
            f"Suppose that an action at {choice.organisation} {effect_words(indicator, choice.size, choice.group)}. "
            f"{found} "
            f"{risk_sentence(risks, choice.months)}"
        )
        alt = _alt(curve, start.smallest, choice)
        worst = float(curve["monte_carlo_error"].max())
        notes += starting_notes(start.total, start.reference, risks, worst, RUNS)
    figure = say_synthetic(figure, synthetic)
    answer = Answer(sentence, table, figure, alt, (*notes, *missing_notes(table.to_numpy().ravel())))
    real = not synthetic.str.startswith("Synthetic").all()
    return on_screen(answer) if real and start.total["audience"] == INTERNAL else answer


def _table(ways: tuple[Way, ...], choice: StartChoice) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Ways to an answer": [way.name for way in ways],
            "Events a quarter": [value_words(way.events, way.why_not, "{:.1f}".format) for way in ways],
            f"Months until {percent(POWER, 0)}": [_wait(way, choice.size) for way in ways],
            f"Chance after {choice.months} months": [_chance(way, choice) for way in ways],
            "Note": [way.why_not for way in ways],
        }
    )


def _wait(way: Way, size: float) -> str:
    if way.why_not:
        return value_words(float("nan"), way.why_not, str)
    wait = months_until(way.chances, size)
    return f"more than {FIVE_YEARS}" if pd.isna(wait) else f"{wait:.0f}"


def _chance(way: Way, choice: StartChoice) -> str:
    if way.why_not:
        return value_words(float("nan"), way.why_not, str)
    at = way.chances[(way.chances["size"] == choice.size) & (way.chances["months"] == choice.months)]
    return percent(float(at["power"].iloc[0]), 0)


def _alt(curve: pd.DataFrame, smallest: pd.DataFrame, choice: StartChoice) -> str:
    told = [f"{r.months} months {percent(r.power, 0)}" for r in curve[curve["months"] % 12 == 0].itertuples()]
    effect = float(smallest.loc[smallest["months"] == choice.months, "effect"].iloc[0])
    seen = "not even a tenfold effect" if pd.isna(effect) else f"an effect of × {times(effect)} or stronger"
    return (
        f"Left, the chance of finding the effect: {', '.join(told)}. Right, the smallest effect found with a chance of "
        f"{percent(POWER, 0)}: after {choice.months} months {seen}."
    )
