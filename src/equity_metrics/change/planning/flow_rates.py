"""Joiners, promotions and leavers by band and group in; rates of leaving, promotion and joining out, with draws."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from equity_metrics.catalogue.bands import BANDS

Array = NDArray[np.float64]

FLOW_COLUMNS = ("headcount", "joiners", "promoted_in", "leavers")
ADDED = 0.5
"""Added to every count when rates are drawn (Jeffreys), so that a flow that was not seen is not impossible."""


@dataclass(frozen=True)
class FlowRates:
    """How a workforce renews itself in a year; bands lowest first, one or many draws of every rate.

    ``headcount`` (bands, groups) is where it starts. ``leaving`` (draws, bands, groups) is per head a year.
    ``promotion`` (draws, bands, groups) weighs who is promoted out of a band. ``inside`` (draws, bands) is the share of
    a band's vacancies filled by promotion from the band below. ``joining`` (draws, bands, groups) divides the other
    vacancies between groups. ``growth`` (bands,) is yearly. ``basis`` says where the rates come from.
    """

    bands: tuple[str, ...]
    groups: tuple[str, ...]
    start: int
    headcount: Array
    leaving: Array
    promotion: Array
    inside: Array
    joining: Array
    growth: Array
    basis: str


def estimated_rates(flows: pd.DataFrame, *, growth: float = 0.0, draws: int | None = None, seed: int = 0) -> FlowRates:
    """Estimate rates from the flows of one organisation, all its years together.

    Parameters
    ----------
    flows
        ``period, band, group, headcount`` (at the start of the period), ``joiners, promoted_in, leavers``; one
        organisation, complete, bands of the catalogue.
    growth
        Yearly growth of every band; 0 keeps headcounts as they are.
    draws
        How often each rate is drawn from what the counts leave possible; None for the estimates themselves.
    seed
        Of the draws.

    Returns
    -------
    FlowRates
        Starting from the last period's headcount moved on by its flows.

    Raises
    ------
    ValueError
        If a column, a cell or a band is missing, a count is negative, or somebody is promoted into the lowest band.

    References
    ----------
    Bartholomew, Forbes and McClean (1991), Statistical Techniques for Manpower Planning, chapter 4 (renewal models).
    Jeffreys priors: Gelman et al. (2013), Bayesian Data Analysis, 2.8.
    """
    bands, groups, cells = _cells(flows)
    headcount, joiners, promoted_in, leavers = cells
    periods = sorted(flows["period"].astype(str).unique())
    exposure, joined, left = headcount.sum(axis=0), joiners.sum(axis=0), leavers.sum(axis=0)
    promoted = promoted_in.sum(axis=0)
    out = np.vstack([promoted[1:], np.zeros((1, len(groups)))])
    if draws is None:
        leaving = _divided(left, exposure)[None]
        promotion = _divided(out, exposure)[None]
        inside = _divided(promoted.sum(axis=1), (promoted + joined).sum(axis=1))[None]
        joining = _divided(joined, joined.sum(axis=1, keepdims=True), 1 / len(groups))[None]
    else:
        rng = np.random.default_rng(seed)
        shape = (draws, *exposure.shape)
        leaving = rng.beta(left + ADDED, np.maximum(exposure - left, 0) + ADDED, shape)
        promotion = rng.gamma(out + ADDED, 1 / np.maximum(exposure, 1.0), shape)
        inside = rng.beta(promoted.sum(axis=1) + ADDED, joined.sum(axis=1) + ADDED, shape[:2])
        gammas = rng.gamma(joined + ADDED, 1.0, shape)
        joining = gammas / gammas.sum(axis=2, keepdims=True)
    inside[:, 0] = 0.0
    following = headcount[-1] + joiners[-1] + promoted_in[-1] - leavers[-1]
    following -= np.vstack([promoted_in[-1, 1:], np.zeros((1, len(groups)))])
    if following.min() < 0:
        raise ValueError(f"flows must not take more people from a band than are there, got: {following.min():g} left")
    return FlowRates(
        bands=bands,
        groups=groups,
        start=int(periods[-1]) + 1,
        headcount=following,
        leaving=leaving,
        promotion=promotion,
        inside=inside,
        joining=joining,
        growth=np.full(len(bands), float(growth)),
        basis=f"estimated from {len(periods)} years of flows",
    )


def assumed_rates(
    headcount: pd.DataFrame,
    start: int,
    *,
    leaving: ArrayLike,
    promotion: ArrayLike,
    inside: ArrayLike,
    joining: ArrayLike,
    growth: ArrayLike = 0.0,
) -> FlowRates:
    """Take every rate as an argument, where the data hold no flows; whatever comes of them is called assumed.

    Parameters
    ----------
    headcount
        Index bands of the catalogue, columns groups.
    start
        Year of the headcount.
    leaving
        Per head a year; broadcasts to bands × groups, lowest band first.
    promotion
        How likely each head of a group is to be the one promoted, relative to the others of the band.
    inside
        Share of vacancies filled from the band below; broadcasts to bands.
    joining
        Share of each group among those who join from outside; broadcasts to bands × groups, adding up to 1.
    growth
        Yearly growth; broadcasts to bands.

    Returns
    -------
    FlowRates
        With one draw: no uncertainty about the rates is known.

    Raises
    ------
    ValueError
        If a rate is out of range or the shares of joiners do not add up to 1.
    """
    ordered = headcount.loc[_ordered(headcount.index)]
    shape = ordered.shape
    leave, promote, join = (np.broadcast_to(np.asarray(rate, float), shape) for rate in (leaving, promotion, joining))
    within, grow = (np.broadcast_to(np.asarray(rate, float), shape[:1]) for rate in (inside, growth))
    for name, rate in (("leaving", leave), ("inside", within), ("joining", join)):
        if rate.min() < 0 or rate.max() > 1:
            raise ValueError(f"{name} must be between 0 and 1, got: {rate.min():g} to {rate.max():g}")
    if promote.min() < 0:
        raise ValueError(f"promotion must not be negative, got: {promote.min():g}")
    if not np.allclose(join.sum(axis=1), 1):
        raise ValueError(f"joining must add up to 1 in every band, got: {join.sum(axis=1).min():g}")
    return FlowRates(
        bands=tuple(ordered.index),
        groups=tuple(ordered.columns),
        start=start,
        headcount=ordered.to_numpy(dtype=float),
        leaving=leave[None],
        promotion=promote[None],
        inside=np.concatenate([[0.0], within[1:]])[None],
        joining=join[None],
        growth=np.array(grow),
        basis="assumed",
    )


def _ordered(bands: pd.Index) -> list[str]:
    strangers = sorted(band for band in set(bands) if band not in BANDS or not BANDS[band].tier)
    if strangers:
        raise ValueError(f"band must be on the pay ladder, Under 1 to VSM, got: {', '.join(map(str, strangers))}")
    return sorted(bands, key=lambda band: BANDS[band].order)


def _cells(flows: pd.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...], Sequence[Array]]:
    """Bands in order, groups, and the four counts, each shaped (periods, bands, groups)."""
    missing = [column for column in ("period", "band", "group", *FLOW_COLUMNS) if column not in flows]
    if missing:
        raise ValueError(f"flows must have the columns {', '.join(missing)}, got: {', '.join(map(str, flows.columns))}")
    organisations = list(flows["organisation"].unique()) if "organisation" in flows else []
    if len(organisations) > 1:
        raise ValueError(f"flows must hold one organisation, got: {', '.join(map(str, organisations[:3]))}")
    if not flows["period"].astype(str).str.fullmatch(r"\d{4}").all():
        raise ValueError(f"period must be a year, got: {flows['period'].iloc[0]}")
    bands, groups = _ordered(pd.Index(flows["band"].unique())), sorted(flows["group"].unique())
    keys = [sorted(flows["period"].unique()), bands, groups]
    table = flows.set_index(["period", "band", "group"])[list(FLOW_COLUMNS)].astype("Float64")
    table = table.reindex(pd.MultiIndex.from_product(keys))
    if table.isna().any(axis=None):
        raise ValueError(f"flows must be complete, got: nothing for {table.index[table.isna().any(axis=1)][0]}")
    cells = table.to_numpy(dtype=float).reshape(*(len(key) for key in keys), len(FLOW_COLUMNS))
    if cells.min() < 0:
        raise ValueError(f"flows must not be negative, got: {cells.min():g}")
    if cells[:, 0, :, FLOW_COLUMNS.index("promoted_in")].any():
        raise ValueError(f"promoted_in must be 0 in the lowest band ({bands[0]}), got: people from below it")
    return tuple(bands), tuple(groups), [cells[..., column] for column in range(len(FLOW_COLUMNS))]


def _divided(events: Array, exposure: Array, otherwise: float = 0.0) -> Array:
    return np.where(exposure > 0, events / np.where(exposure > 0, exposure, 1.0), otherwise)
