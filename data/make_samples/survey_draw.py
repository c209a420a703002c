"""Organisations and a generator in; invented respondents, by organisation and ethnic group, and their answers out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import SURVEY_CATEGORIES, SURVEY_CATEGORIES_2025, wider_groups
from make_samples.survey_parameters import (
    ASKED,
    BME_SHARE,
    CLIMATE,
    EVERYBODY_ASKED,
    GROUP_SPREAD,
    OWN_GAP,
    OWN_LEVEL,
    RESPONSE_RATE,
    SCALES,
    Item,
    group_weights,
    items,
)


@dataclass(frozen=True)
class SurveyDraw:
    """One survey year of invented organisations; arrays are (organisation, group) or (organisation, group, answer)."""

    year: str
    organisations: pd.DataFrame
    groups: tuple[str, ...]
    is_bme: np.ndarray
    respondents: np.ndarray
    questions: tuple[Item, ...]
    chances: dict[str, np.ndarray]
    answers: dict[str, np.ndarray]
    scores: dict[str, np.ndarray]


def draw_survey(organisations: pd.DataFrame, rng: np.random.Generator, year: str) -> SurveyDraw:
    """Draw the answers of every ethnic group in every organisation.

    Parameters
    ----------
    organisations
        One row an organisation, with ``staff``.
    rng
        Where all chance comes from.
    year
        Survey year; from 2025 there are 19 ethnic groups.

    Returns
    -------
    SurveyDraw
    """
    weights = group_weights(year)
    wide = wider_groups(SURVEY_CATEGORIES_2025 if year >= "2025" else SURVEY_CATEGORIES, "White / BME")
    is_bme = np.array([wide[group] == "BME" for group in weights])
    n = len(organisations)
    respondents = _respondents(organisations["staff"].to_numpy(), np.array(list(weights.values())), is_bme, rng)
    climate = rng.normal(0, CLIMATE, n)[:, None]
    own_gap = rng.normal(0, OWN_GAP, n)[:, None] * is_bme
    by_group = _centred(rng.normal(0, GROUP_SPREAD, len(weights)), np.array(list(weights.values())), is_bme)
    chances, answers, scores = {}, {}, {}
    everything = items()
    for item in everything:
        sign = 1 if item.better == "higher" else -1
        level = np.where(is_bme, item.bme, item.white)
        effect = sign * (climate - own_gap + by_group) + rng.normal(0, OWN_LEVEL, n)[:, None]
        if item.scale == "score":
            scores[item.id] = np.clip(level + effect, 0, 10)
            continue
        counted = 1 / (1 + np.exp(-(np.log(level / (100 - level)) + effect)))
        chances[item.id] = np.stack(
            [(counted if part == "counted" else 1 - counted) * share for part, share in SCALES[item.scale].values()], -1
        )
        asked = rng.binomial(respondents, ASKED.get(item.id, EVERYBODY_ASKED))
        answers[item.id] = rng.multinomial(asked, chances[item.id])
    questions = tuple(item for item in everything if item.scale != "score")
    return SurveyDraw(year, organisations, tuple(weights), is_bme, respondents, questions, chances, answers, scores)


def _respondents(staff: np.ndarray, weights: np.ndarray, is_bme: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """How many people of each group answered in each organisation."""
    centre, spread = BME_SHARE
    logit = np.log(centre / (1 - centre)) + rng.normal(0, spread, len(staff))
    bme = 1 / (1 + np.exp(-logit))[:, None]
    shares = np.where(is_bme, bme * weights / weights[is_bme].sum(), (1 - bme) * weights / weights[~is_bme].sum())
    responded = rng.binomial(staff.astype(int), rng.uniform(*RESPONSE_RATE, len(staff)))
    return rng.multinomial(responded, shares)


def _centred(effects: np.ndarray, weights: np.ndarray, is_bme: np.ndarray) -> np.ndarray:
    """Effects whose weighted mean is 0 among White groups and among BME groups, so that their levels stay put."""
    white = np.average(effects[~is_bme], weights=weights[~is_bme])
    bme = np.average(effects[is_bme], weights=weights[is_bme])
    return effects - np.where(is_bme, bme, white)
