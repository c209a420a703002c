"""The ticks of an axis on which periods stand one unit apart in; the name of the period at any place of it out."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

MONTH = re.compile(r"\d{4}-\d{2}|[A-Z][a-z]{2} \d{4}")
PART_OF_YEAR = re.compile(r"(\d{4})-\d{2} ([HQ])(\d)")
PARTS = {"H": 2, "Q": 4}
"""Of a financial year: halves and quarters."""


def period_names(axis: Any) -> Callable[[float], str] | None:
    """Find how the places of an axis are called.

    Parameters
    ----------
    axis
        Of a plotly layout.

    Returns
    -------
    callable or None
        From a place to its period: ``2020-04`` or ``2020-21 H1``. A place between two periods is called after the
        earlier one. None where no periods stand at the ticks, or the periods do not stand one unit apart.
    """
    ticks = axis.ticktext
    if not ticks:
        return None
    place = float(axis.tickvals[0])
    if MONTH.fullmatch(ticks[0]):
        first = pd.Period(ticks[0], "M")
        return lambda at: str(first + int((at - place) // 1))
    parts = [PART_OF_YEAR.fullmatch(str(tick)) for tick in ticks]
    if not all(parts) or len({part[2] for part in parts if part}) > 1:
        return None
    numbers = [PARTS[part[2]] * int(part[1]) + int(part[3]) - 1 for part in parts if part]
    if [number - numbers[0] for number in numbers] != [float(at) - place for at in axis.tickvals]:
        return None
    letter = ticks[0].split()[1][0]
    return lambda at: _part_of_year(numbers[0] + int((at - place) // 1), letter)


def _part_of_year(number: int, letter: str) -> str:
    year, part = divmod(number, PARTS[letter])
    return f"{year}-{(year + 1) % 100:02} {letter}{part + 1}"
