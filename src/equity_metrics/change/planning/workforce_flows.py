"""Rates of leaving, promotion and joining in; headcounts by band and group in the years to come out.

Bands keep their size, or grow as told. Who leaves, or is promoted out of a band, leaves a vacancy; vacancies are filled
from the top band down, some by promotion from the band below and the rest from outside.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.change.planning.flow_rates import FlowRates

Array = NDArray[np.float64]


class Projection(NamedTuple):
    """Headcounts to come: ``expected`` (years, bands, groups) and ``simulated`` (draws, years, bands, groups)."""

    years: tuple[int, ...]
    bands: tuple[str, ...]
    groups: tuple[str, ...]
    expected: Array
    simulated: Array
    basis: str


def projected_workforce(
    rates: FlowRates, drawn: FlowRates, years: int, *, runs: int = 1_000, seed: int = 0
) -> Projection:
    """Carry a workforce forward, once by expected flows and many times by chance.

    Parameters
    ----------
    rates
        One draw: the estimates, or what was assumed.
    drawn
        Many draws of the same; the same object again where rates are assumed, and then chance alone is simulated.
    years
        To carry it forward.
    runs, seed
        Of the simulation; draws of the rates are used in turn.

    Returns
    -------
    Projection
        The first year is the start itself.

    Raises
    ------
    ValueError
        If ``rates`` hold several draws or ``years`` is not above 0.

    References
    ----------
    Bartholomew, Forbes and McClean (1991), Statistical Techniques for Manpower Planning, chapter 4.
    """
    if len(rates.leaving) != 1:
        raise ValueError(f"rates must hold one draw, got: {len(rates.leaving)}")
    if years < 1:
        raise ValueError(f"years must be above 0, got: {years}")
    rng, turn = np.random.default_rng(seed), np.arange(runs) % len(drawn.leaving)
    size = rates.headcount.sum(axis=1)
    state = rates.headcount[None].copy()
    people = np.repeat(np.rint(rates.headcount)[None], runs, axis=0)
    expected, simulated = [state[0]], [people]
    for year in range(1, years + 1):
        wanted = size * (1 + rates.growth) ** year
        state = _year(state, wanted, rates, np.zeros(1, int), None)
        people = _year(people, np.rint(wanted), drawn, turn, rng)
        expected.append(state[0])
        simulated.append(people)
    return Projection(
        years=tuple(range(rates.start, rates.start + years + 1)),
        bands=rates.bands,
        groups=rates.groups,
        expected=np.stack(expected),
        simulated=np.stack(simulated, axis=1),
        basis=rates.basis,
    )


def workforce_trajectories(projection: Projection, *, confidence: float = 0.95) -> pd.DataFrame:
    """Lay a projection out as a table with limits.

    Parameters
    ----------
    projection
        From `projected_workforce`.
    confidence
        Share of the simulated futures between the limits.

    Returns
    -------
    pandas.DataFrame
        ``period, band, group, headcount, share, lower, upper, confidence, basis``; limits are of the share of the band.
    """
    index = pd.MultiIndex.from_product(
        [map(str, projection.years), projection.bands, projection.groups], names=["period", "band", "group"]
    )
    share, simulated = _shares(projection.expected), _shares(projection.simulated)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    lower, upper = np.quantile(simulated, tails, axis=0)
    columns = {"headcount": projection.expected, "share": share, "lower": lower, "upper": upper}
    table = pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index=index).reset_index()
    return table.assign(confidence=confidence, basis=projection.basis)


def parity_years(
    projection: Projection, group: str, *, target: float | None = None, confidence: float = 0.95
) -> pd.DataFrame:
    """Say when a group's share of each band first reaches a target.

    A small band can touch the target for one year by chance: read ``chance`` beside the expected ``year``.

    Parameters
    ----------
    projection
        From `projected_workforce`.
    group
        One of its groups.
    target
        Share, 0 to 1; None for the group's share of the whole workforce at the start.
    confidence
        Share of the simulated futures between the limits.

    Returns
    -------
    pandas.DataFrame
        ``band, target, share, year, lower, upper, chance, confidence, basis``: ``year`` by expected flows, missing
        where the target is not reached in the years at hand; ``upper`` is missing where too many futures do not reach
        it; ``chance`` is the share of futures that do.

    Raises
    ------
    ValueError
        If the group is not in the projection.
    """
    if group not in projection.groups:
        raise ValueError(f"group must be one of {', '.join(projection.groups)}, got: {group}")
    which = projection.groups.index(group)
    start = projection.expected[0]
    aim = float(start[:, which].sum() / start.sum()) if target is None else target
    share = _shares(projection.expected)[..., which]
    futures = _first_years(_shares(projection.simulated)[..., which] >= aim, projection.years)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    lower, upper = np.quantile(futures, tails, axis=0, method="higher")
    year = _first_years(share[None] >= aim, projection.years)[0]
    return pd.DataFrame(
        {
            "band": projection.bands,
            "target": aim,
            "share": share[0],
            "year": np.where(np.isfinite(year), year, np.nan),
            "lower": np.where(np.isfinite(lower), lower, np.nan),
            "upper": np.where(np.isfinite(upper), upper, np.nan),
            "chance": np.isfinite(futures).mean(axis=0),
            "confidence": confidence,
            "basis": projection.basis,
        }
    )


def _year(
    people: Array, wanted: Array, rates: FlowRates, turn: NDArray[np.int64], rng: np.random.Generator | None
) -> Array:
    """One year of flows, expected where there is no generator, whole people where there is; shape (runs, ...)."""
    leaving = rates.leaving[turn]
    left = people * leaving if rng is None else rng.binomial(people.astype(np.int64), leaving).astype(float)
    stay = people - left
    for band in range(len(rates.bands) - 1, -1, -1):
        vacancies = np.maximum(wanted[band] - stay[:, band].sum(axis=1), 0.0)
        inside = rates.inside[turn, band]
        if band:
            below = stay[:, band - 1]
            promoted = _shared(vacancies, inside, below * rates.promotion[turn, band - 1], below, rng)
            stay[:, band - 1] -= promoted
            stay[:, band] += promoted
            vacancies = vacancies - promoted.sum(axis=1)
        joining = rates.joining[turn, band]
        stay[:, band] += (
            vacancies[:, None] * joining if rng is None else rng.multinomial(vacancies.astype(np.int64), joining)
        )
    return stay


def _shared(
    vacancies: Array, inside: Array, weights: Array, available: Array, rng: np.random.Generator | None
) -> Array:
    """Promotions by group: no more than are there; what cannot be filled from below is left to be filled outside."""
    total = weights.sum(axis=1, keepdims=True)
    shares = np.where(total > 0, weights / np.where(total > 0, total, 1.0), 1 / weights.shape[1])
    if rng is None:
        wanted = (vacancies * inside)[:, None] * shares
    else:
        wanted = rng.multinomial(rng.binomial(vacancies.astype(np.int64), inside), shares).astype(float)
    return np.where(total > 0, np.minimum(wanted, available), 0.0)


def _shares(headcounts: Array) -> Array:
    totals = headcounts.sum(axis=-1, keepdims=True)
    return np.where(totals > 0, headcounts / np.where(totals > 0, totals, 1.0), np.nan)


def _first_years(reached: NDArray[np.bool_], years: tuple[int, ...]) -> Array:
    """First year in which each band is there, infinite where it never is; years on the second axis."""
    return np.where(reached.any(axis=1), np.array(years)[reached.argmax(axis=1)], np.inf)
