"""Withheld rows of linked tables in; further rows, so that no single sum gives a withheld number away, out."""

import numpy as np
from scipy import sparse

from equity_metrics.measures.disclosure.linked_rows import LinkedRows
from equity_metrics.measures.disclosure.possible_tables import Floats, Ints, Mask
from equity_metrics.measures.disclosure.singletons import NOBODY, people_alone, small_to_keep

FAR = 1e9
"""Stands for a count without limit where limits are added up."""
ALONE = 0.7
"""What it costs more, in parts of its price, to withhold a cell for each other sum in which it would be alone."""


class Withheld:
    """What is withheld so far.

    Parameters
    ----------
    linked
        Rows, cells and sums.
    rows
        Which rows are withheld.
    small
        Which cells are said to be 1 to t − 1.
    thresholds
        t of each cell: small ones must stay possibly anything from 1 to t − 1, others have t consecutive values.
    prices
        Of withholding each row; infinite where it must be shown.
    """

    def __init__(self, linked: LinkedRows, rows: Mask, small: Mask, thresholds: Ints, prices: Floats) -> None:
        self.linked, self.thresholds, self.prices = linked, thresholds, prices
        self.rows, self.small = rows.copy(), small.copy()
        self.given_up = np.zeros(len(small), dtype=bool)
        self._shown_by = linked.shows.T.tocsr()

    @property
    def hidden(self) -> Mask:
        """Cells that no row shows."""
        return self._shown_by @ (~self.rows).astype(float) == 0

    @property
    def limits(self) -> tuple[Floats, Floats]:
        """The least and the most that is said of cells once they are hidden."""
        return np.where(self.small, 1.0, 0.0), np.where(self.small, self.thresholds - 1.0, FAR)

    def hide(self, cells: Ints) -> None:
        """Withhold every row that shows one of these cells."""
        chosen = np.zeros(len(self.linked.counts))
        chosen[cells] = 1
        self.rows |= (self.linked.shows @ chosen > 0) & np.isfinite(self.prices)

    def give_up(self, cells: Ints) -> None:
        """Withhold cells that cannot be protected otherwise; say of none that it is small: nothing is known then."""
        self.hide(cells)
        self.small[cells] = False
        self.given_up[cells] = True

    def cell_prices(self) -> Floats:
        """Give what it costs to hide each cell: the prices of the rows that show it."""
        price = np.where(self.rows, 0.0, self.prices)
        locked = self._shown_by @ np.isinf(price).astype(float) > 0
        return np.where(locked, np.inf, self._shown_by @ np.where(np.isinf(price), 0.0, price))


def withhold_complements(withheld: Withheld, sums: sparse.csr_array) -> None:
    """Withhold the cheapest cells until each sum alone leaves all that must stay possible.

    Parameters
    ----------
    withheld
        What is withheld so far; more is added to it. A small cell is no longer said to be small where it could not be
        kept apart from other small cells of the same sum.
    sums
        Equations × cells.

    References
    ----------
    Cox L H (1980). Suppression methodology and statistical disclosure control. Journal of the American Statistical
    Association 75: 377-385 (complementary suppression along lines).
    """
    entries = sums.tocoo()
    person = people_alone(sums, withheld.linked.counts)
    hopeless = np.zeros(sums.shape[0], dtype=bool)
    while True:
        hidden = withheld.hidden
        unsafe = _unsafe_sums(withheld, hidden, entries, person) & ~hopeless
        if not unsafe.any():
            return
        ours = unsafe[entries.row] & ~hidden[entries.col]
        equation, cell = entries.row[ours], entries.col[ours]
        alone = (abs(sums) @ hidden.astype(float) == 0).astype(float)
        price = withheld.cell_prices() * (1 + ALONE * (abs(sums).T @ alone))
        order = np.lexsort((cell, price[cell], equation))
        order = order[np.isfinite(price[cell[order]])]
        found, first = np.unique(equation[order], return_index=True)
        withheld.hide(cell[order][first])
        # Where nothing more can be withheld, small cells are no longer said to be small: the total first.
        stuck = unsafe.copy()
        stuck[found] = False
        said = stuck[entries.row] & withheld.small[entries.col]
        totals = said & (entries.data > 0)
        with_total = np.zeros_like(stuck)
        with_total[entries.row[totals]] = True
        withheld.small[entries.col[totals | said & ~with_total[entries.row]]] = False
        able = np.zeros_like(stuck)
        able[entries.row[said]] = True
        hopeless |= stuck & ~able


def _unsafe_sums(withheld: Withheld, hidden: Mask, entries: sparse.coo_array, person: Ints) -> Mask:
    """Find sums that leave too little possible for one of their hidden cells, knowing nothing but that sum.

    Whoever is alone in one of the cells knows that too: of another small one they must not be left one count only.
    """
    ours = hidden[entries.col]
    equation, cell, plus = entries.row[ours], entries.col[ours], entries.data[ours] > 0
    least, most = (limit[cell] for limit in withheld.limits)
    number = entries.shape[0]
    known = np.bincount(equation, entries.data[ours] * withheld.linked.counts[cell], number)
    low, high = np.where(plus, least, -most), np.where(plus, most, -least)
    lowest = (known - np.bincount(equation, high, number))[equation] + high
    highest = (known - np.bincount(equation, low, number))[equation] + low
    wanted = withheld.thresholds[cell] - np.where(withheld.small[cell], 2, 1)
    unsafe = np.zeros(number, dtype=bool)
    unsafe[equation[_left(least, most, plus, lowest, highest) < wanted]] = True
    kept = small_to_keep(withheld.linked.counts, withheld.thresholds)[cell]
    one, other = _beside(equation, np.flatnonzero(person[cell] != NOBODY), number)
    asked = kept[other] & (person[cell[one]] != person[cell[other]])
    one, other = one[asked], other[asked]
    sign = np.where(plus[one], 1.0, -1.0)
    left = _left(
        least[other], most[other], plus[other], lowest[other] + high[one] - sign, highest[other] + low[one] - sign
    )
    unsafe[equation[other[left < 1]]] = True
    return unsafe


def _left(least: Floats, most: Floats, plus: Mask, lowest: Floats, highest: Floats) -> Floats:
    """Say how far apart the least and the most are that a sum leaves of its cells."""
    return np.minimum(most, np.where(plus, highest, -lowest)) - np.maximum(least, np.where(plus, lowest, -highest))


def _beside(equation: Ints, ones: Ints, number: int) -> tuple[Ints, Ints]:
    """Pair some entries, listed equation by equation, with every entry of the same equation."""
    start = np.searchsorted(equation, np.arange(number + 1))
    many = np.diff(start)[equation[ones]]
    place = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return np.repeat(ones, many), np.repeat(start[equation[ones]], many) + place
