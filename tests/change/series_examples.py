"""Small monthly counts of one place that the tests of pooled series, charts and paths share."""

import pandas as pd

MONTHS = [str(m) for m in pd.period_range("2022-04", "2024-03", freq="M")]


def monthly(groups, indicator="2", months=MONTHS):
    """Counts of one place: ``{group: (numerators, denominator)}``, each a number or one for every month."""
    frames = [
        pd.DataFrame({"period": months, "group": group, "numerator": x, "denominator": n}, index=range(len(months)))
        for group, (x, n) in groups.items()
    ]
    grouping = "White / BME" if set(groups) <= {"White", "BME", "Not known"} else "Five groups"
    keys = {"organisation": "Alder", "indicator": indicator, "grouping": grouping, "level": "organisation"}
    counts = pd.concat(frames, ignore_index=True).astype({"numerator": float, "denominator": float})
    return counts.assign(**keys, source="Synthetic")
