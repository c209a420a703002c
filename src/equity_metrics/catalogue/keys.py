"""The columns that together name one cell of a table, as ``docs/tables.md`` has them."""

from collections.abc import Iterable

KEYS = ("organisation", "period", "indicator", "grouping", "level", "group")
OPTIONAL_KEYS = ("band", "staff_group", "directorate", "ward", "definition")


def keys_among(columns: Iterable[str]) -> list[str]:
    """Keys that are among the columns of a table, in their order."""
    there = set(columns)
    return [key for key in (*KEYS, *OPTIONAL_KEYS) if key in there]
