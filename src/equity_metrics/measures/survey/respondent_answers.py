"""Records of Staff Survey respondents in; each person's People Promise scores out."""

import math

import numpy as np
import pandas as pd

from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.measures.intervals.intervals import Floats
from equity_metrics.measures.survey.people_promise_answers import APPRAISED, ROUTED, answer_scores, items_of

UNSCORED = ("Don't know", "Not applicable", "Not applicable to me", "Can't remember")
"""Answers that do not count; the words of the NHS Staff Survey 2024 detailed results."""
FEWEST = {"PP4_2": 5}
"""Questions that must be answered, where the rule is known: 5 of the 7 on burnout (technical guide)."""
AFTER_AN_APPRAISAL = ("q23b", "q23c", "q23d")
LEAST_SHARE = 0.5
"""Of the questions of any other score, and of the sub-scores of an element: this library's own choice."""


def scored_respondents(records: pd.DataFrame, least_share: float = LEAST_SHARE) -> pd.DataFrame:
    """Score each respondent on all elements, themes and sub-scores whose questions are there.

    Parameters
    ----------
    records
        One respondent a row; the questions of the survey of 2024 by number (``q15``), answers in the questionnaire's
        words, empty or missing where there is none.
    least_share
        Share of its questions that must be answered for a sub-score, and of its sub-scores that must be there for an
        element; burnout needs 5 of 7 questions whatever is said here. Questions that only some are asked are not
        required of anybody.

    Returns
    -------
    DataFrame
        One row a respondent in the same order, one column a score from 0 to 10, the higher the better; missing where
        too little was answered. Scores of which a question is not in the records have no column.

    Raises
    ------
    ValueError
        If the records hold the questions of no score, an answer that the question does not have (named with how often
        it stands there, not with whom), or ``least_share`` is not between 0 and 1.

    References
    ----------
    NHS Staff Survey 2024, technical guide and questionnaire; ``catalogue/people_promise.csv``.
    """
    if not 0 <= least_share <= 1:
        raise ValueError(f"least_share must be between 0 and 1, got: {least_share!r}")
    scales = answer_scores()
    questions = scales.index.get_level_values("indicator").unique()
    items = {q: _points(records[q], scales[q].to_dict()) for q in questions if q in records.columns}
    scores: dict[str, Floats] = {}
    for code in sorted(SURVEY_SCORES, key=lambda code: any(item in SURVEY_SCORES for item in items_of(code))):
        parts = items_of(code)
        known = {**items, **scores}
        if not set(parts) <= set(known):
            continue
        needed = FEWEST.get(code, max(math.ceil(least_share * sum(part not in ROUTED for part in parts)), 1))
        scores[code] = _appraisal(known) if APPRAISED in parts else _mean(parts, known, needed)
    if not scores:
        raise ValueError("records must hold every question of a score, got: none of the 30 scores has all of them")
    return pd.DataFrame({code: scores[code] for code in SURVEY_SCORES if code in scores}, index=records.index)


def _points(answers: "pd.Series[str]", scale: dict[str, float]) -> Floats:
    """Score each different answer once: records repeat few of them many times."""
    codes, words = pd.factorize(answers, use_na_sentinel=False)
    texts = ["" if pd.isna(word) else str(word).strip() for word in words]
    for code, text in enumerate(texts):
        if text and text not in scale and text not in UNSCORED:
            often = int((codes == code).sum())
            known = ", ".join(dict.fromkeys((*scale, *UNSCORED)))
            raise ValueError(
                f"{answers.name} must be one of {known} or empty, got: {text!r} in {often:,} "
                f"{'row' if often == 1 else 'rows'}"
            )
    return np.array([scale.get(text, np.nan) for text in texts])[codes]


def _mean(parts: tuple[str, ...], known: dict[str, Floats], needed: int) -> Floats:
    """Mean of what a person answered; a question that only some are asked counts where it was answered."""
    answered = np.stack([known[part] for part in parts])
    required = np.array([part not in ROUTED for part in parts])
    there = np.isfinite(answered)
    points = np.where(there, answered, 0.0).sum(axis=0)
    enough = there[required].sum(axis=0) >= needed
    return np.where(enough, points / np.maximum(there.sum(axis=0), 1), np.nan)


def _appraisal(known: dict[str, Floats]) -> Floats:
    """Score 0 without an appraisal, else what it was worth; missing where somebody cannot remember one."""
    worth = np.stack([known[part] for part in AFTER_AN_APPRAISAL])
    there = np.isfinite(worth)
    mean = np.where(there, worth, 0.0).sum(axis=0) / np.where(there.any(axis=0), there.sum(axis=0), np.nan)
    return np.where(known[APPRAISED] == 0, 0.0, np.where(known[APPRAISED] > 0, mean, np.nan))
