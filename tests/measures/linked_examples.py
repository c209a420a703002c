"""Linked tables, and every table that fits what an attacker sees of them, found by counting."""

from itertools import product

import numpy as np
import pandas as pd

TOTAL = "All"


def totalled(counts, nested=False):
    """Return cells and sums of an array of counts: a total along every axis, along the first one of two halves."""
    cells, dimensions = np.asarray(counts), {}
    for axis, size in enumerate(cells.shape):
        leaves = [f"{'pqrs'[axis]}{k}" for k in range(size)]
        sums, weights = [(TOTAL, leaves)], [np.ones(size)]
        if nested and axis == 0:
            half = np.arange(size) < size // 2
            sums = [(TOTAL, ["left", "right"]), ("left", leaves[: size // 2]), ("right", leaves[size // 2 :])]
            weights = [np.ones(size), half, ~half]
        dimensions[f"d{axis}"] = sums
        cells = np.moveaxis(np.tensordot(np.vstack([np.eye(size), *weights]), cells, (1, axis)), 0, axis)
    names = [[*sums[-1][1], *(total for total, _ in sums)] for sums in dimensions.values()]
    if nested:
        names[0] = [f"p{k}" for k in range(len(counts))] + names[0][-3:]
    index = pd.MultiIndex.from_product(names, names=list(dimensions))
    return pd.DataFrame({"count": cells.ravel().astype(int)}, index=index).reset_index(), dimensions


def fitting_tables(seen, shape, nested, threshold, most):
    """Return every whole table that fits what is seen, tables × cells, by trying all inner counts up to ``most``."""
    # How often each inner cell is in each cell: the cells of a table that holds one person.
    inside = np.array([totalled(one.reshape(shape), nested)[0]["count"] for one in np.eye(np.prod(shape), dtype=int)])
    inner = inside.argmax(axis=1)
    choices = [range(most + 1) if np.isnan(count) else [int(count)] for count in seen["count"].iloc[inner]]
    tables = np.array(list(product(*choices))) @ inside
    known, small = seen["count"].notna().to_numpy(), seen["small"].to_numpy()
    fits = (tables[:, known] == seen.loc[known, "count"].to_numpy()).all(axis=1)
    return tables[fits & ((tables[:, small] >= 1) & (tables[:, small] < threshold)).all(axis=1)]
