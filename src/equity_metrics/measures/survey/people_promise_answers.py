"""The catalogue's scores in; which questions make each score, and what each of their answers scores, out."""

import re

import numpy as np
import pandas as pd

from equity_metrics.catalogue.people_promise import SURVEY_SCORES

SCORED_YEAR = "2024"
"""Survey year of the question numbers in the catalogue."""
APPRAISED = "q23a"
"""Appraisal in the last 12 months: people without one score 0 on what the appraisal was worth."""
ROUTED = ("q13d", "q14d", "q23b", "q23c", "q23d")
"""Questions that only those are asked who said before that it happened."""

_AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
_SATISFIED = ("Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied", "Very satisfied")
_OFTEN = ("Never", "Rarely", "Sometimes", "Often", "Always")
_TIMES = ("Never", "1 to 2", "3 to 5", "6 to 10", "More than 10")
_REPORTED = ("Yes, I reported it", "Yes, a colleague reported it", "Both a colleague and I reported it")

_RISING = (0.0, 2.5, 5.0, 7.5, 10.0)
_SCALES: dict[str, dict[str, float]] = {
    "agree": dict(zip(_AGREE, _RISING, strict=True)),
    "disagree": dict(zip(_AGREE, _RISING[::-1], strict=True)),
    "satisfied": dict(zip(_SATISFIED, _RISING, strict=True)),
    "often": dict(zip(_OFTEN, _RISING, strict=True)),
    "seldom": dict(zip(_OFTEN, _RISING[::-1], strict=True)),
    "never": {"Never": 10.0, **dict.fromkeys(_TIMES[1:], 0.0)},
    "yes": {"Yes": 10.0, "No": 0.0},
    "no": {"Yes": 0.0, "No": 10.0},
    "yes or unsure": {"Yes": 10.0, "Don't know": 5.0, "No": 0.0},
    "reported": {**dict.fromkeys(_REPORTED, 10.0), "No": 0.0},
    "definitely": {"Yes, definitely": 10.0, "Yes, to some extent": 5.0, "No": 0.0},
}
"""What answers score; those that are not listed do not count (not applicable, cannot remember)."""
_QUESTIONS = {
    "satisfied": "q4[abcd]",
    "often": "q2[abc]|q5b",
    "seldom": "q5[ac]|q12[a-g]",
    "never": "q1[34][abc]",
    "no": "q11[bcd]|q16[ab]",
    "yes or unsure": "q15",
    "reported": "q1[34]d",
    "yes": APPRAISED,
    "definitely": "q23[bcd]",
    "disagree": "q26[abc]",
    "agree": "q.*",
}
"""Scale of the questions that match, the first that does."""


def items_of(code: str) -> tuple[str, ...]:
    """List what a score is the mean of.

    Parameters
    ----------
    code
        Of a score in ``SURVEY_SCORES``.

    Returns
    -------
    tuple of str
        Question numbers in lower case, or the codes of its sub-scores.
    """
    found: list[str] = []
    for item in SURVEY_SCORES[code].items_2024.replace(" ", "").split(","):
        if item in SURVEY_SCORES:
            found.append(item)
            continue
        ((number, first, last),) = re.findall(r"^Q(\d+)([a-z]?)(?:-(?:Q\d+)?([a-z]))?(?:\(rev\)|gate)?$", item)
        letters = [chr(letter) for letter in range(ord(first), ord(last or first) + 1)] if first else [""]
        found += [f"q{number}{letter}" for letter in letters]
    return tuple(found)


def answer_scores() -> "pd.Series[float]":
    """Say what each answer of each scored question scores.

    Returns
    -------
    Series of float
        0 to 10 by question and answer; answers that do not count are not there.

    References
    ----------
    NHS Staff Survey 2024, technical guide; ``catalogue/people_promise.csv``, from which the questions are.
    """
    questions = sorted({item for code in SURVEY_SCORES for item in items_of(code)} - set(SURVEY_SCORES))
    scores = {(q, answer): score for q in questions for answer, score in _SCALES[_scale_of(q)].items()}
    return pd.Series(scores, dtype=np.float64).rename_axis(["indicator", "answer"])


def _scale_of(question: str) -> str:
    return next(scale for scale, pattern in _QUESTIONS.items() if re.fullmatch(pattern, question))
