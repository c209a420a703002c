"""A complete linked table and its small cells in; what else to withhold so that nobody works them out, out."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import sparse

from equity_metrics.measures.disclosure.disclosure_attack import searched
from equity_metrics.measures.disclosure.linked_tables import COUNT, Dimensions, check_sums, thresholds_of
from equity_metrics.measures.disclosure.possible_counts import PossibleCounts
from equity_metrics.measures.disclosure.possible_tables import (
    Floats,
    Ints,
    Mask,
    any_table,
    attackers_knowledge,
    knowledge_blocks,
    known_limits,
)
from equity_metrics.measures.disclosure.protecting_cells import Protection, protection

SECONDARY = "withheld so that another cell cannot be worked out"
PRICE_OF_A_TOTAL, PRICE_OF_A_ZERO, PRICE_OF_TENFOLD = 0.5, 0.5, 0.1
"""Added to the price of 1 for withholding a cell: totals and larger counts tell more, and zeros are rarely doubted."""
EVERY = 6
"""Of unsafe cells every sixth is protected before the next attack."""


def secondary_suppression(
    cells: pd.DataFrame,
    primary: "pd.Series[str]",
    threshold: ArrayLike,
    dimensions: Dimensions,
    together: ArrayLike | None = None,
) -> "pd.Series[str]":
    """Withhold further cells until nobody can work out those that are withheld.

    Parameters
    ----------
    cells
        Complete: the columns named in ``dimensions``, which together name a cell, and ``count``, missing where the
        source left it out. What the source left out must have a reason; no promise is made for it.
    primary
        Row by row the reason why a cell is withheld, empty where it is not. Of those with 1 to t − 1 people everyone
        is assumed to know that they have.
    threshold
        t, one number or one for each cell.
    dimensions
        The sums along each column, as for :func:`equity_metrics.measures.disclosure.linked_tables.linear_constraints`.
    together
        A label for each cell; cells with one label are withheld together. Without it each stands by itself.

    Returns
    -------
    Series of str
        ``primary`` with the further reason, on the index of ``cells``. Somebody who knows all released cells finds
        every count from 1 to t − 1 possible for each cell with its own reason and 1 to t − 1 people, and t consecutive
        counts for every other withheld cell. A small cell has the further reason instead of its own where it could not
        be kept apart from other small cells that it is the sum of, or part of.

    Raises
    ------
    ValueError
        If the cells are not those of a linked table, or do not add up.

    References
    ----------
    Kelly J P, Golden B L, Assad A A (1992). Networks 22: 397-417. Fischetti M, Salazar J J (2001). Management Science
    47: 1008-1027 (what is to be protected, and protecting and attacking in turn).
    """
    constraints = check_sums(cells, dimensions)
    reasons = pd.Series(np.asarray(primary), index=cells.index, dtype="str")
    withheld = (reasons != "").to_numpy()
    missing = cells[COUNT].isna().to_numpy()
    if (missing & ~withheld).any():
        raise ValueError(f"primary must give a reason for every missing count, got: none for {missing.sum()} of them")
    thresholds = np.where(missing, 1, thresholds_of(cells, threshold))
    counts = _completed(constraints, cells[COUNT].to_numpy(float), missing)
    labels = np.arange(len(cells)) if together is None else pd.factorize(np.asarray(together))[0]
    work = _Suppression(constraints, counts, thresholds, withheld, labels, _prices(cells, counts, dimensions))
    while unsafe := work.attacked():
        # Each protected cell protects others too: most need nothing more once some have been looked after.
        for cell in unsafe[::EVERY]:
            work.protect(cell)
    work.release_again(withheld)
    small = withheld & (counts > 0) & (counts < thresholds)
    return reasons.mask(work.withheld & (~withheld | small & ~work.small), SECONDARY)


class _Suppression:
    """What is withheld so far, and the whole tables that show which counts are possible."""

    def __init__(
        self,
        constraints: sparse.csr_array,
        counts: Floats,
        thresholds: Ints,
        withheld: Mask,
        labels: Ints,
        prices: Floats,
    ) -> None:
        self.constraints, self.counts, self.thresholds = constraints, counts, thresholds
        self.labels, self.prices = labels, prices
        self.small = withheld & (counts > 0) & (counts < thresholds)
        self.withheld = np.isin(labels, labels[withheld])
        self.tables = counts.astype(np.int64)[None, :]
        self.protects = np.full(len(counts), -1)

    def attacked(self) -> list[int]:
        """List the withheld cells of which too few counts are possible."""
        unsafe: list[int] = []
        for cells, possible, found in self._searches(self.withheld, self.tables):
            self._keep(cells, found)
            unsafe += cells[~possible.safe()].tolist()
        return unsafe

    def protect(self, cell: int) -> None:
        """Withhold what lets a cell have the counts that it must be able to have."""
        t, seen = int(self.thresholds[cell]), np.unique(self.tables[:, cell])
        if self.small[cell]:
            missing = np.setdiff1d(np.arange(1, t), seen)
            for count in missing[[0, -1]] if len(missing) > 1 else missing:
                if count not in self.tables[:, cell]:
                    self._withhold(self._protection(cell, count), cell)
            return
        true = int(self.counts[cell])
        runs = np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1)
        least, most = next((run[0], run[-1]) for run in runs if true in run)
        upward = np.setdiff1d(np.arange(most + 1, least + t), seen)
        downward = np.setdiff1d(np.arange(max(most - t + 1, 0), least), seen) if most >= t - 1 else upward[:0]
        ends = [*upward[-1:], *downward[:1]]
        if ends:
            self._withhold(min((self._protection(cell, end) for end in ends), key=lambda p: p.price), cell)

    def release_again(self, primary: Mask) -> None:
        """Release, dearest first, what every other withheld cell stays safe without."""
        fixed = np.isin(self.labels, self.labels[primary])
        candidates = np.flatnonzero(self.withheld & ~fixed)
        for cell in candidates[np.argsort(-self.prices[candidates], kind="stable")]:
            unit = self.labels == self.labels[cell]
            if self.withheld[cell] and not self._gives_away(unit):
                self._release(unit, self.protects[cell])

    def _release(self, unit: Mask, first: int) -> None:
        """Release cells, unless the attack then finds something."""
        withheld = self.withheld & ~unit
        tables = self.tables[(self.tables[:, unit] == self.tables[0, unit]).all(axis=1)]
        for cells, possible, found in self._searches(withheld, tables, first):
            self._keep(cells, found)
            if not possible.safe().all():
                return
        self.withheld = withheld
        self.tables = self.tables[(self.tables[:, unit] == self.tables[0, unit]).all(axis=1)]

    def _gives_away(self, unit: Mask) -> bool:
        """Say whether some equation would be left with a single withheld cell."""
        lines = abs(self.constraints)
        left = lines @ (self.withheld & ~unit).astype(float)
        return bool(((lines @ unit.astype(float) > 0) & (left == 1)).any())

    def _searches(
        self, withheld: Mask, tables: Ints, first: int | None = None
    ) -> Iterator[tuple[Ints, PossibleCounts, Ints]]:
        cells = np.flatnonzero(withheld)
        known = attackers_knowledge(self.constraints, self.counts, withheld, self.small & withheld, self.thresholds)
        for block, part in knowledge_blocks(known):
            of = cells[block]
            start = int(np.searchsorted(of, first)) if first is not None else None
            yield of, *searched(part, self.small[of], self.thresholds[of], tables[:, of], start)

    def _keep(self, cells: Ints, found: Ints) -> None:
        tables = np.tile(self.tables[0], (len(found), 1))
        tables[:, cells] = found
        self.tables = np.vstack([self.tables, tables])

    def _protection(self, cell: int, count: int) -> Protection:
        least, most = known_limits(self.small, self.thresholds)
        given = self.constraints, self.counts, self.withheld, (least, most), self.prices, cell, count
        found = protection(*given)
        nothing_new = not (found.withheld | found.unsaid).any()
        return protection(*given, whole=True) if found.table is None and nothing_new else found

    def _withhold(self, more: Protection, cell: int) -> None:
        self.protects[more.withheld & ~self.withheld] = cell
        self.withheld = np.isin(self.labels, self.labels[self.withheld | more.withheld])
        self.small &= ~more.unsaid
        if more.table is not None:
            self.tables = np.vstack([self.tables, more.table])


def _completed(constraints: sparse.csr_array, counts: Floats, missing: Mask) -> Floats:
    """Put some counts that add up in the place of missing ones: attackers do not know those that are true either."""
    unlimited = np.zeros(len(counts), dtype=bool), np.ones(len(counts), dtype=np.int64)
    counts, places = counts.copy(), np.flatnonzero(missing)
    for block, known in knowledge_blocks(attackers_knowledge(constraints, counts, missing, *unlimited)):
        counts[places[block]] = any_table(known)
    return counts


def _prices(cells: pd.DataFrame, counts: Floats, dimensions: Dimensions) -> Floats:
    totals = np.zeros(len(cells))
    for dimension, sums in dimensions.items():
        totals += cells[dimension].isin([total for total, _ in sums]).to_numpy()
    tenfold = np.log10(np.maximum(counts, 1))
    return 1 + PRICE_OF_A_TOTAL * totals + PRICE_OF_A_ZERO * (counts == 0) + PRICE_OF_TENFOLD * tenfold
