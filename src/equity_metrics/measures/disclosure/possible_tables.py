"""What an attacker knows of a linked table in; whole tables that fit it out."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from equity_metrics.measures.disclosure.linked_tables import blocks

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
WHOLE = 1e-6
"""How far from a whole number the solver may leave one."""
ENDLESS = 1e10
"""Stands for a count without limit where limits are added up."""
SWEEPS = 20
"""How often limits are narrowed; what is left to narrow is the solver's."""


@dataclass(frozen=True)
class Knowledge:
    """Of withheld cells: the equations between them, what they add up to, and the least and most that each can be.

    ``constraints`` is equations × cells, ``sums`` has one number an equation, ``least`` and ``most`` one a cell.
    """

    constraints: sparse.csr_array
    sums: Floats
    least: Floats
    most: Floats


def attackers_knowledge(
    constraints: sparse.csr_array, counts: Floats, withheld: Mask, small: Mask, thresholds: Ints
) -> Knowledge:
    """Take the released cells out of the equations, and say what is known of the others.

    Parameters
    ----------
    constraints
        Equations × cells; times the counts they are zero.
    counts
        Of every cell; those of withheld cells are not read.
    withheld, small
        Which cells are, and of which of them the reason says that they are 1 to t − 1.
    thresholds
        t of every cell.

    Returns
    -------
    Knowledge
        Of the withheld cells, in their order.
    """
    ours = constraints[:, withheld]
    used = np.flatnonzero(np.diff(ours.indptr))
    shown = -(constraints[:, ~withheld] @ counts[~withheld])
    least, most = known_limits(small, thresholds)
    return Knowledge(ours[used, :], shown[used], least[withheld], most[withheld])


def known_limits(small: Mask, thresholds: Ints) -> tuple[Floats, Floats]:
    """Give the least and the most that is said of withheld cells: 1 to t − 1 of small ones, 0 or more of others."""
    return np.where(small, 1.0, 0.0), np.where(small, thresholds - 1.0, np.inf)


def knowledge_blocks(known: Knowledge) -> list[tuple[Ints, Knowledge]]:
    """Part withheld cells into blocks that no equation joins: the cells of each and what is known of them."""
    return [(block, part_of(known, block)) for block in blocks(known.constraints)]


def part_of(known: Knowledge, cells: Ints) -> Knowledge:
    """Take what is known of some withheld cells, which no equation joins with others."""
    ours = known.constraints[:, cells]
    used = np.flatnonzero(np.diff(ours.indptr))
    return Knowledge(ours[used, :], known.sums[used], known.least[cells], known.most[cells])


def tightened(known: Knowledge) -> Knowledge:
    """Narrow what is known of each cell by one equation at a time, again and again."""
    entries = known.constraints.tocoo()
    equation, cell, plus = entries.row, entries.col, entries.data > 0
    least, most = known.least.copy(), np.minimum(known.most, ENDLESS)
    for _ in range(SWEEPS):
        low, high = (np.where(plus, a[cell], -b[cell]) for a, b in ((least, most), (most, least)))
        # What the other cells of an equation leave of its sum, at the least and at the most.
        left = [known.sums - np.bincount(equation, side, len(known.sums)) for side in (high, low)]
        lowest, highest = left[0][equation] + high, left[1][equation] + low
        before = least.sum() - most.sum()
        np.maximum.at(least, cell, np.where(plus, lowest, -highest))
        np.minimum.at(most, cell, np.where(plus, highest, -lowest))
        if least.sum() - most.sum() == before:
            break
    return replace(known, least=least, most=np.where(most < ENDLESS / 2, most, np.inf))


def any_table(known: Knowledge) -> Ints:
    """Find a whole table that fits.

    Raises
    ------
    ValueError
        If there is none: what is released cannot be true.
    """
    empty = np.zeros(len(known.least))
    found = _solved(known, empty, known.least, known.most, known.sums)
    if found is None:
        raise ValueError("cells must be such that some whole table fits what is released, got: cells that none fits")
    return found


def moved_table(known: Knowledge, table: Ints, cells: Ints, counts: Ints | Floats) -> Ints | None:
    """Move chosen cells of a table towards other counts, as far as they go together and never beyond.

    Parameters
    ----------
    known
        What the attacker knows.
    table
        A whole table that fits it.
    cells, counts
        Which cells to move, and whereto. A single cell goes as far as it can.

    Returns
    -------
    array of int, or None
        A whole table that fits; none where the counts are infinite and nothing stops the cells on their way.

    References
    ----------
    Huangfu Q, Hall J A J (2018). Parallelizing the dual revised simplex method. Mathematical Programming Computation
    10: 119-142 (the solver, HiGHS).
    """
    least, most = known.least - table, known.most - table
    way = counts - table[cells]
    least[cells] = np.maximum(least[cells], np.minimum(way, 0))
    most[cells] = np.minimum(most[cells], np.maximum(way, 0))
    price = np.zeros(len(table))
    price[cells] = -np.sign(way)
    move = _solved(known, price, least, most, np.zeros(len(known.sums)))
    return None if move is None else table + move


def _solved(known: Knowledge, price: Floats, least: Floats, most: Floats, sums: Floats) -> Ints | None:
    """Find whole numbers between limits that add up to the sums at the lowest price; none if there are none."""
    found = _cheapest(known, price, least, most, sums, whole=False)
    if found is None:
        return None
    # Many linked tables are networks, whose cheapest corners are whole by themselves: only others need whole numbers.
    for block in blocks(known.constraints):
        if np.abs(found[block] - np.rint(found[block])).max() > WHOLE:
            part = part_of(replace(known, sums=sums), block)
            again = _cheapest(part, price[block], least[block], most[block], part.sums, whole=True)
            if again is None:
                return None
            found[block] = again
    numbers = np.rint(found)
    if not np.array_equal(known.constraints @ numbers, sums):
        raise RuntimeError("the solver must find whole numbers that add up, got: numbers that do not")
    return numbers.astype(np.int64)


def _cheapest(known: Knowledge, price: Floats, least: Floats, most: Floats, sums: Floats, whole: bool) -> Floats | None:
    equations = LinearConstraint(known.constraints, sums, sums)
    found = milp(price, integrality=np.full(len(price), int(whole)), bounds=Bounds(least, most), constraints=equations)
    return None if found.x is None else found.x
