"""How far scores would have to move, at one place, in; the answer to "how much must staff experience change?" out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.measures.fairness.decisions import NOBODY, Verdict
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.on_screen import on_screen
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.verdict_signs import BEYOND_CHANCE, NO_VERDICT
from equity_metrics.views.what_would_it_take.answers import GROUP_ORDER
from equity_metrics.views.what_would_it_take.scenario_figure import scenario_figure
from equity_metrics.views.words.missing_values import missing_notes, own_reason, own_reasons, value_words
from equity_metrics.views.words.sentences import alt_text
from equity_metrics.views.words.wording import at, first_down, first_up, interval, people_in, short_group, signed

NOT_KNOWN = "cannot tell up from down"
NOW = Scale("score", "mean score, 0 to 10", "score")
MOVE = Scale("score gap", "score points to move (95 % interval)", "score points")


@dataclass(frozen=True)
class ScoreChoice:
    """What is looked at: one score at one place in one year, and the group that the sentence tells of."""

    organisation: str
    score: str
    period: str
    group: str
    part: str
    reference: str = "White"


def score_answer(scenarios: pd.DataFrame, choice: ScoreChoice) -> Answer:
    """Say how far the mean score of each group would have to move to close part of its gap.

    Parameters
    ----------
    scenarios
        From ``score_scenarios``: the rows of the place, year and score.
    choice
        What is looked at.

    Returns
    -------
    Answer
        For the internal audience of real data one that is shown on screen only.
    """
    rows = scenarios.sort_values("group", key=lambda groups: groups.map(GROUP_ORDER.index), ignore_index=True)
    name = SURVEY_SCORES[choice.score].name
    titles = (f"Mean score, {choice.period}", f"What would close {choice.part}")
    now, moves = _now(rows, choice.reference), _moves(rows, choice.reference)
    figure = say_synthetic(scenario_figure(now, moves, (NOW, MOVE), titles), rows["source"])
    table = pd.DataFrame(
        {
            "Ethnic group": [short_group(group) for group in rows["group"]],
            "Respondents": [value_words(r.base, r.withheld, "{:,.0f}".format) for r in rows.itertuples()],
            "Mean score": [value_words(r.mean, r.withheld, NOW.write) for r in rows.itertuples()],
            "Points to move": [value_words(r.move, r.withheld, MOVE.write) for r in rows.itertuples()],
            "95 % interval": [interval(r.lower, r.upper, MOVE.write) for r in rows.itertuples()],
            "What may be said": [_claim(r.withheld, r.direction_known, r.move) for r in rows.itertuples()],
            "Note": own_reasons(rows),
        }
    )
    synthetic = rows["source"].str.startswith("Synthetic")
    answer = Answer(
        score_sentence(rows[rows["group"] == choice.group].iloc[0], name, choice),
        table,
        figure,
        alt_text(moves.iloc[1:], MOVE, f"{name}, {choice.organisation}, {choice.period}: {titles[1]}"),
        (
            *(["Synthetic data: every organisation and every number is invented."] if synthetic.any() else []),
            f"Source: {', '.join(sorted(set(rows['source'])))}. Scores are not weighted.",
            f"Assumes that the scores of {choice.reference} respondents stay as they are.",
            "The interval is what chance leaves open about the two means (Welch). "
            "Filled dot: it leaves out nought. Open dot: it holds nought.",
            *missing_notes(table.to_numpy().ravel()),
        ),
    )
    return on_screen(answer) if not synthetic.all() and (rows["audience"] == INTERNAL).any() else answer


def score_sentence(row: pd.Series, name: str, choice: ScoreChoice) -> str:
    """Say for one group where it stands and how far it would have to move."""
    place = f"In {row['period']} {at(row['organisation'])}"
    if row["withheld"]:
        return f"{place} it cannot be shown what it would take for {row['group']}: {own_reason(row)}."
    here = (
        f"{place}, {people_in(row['group'], 'respondents')} scored {row['mean']:.2f} of 10 on {first_down(name)}. "
        f"{first_up(people_in(choice.reference, 'respondents'))} scored {row['reference_mean']:.2f}."
    )
    if pd.isna(row["move"]):
        return f"{here} Too few respondents to say more."
    moved = f"To close {choice.part}, the mean would have to move by {signed(row['move'], 2)} points"
    limits = interval(row["lower"], row["upper"], MOVE.write)
    known = "" if row["direction_known"] else " The interval holds nought, so up cannot be told from down."
    return f"{here} {moved} (95 % interval {limits}).{known}"


def _claim(withheld: str, known: bool, move: float) -> str:
    if withheld:
        return ""
    return NOT_KNOWN if not known else "up, beyond chance" if move > 0 else "down, beyond chance"


def _now(rows: pd.DataFrame, reference: str) -> pd.DataFrame:
    known = rows["reference_mean"].dropna()
    first = known.iloc[0] if len(known) else np.nan
    return pd.DataFrame(
        {
            "label": [reference, *rows["group"]], "value": [first, *rows["mean"]], "lower": np.nan, "upper": np.nan,
            "verdict": NO_VERDICT, "against": NOBODY, "withheld": "", "is_reference": [True] + [False] * len(rows),
        }
    )  # fmt: skip


def _moves(rows: pd.DataFrame, reference: str) -> pd.DataFrame:
    told = np.where(rows["direction_known"] | (rows["withheld"] != ""), BEYOND_CHANCE, Verdict.NOT_ENOUGH)
    return pd.DataFrame(
        {
            "label": [reference, *rows["group"]], "value": [np.nan, *rows["move"]], "lower": [np.nan, *rows["lower"]],
            "upper": [np.nan, *rows["upper"]], "verdict": [NO_VERDICT, *told], "against": NOBODY,
            "withheld": ["", *own_reasons(rows)], "is_reference": [True] + [False] * len(rows),
        }
    )  # fmt: skip
