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
from equity_metrics.measures.disclosure.protecting_cells import FARTHER, Protection, protection

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
        self.tables = self.counts.astype(np.int64)[None, :]
        self.limits = self.counts, self.counts

    @property
    def hidden(self) -> Mask:
        return self.withheld.hidden[self.cells]

    @property
    def small(self) -> Mask:
        return self.withheld.small[self.cells]

    def withhold_until_safe(self) -> None:
        """Attack and protect in turn; what was safe once stays so when more is withheld."""
        looked_at, stalled, before = np.ones(len(self.cells), dtype=bool), 0, None
        while stalled < PATIENCE:
            unsafe, missing = self._attacked(looked_at)
            looked_at = np.isin(self.trees, self.trees[unsafe])
            for cells in self._one_of_each_tree(unsafe):
                self._protect(cells)
            now = np.count_nonzero(self.withheld.rows), np.count_nonzero(self.small), len(unsafe), missing
            stalled = stalled + 1 if now == before else 0
            before = now
            if not len(unsafe):
                return
        self.withheld.give_up(self.cells[looked_at])

    def _attacked(self, looked_at: Mask) -> tuple[Ints, int]:
        """List the hidden cells that were not seen with all wanted counts, and how many counts are missing."""
        said = known_limits(self.small, self.thresholds)
        widest = tightened(Knowledge(self.sums, self.sums @ self.counts, *said))
        self.limits = widest.least, widest.most
        cells = np.flatnonzero(self.hidden & looked_at)
        ours = self.sums[:, cells]
        known = Knowledge(ours, ours @ self.counts[cells], *known_limits(self.small[cells], self.thresholds[cells]))
        possible, found = searched(known, self.small[cells], self.thresholds[cells], self.tables[:, cells])
        tables = np.tile(self.tables[0], (len(found), 1))
        tables[:, cells] = found
        self.tables = np.vstack([self.tables, tables])
        return cells[~possible.safe()], int(possible.unsettled()[1].sum())

    def _one_of_each_tree(self, unsafe: Ints) -> Iterator[Ints]:
        """Give unsafe cells, each time at most one of each tree: most need nothing more once some are looked after."""
        trees = self.trees[unsafe]
        place = np.arange(len(unsafe)) - np.searchsorted(trees, trees)
        for turn in range(int(place.max(initial=-1)) + 1):
            yield unsafe[place == turn]

    def _protect(self, cells: Ints) -> None:
        """Withhold what lets cells, of different trees, have the counts that they must be able to have."""
        small = np.isin(self.trees, self.trees[cells[self.small[cells]]])
        up, up_price = self._towards(cells, 1)
        self._apply(up, small & np.isfinite(up_price))
        # A small cell needs every count, another one as many on one side or on the other: the cheaper one.
        left = cells[small[cells] | (up_price[cells] > 0)]
        down, down_price = self._towards(left, -1)
        self._apply(down, small & np.isfinite(down_price))
        self._apply(up, ~small & (up_price <= down_price) & np.isfinite(up_price))
        self._apply(down, ~small & (down_price < up_price))

    def _towards(self, cells: Ints, way: int) -> tuple[Protection, Floats]:
        """Find what moves with cells up or down, and the price in each cell's tree, infinite if none gets there."""
        ends = [(cell, end) for cell in cells if (end := self._end(cell, way)) is not None]
        price = np.full(len(self.cells), np.inf)
        if not ends:
            return Protection(np.zeros(len(self.cells), dtype=bool), self.counts), price
        there, targets = np.array(ends, dtype=np.int64).T
        change = self._protection(there, targets)
        each = np.where(change.moved, np.where(self.hidden, FARTHER, self._cell_prices()), 0.0)
        each[there[np.abs(change.counts[there] - targets) > WHOLE]] = np.inf
        _, tree = np.unique(self.trees, return_inverse=True)
        ours = np.isin(self.trees, self.trees[there])
        price[ours] = np.bincount(tree, each)[tree][ours]
        return change, price

    def _end(self, cell: int, way: int) -> int | None:
        """Find the farthest count up or down that a cell must be able to have and was not seen with."""
        t, seen, true = int(self.thresholds[cell]), np.unique(self.tables[:, cell]), int(self.counts[cell])
        if self.small[cell]:
            first = 1
        else:
            least, most = self.limits[0][cell], self.limits[1][cell]
            # Where what is said to be small leaves no room for t counts, that has to go.
            least, most = (least, most) if most - least >= t - 1 else (0, np.inf)
            runs = np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1)
            run = next(run for run in runs if true in run)
            first = int(min(run[0], most - t + 1) if way > 0 else max(run[-1], least + t - 1) - t + 1)
        missing = np.setdiff1d(np.arange(first, first + t - self.small[cell]), seen)
        missing = missing[missing * way > true * way]
        return int(missing[::-way][0]) if len(missing) else None

    def _protection(self, cells: Ints, targets: Ints, whole: bool = False) -> Protection:
        """Solve for the trees of some cells; the others stay what they are."""
        hidden, prices = self.hidden, self._cell_prices()
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
        other, trees = self._protection(cells[again], targets[again], whole=True), self.trees[cells[again]]
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
        if np.array_equal(self.sums @ table, self.sums @ self.counts):
            self.tables = np.vstack([self.tables, table.astype(np.int64)])
