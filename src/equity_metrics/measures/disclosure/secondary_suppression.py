"""Withheld rows of linked tables in; further rows, so that nobody works out those that are withheld, out."""

from collections.abc import Iterator
from typing import NoReturn

import numpy as np
from tqdm.auto import tqdm

from equity_metrics.measures.disclosure.cell_names import TREE
from equity_metrics.measures.disclosure.complements import Withheld
from equity_metrics.measures.disclosure.disclosure_attack import searched
from equity_metrics.measures.disclosure.possible_tables import (
    WHOLE,
    Floats,
    Ints,
    Knowledge,
    Mask,
    known_limits,
    tightened,
)
from equity_metrics.measures.disclosure.protecting_cells import (
    FARTHER,
    Protection,
    farthest_missing,
    protection,
)
from equity_metrics.measures.disclosure.singletons import people_alone, small_to_keep, told_to_one

CELLS_AT_ONCE = 10_000
"""About so many cells are looked at in one programme: it takes hardly longer than for those of one tree."""
ALONE = 2.0
"""What it costs more, in parts of its price, to withhold a cell for each sum of places in which it would be alone."""
PATIENCE = 3
"""After so many rounds without progress a tree that still may give something away is withheld as a whole."""


def withhold_until_safe(withheld: Withheld, trees: Ints, bar: "tqdm[NoReturn]") -> None:
    """Withhold further rows until each hidden cell can have all counts that it must be able to have.

    Parameters
    ----------
    withheld
        What is withheld so far; more is added to it. A small cell is no longer said to be small where it could not be
        kept apart from other small cells that it is the sum of, or part of.
    trees
        Which trees to look at.
    bar
        Of progress; its total grows by the parts that are looked at.

    References
    ----------
    Kelly J P, Golden B L, Assad A A (1992). Networks 22: 397-417. Fischetti M, Salazar J J (2001). Management Science
    47: 1008-1027 (what is to be protected, and protecting and attacking in turn).
    """
    names = withheld.linked.names[:, TREE]
    summed = np.flatnonzero(abs(withheld.linked.sums).sum(axis=0) > 0)
    open_trees = np.intersect1d(trees, names[summed[withheld.hidden[summed] & ~withheld.given_up[summed]]])
    ours = summed[np.isin(names[summed], open_trees)]
    ours = ours[np.argsort(names[ours], kind="stable")]
    ends = np.flatnonzero(np.diff(names[ours], append=-1))
    parts = np.split(ours, ends[:-1][np.diff(ends // CELLS_AT_ONCE) > 0] + 1) if len(ours) else []
    bar.total = (bar.total or 0) + len(parts)
    for part in parts:
        _Suppression(withheld, np.sort(part)).withhold_until_safe()
        bar.update()


class _Suppression:
    """Some trees, and the whole tables that show which counts are possible in them."""

    def __init__(self, withheld: Withheld, cells: Ints) -> None:
        linked = withheld.linked
        self.withheld, self.cells, self.trees = withheld, cells, linked.names[cells, TREE]
        sums = linked.sums[:, cells]
        self.over_places = linked.over_places[np.flatnonzero(np.diff(linked.over_places[:, cells].indptr)), :]
        self.sums = sums[np.flatnonzero(np.diff(sums.indptr)), :]
        self.counts, self.thresholds = linked.counts[cells], withheld.thresholds[cells]
        self.person = people_alone(self.sums, self.counts)
        self.tables = self.counts.astype(np.int64)[None, :]
        self.limits = self.counts, self.counts

    @property
    def hidden(self) -> Mask:
        return self.withheld.hidden[self.cells]

    @property
    def small(self) -> Mask:
        return self.withheld.small[self.cells]

    def withhold_until_safe(self) -> None:
        """Protect from everybody, then from those who are alone in a cell, until nothing more is found."""
        looked_at = np.ones(len(self.cells), dtype=bool)
        while looked_at.any():
            self._withhold_from_everybody(looked_at)
            looked_at = self._withhold_from_those_alone(looked_at)

    def _withhold_from_everybody(self, looked_at: Mask) -> None:
        """Attack and protect in turn; what was safe once stays so when more is withheld."""
        stalled, before = 0, None
        while stalled < PATIENCE:
            unsafe, missing = self._attacked(looked_at)
            looked_at = np.isin(self.trees, self.trees[unsafe])
            for turn in self._one_of_each_tree(unsafe):
                self._protect(unsafe[turn])
            now = np.count_nonzero(self.withheld.rows), np.count_nonzero(self.small), len(unsafe), missing
            stalled = stalled + 1 if now == before else 0
            before = now
            if not len(unsafe):
                return
        self.withheld.give_up(self.cells[looked_at])

    def _withhold_from_those_alone(self, looked_at: Mask) -> Mask:
        """Attack with what one person knows, and protect, once; return which cells must be looked at again."""
        cells = np.flatnonzero(self.hidden & looked_at & ~self.withheld.given_up[self.cells])
        small = small_to_keep(self.counts, self.thresholds)
        known = self._known(cells)
        person, told, found = told_to_one(known, self.person[cells], small[cells], self.tables[:, cells])
        self._note(found, cells)
        order = np.argsort(told, kind="stable")
        person, told = person[order], cells[told[order]]
        hidden, said = self.hidden, self.small
        for turn in self._one_of_each_tree(told):
            self._protect_from_one(told[turn], np.isin(self.person, person[turn]))
        changed = self.trees[(self.hidden != hidden) | (self.small != said)]
        self.withheld.give_up(self.cells[np.isin(self.trees, np.setdiff1d(self.trees[told], changed))])
        return np.isin(self.trees, np.intersect1d(self.trees[told], changed))

    def _attacked(self, looked_at: Mask) -> tuple[Ints, int]:
        """List the hidden cells that were not seen with all wanted counts, and how many counts are missing."""
        said = known_limits(self.small, self.thresholds)
        widest = tightened(Knowledge(self.sums, self.sums @ self.counts, *said))
        self.limits = widest.least, widest.most
        cells = np.flatnonzero(self.hidden & looked_at)
        possible, found = searched(self._known(cells), self.small[cells], self.thresholds[cells], self.tables[:, cells])
        self._note(found, cells)
        return cells[~possible.safe()], int(possible.unsettled()[1].sum())

    def _note(self, found: Ints, cells: Ints) -> None:
        """Keep whole tables of some cells; the others are what they are."""
        tables = np.tile(self.tables[0], (len(found), 1))
        tables[:, cells] = found
        self.tables = np.vstack([self.tables, tables])

    def _known(self, cells: Ints) -> Knowledge:
        """Give what everybody knows of hidden cells of whole trees."""
        sums = self.sums[:, cells]
        limits = known_limits(self.small[cells], self.thresholds[cells])
        return Knowledge(sums, sums @ self.counts[cells], *limits)

    def _one_of_each_tree(self, cells: Ints) -> Iterator[Ints]:
        """Give places in a list of cells, each time at most one of each tree: most need nothing more after some."""
        trees = self.trees[cells]
        place = np.arange(len(cells)) - np.searchsorted(trees, trees)
        for turn in range(int(place.max(initial=-1)) + 1):
            yield np.flatnonzero(place == turn)

    def _protect(self, cells: Ints) -> None:
        """Withhold what lets cells, of different trees, have the counts that they must be able to have."""
        small = np.isin(self.trees, self.trees[cells[self.small[cells]]])
        nothing = np.zeros(len(self.cells), dtype=bool)
        up, up_price = self._towards(cells, self._ends(cells, 1), nothing)
        self._apply(up, small & np.isfinite(up_price))
        # A small cell needs every count, another one as many on one side or on the other: the cheaper one.
        left = cells[small[cells] | (up_price[cells] > 0)]
        down, down_price = self._towards(left, self._ends(left, -1), nothing)
        self._apply(down, small & np.isfinite(down_price))
        self._apply(up, ~small & (up_price <= down_price) & np.isfinite(up_price))
        self._apply(down, ~small & (down_price < up_price))

    def _protect_from_one(self, cells: Ints, known: Mask) -> None:
        """Withhold what lets cells, of different trees, have one more or one less while known ones stay as they are."""
        least, most = known_limits(self.small[cells], self.thresholds[cells])
        more, less = self.counts[cells] + 1, self.counts[cells] - 1
        up, up_price = self._towards(cells, np.where(more <= most, more, np.nan), known)
        down, down_price = self._towards(cells, np.where(less >= least, less, np.nan), known)
        self._apply(up, (up_price <= down_price) & np.isfinite(up_price))
        self._apply(down, down_price < up_price)

    def _ends(self, cells: Ints, way: int) -> Floats:
        """Find the farthest counts up or down that cells must be able to have and were not seen with, if any."""
        ends = [
            farthest_missing(
                int(self.counts[cell]),
                np.unique(self.tables[:, cell]),
                (self.limits[0][cell], self.limits[1][cell]),
                bool(self.small[cell]),
                int(self.thresholds[cell]),
                way,
            )
            for cell in cells
        ]
        return np.array(ends, dtype=float)

    def _towards(self, cells: Ints, ends: Floats, known: Mask) -> tuple[Protection, Floats]:
        """Find what moves with cells to their ends, and the price in each cell's tree, infinite if none gets there."""
        there, targets = cells[~np.isnan(ends)], ends[~np.isnan(ends)]
        price = np.full(len(self.cells), np.inf)
        if not len(there):
            return Protection(np.zeros(len(self.cells), dtype=bool), self.counts), price
        change = self._protection(there, targets, known)
        each = np.where(change.moved, np.where(self.hidden, FARTHER, self._cell_prices()), 0.0)
        each[there[np.abs(change.counts[there] - targets) > WHOLE]] = np.inf
        _, tree = np.unique(self.trees, return_inverse=True)
        ours = np.isin(self.trees, self.trees[there])
        price[ours] = np.bincount(tree, each)[tree][ours]
        return change, price

    def _protection(self, cells: Ints, targets: Floats, known: Mask, whole: bool = False) -> Protection:
        """Solve for the trees of some cells; the others, and known ones, stay what they are."""
        hidden, prices = self.hidden & ~known, np.where(known, np.inf, self._cell_prices())
        ours = np.flatnonzero(np.isin(self.trees, self.trees[cells]) & (hidden | np.isfinite(prices)))
        limits = known_limits(self.small[ours], self.thresholds[ours])
        at = np.searchsorted(ours, cells)
        part = protection(self.sums[:, ours], self.counts[ours], hidden[ours], limits, prices[ours], at, targets, whole)
        moved, counts = np.zeros(len(self.cells), dtype=bool), self.counts.copy()
        moved[ours], counts[ours] = part.moved, part.counts
        if whole:
            return Protection(moved, counts)
        # Parts of people move only in sums that cross each other: where that withholds nothing more it shows nothing.
        broken = np.unique(self.trees[np.abs(counts - np.rint(counts)) > WHOLE])
        again = np.isin(self.trees[cells], np.setdiff1d(broken, self.trees[moved]))
        if not again.any():
            return Protection(moved, counts)
        other, trees = self._protection(cells[again], targets[again], known, whole=True), self.trees[cells[again]]
        redone = np.isin(self.trees, trees)
        return Protection(np.where(redone, other.moved, moved), np.where(redone, other.counts, counts))

    def _cell_prices(self) -> Floats:
        """Give what it costs to hide each cell, more where it would be alone in a sum over organisations."""
        alone = abs(self.over_places) @ self.withheld.hidden.astype(float) == 0
        others = abs(self.over_places[:, self.cells]).T @ alone.astype(float)
        return self.withheld.cell_prices()[self.cells] * (1 + ALONE * others)

    def _apply(self, change: Protection, ours: Mask) -> None:
        """Withhold what moves in some trees, and note their tables where they are whole."""
        moved, hidden = change.moved & ours, self.hidden
        self.withheld.hide(self.cells[moved & ~hidden])
        self.withheld.small[self.cells[moved & hidden]] = False
        table = np.rint(change.counts)
        broken = self.trees[np.abs(change.counts - table) > WHOLE]
        table = np.where(ours & ~np.isin(self.trees, broken), table, self.counts)
        if (table != self.counts).any() and np.array_equal(self.sums @ table, self.sums @ self.counts):
            self.tables = np.vstack([self.tables, table.astype(np.int64)])
