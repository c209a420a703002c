"""Withheld rows of linked tables in; further rows, so that people can be exchanged between hidden cells, out."""

import numpy as np
from scipy import sparse
from tqdm.auto import tqdm

from equity_metrics.measures.disclosure.cell_names import TREE
from equity_metrics.measures.disclosure.complements import Withheld
from equity_metrics.measures.disclosure.exchange_axes import Axes
from equity_metrics.measures.disclosure.possible_counts import PossibleCounts
from equity_metrics.measures.disclosure.possible_tables import Ints, Knowledge, Mask

CANDIDATES, AT_ONCE, MOST_CANDIDATES = 24, 1_500, 72
"""Exchanges of one kind among which the cheapest is chosen: more where few trees are left."""
MOVES = 5
"""Exchanges towards one count before another one is chosen."""
FEW_CELLS, ROUNDS = 5_000, 5
"""With more cells than these, so many counts are tried between two looks at what is still missing."""
BUDGETS = (0.0, 12.0, 25.0, 45.0, 80.0, 150.0, 300.0, 1000.0, 3000.0, 10000.0, 60000.0)
"""Most that an exchange may cost, more where nothing else helps; in the end a tree is withheld as a whole."""
PATIENCE, STALLED = 40, 3
"""Counts tried without much progress before an exchange may cost more; they count more where nothing moved at all."""
HIDDEN_PARTNERS = 0.6
"""How often the other cell of an exchange is one that is hidden already."""
FREE = 0.05
"""Price of an exchange that hides nothing more, so that the one that moves farthest is preferred."""


