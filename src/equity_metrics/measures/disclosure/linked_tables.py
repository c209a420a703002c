"""Cells of a table with its totals in; the sums that everyone who reads it knows to hold, as equations, out."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Dimensions = Mapping[str, Sequence[tuple[str, Sequence[str]]]]
"""Column to the sums along it, each a total and its parts; a column without sums only tells cells apart."""
COUNT = "count"


def linear_constraints(cells: pd.DataFrame, dimensions: Dimensions) -> sparse.csr_array:
    """Write every total of a linked table as the sum of its parts.

    Parameters
    ----------
    cells
        One row a cell: the columns named in ``dimensions``, which together name it. A part without a row counts nobody,
        unless the total has no part with a row: then it is not broken down there.
    dimensions
        For each column its sums, a total and the parts that make it. Parts may be totals of another sum, and a total
        may have several sums: ``{"group": [("All", ("White", "BME")), ("BME", ("Asian", "Black"))], "band": []}``.

    Returns
    -------
    sparse array, equations × cells
        1 for the total, −1 for each part: times the counts it is zero. One row for each total that is a cell.

    Raises
    ------
    ValueError
        If a column is missing, a cell is there twice, or a sum names its total among its parts.

    References
    ----------
    Hundepool A and others (2012). Statistical Disclosure Control. Wiley, chapter 4 (linked tables).
    """
    _check_cells(cells, dimensions)
    equations, columns, signs, found = [], [], [], 0
    for dimension, sums in dimensions.items():
        others = [name for name in dimensions if name != dimension]
        line = cells.groupby(others, sort=False, dropna=False, observed=True).ngroup().to_numpy() if others else 0
        line = np.broadcast_to(np.asarray(line), len(cells))
        names = cells[dimension].to_numpy()
        for total, parts in sums:
            is_part = np.isin(names, list(parts))
            # A total without any part is not broken down there: nobody knows anything more about it.
            is_total = (names == total) & np.isin(line, line[is_part])
            number = np.full(int(line.max(initial=-1)) + 1, -1)
            number[line[is_total]] = found + np.arange(is_total.sum())
            member = np.flatnonzero((is_total | is_part) & (number[line] >= 0))
            equations.append(number[line[member]])
            columns.append(member)
            signs.append(np.where(is_total[member], 1, -1))
            found += int(is_total.sum())
    rows, places, values = (np.concatenate(p) if p else np.array([], int) for p in (equations, columns, signs))
    return sparse.csr_array((values.astype(float), (rows, places)), shape=(found, len(cells)))


def check_sums(cells: pd.DataFrame, dimensions: Dimensions) -> sparse.csr_array:
    """Refuse counts that are no counts, or do not add up to their totals; missing ones pass.

    Parameters
    ----------
    cells, dimensions
        As for :func:`linear_constraints`, with the column ``count``.

    Returns
    -------
    sparse array, equations × cells
        What :func:`linear_constraints` returns.

    Raises
    ------
    ValueError
        In one sentence.
    """
    constraints = linear_constraints(cells, dimensions)
    if COUNT not in cells.columns:
        raise ValueError(f"cells must have the column {COUNT}, got: {', '.join(map(str, cells.columns))}")
    counts = cells[COUNT].to_numpy(float)
    bad = ~((counts >= 0) & (counts == np.floor(counts)) & np.isfinite(counts) | np.isnan(counts))
    if bad.any():
        raise ValueError(f"{COUNT} must be a whole number, 0 or more, in every cell, got: {counts[bad][0]:g}")
    off = np.flatnonzero(np.nan_to_num(constraints @ counts))
    if len(off):
        first = constraints[[off[0]], :].tocoo()
        total = cells.iloc[first.col[first.data > 0][0]]
        parts = counts[first.col[first.data < 0]].sum()
        name = ", ".join(str(total[d]) for d in dimensions)
        raise ValueError(f"every total must be the sum of its parts, got: {total[COUNT]:g}, not {parts:g}, for {name}")
    return constraints


def blocks(constraints: sparse.csr_array) -> list[NDArray[np.int_]]:
    """Part cells into blocks that no equation joins.

    Parameters
    ----------
    constraints
        Equations × cells.

    Returns
    -------
    list of arrays of int
        The cells of each block.
    """
    joined = sparse.block_array([[None, constraints.T], [constraints, None]], format="csr")
    number = connected_components(joined, directed=False)[1][: constraints.shape[1]]
    order = np.argsort(number, kind="stable")
    return [block for block in np.split(order, np.flatnonzero(np.diff(number[order])) + 1) if len(block)]


def thresholds_of(cells: pd.DataFrame, threshold: ArrayLike) -> NDArray[np.int64]:
    """Give each cell its t.

    Raises
    ------
    ValueError
        If t is not a whole number, 1 or more.
    """
    thresholds = np.broadcast_to(np.asarray(threshold, dtype=float), len(cells))
    bad = ~((thresholds >= 1) & (thresholds == np.floor(thresholds)) & np.isfinite(thresholds))
    if bad.any():
        raise ValueError(f"threshold must be a whole number, 1 or more, got: {thresholds[bad][0]:g}")
    return thresholds.astype(np.int64)


def _check_cells(cells: pd.DataFrame, dimensions: Dimensions) -> None:
    missing = [name for name in dimensions if name not in cells.columns]
    if missing or not dimensions:
        got = f"no column {', '.join(missing)}" if missing else "no dimension"
        raise ValueError(f"cells must have a column for every dimension, got: {got}")
    twice = cells.duplicated(list(dimensions))
    if twice.any():
        name = ", ".join(str(cells.loc[twice, d].iloc[0]) for d in dimensions)
        raise ValueError(f"cells must each be there once, got: {name} twice")
    for dimension, sums in dimensions.items():
        for total, parts in sums:
            if total in parts or len(set(parts)) < len(parts):
                raise ValueError(f"sums of {dimension} must name each part once and not the total, got: {total}")
