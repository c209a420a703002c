"""Small tables of counts, scores and published values, drawn as text."""

import io

import pandas as pd

NUMBERS = ("numerator", "denominator", "base", "mean", "variance", "value")


def drawn(text: str, **columns: object) -> pd.DataFrame:
    """Read a table drawn with ``|`` between its cells; add columns that are the same in every row."""
    lines = ["|".join(cell.strip() for cell in line.strip().split("|")) for line in text.strip().splitlines()]
    table = pd.read_csv(io.StringIO("\n".join(lines)), sep="|", dtype=str, keep_default_na=False)
    for column in set(table.columns) & set(NUMBERS):
        table[column] = pd.to_numeric(table[column], errors="coerce").astype(float)
    defaults = {"organisation": "Alder", "period": "2025", "grouping": "White / BME", "level": "organisation"}
    return table.assign(**{k: v for k, v in {**defaults, **columns}.items() if k not in table.columns})