class Exchanges:
    """Whole tables that fit what is released, reached from the true one by exchanges of people between hidden cells.

    Every count that a cell has in one of them is possible to whoever knows all that is released. It stays so when more
    is withheld, so nothing that was shown to be safe has to be looked at again.

    References
    ----------
    Giessing S, Repsilber D (2002). Tools and strategies to protect multiple tables with the GHQUAR cell suppression
    engine. In: Inference control in statistical databases, Springer: 181-192 (withholding the corners of cubes).
    Diaconis P, Sturmfels B (1998). Annals of Statistics 26: 363-397 (tables reached by small exchanges).
    """

    def __init__(self, withheld: Withheld, hopeless: Mask, progress: bool = False, seed: int = 0) -> None:
        self.withheld, self.linked = withheld, withheld.linked
        self.generator = np.random.default_rng(seed)
        self.axes = Axes(self.linked)
        self.useful = np.ones(self.axes.kinds)
        # A last cell stands for parts without a row: they count nobody.
        self.least, self.most = (np.append(limit, [0.0, 0.0]) for limit in withheld.limits)
        self.true = np.append(self.linked.counts, [0, 0]).astype(np.int64)
        self.counts = self.true.copy()
        known = Knowledge(sparse.csr_array((0, len(self.linked.counts))), np.empty(0), self.least[:-2], self.most[:-2])
        self.possible = PossibleCounts(known, withheld.small, withheld.thresholds, self.true[:-2])
        self.summed = abs(self.linked.sums).sum(axis=0) > 0
        # Named cells are in the order of their trees; those without a name are in no sum.
        self.named = np.flatnonzero((self.linked.names >= 0).all(axis=1))
        self.settled = np.zeros(len(self.linked.counts), dtype=bool)
        self.hopeless = hopeless
        self.progress = progress

    def withhold_until_safe(self) -> None:
        """Withhold what exchanges need until each hidden cell was seen with all counts that it must be able to have."""
        self.bar = tqdm(desc="Protecting small numbers", unit="cells", disable=not self.progress)
        trees = self.linked.names[:, TREE].max(initial=0) + 1
        tries, before = np.zeros(trees, dtype=int), np.full(trees, -1)
        self.candidates = CANDIDATES
        self.moved, self.rounds = np.zeros(trees, dtype=bool), ROUNDS if len(self.true) > FEW_CELLS else 1
        while True:
            cells, missing = self._missing()
            tree = self.linked.names[cells, TREE]
            left = np.bincount(tree, minlength=trees)
            slow = np.where(self.moved, 1, STALLED) * self.rounds
            tries = np.where(
                left < 0.9 * before, np.maximum(tries - self.rounds, 0), np.where(before < 0, 0, tries + slow)
            )
            before, self.moved = left, np.zeros(trees, dtype=bool)
            for hopeless in np.flatnonzero((left > 0) & (tries >= PATIENCE * len(BUDGETS))):
                self._withhold_tree(int(hopeless))
            self.bar.total = int(self.withheld.hidden.sum())
            self.bar.update(self.bar.total - len(cells) - self.bar.n)
            if not len(cells):
                self.bar.close()
                return
            self.budget = np.append(BUDGETS, 0.0)[np.minimum(tries // PATIENCE, len(BUDGETS))]
            self._explore(cells, missing, tree)

    def _missing(self) -> tuple[Ints, Mask]:
        hidden = self.withheld.hidden
        prices = np.where(hidden, 0.0, self.withheld.cell_prices())
        self.price = np.concatenate([prices, [np.inf, 0.0]])
        self.hidden = hidden
        self.settled |= ~self.summed | self.hopeless
        ours = np.flatnonzero(hidden & ~self.settled)
        cells, missing = self.possible.unsettled(ours)
        self.settled[np.setdiff1d(ours, cells, assume_unique=True)] = True
        return cells, missing

    def _explore(self, cells: Ints, missing: Mask, tree: Ints) -> None:
        """Start from the true table again and again, and move one cell of each tree towards a count that it misses."""
        trees, start, number = np.unique(tree, return_index=True, return_counts=True)
        self.candidates = min(max(CANDIDATES, AT_ONCE // len(trees)), MOST_CANDIDATES)
        partners = [self.named[self.hidden[self.named]], self.named]
        ends = [np.searchsorted(self.linked.names[some, TREE], np.arange(trees.max() + 2)) for some in partners]
        for _ in range(self.rounds):
            pick = start + (self.generator.random(len(trees)) * number).astype(np.int64)
            job, columns = cells[pick], missing[pick]
            target = self.possible.count_at(job, (self.generator.random(columns.shape) * columns).argmax(axis=1))
            self.counts = self.true.copy()
            for _ in range(MOVES):
                at = np.repeat(trees, self.candidates)
                place = self.generator.random(len(at))
                others = [
                    some[end[at] + (place * (end[at + 1] - end[at])).astype(np.int64)]
                    for some, end in zip(partners, ends, strict=True)
                ]
                known = (self.generator.random(len(at)) < HIDDEN_PARTNERS) | (self.budget[at] == 0)
                self._exchange(job, target, np.where(known, *others))

    def _exchange(self, job: Ints, target: Ints, others: Ints) -> None:
        """Make for each tree the best affordable exchange of two kinds."""
        many = np.repeat(job, self.candidates)
        budget = self.budget[self.linked.names[many, TREE]]
        chance = self.useful / self.useful.sum()
        for kind in self.generator.choice(len(chance), min(2, len(chance)), replace=False, p=chance):
            need = target - self.counts[job]
            members, signs = self.axes.exchange(kind, many, others, self.generator)
            # Most exchanges touch a cell that is shown: only the others are worth a closer look.
            price = self.price[members].sum(axis=1)
            line = np.flatnonzero(price <= budget)
            members, price, of = members[line], price[line], line // self.candidates
            way = signs[line] * np.sign(need[of])[:, None]
            changes = ((members == job[of][:, None]) & (way != 0)).any(axis=1)
            up, down = self.most[members] - self.counts[members], self.counts[members] - self.least[members]
            room = np.where(way > 0, up, np.where(way < 0, down, np.inf)).min(axis=1, initial=np.inf)
            step = np.minimum(room, np.abs(need[of]))
            kept = changes & (step > 0)
            self.useful[kind] += kept.any()
            order = np.lexsort((-step / (FREE + price), of))
            order = order[kept[order]]
            first = order[np.unique(of[order], return_index=True)[1]]
            self._move(members[first], way[first], step[first].astype(np.int64))

    def _move(self, members: Ints, way: Ints, step: Ints) -> None:
        """Move people, hide the cells that they move between, and note every count on the way."""
        self.moved[self.linked.names[members.max(axis=1, initial=0), TREE]] = True
        moved = way != 0
        moving, sign, far = members[moved], way[moved], np.broadcast_to(step[:, None], way.shape)[moved]
        new = moving[self.price[moving] > 0]
        if len(new):
            self.withheld.hide(np.unique(new))
            self.price[moving] = 0.0
        for one in range(1, int(far.max(initial=0)) + 1):
            on = far >= one
            self.possible.note(moving[on], self.counts[moving[on]] + one * sign[on])
        self.counts[moving] += sign * far

    def _withhold_tree(self, tree: int) -> None:
        """Withhold all of a tree and say of nothing in it that it is small: then nothing is known of it."""
        cells = np.flatnonzero(self.linked.names[:, TREE] == tree)
        self.withheld.hide(cells)
        self.withheld.small[cells] = False
        self.hopeless[cells] = True
