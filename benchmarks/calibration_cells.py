"""What all cells of the calibration share: how many runs, noise that follows on, and a share with its error."""

from collections.abc import Callable

import numpy as np

Cell = Callable[[int], dict[str, str]]
"""Given the largest number of runs wanted, gives one row of words."""

FULL = 10_000


def share(hits: np.ndarray) -> str:
    """Per cent with two Monte Carlo errors; where none or all are hits, with the 95 % limit (rule of three)."""
    rate, runs = float(np.mean(hits)), len(hits)
    reach = 2 * np.sqrt(rate * (1 - rate) / runs) if 0 < rate < 1 else 3 / runs
    return f"{100 * rate:.1f} ± {100 * reach:.1f}"


def chained(rng: np.random.Generator, shape: tuple[int, ...], correlation: float) -> np.ndarray:
    """Draw standard normal noise with a first-order autocorrelation along the last axis."""
    noise = rng.normal(size=shape)
    for period in range(1, shape[-1]):
        noise[..., period] = correlation * noise[..., period - 1] + np.sqrt(1 - correlation**2) * noise[..., period]
    return noise
