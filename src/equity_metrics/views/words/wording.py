"""Numbers in; the words and signs in which every sentence, table and figure writes them out."""

import math
import re
from collections.abc import Callable

import pandas as pd

PERCENT = "%"
POINTS = "percentage points"


def percent(value: float, digits: int = 1) -> str:
    """Write a proportion as a percentage: ``15.2 %``; a missing one as ``not shown``."""
    return "not shown" if pd.isna(value) else f"{100 * value:.{digits}f} %"


def points(value: float, digits: int = 1) -> str:
    """Write a difference of proportions in percentage points with its sign: ``+3.1`` or ``−0.4``."""
    return "not shown" if pd.isna(value) else signed(100 * value, digits)


def signed(value: float, digits: int = 1) -> str:
    """Write a number with its sign, a true minus, and no minus before zero."""
    rounded = round(value, digits)
    if rounded == 0:
        return f"{0:.{digits}f}"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.{digits}f}"


def times(value: float) -> str:
    """Write a ratio to two decimals; an infinite one as ``no upper limit``."""
    if pd.isna(value):
        return "not shown"
    return "no upper limit" if math.isinf(value) else f"{value:.2f}"


def people(value: float) -> str:
    """Write a count with thousands separated: ``1,204``."""
    return "not shown" if pd.isna(value) else f"{value:,.0f}"


def one_in(value: float) -> str:
    """Write a proportion as people say it: ``about 1 in 7``; ``nobody`` at 0, ``everybody`` at 1, empty where missing.

    Up to one half as ``1 in n``; above as ``n in 10``.
    """
    if pd.isna(value):
        return ""
    if value in (0, 1):
        return "nobody" if value == 0 else "everybody"
    if value <= 0.5:
        return f"about 1 in {round(1 / value):,}"
    return "more than 9 in 10" if value > 0.95 else f"about {max(round(10 * value), 5)} in 10"


def p_value(value: float) -> str:
    """Write a p-value to three decimals; smaller ones as ``< 0.001``."""
    return "not shown" if pd.isna(value) else "< 0.001" if value < 0.001 else f"{value:.3f}"


def interval(lower: float, upper: float, write: Callable[[float], str] = times) -> str:
    """Write an interval as ``1.05 to 3.03``; ``none`` where there is none."""
    if pd.isna(lower) or pd.isna(upper):
        return "none"
    return f"{write(lower)} to {write(upper)}"


def first_up(text: str) -> str:
    """Begin a text with a capital, and leave the others: ``CPD`` stays ``CPD``."""
    return text[:1].upper() + text[1:]


def first_down(text: str) -> str:
    """Write a name inside a sentence: ``Access to CPD`` as ``access to CPD``."""
    return text[:1].lower() + text[1:]


def band_words(band: str) -> str:
    """Write a band or part of a board inside a sentence: ``band 8a``, ``all members``, ``VSM``."""
    return f"band {band}" if band[:1].isdigit() else first_down(band) if band.endswith("members") else band


def at(place: str) -> str:
    """Say where: ``at Bramwell Hospitals``, ``across all organisations``."""
    return f"across {first_down(place)}" if place.startswith("All ") else f"at {place}"


def of_group(group: str) -> str:
    """Say of people which group they are: ``BME``, ``in the group Mixed or multiple ethnic groups``."""
    return group if group in ("White", "BME") else f"in the group {group}"


def people_in(group: str, people: str = "staff") -> str:
    """Name the people of a group: ``BME staff``, ``staff in the group Mixed or multiple ethnic groups``."""
    return f"{group} {people}" if of_group(group) == group else f"{people} {of_group(group)}"


def short_group(group: str) -> str:
    """Shorten a group's published name for a figure: its heading to one word, as in ``Asian - Indian``."""
    heading, _, name = group.partition(" - ")
    return f"{re.split(r'[/ ]', heading)[0]} - {name}" if name else group
