"""What the room knows about tables: which columns name a cell, which hold its numbers, and of which kind a table is."""

import pandas as pd

from equity_metrics.catalogue.keys import KEYS

PUBLISHED_KEYS = ("question", "answer", "breakdown", "weighting", "source")
"""What else tells published values apart: they are compared only within one question, answer, weighting and source."""

COUNTS, SCORES, PUBLISHED = "counts", "scores", "published"
NUMBERS: dict[str, tuple[str, ...]] = {
    COUNTS: ("numerator", "denominator"),
    SCORES: ("base", "mean", "variance"),
    PUBLISHED: ("base", "value", "lower", "upper"),
}
"""The columns of each kind of table that hold what may have to be withheld."""
ALL_NUMBERS = tuple(dict.fromkeys(column for columns in NUMBERS.values() for column in columns))

SUPPRESSED_BY_SOURCE = "suppressed by the source"


def kind_of(table: pd.DataFrame) -> str:
    """Say whether a table holds counts, scores or published values.

    Raises
    ------
    TypeError
        If it is not a table.
    ValueError
        If it is none of the three, or already holds estimates or comparisons.
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"tables must be counts, scores or published tables, got: {type(table).__name__}")
    columns = set(table.columns)
    if "method" in columns:
        raise ValueError("tables must be counts, scores or published tables, got: estimates made of them")
    missing = [column for column in KEYS if column not in columns]
    if missing:
        raise ValueError(f"tables must have the key columns {', '.join(KEYS)}, missing: {', '.join(missing)}")
    if {"numerator", "denominator"} <= columns:
        return COUNTS
    if {"base", "mean"} <= columns:
        return SCORES
    if "base" in columns and ("value" in columns or {"lower", "upper"} <= columns):
        return PUBLISHED
    raise ValueError(
        "tables must have the columns numerator and denominator, base and mean, or base and value, got: none of these"
    )


def rows_of(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Select the rows of one kind, without the number columns of the others; a table of that kind is kept whole.

    Parameters
    ----------
    table
        A released table, which may hold several kinds, or a table of one kind.
    kind
        ``counts``, ``scores`` or ``published``.

    Returns
    -------
    DataFrame
        A copy.

    Raises
    ------
    ValueError
        If the table is of another kind.
    """
    if isinstance(table, pd.DataFrame) and "table" in table.columns:
        others = {c for columns in NUMBERS.values() for c in columns} - set(NUMBERS[kind])
        return table[table["table"] == kind].drop(columns=[*others, "table"], errors="ignore")
    found = kind_of(table)
    if found != kind:
        raise ValueError(f"table must hold {kind}, got: {found}")
    return table.copy()


def check_one_level_and_grouping(table: pd.DataFrame) -> None:
    """Refuse a table that mixes levels, or groupings of one indicator: whatever is added from it would count twice.

    Raises
    ------
    ValueError
        In one sentence.
    """
    levels = sorted(table["level"].unique())
    if len(levels) > 1:
        raise ValueError(f"tables must each hold one level, got: {', '.join(levels)}; roll_up makes a table for each")
    groupings = table.drop_duplicates(["indicator", "grouping"])
    twice = groupings[groupings["indicator"].duplicated(keep=False)]
    if len(twice):
        first = twice["indicator"].iloc[0]
        found = ", ".join(sorted(twice.loc[twice["indicator"] == first, "grouping"]))
        raise ValueError(f"tables must each hold one grouping for indicator {first}, got: {found}")
