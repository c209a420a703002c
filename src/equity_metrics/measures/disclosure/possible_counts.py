"""Whole tables that fit what an attacker knows in; which counts of each withheld cell they show to be possible, out."""

import numpy as np

from equity_metrics.measures.disclosure.possible_tables import Ints, Knowledge, Mask


class PossibleCounts:
    """Counts that were seen in some table, and counts that were shown to be impossible, for each withheld cell.

    Of a small cell every count from 1 to t − 1 is wanted, of another one t consecutive counts: those that hold the
    count it has in the first table, which is one more than necessary only where possible counts have holes.

    Parameters
    ----------
    known
        What is known of the cells.
    small, thresholds
        Which cells are known to be 1 to t − 1; t of each.
    table
        One whole table that fits.
    """

    def __init__(self, known: Knowledge, small: Mask, thresholds: Ints, table: Ints) -> None:
        self.wanted = np.where(small, thresholds - 1, thresholds)
        self._first = np.where(small, 1, np.maximum(0, table - thresholds + 1))
        width = np.where(small, thresholds - 1, table - self._first + thresholds)
        self._column = np.arange(width.max(initial=1))
        counts = self._first[:, None] + self._column
        impossible = (counts < known.least[:, None]) | (counts > known.most[:, None])
        self._never = (self._column >= width[:, None]) | impossible
        self._seen = np.zeros_like(self._never)
        self.add(table[None, :])

    def add(self, tables: Ints) -> int:
        """Note the counts of whole tables, one a row; return how many of them were new."""
        before = self._seen.sum()
        place = tables - self._first
        table, cell = np.nonzero((place >= 0) & (place < len(self._column)))
        self._seen[cell, place[table, cell]] = True
        self._seen &= ~self._never
        return int(self._seen.sum() - before)

    def note(self, cells: Ints, counts: Ints) -> None:
        """Note counts of some cells of whole tables."""
        place = counts - self._first[cells]
        inside = (place >= 0) & (place < len(self._column))
        cells, place = cells[inside], place[inside]
        self._seen[cells, place] |= ~self._never[cells, place]

    def rule_out(self, cell: int, reached: int, tried: int) -> None:
        """Note that a cell goes no farther towards a count than it did."""
        reached, tried = reached - self._first[cell], tried - self._first[cell]
        beyond = self._column > reached if tried > reached else self._column < reached
        if tried != reached:
            self._never[cell] |= beyond

    def unsettled(self, among: Ints | None = None) -> tuple[Ints, Mask]:
        """Find cells of which wanted counts are neither seen nor ruled out.

        Parameters
        ----------
        among
            The cells to look at; all of them by default.

        Returns
        -------
        cells : array of int
        missing : array of bool, cells × counts
            The wanted counts that were not seen, of the run of which most were seen.
        """
        looked_at = np.arange(len(self.wanted)) if among is None else among
        start, number = self._runs(looked_at)
        left = (number >= 0) & (number < self.wanted[looked_at])
        cells = looked_at[left]
        run = self._column - start[left, None]
        return cells, (run >= 0) & (run < self.wanted[cells, None]) & ~self._seen[cells]

    def count_at(self, cells: Ints, columns: Ints) -> Ints:
        """Give the counts that columns of ``missing`` stand for."""
        return self._first[cells] + columns

    def safe(self) -> Mask:
        """Say of which cells all wanted counts were seen."""
        return self._runs(np.arange(len(self.wanted)))[1] >= self.wanted

    def ruled_out(self) -> Mask:
        """Say of which cells the wanted counts cannot all be possible."""
        return self._runs(np.arange(len(self.wanted)))[1] < 0

    def _runs(self, cells: Ints) -> tuple[Ints, Ints]:
        """Find the run of wanted length of which most is seen: where it starts, and how much; −1 if none is left."""
        start, number = np.zeros(len(cells), int), np.full(len(cells), -1)
        seen, never = (np.pad(np.cumsum(m[cells], axis=1), ((0, 0), (1, 0))) for m in (self._seen, self._never))
        for wanted in np.unique(self.wanted[cells]):
            of = np.flatnonzero(self.wanted[cells] == wanted)
            possible = never[of, wanted:] == never[of, : never.shape[1] - wanted]
            inside = np.where(possible, seen[of, wanted:] - seen[of, : never.shape[1] - wanted], -1)
            start[of], number[of] = inside.argmax(axis=1), inside.max(axis=1)
        return start, number
