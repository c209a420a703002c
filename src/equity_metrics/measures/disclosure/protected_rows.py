"""Rows that are released together and their own reasons in; all reasons, so that nothing can be worked out, out."""

from typing import NoReturn

import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.disclosure_policies import Protection
from equity_metrics.catalogue.ethnic_groups import WHITE_BME
from equity_metrics.measures.cells import SUPPRESSED_BY_SOURCE
from equity_metrics.measures.disclosure.cell_names import BREAKDOWNS, TREE
from equity_metrics.measures.disclosure.complements import Withheld, withhold_complements
from equity_metrics.measures.disclosure.linked_rows import LinkedRows, linked_rows
from equity_metrics.measures.disclosure.possible_tables import Ints, Mask
from equity_metrics.measures.disclosure.release_prices import release_prices
from equity_metrics.measures.disclosure.release_trees import BROKEN_DOWN_BY, HIGHER, INSIDE, SAME_PEOPLE
from equity_metrics.measures.disclosure.secondary_suppression import withhold_until_safe
from equity_metrics.measures.proportions import SHARES

SECONDARY = "withheld so that another cell cannot be worked out"
EITHER = "a small number, or withheld so that one cannot be worked out"
"""Said of every withheld row of a tree where it would give too much away to say which of them are small."""
MOSTLY_SMALL = "not broken down this far: too many of the numbers would be small"
MOST_SMALL = 1 / 3
"""If more of the rows of a grouping by band that count anybody are small, the whole breakdown is withheld."""
FEW = 2
"""If so many organisations, or fewer, lose a breakdown, the places that they add up to lose it too."""


def withheld_together(
    rows: pd.DataFrame, reasons: "pd.Series[str]", protections: tuple[Protection, ...], progress: bool = False
) -> "pd.Series[str]":
    """Withhold further rows until nobody who knows all released ones works out those that are withheld.

    Parameters
    ----------
    rows
        Complete rows of counts, of any indicators, groupings and levels.
    reasons
        Row by row why it is withheld because of its own numbers, empty where it is not.
    protections
        Of the audience.
    progress
        Whether to show a progress bar.

    Returns
    -------
    Series of str
        ``reasons`` with those of further rows.

    References
    ----------
    See :func:`equity_metrics.measures.disclosure.secondary_suppression.withhold_until_safe` and
    :func:`equity_metrics.measures.disclosure.complements.withhold_complements`.
    """
    rows = rows.reset_index(drop=True)
    found = pd.Series(reasons.to_numpy(), dtype="str")
    found = found.mask(_mostly_small(rows, found), MOSTLY_SMALL)
    bar: tqdm[NoReturn] = tqdm(desc="Protecting small numbers", unit="part", disable=not progress)
    with bar:
        for family in families(rows["indicator"]):
            ours = (rows["indicator"].isin(family) & (found != MOSTLY_SMALL)).to_numpy()
            own = found[ours].reset_index(drop=True)
            if (~own.isin(["", SUPPRESSED_BY_SOURCE])).any():
                found[ours] = _protected(rows[ours].reset_index(drop=True), own, protections, bar).to_numpy()
    return found.set_axis(reasons.index)


def families(indicators: "pd.Series[str]") -> list[tuple[str, ...]]:
    """List the indicators that are protected together, because they count the same people."""
    there = sorted(set(indicators))
    together = [tuple(i for i in family if i in there) for family in SAME_PEOPLE]
    alone = [(i,) for i in there if not any(i in family for family in SAME_PEOPLE)]
    return [family for family in together if family] + alone


def thresholds_of_cells(rows: pd.DataFrame, linked: LinkedRows, protections: tuple[Protection, ...]) -> Ints:
    """Give each cell its t: that of its policy, or for events without one that of the people; no event has none."""
    below = {(p.indicator, p.cell): p.below for p in protections}
    t = {c: [below.get((i, c), 0) for i in rows["indicator"]] for c in ("numerator", "denominator")}
    people, events = (np.maximum(np.array(t[c], dtype=np.int64), 1) for c in ("denominator", "numerator"))
    share = rows["indicator"].isin(SHARES).to_numpy()
    own = np.where(np.array(t["numerator"]) > 0, events, people)
    thresholds = np.ones(len(linked.counts), dtype=np.int64)
    for cells, of in (
        (linked.numerators, np.where(share | (rows["numerator"].to_numpy(float) > 0), own, 1)),
        (linked.denominators, np.where(share, own, people)),
    ):
        known = cells >= 0
        np.maximum.at(thresholds, cells[known], of[known])
    return thresholds


