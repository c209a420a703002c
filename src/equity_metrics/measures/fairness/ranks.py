"""One value for each place in; its rank among its peers, with the ranks that the data allow, out."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.comparisons import GAP, RELATIVE_LIKELIHOOD
from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.intervals.intervals import Floats, Limits, normal_quantile, wilson
from equity_metrics.measures.intervals.ratios import koopman_ratio
from equity_metrics.measures.pairs import check_once
from equity_metrics.measures.proportions import SHARES, proportions

PLACES = ("organisation", "directorate", "ward")
"""Keys that tell places apart; all other keys must agree for two places to be ranked against each other."""
JOINT = "joint ranks from simultaneous intervals"

_OWN = ("numerator", "denominator")
_PAIR = (*_OWN, "reference_numerator", "reference_denominator")
_LIMITS: dict[str, tuple[Callable[..., Limits], tuple[str, ...]]] = {
    "": (wilson, _OWN),
    RELATIVE_LIKELIHOOD: (koopman_ratio, _PAIR),
    GAP: (newcombe_gap, _PAIR),
}


def ranks(table: pd.DataFrame, peers: str | None = None, confidence: float = 0.95) -> pd.DataFrame:
    """Rank places by a rate, gap or relative likelihood, with the interval of each rank.

    Parameters
    ----------
    table
        Counts of rates (complete or released), or gaps or relative likelihoods of them, of two or more places. Those
        are ranked against each other that agree in every key but the place.
    peers
        Column that names whom a place is ranked among, for example ``benchmarking_group`` or ``region``; all places of
        the table without it.
    confidence
        That every true rank of one ranking lies in its interval; between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        The rows in the order given (never sorted by rank) + ``rank`` (1 is the lowest value; equal values share the
        lowest of their ranks), ``rank_lower``, ``rank_upper`` (missing where there is no rank), ``ranked`` (how many
        places the ranking holds) and ``rank_method``. Counts get the columns of their proportions too. A withheld
        value, and one that is not known, has no rank and takes nobody else's.

    Raises
    ------
    ValueError
        If the table holds shares (indicators 1 and 9: full counts), comparisons without counts, a place twice, or no
        column of peers.

    References
    ----------
    Klein M, Wright T, Wieczorek J (2020). A joint confidence region for an overall ranking of populations. Journal of
    the Royal Statistical Society C 69: 589-606. The intervals that it starts from hold together by
    Šidák Z (1967), Journal of the American Statistical Association 62: 626-633.
    """
    normal_quantile(confidence)
    rows = _valued(table)
    unit = _unit(rows, peers)
    shown = ((rows["withheld"] == "") & rows["value"].notna()).to_numpy()
    ranked = pd.Series(shown).groupby(unit).transform("sum").to_numpy(int)
    lower, upper = _simultaneous(rows, shown, ranked, confidence)
    found = np.full((3, len(rows)), np.nan)
    for places in pd.Series(np.flatnonzero(shown)).groupby(unit[shown]).indices.values():
        here = np.flatnonzero(shown)[places]
        found[0, here] = pd.Series(rows["value"].to_numpy(float)[here]).rank(method="min")
        found[1:, here] = rank_limits(lower[here], upper[here])
    rank, rank_lower, rank_upper = (pd.array(numbers, dtype="Int64") for numbers in found)
    return rows.assign(rank=rank, rank_lower=rank_lower, rank_upper=rank_upper, ranked=ranked, rank_method=JOINT)


def rank_limits(lower: Floats, upper: Floats) -> Limits:
    """Find the ranks that the intervals of all places allow each of them.

    Parameters
    ----------
    lower, upper
        Limits of every place of one ranking, which hold together with the confidence that the ranks are to have.

    Returns
    -------
    lower, upper : arrays of float
        One more than the places that lie wholly below; the number of places less those that lie wholly above.

    References
    ----------
    As :func:`ranks`.
    """
    below = np.searchsorted(np.sort(upper), lower, side="left")
    above = len(lower) - np.searchsorted(np.sort(lower), upper, side="right")
    return np.asarray(1.0 + below), np.asarray(float(len(lower)) - above)


def _valued(table: pd.DataFrame) -> pd.DataFrame:
    """Refuse what cannot be ranked; give counts their proportions."""
    rows = table if "measure" in table.columns else proportions(table)
    shares = sorted(set(rows["indicator"]) & set(SHARES))
    if shares:
        raise ValueError(f"table must be of rates, got: indicator {shares[0]}, a share")
    if "measure" in rows.columns:
        measures = ", ".join(rows["measure"].unique())
        must = f"table must hold one measure of counts, {GAP} or {RELATIVE_LIKELIHOOD}"
        if measures not in _LIMITS:
            raise ValueError(f"{must}, got: {measures or 'none'}")
        if not set(_PAIR) <= set(rows.columns):
            raise ValueError(f"{must}, got: a {measures} without counts")
    return rows.reset_index(drop=True)


def _unit(rows: pd.DataFrame, peers: str | None) -> NDArray[np.int64]:
    """Give each row the number of its ranking: that of its peers, and of every key but the place."""
    keys = [key for key in (*keys_among(rows.columns), "reference") if key in rows.columns]
    check_once(rows.assign(**{key: rows[key].fillna("") for key in keys}), keys)
    shared = [key for key in keys if key not in PLACES]
    if peers is not None:
        if peers not in rows.columns:
            raise ValueError(f"peers must be a column of the table, got: {peers!r}")
        nameless = rows[peers].fillna("") == ""
        if nameless.any():
            raise ValueError(
                f"{peers} must be given for every place, got: none for {rows.loc[nameless, PLACES[0]].iloc[0]}"
            )
        shared.append(peers)
    number = rows.groupby(shared, sort=False, observed=True, dropna=False).ngroup()
    return np.asarray(number, dtype=np.int64)


def _simultaneous(rows: pd.DataFrame, shown: NDArray[np.bool_], ranked: NDArray[np.int64], confidence: float) -> Limits:
    """Give each place the interval that holds together with those of all the others, which are independent of it."""
    method, numbers = _LIMITS[rows["measure"].iloc[0] if "measure" in rows.columns else ""]
    counted = [rows[column].to_numpy(float) for column in numbers]
    lower, upper = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for places in np.unique(ranked[shown]):
        here = shown & (ranked == places)
        lower[here], upper[here] = method(*(array[here] for array in counted), confidence ** (1 / places))
    return lower, upper
