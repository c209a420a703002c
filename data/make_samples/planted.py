"""What is planted in the samples on purpose, so that methods can be seen to find what is there and not what is not."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from make_samples.events import MONTHS
from make_samples.groups import BME, FIVE, WHITE

WORKED, SIMPSON, OPPOSITE = 0, 1, 2
"""Positions of the organisations with a programme that worked, with a reversed ratio, and with opposite stories."""
WORKED_FROM, WORKED_ODDS = "2023-04", 1.7
PROGRAMME_WITHOUT_EFFECT = "2023-07"
SIMPSON_BANDS = ("2", "5", "6", "7", "8a")
SIMPSON_CHANCE = np.array([0.4, 0.12, 0.12, 0.18, 0.25])
SIMPSON_ADVANTAGE = 1.3
"""In every band BME candidates are this much likelier to be appointed; most of them apply where few are appointed."""
SIMPSON_WHITE = np.array([0.5, 0.15, 0.15, 0.1, 0.1])
SIMPSON_BME = np.array([0.08, 0.45, 0.35, 0.08, 0.04])


@dataclass(frozen=True)
class Planted:
    """One planted fact."""

    organisation: str
    what: str
    indicator: str
    start: str
    true_effect: str


def odds_by_month(position: int) -> np.ndarray:
    """Factor on the odds of appointment of BME candidates, by month."""
    after = np.array(MONTHS) >= WORKED_FROM
    return np.where(after & (position == WORKED), WORKED_ODDS, 1.0)


def disciplinary_tilt(position: int, rng: np.random.Generator) -> np.ndarray:
    """Organisation's own factor on disciplinaries by category; opposite for Black and Asian staff in one."""
    own = np.exp(rng.normal(0, 0.25))
    if position != OPPOSITE:
        return np.full(len(FIVE), own)
    return np.select([FIVE == "Black or Black British", FIVE == "Asian or Asian British"], [1.7, 0.55], 0.95)


def reversed_by_band(shortlisted: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Split a year's shortlisted (category) over bands so that the crude ratio reverses: (category, band) arrays."""
    split = np.where(BME[:, None], SIMPSON_BME, SIMPSON_WHITE)
    by_band = np.array([rng.multinomial(n, p) for n, p in zip(shortlisted, split, strict=True)])
    chance = np.where(BME[:, None], SIMPSON_CHANCE * SIMPSON_ADVANTAGE, SIMPSON_CHANCE)
    return by_band, rng.binomial(by_band, chance)


def ordinary_by_band(
    shortlisted: np.ndarray, appointed: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Split a year's shortlisted and appointed (category) over bands without changing their sums."""
    share = np.array([0.3, 0.28, 0.22, 0.14, 0.06])
    events = np.array([rng.multinomial(n, share) for n in appointed])
    others = np.array([rng.multinomial(n, share) for n in shortlisted - appointed])
    return events + others, events


def chosen_for_a_bad_year(cases: np.ndarray, people: np.ndarray, at_least: int) -> int:
    """Find the organisation whose BME / White ratio was by chance the highest in a year, among those with enough cases.

    ``cases`` and ``people`` are arrays (organisation, category) of that year.
    """
    x1, x0 = cases[:, BME].sum(axis=1), cases[:, WHITE].sum(axis=1)
    n1, n0 = people[:, BME].sum(axis=1), people[:, WHITE].sum(axis=1)
    ratio = (x1 / np.maximum(n1, 1)) / np.maximum(x0 / np.maximum(n0, 1), 1e-9)
    return int(np.where((x1 >= at_least) & (x0 >= at_least), ratio, 0).argmax())


def planted_table(facts: list[Planted]) -> pd.DataFrame:
    """Lay out the planted facts, one row each."""
    return pd.DataFrame([vars(fact) for fact in facts])
