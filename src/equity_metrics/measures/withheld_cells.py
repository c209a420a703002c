"""Small cells of a linked table in; cells withheld until neither readers nor lonely people find anything, out."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from equity_metrics.measures.disclosure_attack import searched, searched_by_one
from equity_metrics.measures.linked_tables import lonely_people
from equity_metrics.measures.possible_counts import PossibleCounts
from equity_metrics.measures.possible_tables import (
    Floats,
    Ints,
    Knowledge,
    Mask,
    attackers_knowledge,
    knowledge_blocks,
    known_limits,
)
from equity_metrics.measures.protecting_cells import Protection, protection

READER = -1
"""Stands for an attacker who is alone in no cell."""


class WithheldCells:
    """What is withheld so far, and whole tables that show which counts are possible.

    Parameters
    ----------
    constraints
        Equations × cells; times ``counts`` they are zero.
    counts, thresholds, prices
        Of every cell: people, t, and the price of withholding it.
    withheld
        Which cells are withheld from the start.
    labels
        Cells of one label are withheld together.
    """

    def __init__(
        self,
        constraints: sparse.csr_array,
        counts: Floats,
        thresholds: Ints,
        prices: Floats,
        withheld: Mask,
        labels: Ints,
    ) -> None:
        self.constraints, self.counts, self.thresholds = constraints, counts, thresholds
        self.prices, self.labels = prices, labels
        self.fixed = np.isin(labels, labels[withheld])
        self.withheld = self.fixed.copy()
        self.small = withheld & (counts > 0) & (counts < thresholds)
        self._tables = counts.astype(np.int64)[None, :]
        self._protects = np.full(len(counts), -1)
        self._people = lonely_people(constraints, counts)

    def attacked(self) -> list[tuple[int, int]]:
        """Look for withheld cells of which too few counts are possible, and to whom."""
        unsafe: list[tuple[int, int]] = []
        for cells, person, possible, found in self._searches(self.withheld, self._tables):
            self._keep(cells, found)
            unsafe += [(int(cell), person) for cell in cells[~possible.safe()]]
        return unsafe

    def protect(self, cell: int, person: int) -> None:
        """Withhold what lets a cell have the counts that it must be able to have."""
        if person != READER:
            one_off = [count for count in self.counts[cell] + (-1, 1) if 0 < count < self.thresholds[cell]]
            self._withhold_cheapest(cell, one_off, person)
        elif self.small[cell]:
            missing = np.setdiff1d(np.arange(1, self.thresholds[cell]), self._tables[:, cell])
            for count in dict.fromkeys([*missing[:1], *missing[-1:]]):
                if not (self._tables[:, cell] == count).any():
                    self._withhold_cheapest(cell, [count])
        else:
            self._withhold_cheapest(cell, self._ends(cell))

    def release_again(self) -> None:
        """Release, dearest first, what every other withheld cell stays safe without."""
        candidates = np.flatnonzero(self.withheld & ~self.fixed)
        for cell in candidates[np.argsort(-self.prices[candidates], kind="stable")]:
            unit = self.labels == self.labels[cell]
            if self.withheld[cell] and not self._gives_away(unit):
                self._release(unit, int(self._protects[cell]))

    def _release(self, unit: Mask, first: int) -> None:
        """Release cells, unless the attack then finds something."""
        withheld = self.withheld & ~unit
        tables = self._tables[(self._tables[:, unit] == self._tables[0, unit]).all(axis=1)]
        for cells, _, possible, found in self._searches(withheld, tables, first):
            self._keep(cells, found)
            if not possible.safe().all():
                return
        self.withheld = withheld
        self._tables = self._tables[(self._tables[:, unit] == self._tables[0, unit]).all(axis=1)]

    def _gives_away(self, unit: Mask) -> bool:
        """Say whether some equation would be left with a single withheld cell."""
        lines = abs(self.constraints)
        left = lines @ (self.withheld & ~unit).astype(float)
        return bool(((lines @ unit.astype(float) > 0) & (left == 1)).any())

    def _searches(
        self, withheld: Mask, tables: Ints, first: int | None = None
    ) -> Iterator[tuple[Ints, int, PossibleCounts, Ints]]:
        """Search block by block as a reader, then, where readers find nothing, as each person alone in a cell."""
        places = np.flatnonzero(withheld)
        known = attackers_knowledge(self.constraints, self.counts, withheld, self.small & withheld, self.thresholds)
        for block, part in knowledge_blocks(known):
            cells = places[block]
            given: tuple[Knowledge, Mask, Ints] = part, self.small[cells], self.thresholds[cells]
            start = int(np.searchsorted(cells, first)) if first is not None else None
            possible, found = searched(*given, tables[:, cells], start)
            yield cells, READER, possible, found
            if not possible.safe().all():
                continue
            seen = np.vstack([tables[:, cells], found])
            for person in np.setdiff1d(self._people[cells], READER):
                possible, found = searched_by_one(*given, seen, self._people[cells] == person)
                yield cells, int(person), possible, found
                seen = np.vstack([seen, found])

    def _ends(self, cell: int) -> list[int]:
        """Find what is missing farthest above and below of t consecutive counts around the true one."""
        t, seen = int(self.thresholds[cell]), np.unique(self._tables[:, cell])
        runs = np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1)
        least, most = next((run[0], run[-1]) for run in runs if self.counts[cell] in run)
        upward = np.setdiff1d(np.arange(most + 1, least + t), seen)
        downward = np.setdiff1d(np.arange(max(most - t + 1, 0), least), seen) if most >= t - 1 else upward[:0]
        return [*upward[-1:], *downward[:1]]

    def _withhold_cheapest(self, cell: int, counts: list[int], person: int = READER) -> None:
        """Withhold the cheapest cells that let a cell have one of several counts."""
        if not counts:
            return
        more = min((self._protection(cell, count, person) for count in counts), key=lambda found: found.price)
        self._protects[more.withheld & ~self.withheld] = cell
        self.withheld = np.isin(self.labels, self.labels[self.withheld | more.withheld])
        self.small &= ~more.unsaid
        if more.table is not None:
            self._tables = np.vstack([self._tables, more.table])

    def _protection(self, cell: int, count: int, person: int) -> Protection:
        least, most = known_limits(self.small, self.thresholds)
        own = (self._people == person) & (person != READER)
        least[own] = most[own] = 1
        given = self.constraints, self.counts, self.withheld, (least, most), self.small & ~own, self.prices, cell, count
        found = protection(*given)
        nothing_new = not (found.withheld | found.unsaid).any()
        return protection(*given, whole=True) if found.table is None and nothing_new else found

    def _keep(self, cells: Ints, found: Ints) -> None:
        tables = np.tile(self._tables[0], (len(found), 1))
        tables[:, cells] = found
        self._tables = np.vstack([self._tables, tables])
