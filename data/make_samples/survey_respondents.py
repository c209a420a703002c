"""A draw of the survey in; one invented person a row, with ethnic category code, answers and weight, out."""

import numpy as np
import pandas as pd
from scipy.special import ndtr

from make_samples.survey_draw import SurveyDraw
from make_samples.survey_parameters import SCALES
from make_samples.survey_sheets import number

ORGANISATIONS = 2
PEOPLE = 1200
"""About the size of the two organisations whose records are written out."""
TRAIT = 0.6
"""How alike the answers of one person are: correlation of the scores behind them with the person's own (invented)."""
NOT_ANSWERED, NO_CODE = 0.015, 0.03
RECORDED = ("YOUR ORGANISATION", "HEALTH WELLBEING SAFETY")
LEFT_OUT = ("hba_reported", "discrimination_ethnicity", "thinks_about_leaving", "will_look_for_job", "will_leave")


def respondent_records(draw: SurveyDraw, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the people of two organisations.

    Parameters
    ----------
    draw
        The answers; the two organisations with nearest to 1,200 respondents are taken.
    rng
        Where all chance comes from.

    Returns
    -------
    DataFrame
        ``organisation, period, ethnic_group, weight, source`` and a column for each question, answers in words; what
        was not answered is empty.
    """
    distance = np.abs(draw.respondents.sum(1) - PEOPLE)
    chosen = np.sort(np.argsort(distance, kind="stable")[:ORGANISATIONS])
    place = np.repeat(chosen, draw.respondents[chosen].sum(1))
    group = np.concatenate([np.repeat(np.arange(len(draw.groups)), draw.respondents[o]) for o in chosen])
    order = rng.permutation(len(place))
    place, group = place[order], group[order]
    code = pd.Series(group + 1, dtype="Int64").mask(rng.random(len(group)) < NO_CODE)
    trait = rng.normal(size=len(place))
    records: dict[str, object] = {
        "organisation": draw.organisations["organisation"].to_numpy()[place],
        "period": draw.year,
        "ethnic_group": code,
    }
    for item in draw.questions:
        if item.section not in RECORDED or item.id in LEFT_OUT:
            continue
        sign = 1 if item.better == "higher" else -1
        score = TRAIT * trait + np.sqrt(1 - TRAIT**2) * rng.normal(size=len(place))
        # Answers run from low to high, and a person who fares well gives high answers where higher is better.
        rank = ndtr(sign * score)[:, None]
        names, chances = _from_low_to_high(item.scale, draw.chances[item.id][place, group])
        answer = names[np.minimum((rank > np.cumsum(chances, axis=1)).sum(1), len(names) - 1)]
        records[number(item, draw.year).lower()] = np.where(rng.random(len(place)) < NOT_ANSWERED, "", answer)
    records["weight"] = np.round(rng.uniform(0.6, 1.6, len(place)), 2)
    records["source"] = "Synthetic respondents"
    return pd.DataFrame(records)


def _from_low_to_high(scale: str, chances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Answers of a scale in the order of what is counted, last where it is."""
    parts = [part for part, _ in SCALES[scale].values()]
    order = np.argsort([part == "counted" for part in parts], kind="stable")
    return np.array(list(SCALES[scale]))[order], chances[:, order]
