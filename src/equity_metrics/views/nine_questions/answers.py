"""Evidence and an action plan in; the answer to one of the nine questions for leaders out."""

from dataclasses import dataclass

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import LEADERS_QUESTIONS, PLAN, TOPIC, LeadersQuestion
from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.views.action_plan.whole_plan import whole_plan
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.two_scales import two_scales_figure
from equity_metrics.views.drawing.verdict_signs import SIGN_NOTE, verdict_words
from equity_metrics.views.nine_questions.evidence import ANOTHER, bearing_on
from equity_metrics.views.nine_questions.plan_evidence import plan_sentence
from equity_metrics.views.nine_questions.sentences import (
    LABELS,
    NO_OWNER,
    VARIES,
    done_sentence,
    evidence_sentence,
    heading_sentence,
    largest_sentence,
    missing_sentence,
    write,
)
from equity_metrics.views.words.missing_values import missing_notes, value_words
from equity_metrics.views.words.sentences import alt_text
from equity_metrics.views.words.wording import at, band_words, first_up, interval, short_group

SCALES = (
    Scale("ratio", "log scale; right of 1: a disadvantage", "relative likelihood"),
    Scale("gap", "percentage points", "percentage points"),
)
HEADING_NOTE = (
    "Heading, in the words of “Making Data Count”: common cause is no more than the years differ anyway; improving is "
    "a special cause towards parity, concerning one away from it. Limits from so few years are trial limits."
)
_SAID = ["verdict", "against", "group", "reference"]


@dataclass(frozen=True)
class QuestionChoice:
    """Which question, for whom and when."""

    organisation: str
    question: str
    period: str
    reference: str


def question_answer(found: pd.DataFrame, progress: pd.DataFrame, choice: QuestionChoice, sources: pd.Series) -> Answer:
    """Answer one of the nine questions: what the evidence says, for whom, what is done about it, what is missing.

    Parameters
    ----------
    found
        From ``evidence``: one organisation, grouping, reference and year.
    progress
        Its action plan, after :func:`equity_metrics.change.action_plans.action_progress.action_progress`.
    choice
        What is looked at.
    sources
        Of the counts behind the evidence.

    Returns
    -------
    Answer
        No score: every comparison stands for itself. Where there is none, the table has the actions of the plan.
    """
    question = LEADERS_QUESTIONS[choice.question]
    now = bearing_on(found, question)
    shown = now[now["withheld"] == ""]
    is_ratio = shown["measure"] == RELATIVE_LIKELIHOOD
    dots = tuple(_dots(shown[chosen]) for chosen in (is_ratio, ~is_ratio))
    actions = progress[progress["question"] == question.id]
    by_plan = any(e.kind == PLAN for e in question.evidence)
    table = whole_plan(progress if by_plan else actions) if now.empty else _table(now)
    title = f"{question.question} {choice.organisation}, {choice.period}"
    alt = " ".join(alt_text(d, s, title) for d, s in zip(dots, SCALES, strict=True) if len(d))
    told = (
        f"{first_up(at(choice.organisation))} in {choice.period}, {evidence_sentence(now, question)}",
        largest_sentence(now),
        heading_sentence(now),
        done_sentence(actions),
        plan_sentence(question, progress, found),
        missing_sentence(now, actions, question),
    )
    return Answer(
        " ".join(filter(None, told)),
        table,
        say_synthetic(two_scales_figure(dots[0], dots[1], SCALES), sources),
        alt or f"{title}. Nothing is drawn: {evidence_sentence(now, question)}",
        _notes(sources, question, actions, now, table),
        LABELS,
    )


def _measured(indicator: str, band: str) -> str:
    return first_up(band_words(band)) if band else INDICATORS[indicator].name


def _dots(compared: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": [
                f"{row.indicator}. {_measured(row.indicator, row.band)}: {short_group(row.group)}"
                for row in compared.itertuples()
            ],
            **{column: compared[column].astype(float) for column in ("value", "lower", "upper")},
            **{column: compared[column] for column in ("verdict", "against")},
            "withheld": "",
            "is_reference": False,
        }
    )


def _table(now: pd.DataFrame) -> pd.DataFrame:
    rows = [row for _, row in now.iterrows()]
    return pd.DataFrame(
        {
            "Indicator": [f"{r['indicator']}. {_measured(r['indicator'], r['band'])}" for r in rows],
            "Ethnic group": [r["group"] for r in rows],
            "Compared": [_compared(r) for r in rows],
            "Value": [value_words(r["value"], r["withheld"], write(r)) for r in rows],
            "95 % interval": [interval(r["lower"], r["upper"], write(r)) for r in rows],
            "Year before": [
                ANOTHER if r["before_withheld"] == ANOTHER else value_words(r["before"], r["before_withheld"], write(r))
                for r in rows
            ],
            "Heading": [VARIES[r["variation"]] if not r["withheld"] else "" for r in rows],
            "What can be said": [
                f"not shown: {_why(r)}" if r["withheld"] else verdict_words(*r[_SAID]) or "full count" for r in rows
            ],
        }
    )


def _compared(row: pd.Series) -> str:
    """Say how a group is compared, without its name: ``White / group``, ``minus White``, ``minus all staff``."""
    if row["measure"] == RELATIVE_LIKELIHOOD:
        return str(row["heading"]).replace(row["group"], "group", 1)
    return "minus all staff" if INDICATORS[row["indicator"]].kind == "share" else f"minus {row['reference']}"


def _why(row: pd.Series) -> str:
    """Give the reason beside the row's own names, without them."""
    return str(row["withheld"]).removeprefix(f"{row['group']}: ").removeprefix(f"{row['band']}: ")


def _notes(
    sources: pd.Series, question: LeadersQuestion, actions: pd.DataFrame, now: pd.DataFrame, table: pd.DataFrame
) -> tuple[str, ...]:
    withheld = int((now["withheld"] != "").sum())
    topics = "; ".join(SURVEY_TOPICS[e.evidence].label for e in question.evidence if e.kind == TOPIC)
    missing = (
        f"Missing: by ethnic group the survey publishes these for England only, so ask for your own extract: {topics}."
    )
    return (
        f"Source: {', '.join(sorted(set(sources)))}.",
        *([] if now.empty else [SIGN_NOTE, HEADING_NOTE]),
        *(
            [f"Drawn is what can be shown; the table names the {withheld} withheld too, with the reason."]
            if withheld
            else []
        ),
        *(f"Why this evidence: {e.reason}." for e in question.evidence if e.kind != TOPIC),
        *([missing] if topics else []),
        *(
            f"{action.action}: {action.owner or NO_OWNER}; {action.standing}"
            f"{f'; review overdue since {action.review}' if action.overdue else ''}. {action.owner_warning}".strip()
            for action in actions.itertuples()
        ),
        f"Race Equality Code 2020: {question.code} (our reading of where this question belongs).",
        *missing_notes(table.to_numpy().ravel()),
    )
