"""Staff and national values in; monthly recruitment and disciplinaries, yearly training, survey and boards out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import SURVEY_CATEGORIES, WHITE_BME, groups_of, wider_groups
from make_samples.groups import APPOINTED, BME, DISCIPLINED, GROUPS, WHITE, factors
from make_samples.parameters import YEARS, value_of

MONTHS = tuple(str(month) for month in pd.period_range("2016-04", "2025-03", freq="M"))
"""Every month of WRES years 2017 to 2025."""
APPOINTED_WHITE, APPOINTED_UNKNOWN = 0.2, 0.12
SHORTLISTED_A_YEAR = 0.9
"""People shortlisted in a year as a multiple of staff; invented."""
DISCIPLINED_WHITE = 0.009
TRAINED_WHITE = 0.55
RESPONSE_RATE = 0.48
SURVEY_GROUPS = groups_of(SURVEY_CATEGORIES)
SURVEY_BME = np.array([wider_groups(SURVEY_CATEGORIES, WHITE_BME)[g] == "BME" for g in SURVEY_GROUPS])
SURVEY_OF = (0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 13, 15, 11, 17, 18, 18)
"""Position of each workforce category among the survey's; unknown ethnicity is not known there."""
BOARD = {"All members": 14, "Voting members": 11, "Executive members": 6}


def monthly_recruitment(
    staff: np.ndarray, values: pd.DataFrame, tilt: float, odds: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw people shortlisted and appointed, arrays (month, category).

    ``tilt`` is the organisation's own factor on the ratio; ``odds`` (month) multiplies the odds of BME candidates.
    """
    year = np.repeat(np.arange(len(YEARS)), 12)
    people = staff.sum(axis=2)
    expected = people * SHORTLISTED_A_YEAR / 12 * np.where(BME, 1.6, 1.0)
    shortlisted = rng.poisson(expected[year])
    ratio = value_of(values, "2", "white/BME") * tilt
    chance = np.where(BME, APPOINTED_WHITE / ratio[:, None] * factors(APPOINTED), APPOINTED_WHITE)
    chance[:, ~(WHITE | BME)] = APPOINTED_UNKNOWN
    changed = chance / (1 - chance)
    changed = changed[year] * np.where(BME, odds[:, None], 1.0)
    return shortlisted, rng.binomial(shortlisted, changed / (1 + changed))


def monthly_disciplinaries(
    staff: np.ndarray, values: pd.DataFrame, tilt: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw staff who entered the process, array (month, category); ``tilt`` (category) is the organisation's own."""
    ratio = value_of(values, "3", "BME/white")
    chance = np.where(BME, DISCIPLINED_WHITE * ratio[:, None] * factors(DISCIPLINED) * tilt, DISCIPLINED_WHITE) / 12
    year = np.repeat(np.arange(len(YEARS)), 12)
    cases = rng.binomial(staff.sum(axis=2)[year], chance[year])
    # Nobody is counted twice in a year beyond the group's own staff.
    return np.minimum(cases, staff.sum(axis=2)[year] // 12 + (staff.sum(axis=2)[year] > 0))


def yearly_training(staff: np.ndarray, values: pd.DataFrame, tilt: float, rng: np.random.Generator) -> np.ndarray:
    """Draw staff who accessed non-mandatory training, array (year, category)."""
    ratio = value_of(values, "4", "white/BME")[:, None]
    return rng.binomial(staff.sum(axis=2), np.where(BME, np.minimum(TRAINED_WHITE / ratio * tilt, 0.95), TRAINED_WHITE))


def yearly_survey(
    staff: np.ndarray, values: pd.DataFrame, spread: float, rng: np.random.Generator
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Draw answers to indicators 5 to 8: events and respondents, arrays (year, survey category)."""
    people = np.zeros((len(YEARS), len(SURVEY_GROUPS)), dtype=int)
    for category in range(len(GROUPS)):
        people[:, SURVEY_OF[category]] += staff.sum(axis=2)[:, category]
    arab = rng.binomial(people[:, 17], 0.3)
    travellers = rng.binomial(people[:, 3], 0.02)
    people[:, 17] -= arab
    people[:, 16] += arab
    people[:, 3] -= travellers
    people[:, 2] += travellers
    respondents = rng.binomial(people, RESPONSE_RATE)
    by_group = np.exp(rng.normal(0, 0.12, len(SURVEY_GROUPS)))
    answers = {}
    for indicator in ("5", "6", "7", "8"):
        white, bme = (value_of(values, indicator, group)[:, None] / 100 for group in ("white", "BME"))
        chance = np.where(SURVEY_BME, bme, white)
        odds = chance / (1 - chance) * np.exp(spread * (-1 if indicator == "7" else 1)) * by_group
        answers[indicator] = rng.binomial(respondents, odds / (1 + odds)), respondents
    return answers


def yearly_board(values: pd.DataFrame, factor: float, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw board members by category; executive and voting members are among all of them. Arrays (year, category)."""
    share = np.clip(value_of(values, "9", "BME share of board") / 100 * factor, 0.0, 0.6)
    members = np.zeros((3, len(YEARS), len(GROUPS)), dtype=int)
    for year, bme_share in enumerate(share):
        seats = BOARD["All members"]
        chosen = np.where(rng.random(seats) < bme_share, rng.choice(np.flatnonzero(BME), seats), 0)
        for part, size in enumerate(BOARD.values()):
            members[part, year] = np.bincount(chosen[:size], minlength=len(GROUPS))
    return dict(zip(BOARD, members, strict=True))
