"""Withheld cells of a linked table in; what somebody who alone is counted in one finds out about another one, out."""

from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from equity_metrics.measures.disclosure.disclosure_attack import searched
from equity_metrics.measures.disclosure.linked_tables import blocks
from equity_metrics.measures.disclosure.possible_tables import Floats, Ints, Knowledge, Mask, part_of

NOBODY = -1
"""Stands for the person of a cell that does not count exactly one."""


def people_alone(sums: sparse.csr_array, counts: Floats) -> Ints:
    """Give each person who is alone in a cell a number: a total of one person and its part count the same person.

    Parameters
    ----------
    sums
        Equations × cells: 1 for a total and −1 for its parts.
    counts
        Of every cell.

    Returns
    -------
    array of int
        The person of each cell, −1 where the count is not 1.
    """
    one = counts == 1
    entries = sums.tocoo()
    total_of_one = np.zeros(sums.shape[0], dtype=bool)
    total_of_one[entries.row[(entries.data > 0) & one[entries.col]]] = True
    ours = total_of_one[entries.row] & one[entries.col]
    joined = sparse.csr_array((np.ones(ours.sum()), (entries.row[ours], entries.col[ours])), shape=sums.shape)
    return np.where(one, connected_components(joined.T @ joined, directed=False)[1], NOBODY)


def small_to_keep(counts: Floats, thresholds: Ints) -> Mask:
    """Find the cells that nobody must work out: 1 to t − 1, unless that leaves one count only."""
    return (counts > 0) & (counts < thresholds) & (thresholds > 2)


def told_to_one(known: Knowledge, person: Ints, small: Mask, tables: Ints) -> tuple[Ints, Ints, Ints]:
    """Find small withheld cells that keep one possible count only for somebody who is alone in another withheld cell.

    Parameters
    ----------
    known
        Of withheld cells, what everybody knows. A person who is alone in cells knows besides that they are 1.
    person
        Who is alone in each cell, as :func:`people_alone` numbers them.
    small
        The cells that must keep another count beside the true one, next to it.
    tables
        Whole tables that fit, tables × cells; the first one is true.

    Returns
    -------
    person, cell : arrays of int
        Who finds out what.
    found : array of int, tables × cells
        Whole tables that the search added.

    References
    ----------
    Hundepool A and others (2012). Statistical Disclosure Control. Wiley, chapter 4 (the singleton problem).
    """
    block = np.zeros(len(person), dtype=np.int64)
    asked = [np.zeros((2, 0), dtype=np.int64)]
    for number, ours in enumerate(blocks(known.constraints)):
        block[ours] = number
        asked.append(_not_seen(person[ours], small[ours], tables[:, ours], ours))
    who, cell = np.hstack(asked)
    told, found = [np.zeros((2, 0), dtype=np.int64)], [tables[:0]]
    while len(who):
        # One person of each block at a time: what is known of one block says nothing of another.
        alone = who[np.unique(block[cell], return_index=True)[1]]
        now = np.isin(who, alone)
        ours = np.flatnonzero(np.isin(block, block[cell[now]]))
        wanted = np.ones(len(person), dtype=np.int64)
        wanted[cell[now]] = 2
        limits = [np.where(np.isin(person, alone), 1.0, limit) for limit in (known.least, known.most)]
        part = part_of(replace(known, least=limits[0], most=limits[1]), ours)
        possible, fit = searched(part, np.zeros(len(ours), dtype=bool), wanted[ours], tables[:1, ours])
        told.append(np.stack([who[now], cell[now]])[:, np.isin(cell[now], ours[~possible.safe()])])
        found.append(np.tile(tables[0], (len(fit), 1)))
        found[-1][:, ours] = fit
        left = ~now & ~_seen(person, found[-1], tables[0], who, cell)
        who, cell = who[left], cell[left]
    who, cell = np.hstack(told)
    return who, cell, np.vstack(found)


def _not_seen(person: Ints, small: Mask, tables: Ints, cells: Ints) -> Ints:
    """List people and small cells of one block that no table shows with another count beside what the person knows."""
    people, targets = np.unique(person[person != NOBODY]), np.flatnonzero(small)
    if not len(people) or not len(targets):
        return np.zeros((2, 0), dtype=np.int64)
    fits = np.column_stack([(tables[:, person == who] == 1).all(axis=1) for who in people])
    other = tables[:, targets] != tables[0, targets]
    seen = fits.T.astype(float) @ other.astype(float) > 0
    who, which = np.nonzero(~seen & (person[targets] != people[:, None]))
    return np.stack([people[who], cells[targets[which]]])


def _seen(person: Ints, found: Ints, table: Ints, who: Ints, cell: Ints) -> Mask:
    """Say of which people and cells some table shows the cell with another count, and each cell of the person as 1."""
    number = len(person)
    seen = np.zeros(len(who), dtype=bool)
    for other in found:
        broken = np.bincount(person[person != NOBODY], other[person != NOBODY] != 1, number) > 0
        seen |= ~broken[who] & (other[cell] != table[cell])
    return seen
