"""Published answers of the Staff Survey in; People Promise scores recomputed from them out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.measures.survey.people_promise_answers import (
    APPRAISED,
    ROUTED,
    SCORED_YEAR,
    answer_scores,
    items_of,
)

RECOMPUTED = "recomputed from question results: mean of the mean scores of its questions"
FEWEST_ASKED = 10
"""A question that only some were asked counts from as many answers on: fewer are not published."""
SCORE = "score 0-10"
_NAMES = ("indicator", "question", "concept", "answer", "value", "unit", "base")


def people_promise_scores(published: pd.DataFrame) -> pd.DataFrame:
    """Recompute the 7 elements, 2 themes and 21 sub-scores of the People Promise from question results.

    Parameters
    ----------
    published
        ``published`` as described in ``docs/tables.md``, every answer of a question there, of the survey of 2024.

    Returns
    -------
    DataFrame
        One row for each score and each organisation or group: the columns of ``published``, with ``value`` from 0 to
        10, the higher the better, and ``score_method``. ``value`` is missing where an answer is. ``base`` is the
        smallest among the questions that everybody was asked. Scores with a question that is not in the table have no
        row.

        Officially each person is scored first, so that people who left a question out weigh a little differently. Over
        the 263 organisations of 2024 sub-scores differ by no more than ``max_abs_error_vs_published`` of the catalogue
        (0.06 at most, 0.10 for PP4_1), elements and themes by 0.05 at most.

    Raises
    ------
    ValueError
        If the table is of another year, holds an answer twice, or not the questions of any score.

    References
    ----------
    NHS Staff Survey 2024, technical guide and questionnaire; ``catalogue/people_promise.csv``.
    """
    years = sorted(map(str, published["period"].unique()))
    if years != [SCORED_YEAR]:
        raise ValueError(
            f"published must be of {SCORED_YEAR}, whose questions the catalogue scores, got: {', '.join(years)}"
        )
    means, bases = _question_means(published)
    for code in _inner_first():
        items = items_of(code)
        if not set(items) <= set(means.columns):
            continue
        of_all = [item for item in items if item not in ROUTED]
        bases[code] = bases[of_all].min(axis=1)
        means[code] = means[of_all].mean(axis=1, skipna=False)
        of_some = [item for item in items if item in ROUTED]
        if APPRAISED in items:
            means[code] *= means[of_some].mean(axis=1, skipna=False) / 10
        elif of_some:
            means[code] = _with_routed(means, bases, of_all, of_some)
    codes = [code for code in SURVEY_SCORES if code in means.columns]
    if not codes:
        raise ValueError("published must hold every question of a score, got: none of the 30 scores has all of them")
    rows = [
        means.index.to_frame(index=False).assign(
            indicator=code,
            question=SURVEY_SCORES[code].name,
            concept=None,
            answer="score",
            value=means[code].to_numpy(),
            unit=SCORE,
            base=bases[code].to_numpy(),
        )
        for code in codes
    ]
    return pd.concat(rows, ignore_index=True)[[*published.columns]].assign(score_method=RECOMPUTED)


def _question_means(published: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mean score and base of each question (columns) in each organisation or group (rows)."""
    scores = answer_scores()
    asked = pd.MultiIndex.from_frame(published[["indicator", "answer"]].astype(str))
    score = scores.reindex(asked).to_numpy()
    counted = published[np.isfinite(score)].assign(score=score[np.isfinite(score)])
    keys = [column for column in published.columns if column not in _NAMES]
    twice = counted.duplicated([*keys, "indicator", "answer"])
    if twice.any():
        first = counted[twice].iloc[0]
        raise ValueError(
            f"published must hold each answer once, got: {first['indicator']} {first['answer']!r} twice "
            f"for {first['organisation']} {first['group']}".rstrip()
        )
    rows = counted.groupby(keys, sort=False, dropna=False, observed=True).ngroup()
    questions = scores.index.get_level_values("indicator").unique()
    cell = rows.to_numpy() * len(questions) + questions.get_indexer(pd.Index(counted["indicator"]))
    shape = (rows.max() + 1 if len(rows) else 0, len(questions))
    points, shown, answers = (
        np.bincount(cell, weights, np.prod(shape)).reshape(shape)
        for weights in (counted["score"] * counted["value"], counted["value"], None)
    )
    whole = answers == scores.groupby(level=0).count().reindex(questions).to_numpy()
    bases = np.full(np.prod(shape), np.nan)
    bases[cell] = counted["base"].to_numpy(float)
    index = pd.MultiIndex.from_frame(counted.loc[~rows.duplicated(), keys])
    there = questions[answers.sum(axis=0) > 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        means = pd.DataFrame(np.where(whole, points / shown, np.nan), index, questions)[there]
    return means, pd.DataFrame(bases.reshape(shape), index, questions)[there]


def _with_routed(means: pd.DataFrame, bases: pd.DataFrame, of_all: list[str], of_some: list[str]) -> "pd.Series[float]":
    """Let a question that only some were asked weigh by how many answered it."""
    everybody = bases[of_all].max(axis=1)
    share = bases[of_some].where(bases[of_some] >= FEWEST_ASKED, 0.0).div(everybody, axis=0)
    points = means[of_all].sum(axis=1, skipna=False) + (share * means[of_some].fillna(0.0)).sum(axis=1)
    return points / (len(of_all) + share.sum(axis=1))


def _inner_first() -> list[str]:
    """Order the scores so that each follows those that it is the mean of."""
    return sorted(SURVEY_SCORES, key=lambda code: any(item in SURVEY_SCORES for item in items_of(code)))
