"""Counts of one organisation made from a seed: a share by band, and rates of the same staff."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import WORKFORCE_CATEGORIES, groups_of
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.workforce_totals import add_workforce_totals

BANDS = ("5", "6", "8a", "VSM")


def seeded_tables(seed, places=1):
    """Return detailed categories, five groups and White / BME of indicators 1, 3 and 5, some of them without people."""
    generator = np.random.default_rng(seed)
    groups = groups_of(WORKFORCE_CATEGORIES)[:: 1 + seed % 3]
    bands = BANDS[: 1 + seed % 4]
    rows = []
    for place in range(places):
        size = generator.gamma(0.6, generator.choice([20, 60, 300]), len(groups))
        people = generator.poisson(size[:, None] * generator.dirichlet(np.full(len(bands), 2.0)))
        events = generator.binomial(people.sum(axis=1), 0.1)
        answers = generator.binomial(people.sum(axis=1), 0.5)
        for g, group in enumerate(groups):
            rows += [(place, "1", group, b, people[g, k], people[:, k].sum()) for k, b in enumerate(bands)]
            rows.append((place, "3", group, "", events[g], people[g].sum()))
            rows.append((place, "5", group, "", generator.binomial(answers[g], 0.3), answers[g]))
    columns = ["organisation", "indicator", "group", "band", "numerator", "denominator"]
    counts = pd.DataFrame(rows, columns=columns).assign(
        organisation=lambda t: "Place " + t["organisation"].astype(str),
        period="2025",
        level="organisation",
        grouping=WORKFORCE_CATEGORIES,
        source="Synthetic",
    )
    return roll_ups(add_workforce_totals(counts.astype({"numerator": float, "denominator": float})))
