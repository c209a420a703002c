"""Cells of linked tables in; which cells gain and lose somebody when people change places, out."""

from itertools import product

import numpy as np

from equity_metrics.measures.disclosure.cell_names import BAND, EVENT, GROUP, STAFF_GROUP, TREE, UNIT
from equity_metrics.measures.disclosure.linked_rows import LinkedRows
from equity_metrics.measures.disclosure.possible_tables import Ints


class Axes:
    """What each coordinate of each tree is made of: its smallest parts, and the totals that hold each of them."""

    def __init__(self, linked: LinkedRows) -> None:
        names = linked.names.copy()
        self.names = names
        # Events numbered within each tree keep the numbering of all cells short.
        event = (names[:, EVENT] + 1) // 2
        pairs = np.unique(np.stack([names[:, TREE], event])[:, event > 0], axis=1)
        rank = np.arange(pairs.shape[1]) - np.searchsorted(pairs[0], pairs[0])
        self.events = np.bincount(pairs[0], minlength=names[:, TREE].max(initial=0) + 1)
        key = pairs[0] * (event.max(initial=0) + 1) + pairs[1]
        local = np.searchsorted(key, names[:, TREE] * (event.max(initial=0) + 1) + event)
        odd = names[:, EVENT] % 2
        names[:, EVENT] = (
            np.where(event > 0, 2 * rank[np.minimum(local, len(rank) - 1)] + 2 - odd, 0) if len(rank) else 0
        )
        linkable = (names >= 0).all(axis=1)
        self.sizes = tuple(names.max(axis=0, initial=0) + 1)
        self.number = np.full(int(np.prod(self.sizes)), -1, dtype=np.int32)
        self.number[np.ravel_multi_index(tuple(names[linkable].T), self.sizes)] = np.flatnonzero(linkable)
        self.eventful = bool(((names[:, EVENT] > 0) & (names[:, [BAND, STAFF_GROUP, UNIT]] > 0).any(axis=1)).any())
        self.axes = {
            axis: _Axis(names[linkable], axis, linked.wider[axis]) for axis in (UNIT, BAND, STAFF_GROUP, GROUP)
        }
        self._kinds = [
            (*pairs, flip)
            for pairs in product(*(ours.ways for ours in self.axes.values()))
            for flip in ((False, True) if self.events.any() and (self.eventful or not any(pairs[:3])) else (False,))
        ]
        for axis, totals in linked.broken_down.items():
            if axis in self.axes:
                self._close(axis, names[totals], len(names))

    def _close(self, axis: int, totals: Ints, nobody: int) -> None:
        """Let nobody move into parts of a total that have no cell beside parts that have one: they count nobody."""
        ours = self.axes[axis]
        key = totals[:, TREE] * ours.size + totals[:, axis]
        number = ours.start[key + 1] - ours.start[key]
        name = np.repeat(totals, number, axis=0)
        within = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
        chain = ours.chain[ours.parts_of[np.repeat(ours.start[key], number) + within]]
        below = np.cumsum(chain == name[:, [axis]], axis=1) == 0
        there = np.zeros(len(name), dtype=bool)
        for column in range(chain.shape[1]):
            part = name.copy()
            part[:, axis] = np.maximum(chain[:, column], 0)
            found = self.number[np.ravel_multi_index(tuple(part.T), self.sizes)]
            there |= below[:, column] & (chain[:, column] >= 0) & (found >= 0) & (found < nobody)
        name[:, axis] = chain[:, 0]
        self.number[np.ravel_multi_index(tuple(name[~there].T), self.sizes)] = nobody

    @property
    def kinds(self) -> int:
        """How many kinds of exchanges there are."""
        return len(self._kinds)

    def exchange(self, kind: int, cell: Ints, other: Ints, generator: np.random.Generator) -> tuple[Ints, Ints]:
        """Make exchanges of one kind that change cells.

        Parameters
        ----------
        kind
            Along which coordinates somebody moves from one part to another, and whether it is the event that moves.
        cell, other
            The cells that change, and cells of the same trees to exchange people with.
        generator
            Of the choice of parts and events.

        Returns
        -------
        members, signs : array of int, exchanges × members
            The cells that change, −1 for none, and whether they gain (1) or lose (−1) somebody, or neither (0).
        """
        *pairs, flip = self._kinds[kind]
        names, others = self.names[cell], self.names[other]
        tree = names[:, TREE]
        key, sign = tree[:, None], np.ones((len(cell), 1), dtype=np.int64)
        for axis, pair in zip(self.axes, pairs, strict=True):
            if axis == GROUP:
                alone = any(pairs[:3]) and not self.eventful
                events = self._events(tree, names[:, EVENT], alone, flip, generator)
                key, sign = _times(key, sign, *events, self.sizes[EVENT])
            parts = self.axes[axis].parts(tree, names[:, axis], others[:, axis], pair, generator)
            key, sign = _times(key, sign, *parts, self.sizes[axis])
        members = np.where(sign != 0, self.number[key], -1)
        return members, np.where(members >= 0, sign, 0)

    def _events(
        self, tree: Ints, event: Ints, none: bool, flip: bool, generator: np.random.Generator
    ) -> tuple[Ints, Ints]:
        """Choose with which events the people come: all people, and with or without each event."""
        most = int(self.events.max(initial=0))
        nodes, signs = np.zeros((len(tree), 1), dtype=np.int64), np.ones((len(tree), 1), dtype=np.int64)
        if not most or none:
            return nodes, signs
        there = np.arange(most) < self.events[tree][:, None]
        side = (generator.random((len(tree), most)) < 0.5).astype(np.int64)
        own = (event + 1) // 2 - 1
        rows = np.flatnonzero(own >= 0)
        side[rows, own[rows]] = 1 - event[rows] % 2
        with_events = 2 * np.arange(most) + 1 + side
        if not flip:
            return np.hstack([nodes, with_events]), np.hstack([signs, there.astype(np.int64)])
        # Somebody has the event instead of somebody else: people stay as many as they were.
        flipped = np.where(own >= 0, own, (generator.random(len(tree)) * self.events[tree]).astype(np.int64))
        chosen = with_events[np.arange(len(tree)), np.minimum(flipped, most - 1)]
        other = chosen + np.where(chosen % 2 == 1, 1, -1)
        some = (self.events[tree] > 0).astype(np.int64)
        return np.stack([chosen, other], axis=1), np.stack([some, -some], axis=1)


