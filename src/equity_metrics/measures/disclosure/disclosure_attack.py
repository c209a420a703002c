"""Released cells of a linked table in; what somebody who adds and subtracts finds out about the withheld ones, out."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from equity_metrics.measures.disclosure.linked_tables import (
    COUNT,
    Dimensions,
    blocks,
    linear_constraints,
    thresholds_of,
)
from equity_metrics.measures.disclosure.possible_counts import PossibleCounts
from equity_metrics.measures.disclosure.possible_tables import (
    Ints,
    Knowledge,
    Mask,
    any_table,
    attackers_knowledge,
    knowledge_blocks,
    moved_table,
    part_of,
    tightened,
)

SMALL = "small"
FEW = 3
"""Where moving many cells together shows fewer new counts a block than this, one cell is moved by itself."""

_Block = tuple[Ints, Knowledge, Mask, Ints]


def disclosure_attack(cells: pd.DataFrame, dimensions: Dimensions, threshold: ArrayLike) -> pd.DataFrame:
    """Find withheld cells of which too few counts are possible.

    The attacker knows every released cell, that totals are the sums of their parts, that counts are whole and 0 or
    more, and that a cell withheld because it is small is 1 to t − 1.

    Parameters
    ----------
    cells
        The columns named in ``dimensions``, ``count`` (missing where it is withheld), and ``small``: whether the reason
        says that the cell itself is small.
    dimensions
        The sums along each column, as for :func:`equity_metrics.measures.disclosure.linked_tables.linear_constraints`.
    threshold
        t, one number or one for each cell.

    Returns
    -------
    DataFrame
        The withheld cells with ``safe``: whether every count from 1 to t − 1 of a small cell, and t consecutive counts
        of another one, each stand in some whole table that fits all that is released. Every table is found and checked.

    Raises
    ------
    ValueError
        If the cells are not those of a linked table, or nothing fits what is released.

    References
    ----------
    Fischetti M, Salazar J J (2001). Solving the cell suppression problem on tabular data with linear constraints.
    Management Science 47: 1008-1027 (the attacker's problem).
    """
    safe = np.ones(int(cells[COUNT].isna().sum()), dtype=bool)
    for block, known, small, thresholds in _blocks(cells, dimensions, threshold):
        possible, _ = searched(known, small, thresholds, any_table(known)[None, :])
        safe[block] = possible.safe()
    return cells[cells[COUNT].isna()].assign(safe=safe)


def possible_ranges(cells: pd.DataFrame, dimensions: Dimensions, threshold: ArrayLike) -> pd.DataFrame:
    """Give the least and the most that each withheld cell can be.

    Parameters
    ----------
    cells, dimensions, threshold
        As for :func:`disclosure_attack`.

    Returns
    -------
    DataFrame
        The withheld cells with ``least`` and ``most``, whole numbers that stand in some whole table; ``most`` is
        infinite where nothing limits it.

    Raises
    ------
    ValueError
        As for :func:`disclosure_attack`.

    References
    ----------
    See :func:`disclosure_attack`.
    """
    limits = np.zeros((2, int(cells[COUNT].isna().sum())))
    for block, known, _, _ in _blocks(cells, dimensions, threshold):
        table = any_table(known)
        for place, cell in enumerate(block):
            for side, end in enumerate((-np.inf, np.inf)):
                moved = moved_table(known, table, np.array([place]), np.array([end]))
                limits[side, cell] = end if moved is None else moved[place]
    return cells[cells[COUNT].isna()].assign(least=limits[0], most=limits[1])


def searched(
    known: Knowledge, small: Mask, thresholds: Ints, tables: Ints, settled: bool = True, seed: int = 0
) -> tuple[PossibleCounts, Ints]:
    """Look for whole tables until every wanted count is seen or shown to be impossible.

    Parameters
    ----------
    known, small, thresholds
        Of withheld cells: what is known, which are known to be 1 to t − 1, and t.
    tables
        Whole tables that fit, at least one, tables × cells.
    settled
        Whether to go on until then; else only as long as moving many cells together shows new counts.
    seed
        Of the choice which cells are moved together; what is found in the end does not depend on it.

    Returns
    -------
    possible : PossibleCounts
    found : array of int, tables × cells
        Those that the search added.
    """
    generator = np.random.default_rng(seed)
    known = tightened(known)
    block = np.zeros(len(small), dtype=np.int64)
    for number, ours in enumerate(blocks(known.constraints)):
        block[ours] = number
    possible = PossibleCounts(known, small, thresholds, tables[0])
    possible.add(tables)
    found, together = [tables[-1]], True
    while True:
        cells, missing = possible.unsettled()
        if not len(cells) or not (together or settled):
            return possible, np.array(found[1:], dtype=np.int64).reshape(-1, len(small))
        most_missing = np.lexsort((-missing.sum(axis=1), block[cells]))
        one_a_block = most_missing[np.unique(block[cells][most_missing], return_index=True)[1]]
        half = np.flatnonzero(generator.random(len(cells)) < 0.5)
        together &= len(half) > 0
        chosen = half if together else one_a_block
        cells, missing = cells[chosen], missing[chosen]
        counts = possible.count_at(cells, (generator.random(missing.shape) * missing).argmax(axis=1))
        ours = np.flatnonzero(np.isin(block, block[cells]))
        moved, part = (
            found[-1].copy(),
            moved_table(part_of(known, ours), found[-1][ours], np.searchsorted(ours, cells), counts),
        )
        if part is None:
            raise RuntimeError("the solver must find whole numbers between finite limits, got: none")
        moved[ours] = part
        gained = possible.add(moved[None, :])
        found.append(moved)
        if not together:
            for cell, count in zip(cells, counts, strict=True):
                possible.rule_out(cell, moved[cell], count)
        together = not together or gained >= FEW * len(one_a_block)


def _blocks(cells: pd.DataFrame, dimensions: Dimensions, threshold: ArrayLike) -> Iterator[_Block]:
    """Give for each block of withheld cells their places, what is known of them, which are small, and t."""
    counts = cells[COUNT].to_numpy(float)
    withheld = np.isnan(counts)
    small = cells[SMALL].to_numpy(bool)
    thresholds = thresholds_of(cells, threshold)
    known = attackers_knowledge(linear_constraints(cells, dimensions), counts, withheld, small, thresholds)
    for block, part in knowledge_blocks(known):
        yield block, part, small[withheld][block], thresholds[withheld][block]
