"""Withheld cells that can be worked out in; the cheapest other cells to withhold, so that they no longer can, out."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from equity_metrics.measures.disclosure.possible_tables import WHOLE, Floats, Ints, Mask

NOT_SAYING_SMALL = 1e5
"""Price of not saying of a small cell that it is small: a last resort, beside the prices of withholding cells."""
FARTHER = 1e6
"""Worth of moving a protected cell one person farther: more than all that it can cost."""


@dataclass(frozen=True)
class Protection:
    """What has to change together with the protected cells so that all sums still hold.

    Of every cell ``moved`` says whether it changes at a price: one that was released so far, or a small one that goes
    beyond 1 to t − 1. ``counts`` are those that result, which are not always whole.
    """

    moved: Mask
    counts: Floats


def protection(
    constraints: sparse.csr_array,
    counts: Floats,
    withheld: Mask,
    limits: tuple[Floats, Floats],
    prices: Floats,
    cells: Ints,
    targets: Ints | Floats,
    whole: bool = False,
) -> Protection:
    """Find the cheapest cells that can change so that some cells have other counts and all sums still hold.

    Parameters
    ----------
    constraints
        Equations × cells; times the counts they stay what they are.
    counts, withheld
        Of every cell its true count, and whether it is withheld so far.
    limits
        The least and the most that is known of each cell once it is withheld.
    prices
        Of withholding each cell; infinite where it must be shown.
    cells, targets
        Which cells are protected, no two of them joined by equations, and the counts that are to become possible. Each
        goes as far as it can.
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
    least, most = (np.where(withheld, limit - counts, 0.0) for limit in limits)
    way = targets - counts[cells]
    least[cells], most[cells] = np.minimum(way, 0), np.maximum(way, 0)
    worth = np.zeros(len(counts))
    worth[cells] = -FARTHER * np.sign(way)
    # Released cells go up or down at a price; so do small cells beyond what is said of them, where nothing else helps.
    priced = np.where(withheld, np.isfinite(limits[1]), np.isfinite(prices))
    priced[cells] = False
    # A small total needs to hide that it is small sooner than its parts do: it is the cheaper one.
    price = np.where(withheld, NOT_SAYING_SMALL / (1 + counts), prices)[priced]
    down = counts[priced] + np.minimum(least[priced], 0)
    found = _cheapest(constraints, priced, (least, most), worth, price, down, whole)
    change = found.x[: len(counts)]
    beyond = np.split(found.x[len(counts) :], 2)
    moved = np.zeros(len(counts), dtype=bool)
    moved[priced] = beyond[0] + beyond[1] > WHOLE
    change[priced] += beyond[0] - beyond[1]
    return Protection(moved, counts + change)


def farthest_missing(
    count: int, seen: Ints, limits: tuple[float, float], small: bool, threshold: int, way: int
) -> float:
    """Find the farthest count up or down that a withheld cell must be able to have and was not seen with.

    Parameters
    ----------
    count
        The true one.
    seen
        The counts of the cell in whole tables that fit, in order.
    limits
        The least and the most that each sum alone leaves of it.
    small, threshold
        Whether it is said to be 1 to t − 1, and t.
    way
        1 for up, −1 for down.

    Returns
    -------
    float
        Missing where there is none. Of a small cell every count is wanted, of another one t consecutive counts.
    """
    first = 1
    if not small:
        # Where what is said to be small leaves no room for t counts, that has to go.
        least, most = limits if limits[1] - limits[0] >= threshold - 1 else (0.0, np.inf)
        runs = np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1)
        run = next(run for run in runs if count in run)
        first = int(
            min(run[0], most - threshold + 1) if way > 0 else max(run[-1], least + threshold - 1) - threshold + 1
        )
    missing = np.setdiff1d(np.arange(first, first + threshold - small), seen)
    missing = missing[missing * way > count * way]
    return float(missing[::-way][0]) if len(missing) else np.nan


def _cheapest(
    constraints: sparse.csr_array,
    priced: Mask,
    free: tuple[Floats, Floats],
    worth: Floats,
    price: Floats,
    down: Floats,
    whole: bool,
) -> OptimizeResult:
    """Solve for the free change of every cell, then for the priced changes up and down of some."""
    endless = np.full(len(price), np.inf)
    ours = constraints[:, np.flatnonzero(priced)]
    return milp(
        np.concatenate([worth, price, price]),
        integrality=np.full(len(priced) + 2 * len(price), int(whole)),
        bounds=Bounds(np.concatenate([free[0], 0 * price, 0 * price]), np.concatenate([free[1], endless, down])),
        constraints=LinearConstraint(sparse.hstack([constraints, ours, -ours]), 0, 0),
    )
