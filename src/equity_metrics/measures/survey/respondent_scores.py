"""Records of Staff Survey respondents in; People Promise scores of each group, with variance or weights, out."""

from typing import Any

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import ETHNIC_GROUPS, NOT_KNOWN, SURVEY_CATEGORIES, groups_of
from equity_metrics.measures.survey.design_intervals import t_interval
from equity_metrics.measures.survey.design_weights import SurveyDesign, weighted_mean
from equity_metrics.measures.survey.people_promise_answers import SCORED_YEAR
from equity_metrics.measures.survey.people_promise_scores import SCORE
from equity_metrics.measures.survey.respondent_answers import LEAST_SHARE, scored_respondents
from equity_metrics.measures.survey.weighted_percentages import WEIGHTED_FROM_RECORDS

PLACES = ("ward", "directorate")
"""The lowest that records are counted by gives the level; without them it is the organisation's."""
OF_RESPONDENTS = ("organisation", "period", "ethnic_group")
NEXT_YEAR = str(int(SCORED_YEAR) + 1)
"""The WRES year of the survey."""


def respondent_scores(
    records: pd.DataFrame, by: tuple[str, ...] = (), least_share: float = LEAST_SHARE
) -> pd.DataFrame:
    """Average the respondents' own People Promise scores, group by group, every respondent alike.

    Parameters
    ----------
    records
        One respondent a row: ``organisation``, ``period`` (2024), ``ethnic_group`` (the number of the category in the
        questionnaire; empty where it is not known), questions by number (``q15``), answers in words, and ``source``
        where there is one.
    by
        Further columns to tell apart: ``directorate``, ``ward``, ``staff_group``.
    least_share
        As for :func:`equity_metrics.measures.survey.respondent_answers.scored_respondents`.

    Returns
    -------
    DataFrame
        ``scores`` as described in ``docs/tables.md``, of all scores whose questions are there, in the detailed survey
        categories, ``period`` the WRES year. ``variance`` is between respondents, so that ``roll_up`` combines scores
        to wider groups and higher levels as if all records had been averaged at once. A group of whom nobody is scored
        has no row.

    Raises
    ------
    ValueError
        In one sentence, if a column is missing, the survey is of another year, a category is not known, or as
        :func:`equity_metrics.measures.survey.respondent_answers.scored_respondents`; never a person's row.

    References
    ----------
    NHS Staff Survey 2024, technical guide and questionnaire; ``catalogue/people_promise.csv``. Each person is scored
    first there too; how many answers a score needs is known for burnout only.
    """
    keys = _keys(records, by)
    scored = scored_respondents(records, least_share)
    tables = []
    for code in scored.columns:
        cells = keys.assign(score=scored[code]).dropna(subset="score")
        found = cells.groupby(list(keys.columns), sort=False, observed=True, dropna=False)["score"]
        table = found.agg(base="count", mean="mean", variance="var").reset_index()
        tables.append(table.assign(indicator=code))
    scores = pd.concat(tables, ignore_index=True).astype({"base": float})
    return _in_order(scores.assign(period=NEXT_YEAR), ["base", "mean", "variance"])


def weighted_respondent_scores(
    records: pd.DataFrame,
    design: SurveyDesign,
    by: tuple[str, ...] = (),
    confidence: float = 0.95,
    least_share: float = LEAST_SHARE,
) -> pd.DataFrame:
    """Average the respondents' own People Promise scores by their survey weights, with design-based intervals.

    Parameters
    ----------
    records, by, least_share
        As for :func:`respondent_scores`; the whole sample.
    design
        How the sample was drawn; one entry a record.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        ``published`` as described in ``docs/tables.md``: weighted scores do not add up, so each level is computed from
        its own records. ``value, lower, upper`` from 0 to 10, ``base`` (respondents), ``effective_base`` (what they are
        worth), ``design_effect`` and ``weighting``; ``period`` is the survey's year.

    Raises
    ------
    ValueError
        As :func:`respondent_scores` and :func:`equity_metrics.measures.survey.design_weights.weighted_mean`.

    References
    ----------
    See :func:`equity_metrics.measures.survey.design_weights.weighted_mean` and
    :func:`equity_metrics.measures.survey.design_intervals.t_interval`.
    """
    keys = _keys(records, by)
    scored = scored_respondents(records, least_share)
    cell = keys.groupby(list(keys.columns), sort=False, observed=True, dropna=False).ngroup()
    named = keys[~cell.duplicated()].reset_index(drop=True)
    tables = []
    for code in scored.columns:
        scores = scored[code].to_numpy(float)
        means = [weighted_mean(scores, design, cell.to_numpy() == number) for number in range(len(named))]
        limits = np.array([t_interval(mean, confidence) for mean in means]).reshape(-1, 2)
        made: dict[str, Any] = {
            "value": [mean.value for mean in means],
            "lower": limits[:, 0],
            "upper": limits[:, 1],
            "base": [float(mean.base) for mean in means],
            "effective_base": [mean.effective_base for mean in means],
            "design_effect": [mean.design_effect for mean in means],
        }
        table = named.assign(**made, indicator=code, period=SCORED_YEAR, unit=SCORE, weighting=WEIGHTED_FROM_RECORDS)
        tables.append(table[table["base"] > 0])
    return _in_order(pd.concat(tables, ignore_index=True), list(made))


def _keys(records: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Name of each respondent the place and the ethnic group, and what rides along."""
    missing = [column for column in (*OF_RESPONDENTS, *by) if column not in records.columns]
    if missing:
        raise ValueError(f"records must have the columns {', '.join((*OF_RESPONDENTS, *by))}, missing: {missing[0]}")
    years = sorted(set(records["period"].astype(str)))
    if years != [SCORED_YEAR]:
        raise ValueError(f"records must be of {SCORED_YEAR}, whose questions are scored, got: {', '.join(years)}")
    names = {g.code: g.group for g in ETHNIC_GROUPS if g.grouping == SURVEY_CATEGORIES and g.code} | {"": NOT_KNOWN}
    codes = records["ethnic_group"].fillna("").astype(str).str.strip().str.replace(r"\.0$", "", regex=True)
    codes = codes.str.lstrip("0")
    group = codes.map(names)
    if group.isna().any():
        often = codes[group.isna()].value_counts()
        raise ValueError(
            f"ethnic_group must be a number of the {SCORED_YEAR} questionnaire or empty, got: {often.index[0]!r} in "
            f"{often.iloc[0]:,} {'row' if often.iloc[0] == 1 else 'rows'}"
        )
    level = next((place for place in PLACES if place in by), "organisation")
    further = {column: records[column].fillna(NOT_KNOWN).replace("", NOT_KNOWN) for column in by}
    keys = records[["organisation"]].assign(grouping=SURVEY_CATEGORIES, level=level, group=group, **further)
    return keys.assign(source=records["source"]) if "source" in records.columns else keys


def _in_order(table: pd.DataFrame, numbers: list[str]) -> pd.DataFrame:
    first = ["organisation", "period", "indicator", "grouping", "level", "group"]
    rest = [column for column in table.columns if column not in (*first, *numbers)]
    order = {group: number for number, group in enumerate(groups_of(SURVEY_CATEGORIES))}
    places = {code: number for number, code in enumerate(dict.fromkeys(table["indicator"]))}
    rank = {"group": order, "indicator": places}
    sort = ["organisation", "indicator", *(c for c in rest if c in (*PLACES, "staff_group")), "group"]
    ordered = table.sort_values(sort, key=lambda c: c.map(rank[c.name]) if c.name in rank else c, kind="stable")
    return ordered[[*first, *numbers, *rest]].reset_index(drop=True)
