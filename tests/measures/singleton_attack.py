"""Complete and released rows of counts in; small withheld numbers that somebody alone in another one works out, out.

It shares no search with the protection: one person after another, the least and the most of each other number.
"""

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY
from equity_metrics.measures.disclosure.linked_rows import linked_rows
from equity_metrics.measures.disclosure.protected_rows import MOSTLY_SMALL, families, small_cells, thresholds_of_cells

MANY = 1e6
GUESSES = 5


def told_to_one(whole, released, policy=DISCLOSURE_POLICY):
    """Return who (a count of 1) finds out which other small count: cells' names, the person's first."""
    protections = policy.of(released["audience"].iloc[0])
    found = []
    for family in families(whole["indicator"]):
        ours = (whole["indicator"].isin(family).to_numpy()) & (released["withheld"] != MOSTLY_SMALL).to_numpy()
        rows, reasons = whole[ours].reset_index(drop=True), released.loc[ours, "withheld"].reset_index(drop=True)
        linked = linked_rows(rows)
        shown = linked.shows.T @ (reasons == "").astype(float).to_numpy() > 0
        said = small_cells(rows, linked, reasons, protections)
        t = thresholds_of_cells(rows, linked, protections)
        sums = linked.sums.toarray()
        for tree in np.unique(linked.names[:, 0]):
            here = linked.names[:, 0] == tree
            equations = sums[np.abs(sums[:, here]).sum(axis=1) > 0][:, here]
            pairs = told(equations, linked.counts[here], ~shown[here], said[here], t[here])
            found += [(*linked.names[here][one], *linked.names[here][other]) for one, other in pairs]
    return pd.DataFrame(found)


def told(equations, counts, hidden, said, t):
    """Return pairs of cells: a count of 1 and another small one that whoever is the 1 works out."""
    small = hidden & (counts >= 1) & (counts < t) & (t > 2)
    found = []
    for one in np.flatnonzero(hidden & (counts == 1)):
        self = same_person(equations, counts, one)
        others = set(np.flatnonzero(small)) - self
        found += [(one, other) for other in others_worked_out(equations, counts, hidden, said, t, self, others)]
    return found


def same_person(equations, counts, one):
    """Return the cells of 1 that count the same person: a total of 1, and its part of 1, and so on."""
    self, new = {one}, [one]
    while new:
        cell = new.pop()
        for equation in equations[equations[:, cell] != 0]:
            if counts[equation > 0].sum() == 1:
                more = set(np.flatnonzero((equation != 0) & (counts == 1))) - self
                self |= more
                new += more
    return self


def others_worked_out(equations, counts, hidden, said, t, self, others):
    """Return those of other cells whose least and most are the same to whoever knows that some cells are 1."""
    least, most = np.where(said, 1, 0), np.where(said, t - 1, MANY)
    free = hidden.copy()
    free[list(self)] = False
    least, most = (np.where(free, limit, counts) for limit in (least, most))
    fits = LinearConstraint(equations, equations @ counts, equations @ counts)

    def table(price):
        return milp(price, integrality=np.ones(len(counts)), bounds=Bounds(least, most), constraints=fits).x.round()

    generator = np.random.default_rng(0)
    left = set(others)
    for _ in range(GUESSES):
        if left:
            seen = table(generator.normal(size=len(counts)))
            left -= set(np.flatnonzero(seen != counts))
    single = np.eye(len(counts))
    return sorted(o for o in left if table(single[o])[o] == table(-single[o])[o])
