"""Released counts and an action plan in; the answer to one of the nine questions for leaders out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import LEADERS_QUESTIONS, TOPIC, LeadersQuestion
from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS
from equity_metrics.change.action_plans.action_progress import STANDINGS
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.measures.fairness.decisions import GROUP, Verdict
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.two_scales import two_scales_figure
from equity_metrics.views.drawing.verdict_signs import SIGN_NOTE, verdict_words
from equity_metrics.views.nine_questions.evidence import adverse, evidence
from equity_metrics.views.words.missing_values import missing_notes, value_words
from equity_metrics.views.words.sentences import alt_text
from equity_metrics.views.words.wording import interval, points, short_group, times

SCALES = (
    Scale("ratio", "log scale; right of 1: a disadvantage", "relative likelihood"),
    Scale("gap", "percentage points", "percentage points"),
)
AGAINST_THE_GROUP, FULL_COUNT, WITHHELD = ", against the group", "full counts", "withheld"
_SAID = ["verdict", "against", "group", "reference"]


@dataclass(frozen=True)
class QuestionChoice:
    """Which question, for whom and when."""

    organisation: str
    question: str
    period: str
    reference: str


def question_answer(counts: pd.DataFrame, progress: pd.DataFrame, choice: QuestionChoice) -> Answer:
    """Answer one of the nine questions: what the evidence says, for whom, what is done about it, what is missing.

    Parameters
    ----------
    counts
        Released counts of the organisation in one grouping, any periods.
    progress
        Its action plan, after :func:`equity_metrics.change.action_plans.action_progress.action_progress`.
    choice
        What is looked at.

    Returns
    -------
    Answer
        No score: every comparison stands for itself.
    """
    question = LEADERS_QUESTIONS[choice.question]
    compared = evidence(counts, question, choice.reference)
    compared = compared.assign(band=compared["band"].fillna(""))
    now = compared[compared["period"] == choice.period].reset_index(drop=True)
    before = compared[compared["period"] == str(int(choice.period) - 1)]
    is_ratio = now["measure"] == RELATIVE_LIKELIHOOD
    dots = tuple(_dots(now[chosen]) for chosen in (is_ratio, ~is_ratio))
    actions = progress[progress["question"] == question.id]
    table = _table(now, before)
    title = f"{question.question} {choice.organisation}, {choice.period}"
    alt = " ".join(alt_text(d, s, title) for d, s in zip(dots, SCALES, strict=True) if len(d))
    return Answer(
        " ".join([_place(choice), _verdicts(now), _largest(now, before), _done(actions)]).replace("  ", " "),
        table,
        say_synthetic(two_scales_figure(dots[0], dots[1], SCALES), counts["source"]),
        alt or f"{title}. No figure by ethnic group is published for one organisation: the action plan answers.",
        _notes(counts, question, actions, table),
    )


def _place(choice: QuestionChoice) -> str:
    return f"At {choice.organisation} in {choice.period}:"


def _verdicts(now: pd.DataFrame) -> str:
    """Count the verdicts in the words of the verdicts; nothing is added up to a score."""
    if now.empty:
        return "no figure by ethnic group is published for one organisation; the action plan answers."
    counted = Counter(_kind(row) for row in now.itertuples())
    kinds = [name for verdict in Verdict for name in (f"{verdict}{AGAINST_THE_GROUP}", str(verdict))]
    told = "; ".join(f"{counted[name]} {name}" for name in (*kinds, FULL_COUNT, WITHHELD) if counted[name])
    return f"of {len(now)} comparisons, {told}."


def _kind(row: Any) -> str:
    if row.withheld:
        return WITHHELD
    if not row.verdict:
        return FULL_COUNT
    return f"{row.verdict}{AGAINST_THE_GROUP if row.against == GROUP else ''}"


def _largest(now: pd.DataFrame, before: pd.DataFrame) -> str:
    """Name the largest disadvantage among those that are more than chance; only without any, among all."""
    shown = now[now["value"].notna()]
    sure = shown[(shown["against"] == GROUP) | (shown["verdict"] == "")]
    candidates = sure if len(sure) else shown
    if candidates.empty or adverse(candidates).max() <= 0:
        return ""
    row = candidates.loc[adverse(candidates).idxmax()]
    limits = "" if pd.isna(row["lower"]) else f" (95 % interval {interval(row['lower'], row['upper'], _write(row))})"
    weak = "" if len(sure) else "that cannot be told from chance "
    value = f"{_write(row)(row['value'])}{_unit(row)}{limits}"
    return (
        f"The largest disadvantage {weak}is that of staff of the group {row['group']}: {_name(row)}, {value}."
        f"{_year_before(row, before)}"
    )


def _year_before(row: pd.Series, before: pd.DataFrame) -> str:
    same = (before["indicator"] == row["indicator"]) & (before["group"] == row["group"])
    last = before.loc[same & (before["band"] == row["band"]), "value"].dropna()
    return f" The year before it was {_write(row)(last.iloc[0])}{_unit(row)}." if len(last) == 1 else ""


def _write(row: pd.Series) -> Callable[[float], str]:
    return times if row["measure"] == RELATIVE_LIKELIHOOD else points


def _unit(row: pd.Series) -> str:
    return "" if row["measure"] == RELATIVE_LIKELIHOOD else " percentage points"


def _done(actions: pd.DataFrame) -> str:
    if actions.empty:
        return "No action in the plan answers this question."
    counted = Counter(actions["standing"])
    told = "; ".join(f"{counted[standing]} {standing}" for standing in STANDINGS if counted[standing])
    late = f" {int(actions['overdue'].sum())} overdue." if actions["overdue"].any() else ""
    return f"Being done: {len(actions)} {'action' if len(actions) == 1 else 'actions'} ({told}).{late}"


def _name(row: pd.Series) -> str:
    band = f", {row['band']}" if row["band"] else ""
    name = INDICATORS[row["indicator"]].name
    return f"indicator {row['indicator']}, {name[0].lower()}{name[1:]}{band}"


def _dots(compared: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": [
                f"{row.indicator}. {row.band or INDICATORS[row.indicator].name}: {short_group(row.group)}"
                for row in compared.itertuples()
            ],
            **{column: compared[column].astype(float) for column in ("value", "lower", "upper")},
            **{column: compared[column] for column in ("withheld", "verdict", "against")},
            "is_reference": False,
        }
    )


def _table(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    rows = [row for _, row in now.iterrows()]
    last = before.set_index(["indicator", "band", "group"])
    keys = [(row["indicator"], row["band"], row["group"]) for row in rows]
    return pd.DataFrame(
        {
            "Indicator": [f"{r['indicator']}. {r['band'] or INDICATORS[r['indicator']].name}" for r in rows],
            "Ethnic group": [r["group"] for r in rows],
            "Compared": [r["heading"] for r in rows],
            "Value": [value_words(r["value"], r["withheld"], _write(r)) for r in rows],
            "95 % interval": [interval(r["lower"], r["upper"], _write(r)) for r in rows],
            "Year before": [
                value_words(last["value"][key], last["withheld"][key], _write(r)) if key in last.index else "none"
                for key, r in zip(keys, rows, strict=True)
            ],
            "What can be said": [
                f"not shown: {r['withheld']}" if r["withheld"] else verdict_words(*r[_SAID]) or "full count"
                for r in rows
            ],
        }
    )


def _notes(
    counts: pd.DataFrame, question: LeadersQuestion, actions: pd.DataFrame, table: pd.DataFrame
) -> tuple[str, ...]:
    topics = "; ".join(SURVEY_TOPICS[e.evidence].label for e in question.evidence if e.kind == TOPIC)
    missing = (
        f"Missing: by ethnic group the survey publishes these for England only, so ask for your own extract: {topics}."
    )
    return (
        f"Source: {', '.join(sorted(set(counts['source'])))}.",
        SIGN_NOTE,
        *(f"Why this evidence: {e.reason}." for e in question.evidence if e.kind != TOPIC),
        *([missing] if topics else []),
        *(
            f"{action.action}: {action.owner or 'nobody owns it'}; {action.standing}"
            f"{f'; overdue since {action.review}' if action.overdue else ''}. {action.owner_warning}".strip()
            for action in actions.itertuples()
        ),
        f"Race Equality Code 2020: {question.code} (our reading of where this question belongs).",
        *missing_notes(table["Value"]),
    )
