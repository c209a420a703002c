"""Counts of a group and its reference over time, drawn with a given dispersion and autocorrelation."""

from typing import NamedTuple

import numpy as np
from scipy import stats

from calibration_cells import chained

LENGTHS = {"9 years": (9, 6), "18 months": (18, 12), "36 months": (36, 24), "60 months": (60, 36)}
"""Periods in all, and before the start."""
EFFECT, REFERENCE_TIMES, PEOPLE, SEED = 1.5, 4, 1_000_000, 20_250_331


class Circumstances(NamedTuple):
    """Length, events of the group a period, variance over mean, AR(1) of the errors underneath."""

    length: str
    events: float
    dispersion: float
    correlation: float

    def words(self) -> dict[str, str]:
        """Columns that name the cell."""
        return {
            "length": self.length,
            "events a period": f"{self.events:g}",
            "dispersion, AR(1)": f"{self.dispersion:g}, {self.correlation:g}",
        }


def drawn(rng: np.random.Generator, runs: int, means: np.ndarray, dispersion: float, correlation: float) -> np.ndarray:
    """Draw counts: Poisson or negative binomial, joined by a normal copula with AR(1) errors."""
    chances = stats.norm.cdf(chained(rng, (runs, len(means)), correlation))
    counts = np.empty(chances.shape)
    for mean in np.unique(means):
        spread = stats.poisson(mean) if dispersion == 1 else stats.nbinom(mean / (dispersion - 1), 1 / dispersion)
        reach = int(mean + 12 * np.sqrt(mean * dispersion) + 40)
        steps = np.cumsum(spread.pmf(np.arange(reach)))
        counts[:, means == mean] = np.searchsorted(steps, chances[:, means == mean])
    return counts


def simulated(
    cell: Circumstances, effect: float, runs: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Draw both groups; return times, after, events and reference events."""
    periods, before = LENGTHS[cell.length]
    times = np.arange(periods)
    after = times >= before
    means = np.where(after, cell.events * effect, cell.events)
    own = drawn(rng, runs, means, cell.dispersion, cell.correlation)
    reference = drawn(rng, runs, np.full(periods, REFERENCE_TIMES * cell.events), cell.dispersion, cell.correlation)
    return times, after, own, reference


def log_gaps(own: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Log rate ratio of each period, as it is usually taken; 0.5 keeps it finite."""
    return np.log((own + 0.5) / (reference + 0.5) * REFERENCE_TIMES)
