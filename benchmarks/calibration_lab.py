"""Cells of the calibration for whole pages: the lab with the method that it proposes, and places to learn from."""

from collections import Counter
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from calibration_cells import Cell, chained, share
from equity_metrics.change.action_plans.places_to_learn_from import places_to_learn_from
from equity_metrics.change.agreed_effects import agreed_effects
from equity_metrics.change.interventions import Intervention

FULL_LAB, EFFECT, WORTHWHILE, SEED = 2_000, 1.6, 1.2, 20_250_401
FULL_PAGES = 1_000
REFERENCE_TIMES = 3
"""As many people in the reference as in the group."""


class Kind(NamedTuple):
    """What is counted: periods, the start, people of the group a period, how likely, and what is drawn around it."""

    name: str
    indicator: str
    periods: tuple[str, ...]
    start: int
    people: int
    chance: float


MONTHS = tuple(f"{2020 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}" for month in range(60))
YEARS = tuple(str(year) for year in range(2017, 2026))
KINDS = (
    Kind("shortlistings, 60 months", "2", MONTHS, 36, 60, 0.15),
    Kind("disciplinaries, 60 months", "3", MONTHS, 36, 800, 0.002),
    Kind("survey, 9 years", "8", YEARS, 6, 300, 0.15),
    Kind("survey, 9 years, few respondents", "8", YEARS, 6, 60, 0.15),
)
AROUND = ((0.0, 0.0, 0.0), (0.1, 0.15, 0.3))
"""SD of changes between places; SD and AR(1) of what moves a gap from period to period; all on the log scale."""


def lab_cells() -> list[Cell]:
    """Kinds of counts, 30 places or the place alone, without and with what moves gaps beside chance."""
    grid = [(kind, places, around) for kind in KINDS for places in (30, 1) for around in AROUND]
    return [partial(_lab, *values, number) for number, values in enumerate(grid)]


def counts_drawn(
    rng: np.random.Generator, kind: Kind, places: int, around: tuple[float, float, float], truth: float
) -> pd.DataFrame:
    """Draw counts of both groups in every place; the first place's gap is multiplied by ``truth`` from the start."""
    between, moved, correlation = around
    after = np.arange(len(kind.periods)) >= kind.start
    gap = rng.normal(0.3, 0.2, (places, 1)) + after * rng.normal(0, between, (places, 1))
    gap = gap + moved * chained(rng, (places, len(kind.periods)), correlation)
    gap[0] += after * np.log(truth)
    level = np.log(kind.chance) + rng.normal(0, 0.2, (places, 1)) + np.zeros(len(kind.periods))
    parts = []
    for group, people, logs in (("BME", kind.people, level + gap), ("White", REFERENCE_TIMES * kind.people, level)):
        chances = np.exp(logs) if kind.indicator == "3" else 1 / (1 + np.exp(-logs))
        place, period = np.indices(chances.shape)
        parts.append(
            pd.DataFrame(
                {
                    "organisation": np.char.add("P", place.ravel().astype(str)),
                    "period": np.array(kind.periods)[period.ravel()],
                    "group": group,
                    "numerator": rng.binomial(people, chances).ravel().astype(float),
                    "denominator": float(people),
                }
            )
        )
    whole = {"indicator": kind.indicator, "grouping": "White / BME", "level": "organisation", "source": "Synthetic"}
    return pd.concat(parts, ignore_index=True).assign(**whole)


def _lab(kind: Kind, places: int, around: tuple[float, float, float], number: int, most: int) -> dict[str, str]:
    runs, rng = min(FULL_LAB, most), np.random.default_rng([SEED, number])
    start = kind.periods[kind.start]
    trial = Intervention("Trial", start, "P0", kind.indicator, "higher", smallest_worthwhile=WORTHWHILE)
    rows = {
        truth: [agreed_effects(counts_drawn(rng, kind, places, around, truth), trial).iloc[0] for _ in range(runs)]
        for truth in (1.0, EFFECT)
    }
    proposed, times = Counter(row["compared_with"] for row in rows[1.0]).most_common(1)[0]
    verdicts = {truth: np.array([row["verdict"] for row in found]) for truth, found in rows.items()}
    held = [row["lower"] <= truth <= row["upper"] for truth, found in rows.items() for row in found if row["lower"] > 0]
    return {
        "what is counted": kind.name,
        "places": str(places),
        "SD between places; SD, AR(1) over time": f"{around[0]:g}; {around[1]:g}, {around[2]:g}",
        "runs": str(runs),
        "proposed, as a rule": f"{proposed} ({100 * times / runs:.0f} %)",
        'false "changed" %': share(verdicts[1.0] == "changed"),
        'false "no meaningful change" %': share(verdicts[EFFECT] == "no meaningful change"),
        "coverage %": share(np.array(held)),
        f'"changed" at ratio {EFFECT:g} %': share(verdicts[EFFECT] == "changed"),
    }


def learning_cells() -> list[Cell]:
    """Pages of 8 or 40 stable places, small and large, without and with what moves gaps beside chance."""
    sizes = ((60, 0.05), (60, 0.15), (300, 0.15), (2000, 0.02))
    grid = [(places, *size, moved) for places in (8, 40) for size in sizes for moved in (0.0, 0.2)]
    return [partial(_learning, *values, number) for number, values in enumerate(grid)]


def _learning(places: int, people: int, chance: float, moved: float, number: int, most: int) -> dict[str, str]:
    runs, rng = min(FULL_PAGES, most), np.random.default_rng([SEED, 1, number])
    kind = Kind("", "2", YEARS, len(YEARS), people, chance)
    pages = [counts_drawn(rng, kind, places, (0.0, moved, 0.0), 1.0) for _ in range(runs)]
    return {
        "places": str(places),
        "people of the group a year": str(people),
        "likelihood": f"{chance:g}",
        "SD over time": f"{moved:g}",
        "runs": str(runs),
        "false pages %": share(np.array([len(places_to_learn_from(page)) > 0 for page in pages])),
    }