def small_cells(
    rows: pd.DataFrame, linked: LinkedRows, reasons: "pd.Series[str]", protections: tuple[Protection, ...]
) -> Mask:
    """Find the cells that the reason of some row says to be small."""
    small = np.zeros(len(linked.counts), dtype=bool)
    for protection in protections:
        cells = linked.numerators if protection.cell == "numerator" else linked.denominators
        said = (rows["indicator"] == protection.indicator) & (reasons == protection.reason) & (protection.reason != "")
        small[cells[said.to_numpy() & (cells >= 0)]] = True
    return small


def _protected(
    rows: pd.DataFrame, own: "pd.Series[str]", protections: tuple[Protection, ...], bar: "tqdm[NoReturn]"
) -> "pd.Series[str]":
    linked = linked_rows(rows)
    thresholds = thresholds_of_cells(rows, linked, protections)
    said = small_cells(rows, linked, own, protections)
    # By band, ward or gender too many numbers are small: to say which would take too many others with it.
    split = np.concatenate([linked.broken_down[axis] for axis in BREAKDOWNS])
    silent = np.isin(linked.names[:, TREE], linked.names[split, TREE])
    withheld = Withheld(linked, (own != "").to_numpy(), said & ~silent, thresholds, release_prices(rows, protections))
    safe = np.zeros(len(rows), dtype=bool), ~said
    while (withheld.rows != safe[0]).any():
        withhold_complements(withheld, linked.over_places)
        changed = linked.shows.T @ (withheld.rows != safe[0]).astype(float) + (withheld.small != safe[1])
        safe = withheld.rows.copy(), withheld.small.copy()
        withhold_until_safe(withheld, np.unique(linked.names[changed > 0, TREE]), bar)
    return _in_words(own, withheld, said, silent | withheld.given_up)


def _in_words(own: "pd.Series[str]", withheld: Withheld, said: Mask, silent: Mask) -> "pd.Series[str]":
    """Give each withheld row a reason that says no more than what was protected."""
    linked = withheld.linked
    quiet = linked.shows @ silent.astype(float) > 0
    unsaid = linked.shows @ (said & ~withheld.small).astype(float) > 0
    mine = (own != "") & (own != SUPPRESSED_BY_SOURCE)
    found = own.mask(withheld.rows & (~mine | unsaid) & (own != SUPPRESSED_BY_SOURCE), SECONDARY)
    return found.mask(withheld.rows & quiet & (own != SUPPRESSED_BY_SOURCE), EITHER)


def _mostly_small(rows: pd.DataFrame, reasons: "pd.Series[str]") -> "pd.Series[bool]":
    """Find breakdowns of a grouping by band, ward, gender and so on that would consist of small numbers mostly."""
    text = {c: rows[c].fillna("") for c in BROKEN_DOWN_BY if c in rows.columns}
    total = pd.Series(True, index=rows.index)
    for column, value in text.items():
        total &= value.isin({"band": ["", ALL_STAFF], "staff_group": ["", ALL_STAFF_GROUPS]}.get(column, [""]))
    table = [rows[c] for c in ("organisation", "period", "indicator", "grouping")]
    parts = ~total & (rows["grouping"] != WHITE_BME)
    somebody = parts & (rows["numerator"] != 0)
    share = (reasons != "").where(somebody).astype(float).groupby(table).transform("mean")
    with_total = total.groupby(table).transform("any")
    lost = parts & with_total & (share > MOST_SMALL)
    return (lost | parts & _leaves_few(rows, table, lost)) & (reasons != SUPPRESSED_BY_SOURCE)


def _leaves_few(rows: pd.DataFrame, table: list["pd.Series[str]"], lost: "pd.Series[bool]") -> "pd.Series[bool]":
    """Find rows of higher places that would give away the one or two organisations whose breakdown is withheld."""
    few = pd.Series(False, index=rows.index)
    inside = rows["level"].isin(INSIDE)
    for level in HIGHER:
        place = rows["organisation"].where(rows["level"] == level, "")
        if level in rows.columns:
            place = place.mask(inside, rows[level].fillna(""))
        elif level == HIGHER[-1]:
            place = place.mask(inside | (rows["level"] == level), level)
        keys = [place, *table[1:]]
        number = rows["organisation"].where(lost & inside).groupby(keys).transform("nunique")
        few |= (rows["level"] == level) & number.between(1, FEW)
    return few
