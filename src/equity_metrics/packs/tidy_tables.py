"""The small table of an answer in; the same with its numbers as numbers, one in each cell, out."""

import re
from collections.abc import Callable

import pandas as pd

NUMBER = r"([+−-]?\d[\d,]*(?:\.\d+)?)"
PER_CENT = "( %)?"
ALONE = re.compile(f"{NUMBER}{PER_CENT}")
INTERVAL = re.compile(f"{NUMBER}{PER_CENT} to {NUMBER}{PER_CENT}")
SHARE = re.compile(f"{NUMBER} of {NUMBER}")
BOTH = re.compile(rf"{NUMBER}{PER_CENT} \({NUMBER}{PER_CENT} to {NUMBER}{PER_CENT}\)")
"""A value and its interval."""
SIGNS: list[tuple[re.Pattern[str], tuple[int, ...], tuple[str, ...]]] = [
    (ALONE, (1,), ("{}",)),
    (INTERVAL, (1, 3), ("{}: lower", "{}: upper")),
    (SHARE, (1, 2), ("{}: count", "{}: out of")),
    (BOTH, (1, 3, 5), ("{}", "{}: lower", "{}: upper")),
]
"""What a cell may hold: how it is written, where its numbers stand, and what its columns are called."""


def tidy_table(table: pd.DataFrame) -> pd.DataFrame:
    """Take the numbers out of the words of a table.

    Parameters
    ----------
    table
        As an answer holds it: ``244 of 1,700``, ``6.4 %``, ``1.22 to 1.64``, or the word for what is missing.

    Returns
    -------
    DataFrame
        The same rows. A column of which every number is written in one way becomes one column for each of its numbers
        (``…: count`` and ``…: out of``, ``…: lower`` and ``…: upper``; per cent stay per cent, and the name says so).
        A word in place of a number stays a word, in the first of them. The digits are those that the page shows.
    """
    columns: dict[str, list[object]] = {}
    for name in table.columns:
        columns |= _columns(str(name), list(table[name]))
    return pd.DataFrame(columns, index=table.index)


def _columns(name: str, cells: list[object]) -> dict[str, list[object]]:
    texts = [cell for cell in cells if isinstance(cell, str) and any(c.isdigit() for c in cell)]
    for sign, places, names in SIGNS:
        if texts and all(sign.fullmatch(text) for text in texts):
            unit = " (%)" if all(" %" in text for text in texts) and "%" not in name else ""
            read = [_numbers(sign.fullmatch, places, cell) for cell in cells]
            return {title.format(name) + unit: [row[position] for row in read] for position, title in enumerate(names)}
    return {name: cells}


def _numbers(match: Callable[[str], re.Match[str] | None], places: tuple[int, ...], cell: object) -> list[object]:
    found = match(cell) if isinstance(cell, str) else None
    if found is None:
        return [cell, *[None] * (len(places) - 1)]
    return [float(found[place].replace("−", "-").replace(",", "")) for place in places]
