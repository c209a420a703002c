"""Organisations and national values in; staff by category and band, and the flows that made them, out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from make_samples.groups import BME, GROUPS, group_shares
from make_samples.parameters import YEARS, value_of

BANDS = ("2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "VSM")
MEDICAL = ("Consultants", "Non-consultant career grade", "Trainee grades")
ALL_BANDS = (*BANDS, *MEDICAL)
SIZE = np.array([0.15, 0.12, 0.07, 0.2, 0.17, 0.1, 0.04, 0.015, 0.008, 0.005, 0.002, 0.003, 0.06, 0.02, 0.037])
"""Share of staff in each band; invented."""
STEEPNESS = np.array([1.0, 0.9, 0.7, 1.55, 1.1, 0.8, 0.62, 0.55, 0.5, 0.45, 0.42, 0.44, 1.35, 2.1, 1.5])
"""BME share of a band as a multiple of the organisation's; bands 5 and VSM as published for England in 2024."""
CLINICAL = np.array([0.6, 0.45, 0.4, 0.85, 0.85, 0.75, 0.6, 0.5, 0.4, 0.35, 0.3, 0.1])
LEAVING, PROMOTED = 0.1, 0.06
PROMOTED_BME = np.array([0.9] * 5 + [0.5] * 10)
"""How likely BME staff are to be promoted out of a band, as a multiple of White staff's chance; invented."""


@dataclass(frozen=True)
class Workforce:
    """Arrays (year, category, band): staff at 31 March, and what happened in the year that follows."""

    staff: np.ndarray
    joiners: np.ndarray
    promoted_in: np.ndarray
    promoted_out: np.ndarray
    leavers: np.ndarray
    clinical: np.ndarray


def drawn_workforce(organisation: pd.Series, values: pd.DataFrame, rng: np.random.Generator) -> Workforce:
    """Draw one organisation's staff, year by year.

    Next year's headcount is this year's + joiners + promoted in − promoted out − leavers, exactly.
    """
    national = value_of(values, "1", "BME share of workforce") / 100
    path = organisation["bme_share"] * national / national[-1]
    spread = rng.gamma(6, 1 / 6, 16)
    growth = (organisation["staff"] * 0.98 ** np.arange(len(YEARS))[::-1]).round().astype(int)
    staff = [rng.multinomial(growth[0], _cells(path[0], spread).ravel()).reshape(len(GROUPS), len(ALL_BANDS))]
    flows = []
    for year in range(1, len(YEARS)):
        flow = _year(staff[-1], growth[year], _cells(path[year], spread), rng)
        joiners, promoted_in, promoted_out, leavers = flow
        staff.append(staff[-1] + joiners + promoted_in - promoted_out - leavers)
        flows.append(flow)
    joiners, promoted_in, promoted_out, leavers = map(np.array, zip(*flows, strict=True))
    stock = np.array(staff)
    clinical = rng.binomial(stock[:, :, : len(BANDS)], CLINICAL)
    return Workforce(stock, joiners, promoted_in, promoted_out, leavers, clinical)


def _cells(bme_share: float, spread: np.ndarray) -> np.ndarray:
    """Wanted share of all staff in each category and band."""
    tilt = STEEPNESS / np.average(STEEPNESS, weights=SIZE)
    bands = np.clip(bme_share * tilt, 0.005, 0.95)
    return np.stack(
        [group_shares(share, spread) * size for share, size in zip(bands, SIZE / SIZE.sum(), strict=True)], 1
    )


def _year(staff: np.ndarray, target: int, wanted: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    leavers = rng.binomial(staff, LEAVING)
    chance = np.where(BME[:, None], PROMOTED * PROMOTED_BME, np.full(len(ALL_BANDS), PROMOTED))
    chance[:, len(BANDS) - 1 :] = 0
    promoted_out = rng.binomial(staff - leavers, chance)
    promoted_in = np.zeros_like(staff)
    promoted_in[:, 1:] = promoted_out[:, :-1]
    stayed = staff - leavers - promoted_out + promoted_in
    gap = np.clip(wanted * target - stayed, 0.02 * wanted * target, None)
    joiners = rng.multinomial(max(target - stayed.sum(), 0), (gap / gap.sum()).ravel()).reshape(staff.shape)
    return joiners, promoted_in, promoted_out, leavers
