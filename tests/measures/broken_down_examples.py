"""Counts of a share made from a seed, broken down by up to four dimensions with the totals over each."""

from itertools import product

import numpy as np
import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS

SHAPES = ((8,), (6, 5), (4, 3, 3), (3, 2, 2, 2))
NAMES = (
    [f"group {k}" for k in range(8)],
    ["2", "3", "4", "5", "6"],
    ["Clinical", "Non-clinical", "Medical"],
    ["Surgery", "Medicine"],
)
COLUMNS = ["group", "band", "staff_group", "directorate"]
TOTALS = ("", ALL_STAFF, ALL_STAFF_GROUPS, "")


def broken_down(counts, grouping="Own grouping"):
    """Return rows of counts, groups × bands × staff groups × directorates as far as there are, with all totals."""
    people = np.asarray(counts, dtype=float)
    people = people.reshape(people.shape + (1,) * (4 - people.ndim))
    names = [list(name[:size]) for name, size in zip(NAMES, people.shape, strict=True)]
    for axis in (1, 2, 3):
        if people.shape[axis] == 1:
            names[axis] = [TOTALS[axis]]
        else:
            people = np.concatenate([people, people.sum(axis=axis, keepdims=True)], axis=axis)
            names[axis].append(TOTALS[axis])
    everyone = np.broadcast_to(people.sum(axis=0), people.shape)
    rows = pd.DataFrame(list(product(*names)), columns=COLUMNS).assign(
        numerator=people.ravel(), denominator=everyone.ravel(), organisation="Alder", period="2025", indicator="1"
    )
    level = rows["directorate"].map(lambda name: "directorate" if name else "organisation")
    return rows.assign(level=level, grouping=grouping, source="Synthetic")


def seeded_breakdown(seed):
    """Return a table of 1 to 4 dimensions in which about a fifth of the counts are small."""
    generator = np.random.default_rng(seed)
    return broken_down(generator.negative_binomial(0.6, 0.6 / (0.6 + 40), SHAPES[seed % 4]))
