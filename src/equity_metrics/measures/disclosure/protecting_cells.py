"""A withheld cell that can be worked out in; the cheapest other cells to withhold, so that it no longer can, out."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from equity_metrics.measures.disclosure.possible_tables import WHOLE, Floats, Ints, Mask

NOT_SAYING_SMALL = 1_000.0
"""Price of not saying of a small cell that it is small, beside about 1 for withholding a cell: a last resort."""


@dataclass(frozen=True)
class Protection:
    """What has to change its count together with a cell, and what that costs.

    ``withheld`` are cells that were released so far, ``unsaid`` small cells that go beyond 1 to t − 1; ``table`` is the
    whole table that they make, none where it is not whole.
    """

    withheld: Mask
    unsaid: Mask
    price: float
    table: Ints | None


def protection(
    constraints: sparse.csr_array,
    counts: Floats,
    withheld: Mask,
    limits: tuple[Floats, Floats],
    prices: Floats,
    cell: int,
    count: int,
    whole: bool = False,
) -> Protection:
    """Find the cheapest cells that can change so that one cell has another count and all sums still hold.

    Parameters
    ----------
    constraints
        Equations × cells; times the counts they are zero.
    counts, withheld
        Of every cell its true count, and whether it is withheld so far.
    limits
        The least and the most that is known of each cell once it is withheld.
    prices
        Of withholding each cell.
    cell, count
        Which cell is protected, and the count that is to become possible.
    whole
        Whether to look for whole numbers only, which takes longer.

    Returns
    -------
    Protection

    References
    ----------
    Kelly J P, Golden B L, Assad A A (1992). Cell suppression: disclosure protection for sensitive tabular data.
    Networks 22: 397-417 (a linear programme for each cell, in which cells withheld so far change at no price).
    """
    least, most = (limit - counts for limit in limits)
    way = count - counts[cell]
    least[cell] = most[cell] = way
    # Released cells go up or down at a price; so do small cells beyond what is said of them, where nothing else helps.
    for priced in (~withheld, ~withheld | (np.arange(len(counts)) != cell) & (most < np.inf)):
        priced[cell] = False
        # A small total needs to hide that it is small sooner than its parts do: dividing makes it the cheaper one.
        price = np.where(withheld, NOT_SAYING_SMALL / prices, prices)[priced] / abs(way)
        free = [np.where(withheld, side, 0.0) for side in (least, most)]
        down = counts[priced] + np.minimum(free[0][priced], 0)
        found = _cheapest(constraints, priced, free, price, down, whole)
        if found.x is not None:
            break
    change = found.x[: len(counts)]
    moved = np.zeros(len(counts), dtype=bool)
    beyond = np.split(found.x[len(counts) :], 2)
    moved[priced] = beyond[0] + beyond[1] > WHOLE
    change[priced] += beyond[0] - beyond[1]
    table = np.rint(counts + change)
    fits = np.abs(counts + change - table).max() < WHOLE and not (constraints @ table).any()
    return Protection(moved & ~withheld, moved & withheld, found.fun, table.astype(np.int64) if fits else None)


def _cheapest(
    constraints: sparse.csr_array, priced: Mask, free: list[Floats], price: Floats, down: Floats, whole: bool
) -> OptimizeResult:
    """Solve for the free change of every cell, then for the priced changes up and down of some."""
    endless = np.full(len(price), np.inf)
    ours = constraints[:, priced]
    return milp(
        np.concatenate([np.zeros(len(priced)), price, price]),
        integrality=np.full(len(priced) + 2 * len(price), int(whole)),
        bounds=Bounds(np.concatenate([free[0], 0 * price, 0 * price]), np.concatenate([free[1], endless, down])),
        constraints=LinearConstraint(sparse.hstack([constraints, ours, -ours]), 0, 0),
    )
