"""Rows of counts in; the cells that they show, and the sums between cells that every reader knows, out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from equity_metrics.measures.disclosure.cell_names import INSIDE_ONE_TREE, CellNames, cell_names
from equity_metrics.measures.disclosure.possible_tables import Floats, Ints, Mask
from equity_metrics.measures.disclosure.release_trees import HIGHER


@dataclass(frozen=True)
class LinkedRows:
    """Cells and their counts, the rows that show them, and the sums between them.

    ``names`` is cells × coordinates and ``counts`` has one number a cell. ``shows`` is rows × cells. ``sums`` is
    equations × cells, 1 for a total and −1 for its parts, within one organisation; ``over_places`` the same for sums of
    organisations. ``numerators`` and ``denominators`` give each row's cells, −1 where the row has no number.
    ``broken_down`` has for each coordinate the cells that have parts there.
    """

    names: Ints
    counts: Floats
    shows: sparse.csr_array
    sums: sparse.csr_array
    over_places: sparse.csr_array
    numerators: Ints
    denominators: Ints
    broken_down: dict[int, Ints]


def linked_rows(counts: pd.DataFrame) -> LinkedRows:
    """Find which cells rows of counts show, and which of them add up to which.

    Parameters
    ----------
    counts
        Complete rows of any indicators, groupings and levels. Rows with a missing number show nothing: whoever protects
        the others as if it were known protects them from its owner too.

    Returns
    -------
    LinkedRows
        A part without a row counts nobody. A total that is smaller than its parts is not their sum and left out.

    References
    ----------
    Hundepool A and others (2012). Statistical Disclosure Control. Wiley, chapter 4 (linked tables).
    """
    named = cell_names(counts)
    keys = named.numbered(named.names)
    cells, first, number = np.unique(keys, return_index=True, return_inverse=True)
    value = named.counts[first]
    # The same name with another number is another cell: nobody can rely on it.
    odd = np.isin(number, number[named.counts != value[number]])
    number[odd] = len(cells) + np.arange(odd.sum())
    values = np.concatenate([value, named.counts[odd]])
    names = np.vstack([named.names[first], np.full((int(odd.sum()), named.names.shape[1]), -1)])
    names[len(cells) :, 0] = named.names[odd, 0]
    shows = sparse.csr_array((np.ones(len(number)), (named.rows, number)), shape=(len(counts), len(values)))
    which = np.full((2, len(counts)), -1)
    for place in (0, 1):
        which[place, named.rows[named.column == place]] = number[named.column == place]
    sums = [(axis, _equations(_links(named, cells, first, ways), values)) for axis, ways in INSIDE_ONE_TREE]
    totals: dict[int, list[Ints]] = {}
    for axis, some in sums:
        entries = some.tocoo()
        totals.setdefault(axis, []).append(entries.col[entries.data > 0].astype(np.int64))
    broken_down = {axis: np.concatenate(some) for axis, some in totals.items()}
    places = _equations(_links(named, cells, first, HIGHER), values)
    together = sparse.vstack([some for _, some in sums], format="csr")
    return LinkedRows(names, values, shows, together, places, which[0], which[1], broken_down)


def _links(named: CellNames, cells: Ints, first: Ints, ways: tuple[str, ...]) -> tuple[Ints, Ints, Ints]:
    """Link each cell to its nearest total over one coordinate: the cell, the total, and the kind of sum."""
    names = named.names[first]
    total, kind = np.full(len(cells), -1), np.zeros(len(cells), dtype=np.int64)
    for way in ways:
        candidate, kinds = named.totals(names, way)
        there = (candidate >= 0).all(axis=1) & (total < 0)
        key = named.numbered(np.maximum(candidate, 0))
        place = np.minimum(np.searchsorted(cells, key), len(cells) - 1)
        there &= (cells[place] == key) & (place != np.arange(len(cells)))
        total[there], kind[there] = place[there], kinds[there]
    child = np.flatnonzero(total >= 0)
    return _beside_each_other(child, total[child], kind[child])


def _beside_each_other(child: Ints, total: Ints, kind: Ints) -> tuple[Ints, Ints, Ints]:
    """Let parts that belong to no kind, such as a group that is its own wider group, be parts of every kind of sum."""
    found = [(child[kind > 0], total[kind > 0], kind[kind > 0])]
    left = kind == 0
    for one in np.unique(kind[kind > 0]):
        too = (kind == 0) & np.isin(total, total[kind == one])
        found.append((child[too], total[too], np.full(int(too.sum()), one)))
        left &= ~too
    found.append((child[left], total[left], kind[left]))
    child, total, kind = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return child, total, kind


def _equations(links: tuple[Ints, Ints, Ints], counts: Floats) -> sparse.csr_array:
    """Lay out totals and their parts as equations, each total once for each kind of sum."""
    child, total, kind = links
    pairs, first, equation = np.unique(np.stack([total, kind]), axis=1, return_index=True, return_inverse=True)
    true: Mask = np.bincount(equation, counts[child], pairs.shape[1]) <= counts[total[first]]
    number = np.where(true, np.cumsum(true) - 1, -1)
    kept = number[equation] >= 0
    rows = np.concatenate([number[equation][kept], number[true]])
    columns = np.concatenate([child[kept], pairs[0][true]])
    signs = np.concatenate([-np.ones(int(kept.sum())), np.ones(int(true.sum()))])
    return sparse.csr_array((signs, (rows, columns)), shape=(int(true.sum()), len(counts)))
