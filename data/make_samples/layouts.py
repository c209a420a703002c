"""Arrays of one organisation in; its rows of the sample files out."""

import numpy as np
import pandas as pd

from make_samples.events import BOARD, MONTHS, SURVEY_GROUPS
from make_samples.groups import FIVE, GROUPS
from make_samples.long_layout import long_rows
from make_samples.parameters import YEARS
from make_samples.planted import SIMPSON_BANDS
from make_samples.workforce import ALL_BANDS, BANDS, Workforce

MONTHLY_FROM = "2020-04"
LEFT_OUT, IN_BASE = "Don't know left out", "Don't know in the base"
FIVE_NAMES = tuple(dict.fromkeys(FIVE))

Pair = tuple[np.ndarray, np.ndarray]
"""Numerators and denominators of the same shape."""


def yearly_rows(name: str, indicator: str, numerator: np.ndarray, denominator: np.ndarray) -> pd.DataFrame:
    """Lay out an indicator of the 16 workforce categories by WRES year."""
    return long_rows(name, indicator, YEARS, GROUPS, numerator, denominator)


def monthly_rows(name: str, indicator: str, numerator: np.ndarray, denominator: np.ndarray) -> pd.DataFrame:
    """Lay out the five groups by month, from the first month that the files hold."""
    start = MONTHS.index(MONTHLY_FROM)
    return long_rows(
        name, indicator, MONTHS[start:], FIVE_NAMES, *(_five(array[start:]) for array in (numerator, denominator))
    )


def recruitment_band_rows(name: str, appointed: np.ndarray, shortlisted: np.ndarray) -> pd.DataFrame:
    """Lay out indicator 2 of the last year by band, from arrays (category, band)."""
    return pd.concat(
        long_rows(name, "2", YEARS[-1:], GROUPS, appointed[:, i], shortlisted[:, i], band=band)
        for i, band in enumerate(SIMPSON_BANDS)
    )


def band_rows(name: str, workforce: Workforce) -> pd.DataFrame:
    """Lay out indicator 1 by band; bands without any staff are left out."""
    rows = [_share_rows(name, workforce.staff[:, :, i], band=band) for i, band in enumerate(ALL_BANDS)]
    return pd.concat(rows).query("denominator > 0")


def staff_group_rows(name: str, workforce: Workforce) -> pd.DataFrame:
    """Lay out indicator 1 of the last year by band and staff group; those without any staff are left out."""
    clinical, others = workforce.clinical, workforce.staff[:, :, : len(BANDS)] - workforce.clinical
    parts = [("Clinical", band, clinical[:, :, i]) for i, band in enumerate(BANDS)]
    parts += [("Non-clinical", band, others[:, :, i]) for i, band in enumerate(BANDS)]
    parts += [("Medical", band, workforce.staff[:, :, i]) for i, band in enumerate(ALL_BANDS) if band not in BANDS]
    rows = [_share_rows(name, people, band=band, staff_group=group) for group, band, people in parts]
    return pd.concat(rows).query(f"denominator > 0 and period == '{YEARS[-1]}'")


def survey_rows(name: str, answers: dict[str, Pair]) -> pd.DataFrame:
    """Lay out indicators 5 to 8; the definition of 7 changes with the WRES year 2022."""
    definition = np.array([LEFT_OUT if year <= 2021 else IN_BASE for year in YEARS])
    return pd.concat(
        long_rows(name, indicator, YEARS, SURVEY_GROUPS, *pair, definition=definition if indicator == "7" else "")
        for indicator, pair in answers.items()
    )


def board_rows(name: str, members: dict[str, np.ndarray]) -> pd.DataFrame:
    """Lay out indicator 9: all, voting and executive members."""
    return pd.concat(
        long_rows(name, "9", YEARS, GROUPS, persons, np.array(BOARD[part]), band=part)
        for part, persons in members.items()
    )


def flow_rows(name: str, workforce: Workforce) -> pd.DataFrame:
    """Lay out each year's staff and what happened in the year that follows, by band and the five groups."""
    names = ("headcount", "joiners", "promoted_in", "promoted_out", "leavers")
    arrays = (workforce.staff[:-1], workforce.joiners, workforce.promoted_in, workforce.promoted_out, workforce.leavers)
    index = pd.MultiIndex.from_product([YEARS[:-1], FIVE_NAMES, ALL_BANDS], names=["period", "group", "band"])
    columns = {column: _five(array).ravel() for column, array in zip(names, arrays, strict=True)}
    return pd.DataFrame(columns, index=index).reset_index().assign(organisation=name)


def _five(array: np.ndarray) -> np.ndarray:
    """Add the categories (second dimension) up to the five groups."""
    return np.stack([array[:, five == FIVE].sum(axis=1) for five in FIVE_NAMES], 1)


def _share_rows(name: str, people: np.ndarray, **columns: object) -> pd.DataFrame:
    return long_rows(name, "1", YEARS, GROUPS, people, people.sum(axis=1, keepdims=True), **columns)
