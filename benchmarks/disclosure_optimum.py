"""Small tables made from a seed; how many rows a release withholds beside the fewest that would do, found by trying."""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse
from tqdm import tqdm

from equity_metrics.measures.disclosure.linked_rows import linked_rows
from equity_metrics.measures.disclosure.possible_tables import Mask
from equity_metrics.measures.disclosure.protected_rows import EITHER
from equity_metrics.measures.disclosure.release import release
from measures.broken_down_examples import broken_down
from measures.released_attack import leaks
from measures.singleton_attack import told_to_one

SHAPES = ((6,), (3, 2), (2, 3), (3, 3), (2, 2, 2))


def beside_the_optimum(number: int) -> pd.DataFrame:
    """Release small tables, and find the fewest rows that keep each of them safe.

    Parameters
    ----------
    number
        Of tables with a small number in them.

    Returns
    -------
    DataFrame
        One row a table: ``rows``, ``own`` (withheld for their own number), ``withheld``, ``fewest``.
    """
    found: list[tuple[int, int, int, int]] = []
    seed = 0
    with tqdm(total=number, desc="Beside the optimum") as bar:
        while len(found) < number:
            generator = np.random.default_rng(seed)
            rows = broken_down(generator.negative_binomial(0.8, 0.8 / (0.8 + 40), SHAPES[seed % len(SHAPES)]))
            seed += 1
            released = release(rows)
            own = rows["numerator"].between(1, 4).to_numpy()
            # A breakdown that goes as a whole is a choice of the policy, and not of the search.
            if own.any() and own.mean() <= 1 / 3:
                found.append((len(rows), int(own.sum()), int((released["withheld"] != "").sum()), fewest(rows, own)))
                bar.update()
    return pd.DataFrame(found, columns=["rows", "own", "withheld", "fewest"])


def fewest(rows: pd.DataFrame, own: Mask) -> int:
    """Count the fewest rows that hide the small ones, trying one more row after another."""
    linked = linked_rows(rows)
    lines = abs(linked.sums)
    others = np.flatnonzero(~own)
    for more in range(len(others) + 1):
        for chosen in combinations(others, more):
            hidden = own.copy()
            hidden[list(chosen)] = True
            if not _one_left(lines, linked.shows, hidden) and _safe(rows, hidden):
                return int(own.sum()) + more
    raise RuntimeError("hiding everything must be safe, got: a table in which it is not")


def _one_left(lines: sparse.csr_array, shows: sparse.csr_array, hidden: Mask) -> bool:
    """Say at once whether some sum gives its only hidden cell away, unless that one may be known."""
    cells = shows.T @ (~hidden).astype(float) == 0
    return bool((lines @ cells.astype(float) == 1).any())


def _safe(rows: pd.DataFrame, hidden: Mask) -> bool:
    # What a release says of its rows in such a table: not which of them are small.
    reason = EITHER if (rows["band"] != "All staff").any() else "fewer than 5 staff of the group"
    small = rows["numerator"].between(1, 4)
    said = np.where(hidden, np.where(small | (reason == EITHER), reason, "withheld"), "")
    released = rows.assign(withheld=said, audience="publish")
    return leaks(rows, released).empty and told_to_one(rows, released).empty
