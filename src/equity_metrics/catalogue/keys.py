"""The columns that together name one cell of a table, as ``docs/tables.md`` has them."""

from collections.abc import Iterable

KEYS = ("organisation", "period", "indicator", "grouping", "level", "group")
INTERSECTIONS = ("gender", "age_band", "international_recruit", "site")
"""Further dimensions beside ethnicity, as staff records name them."""
OPTIONAL_KEYS = ("band", "staff_group", "directorate", "ward", "definition", *INTERSECTIONS)


def keys_among(columns: Iterable[str]) -> list[str]:
    """Keys that are among the columns of a table, in their order."""
    there = set(columns)
    return [key for key in (*KEYS, *OPTIONAL_KEYS) if key in there]
