"""Published answers of the Staff Survey in; the percentage of each concept, and bounds on indicator 6, out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.indicators import INDICATOR_7_DEFINITIONS, INDICATORS
from equity_metrics.catalogue.survey_concepts import SURVEY_CONCEPTS, SurveyConcept

NOT_NEVER = "not Never"
"""Counted answers of questions on how often: all but "Never"."""
APPROXIMATE_BASE = "approximate: the published base less the weighted share of the answers left out, rounded down"
BOUNDS_INDICATOR = "q14b or q14c"
"""The id of the bounds on indicator 6, which is never a value: the questions as numbered from 2021."""
_KEYS = (
    "organisation",
    "ods_code",
    "period",
    "grouping",
    "level",
    "group",
    "breakdown",
    "breakdown_group",
    "weighting",
    "source",
)


def survey_percentages(published: pd.DataFrame, definition: str = INDICATOR_7_DEFINITIONS[0]) -> pd.DataFrame:
    """Turn published answers into the percentage that each concept reports.

    Parameters
    ----------
    published
        ``published`` as described in ``docs/tables.md``, every answer of a question there.
    definition
        Of career fairness: with or without "Don't know" in the base (``INDICATOR_7_DEFINITIONS``).

    Returns
    -------
    DataFrame
        One row for each question that the catalogue has a percentage for, each score (0-10) and each percentage that
        the file itself reports as a WRES indicator, in the table's order; questions without a concept are left in
        ``published``. ``answer`` says what is counted, ``value`` is in % (0-100) and missing where any answer is
        suppressed; ``definition`` is filled for career fairness. ``base`` is the published one, and ``base_note``
        empty, unless answers are left out of it: then fewer people stand behind the percentage than the file prints.
        Their number is not published, so ``base`` is the published base less the weighted share left out, rounded
        down, and ``base_note`` says that it is approximate. The larger published base would release a percentage of
        fewer than ten people and draw too narrow an interval. No numerator is made: the percentages are weighted.

    Raises
    ------
    ValueError
        If ``definition`` is not known, or an answer that a percentage needs is missing or there twice.

    References
    ----------
    NHS Staff Survey 2024, technical guide and benchmark reports: the percentages that are reported for each question.
    """
    if definition not in INDICATOR_7_DEFINITIONS:
        raise ValueError(f"definition must be one of {', '.join(INDICATOR_7_DEFINITIONS)}, got: {definition!r}")
    published = published.reset_index(drop=True)
    concepts = {name: concept for name, concept in SURVEY_CONCEPTS.items() if concept.counted}
    asked = published["indicator"].str.match(r"q\d")
    answers = published[asked & published["concept"].isin(concepts)]
    reported = published[(published["unit"] != "%") | published["indicator"].isin(INDICATORS)]
    if "definition" not in published.columns:
        reported = reported.assign(definition="")
    percentages = _percentages(answers, concepts, definition)
    return pd.concat([percentages, reported.assign(base_note="")]).sort_index().reset_index(drop=True)


def indicator_6_bounds(published: pd.DataFrame) -> pd.DataFrame:
    """Bound the share who experienced harassment, bullying or abuse from managers or colleagues.

    The detailed workbooks publish the two questions apart. The share who experienced either is at least the larger of
    the two percentages and at most their sum (Fréchet's bounds); where in between is not published: no value is given.

    Parameters
    ----------
    published
        ``published`` as described in ``docs/tables.md``, with all answers on managers and on colleagues.

    Returns
    -------
    DataFrame
        One row a group: the keys, ``lower`` and ``upper`` in % (0-100), and the smaller ``base``. ``indicator`` is
        ``q14b or q14c``, not WRES 6.

    Raises
    ------
    ValueError
        If one of the two questions is missing for a group.

    References
    ----------
    Fréchet (1935), Généralisation du théorème des probabilités totales, Fundamenta Mathematicae 25.
    """
    percentages = survey_percentages(published)
    keys = [key for key in _KEYS if key in percentages.columns]
    managers, colleagues = (
        percentages[percentages["concept"] == concept].set_index(keys) for concept in ("hba_managers", "hba_colleagues")
    )
    if managers.empty or not managers.index.sort_values().equals(colleagues.index.sort_values()):
        raise ValueError(
            "published must hold the answers on managers and on colleagues for every group, "
            f"got: {len(managers)} rows on managers and {len(colleagues)} on colleagues"
        )
    colleagues = colleagues.loc[managers.index]
    bounds = managers.drop(columns=["value", "concept", "definition", "base_note"]).assign(
        indicator=BOUNDS_INDICATOR,
        question="Harassment, bullying or abuse from managers or other colleagues",
        lower=np.maximum(managers["value"], colleagues["value"]),
        upper=np.minimum(100.0, managers["value"] + colleagues["value"]),
        base=np.minimum(managers["base"], colleagues["base"]),
    )
    return bounds.reset_index()


def _percentages(answers: pd.DataFrame, concepts: dict[str, SurveyConcept], definition: str) -> pd.DataFrame:
    """Add up what is counted over what is left of 100 %, one row a question and key."""
    rules = _rules(concepts, definition)
    rule = pd.MultiIndex.from_frame(answers[["concept", "answer"]])
    counted = rules["counted"].reindex(rule, fill_value=0.0).to_numpy()
    left_out = rules["left_out"].reindex(rule, fill_value=0.0).to_numpy()
    keys = ["indicator", *(key for key in _KEYS if key in answers.columns)]
    row = answers.groupby(keys, sort=False, observed=True, dropna=False).ngroup().to_numpy()
    value = answers["value"].to_numpy()
    first = answers[~pd.Series(row, index=answers.index).duplicated()]
    _check_answers(first, np.bincount(row, weights=(counted != 0) | (left_out != 0)), concepts, definition)
    all_but = first["concept"].map(lambda name: concepts[name].counted == (NOT_NEVER,)).to_numpy(dtype=bool)
    numerator = np.bincount(row, weights=counted * value) + np.where(all_but, 100.0, 0.0)
    remaining = 100.0 - np.bincount(row, weights=left_out * value)
    fewer = np.bincount(row, weights=left_out) > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(remaining > 0, 100.0 * numerator / remaining, np.nan)
    named = first["concept"].map(lambda name: " or ".join(concepts[name].counted)).astype(str)
    return first.assign(
        answer=named.mask(first["indicator"].str.contains("_", regex=False), first["answer"]),
        value=share,
        base=np.where(fewer, np.floor(first["base"] * remaining / 100), first["base"]),
        definition=np.where(first["concept"] == "career_fairness", definition, ""),
        base_note=np.where(fewer, APPROXIMATE_BASE, ""),
    )


def _left_out(concept: SurveyConcept, definition: str) -> tuple[str, ...]:
    if concept.concept == "career_fairness" and definition == INDICATOR_7_DEFINITIONS[1]:
        return ("Don't know",)
    return concept.left_out


def _rules(concepts: dict[str, SurveyConcept], definition: str) -> pd.DataFrame:
    """Give each answer that matters its sign in the numerator and in what is left out."""
    signs: dict[tuple[str, str], tuple[float, float]] = {}
    for name, concept in concepts.items():
        if concept.counted == (NOT_NEVER,):
            signs[name, "Never"] = (-1.0, 0.0)
        else:
            signs.update({(name, answer): (1.0, 0.0) for answer in concept.counted})
        signs.update({(name, answer): (0.0, 1.0) for answer in _left_out(concept, definition)})
    return pd.DataFrame.from_dict(signs, orient="index", columns=["counted", "left_out"]).set_axis(
        pd.MultiIndex.from_tuples(signs)
    )


def _check_answers(first: pd.DataFrame, found: np.ndarray, concepts: dict[str, SurveyConcept], definition: str) -> None:
    """Refuse questions of which an answer is missing or there twice: their percentage would be wrong."""
    # A tick box prints one answer; its word differs between years, so the catalogue holds all of them.
    needed = first["concept"].map(lambda name: len(concepts[name].counted) + len(_left_out(concepts[name], definition)))
    wrong = found != np.where(first["indicator"].str.contains("_", regex=False), 1, needed)
    if wrong.any():
        row = first.iloc[int(wrong.argmax())]
        concept = concepts[row["concept"]]
        answers = ("Never",) if concept.counted == (NOT_NEVER,) else concept.counted
        who = " ".join(filter(None, (row["organisation"], row["group"])))
        raise ValueError(
            f"published must hold each of the answers {', '.join((*answers, *_left_out(concept, definition)))} once, "
            f"got: {int(found[wrong.argmax()])} of them for {row['indicator']} of {who}"
        )
