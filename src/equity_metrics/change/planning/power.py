"""An organisation's own baseline in; the chance of an answer, how long it takes and what can be decided today out.

The test is simulated, not approximated: counts are drawn like those of the baseline, overdispersion included, before
and after a start, and the change of the gap is tested on the totals of both times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from equity_metrics.change.between_places.panels import PAIR_COLUMNS, Ratio, paired_counts

Array = NDArray[np.float64]

LEAST_EVENTS = 5
"""Fewest events in each group's baseline from which a simulation says anything about it."""


@dataclass(frozen=True)
class OwnBaseline:
    """What a simulation keeps of a baseline: its length, people and events a period, and variation beyond chance.

    ``people`` and ``shares`` hold the group first and the reference second; ``dispersion`` is at least 1.
    """

    periods: int
    people: tuple[int, int]
    shares: tuple[float, float]
    dispersion: float


def own_baseline(counts: pd.DataFrame, place: str, group: str, reference: str) -> OwnBaseline:
    """Learn from the periods at hand what the coming ones will look like.

    Parameters
    ----------
    counts
        One indicator, complete; the baseline of one place is used.
    place
        Its organisation.
    group, reference
        The two groups.

    Returns
    -------
    OwnBaseline
        With dispersion from how the group's part of each period's events varies, so that what moves both groups
        together (seasons, a change of rules) is not taken for it; 1 for one period.

    Raises
    ------
    ValueError
        If the place is absent, counts are incomplete, or a group has too few events to learn from.
    """
    pairs = paired_counts(counts[counts["organisation"] == place], group, reference)
    x1, n1, x0, n0 = (pairs[column].to_numpy() for column in PAIR_COLUMNS)
    events, people = np.stack([x1, x0]), np.stack([n1, n0])
    fewest = int(events.sum(axis=1).min())
    if fewest < LEAST_EVENTS:
        raise ValueError(f"counts must hold at least {LEAST_EVENTS} events in each group's baseline, got: {fewest}")
    shares = events.sum(axis=1) / people.sum(axis=1)
    weights = people * shares[:, None]
    part, total = weights[0] / weights.sum(axis=0), events.sum(axis=0)
    chance = total * part * (1 - part) * (1 - total / people.sum(axis=0))
    squares = (events[0] - total * part) ** 2 / np.maximum(chance, 1e-300)
    own, other = (round(mean) for mean in people.mean(axis=1).tolist())
    return OwnBaseline(
        periods=len(pairs),
        people=(own, other),
        shares=(float(shares[0]), float(shares[1])),
        dispersion=max(1.0, float(squares.sum()) / (len(pairs) - 1)) if len(pairs) > 1 else 1.0,
    )


def simulated_tests(
    baseline: OwnBaseline, effect: float, longest: int, *, ratio: Ratio, runs: int = 2_000, seed: int = 0
) -> tuple[Array, Array]:
    """Draw baselines and futures with an effect, and test the gap after every period.

    Parameters
    ----------
    baseline
        From `own_baseline`.
    effect
        True ratio of ratios from the start on; 1 for none.
    longest
        Periods after the start.
    ratio
        `ODDS_RATIO` or `RELATIVE_LIKELIHOOD`.
    runs, seed
        Of the simulation.

    Returns
    -------
    estimates, errors : ndarray
        Log ratio of ratios and its standard error, dispersion included, shape (runs, longest).

    References
    ----------
    Williams (1982), Applied Statistics 31: 144-148 (beta-binomial overdispersion); log ratios with a half added as in
    `panels`.
    """
    rng = np.random.default_rng(seed)
    moved = float(ratio.moved(baseline.shares[0], log(effect)))
    totals = []
    for people, old, new in zip(baseline.people, baseline.shares, (moved, baseline.shares[1]), strict=True):
        before = _draws(rng, people, old, baseline.dispersion, (runs, baseline.periods)).sum(axis=1, keepdims=True)
        after = _draws(rng, people, new, baseline.dispersion, (runs, longest)).cumsum(axis=1)
        totals.append((before, people * baseline.periods, after, people * np.arange(1, longest + 1)))
    (a0, n0, a1, n1), (c0, m0, c1, m1) = totals
    old_values, old_variances = ratio.logs(a0, n0, c0, m0)
    new_values, new_variances = ratio.logs(a1, n1, c1, m1)
    return new_values - old_values, np.sqrt(baseline.dispersion * (old_variances + new_variances))


def power_curves(
    baseline: OwnBaseline,
    effects: Sequence[float],
    longest: int,
    *,
    ratio: Ratio,
    confidence: float = 0.95,
    runs: int = 2_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Chance of finding each effect, in its own direction, after each number of periods.

    Parameters
    ----------
    baseline, longest, ratio, runs, seed
        As in `simulated_tests`.
    effects
        True ratios of ratios.
    confidence
        Of the two-sided test.

    Returns
    -------
    pandas.DataFrame
        ``effect, periods, power, monte_carlo_error``.
    """
    needed, tables = norm.ppf((1 + confidence) / 2), []
    for effect in effects:
        estimates, errors = simulated_tests(baseline, effect, longest, ratio=ratio, runs=runs, seed=seed)
        found = estimates / errors * (-1 if effect < 1 else 1) >= needed
        power = found.mean(axis=0)
        tables.append(
            pd.DataFrame(
                {
                    "effect": effect,
                    "periods": np.arange(1, longest + 1),
                    "power": power,
                    "monte_carlo_error": np.sqrt(power * (1 - power) / runs),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def detectable_effects(
    baseline: OwnBaseline,
    longest: int,
    *,
    ratio: Ratio,
    higher: bool,
    power: float = 0.8,
    confidence: float = 0.95,
    runs: int = 1_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Smallest effect that would be found with a given power after each number of periods.

    Parameters
    ----------
    baseline, longest, ratio, confidence, runs, seed
        As in `power_curves`.
    higher
        True if the ratio should rise.
    power
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        ``periods, effect``; missing where not even a tenfold change would be found.
    """
    grid = np.exp(np.linspace(log(1.02) ** 0.5, log(10) ** 0.5, 24) ** 2) ** (1 if higher else -1)
    curves = power_curves(baseline, grid.tolist(), longest, ratio=ratio, confidence=confidence, runs=runs, seed=seed)
    table = np.maximum.accumulate(curves["power"].to_numpy().reshape(len(grid), longest), axis=0)
    logs = [float(np.interp(power, column, np.log(grid))) if column[-1] >= power else np.nan for column in table.T]
    return pd.DataFrame({"periods": np.arange(1, longest + 1), "effect": np.exp(logs)})


def _draws(
    rng: np.random.Generator, people: int, share: float, dispersion: float, shape: tuple[int, int]
) -> NDArray[np.int64]:
    """Binomial counts, or beta-binomial ones whose variance is so many times as large."""
    if dispersion <= 1 or people <= dispersion:
        return rng.binomial(people, share, shape)
    concentration = (people - dispersion) / (dispersion - 1)
    shares = rng.beta(share * concentration, (1 - share) * concentration, shape)
    return rng.binomial(people, shares)
