"""Counts or relative likelihoods of many places in; each beside the limits of its peers out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, NUMBERS, rows_of
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.measures.estimates import reasons
from equity_metrics.measures.fairness.funnels import Funnel, likelihood_funnel, proportion_funnel
from equity_metrics.measures.fairness.overdispersion import WINSORISED
from equity_metrics.measures.proportions import SHARES

POSITIONS = (
    "above the outer limits",
    "above the inner limits",
    "below the outer limits",
    "below the inner limits",
    "within the limits",
)


def peer_funnels(table: pd.DataFrame, peers: str = "", share: float = WINSORISED) -> pd.DataFrame:
    """Place each organisation in the funnel of its peers, at 95 % and 99.8 %.

    Parameters
    ----------
    table
        Counts of rates, or relative likelihoods of counts (group / reference), of many organisations.
    peers
        Column whose values part the funnels, for example ``benchmarking_group`` or ``region``; empty for one funnel of
        all. Each period, indicator, group and other key has its own funnel anyhow.
    share
        Share at each end that is winsorised before the spread is estimated.

    Returns
    -------
    DataFrame
        ``table`` + ``value`` (as it was, or the proportion), ``target``, ``lower_95, upper_95, lower_998, upper_998``,
        ``phi``, ``tau2``, ``places`` (how many the funnel is made of) and ``position``, one of ``POSITIONS``, that of a
        ratio of 0 or infinity after half an event is added to each number. Withheld places have none of these and are
        not part of the funnel; a funnel needs two places.

    Raises
    ------
    ValueError
        If the table holds indicators 1 or 9, other measures, has been presented, or lacks the column ``peers``.

    References
    ----------
    See :mod:`equity_metrics.measures.fairness.funnels`.
    """
    compared = "measure" in table.columns
    rows = _ratios(table) if compared else rows_of(table, COUNTS)
    if rows["indicator"].isin(SHARES).any():
        raise ValueError("table must be of rates, got: indicators 1 or 9, which are shares")
    if peers and peers not in rows.columns:
        raise ValueError(f"peers must be a column of the table, got: {peers!r}")
    rows = rows.assign(withheld=reasons(rows, NUMBERS[COUNTS])).reset_index(drop=True)
    numbers = [*NUMBERS[COUNTS], *((f"reference_{number}" for number in NUMBERS[COUNTS]) if compared else ())]
    shown = (rows["withheld"] == "").to_numpy()
    made = np.full((10, len(rows)), np.nan)
    keys = [key for key in keys_among(rows.columns) if key != "organisation"]
    for _, funnel in rows[shown].groupby([*keys, *([peers] if peers else [])], dropna=False, observed=True):
        counts = funnel[numbers].to_numpy(float).T
        made[:, funnel.index] = _laid_out(
            likelihood_funnel(counts[0], counts[1], counts[2], counts[3], share)
            if compared
            else proportion_funnel(counts[0], counts[1], share)
        )
    columns = ("value", "placed", "target", "lower_95", "upper_95", "lower_998", "upper_998", "phi", "tau2", "places")
    placed = rows.assign(**dict(zip(columns, made, strict=True)))
    return placed.assign(position=_positions(placed)).drop(columns="placed")


def _ratios(table: pd.DataFrame) -> pd.DataFrame:
    if "heading" in table.columns or (table["measure"] != RELATIVE_LIKELIHOOD).any():
        raise ValueError("table must hold counts, or relative likelihoods before they are presented")
    return table.copy()


def _laid_out(funnel: Funnel) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """One row for each column of the table; where there are fewer than two places, only the value."""
    value = funnel.value
    numbers = (
        funnel.placed,
        funnel.target,
        *funnel.inner,
        *funnel.outer,
        *funnel.spread,
        float((~np.isnan(value)).sum()),
    )
    rows = np.stack([value, *(np.broadcast_to(number, value.shape) for number in numbers)])
    rows[1:] = np.where(rows[-1] >= 2, rows[1:], np.nan)
    return rows


def _positions(placed: pd.DataFrame) -> "pd.Series[str]":
    value = placed["placed"]
    position = np.select(
        [
            value > placed["upper_998"],
            value > placed["upper_95"],
            value < placed["lower_998"],
            value < placed["lower_95"],
            value.notna() & placed["lower_95"].notna(),
        ],
        POSITIONS,
        "",
    )
    return pd.Series(position, index=placed.index, dtype="str")