class _Axis:
    """The smallest parts of one coordinate in each tree, and the totals that hold each."""

    def __init__(self, names: Ints, axis: int, wider: list[Ints]) -> None:
        self.size = int(names[:, axis].max(initial=0)) + 1
        self.chain = np.column_stack([np.arange(self.size), *(up[: self.size] for up in wider)])
        trees = int(names[:, TREE].max(initial=0)) + 1
        pairs = np.unique(names[:, TREE] * self.size + names[:, axis])
        above = self.chain[pairs % self.size, 1:]
        inner = (pairs[:, None] // self.size * self.size + above)[above >= 0]
        leaves = np.setdiff1d(pairs, inner)
        tree, part = np.divmod(leaves, self.size)
        self.ways = (False, True) if len(leaves) > trees else (False,)
        held = self.chain[part]
        key = (tree[:, None] * self.size + held)[held >= 0]
        order = np.argsort(key, kind="stable")
        self.parts_of = np.broadcast_to(part[:, None], held.shape)[held >= 0][order]
        self.start = np.searchsorted(key[order], np.arange(trees * self.size + 1))

    def parts(
        self, tree: Ints, node: Ints, other: Ints, pair: bool, generator: np.random.Generator
    ) -> tuple[Ints, Ints]:
        """Choose a part of each total, and another part to exchange with: both with all totals that hold only one."""
        key = tree * self.size + node
        first = self.parts_of[_chosen(self.start[key], self.start[key + 1], generator)]
        nodes = self.chain[first]
        if not pair:
            return nodes, (nodes >= 0).astype(np.int64)
        key = tree * self.size + other
        second = self.parts_of[_chosen(self.start[key], self.start[key + 1], generator)]
        others = self.chain[second]
        only = (nodes != others).astype(np.int64)
        return np.hstack([nodes, others]), np.hstack([only * (nodes >= 0), -only * (others >= 0)])


def _chosen(start: Ints, stop: Ints, generator: np.random.Generator) -> Ints:
    return start + (generator.random(len(start)) * (stop - start)).astype(np.int64)


def _times(key: Ints, sign: Ints, nodes: Ints, signs: Ints, size: int) -> tuple[Ints, Ints]:
    """Combine what changes along the coordinates so far with what changes along the next."""
    # Of columns that change nothing in any tree nothing needs to be looked up.
    used = signs.any(axis=0)
    nodes, signs = nodes[:, used], signs[:, used]
    keys = key[:, :, None] * size + np.maximum(nodes, 0)[:, None, :]
    both = sign[:, :, None] * signs[:, None, :]
    return keys.reshape(len(key), -1), both.reshape(len(key), -1)
