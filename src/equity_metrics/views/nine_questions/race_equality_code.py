"""Evidence and action plan in; the nine questions laid along the Race Equality Code 2020, apply and explain, out."""

import pandas as pd

from equity_metrics.catalogue.leaders_questions import LEADERS_QUESTIONS, LeadersQuestion
from equity_metrics.catalogue.race_equality_code import RACE_EQUALITY_CODE
from equity_metrics.views.nine_questions.evidence import bearing_on
from equity_metrics.views.nine_questions.plan_evidence import plan_sentence
from equity_metrics.views.nine_questions.sentences import done_sentence, evidence_sentence, missing_sentence
from equity_metrics.views.words.wording import first_up

NOTHING = "nothing"


def race_equality_code(found: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    """Lay the nine questions along the four parts of the Code: what is applied, and what must be explained.

    Parameters
    ----------
    found
        From ``evidence``: one organisation, grouping, reference and year.
    progress
        Its action plan, after ``action_progress``.

    Returns
    -------
    DataFrame
        One row a question, in the order of the Code. No part has a score.

    References
    ----------
    RACE Equality Code 2020; ``catalogue/race_equality_code.py`` says what of it is confirmed.
    """
    questions = [q for part in RACE_EQUALITY_CODE for q in LEADERS_QUESTIONS.values() if q.code == part]
    return pd.DataFrame([_row(question, found, progress) for question in questions])


def _row(question: LeadersQuestion, found: pd.DataFrame, progress: pd.DataFrame) -> dict[str, str]:
    now, actions = bearing_on(found, question), progress[progress["question"] == question.id]
    explained = f"{evidence_sentence(now, question)} {plan_sentence(question, progress, found)}".strip()
    return {
        "Part of the Code": question.code,
        "What it asks": RACE_EQUALITY_CODE[question.code].asks,
        "Question": f"{question.id}. {question.question}",
        "Apply: what is done": _without_label(done_sentence(actions)),
        "Explain: what the evidence says": first_up(explained),
        "Explain: what is missing": _without_label(missing_sentence(now, actions, question)) or NOTHING,
    }


def _without_label(sentence: str) -> str:
    told = sentence.partition(": ")[2]
    return first_up(told)
