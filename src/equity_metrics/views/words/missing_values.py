"""A number and why it may be missing in; its words, or the sign of the one reason that applies, out. Never a 0."""

import math
import re
from collections.abc import Callable, Iterable

import pandas as pd

from equity_metrics.catalogue.missing_values import (
    MISSING_VALUES,
    NOT_APPLICABLE,
    NOT_COLLECTED,
    ROUNDS_TO_ZERO,
    SUPPRESSED,
    MissingValue,
)
from equity_metrics.measures.disclosure.release import NO_VALUE_IN_SOURCE
from equity_metrics.measures.pairs import NOT_IN_DATA

NEVER_THERE = (NOT_IN_DATA, NO_VALUE_IN_SOURCE)
"""Reasons for which the source has no number; every other reason withholds one."""
NOTHING = re.compile(r"[−+]?0(\.0+)?( %)?")


def missing_value(withheld: str, otherwise: MissingValue = NOT_APPLICABLE) -> MissingValue:
    """Tell which kind of missing value a reason stands for.

    Parameters
    ----------
    withheld
        As release and comparisons give it: ``White: not in the data; BME: 1 to 4 staff …``; empty where none is given.
    otherwise
        What a number without a reason is missing for.

    Returns
    -------
    MissingValue
        Suppressed as soon as one of several reasons withholds a number.
    """
    if not withheld:
        return otherwise
    reasons = [reason.rpartition(": ")[2] for reason in withheld.split("; ")]
    return NOT_COLLECTED if all(reason in NEVER_THERE for reason in reasons) else SUPPRESSED


def value_words(
    value: float, withheld: str, write: Callable[[float], str], otherwise: MissingValue = NOT_APPLICABLE
) -> str:
    """Write a number, or the sign of the reason why there is none.

    Parameters
    ----------
    value
        Missing or infinite where there is none.
    withheld
        The reason; empty where nothing was withheld.
    write
        Writes a number that is there.
    otherwise
        What a number without a reason is missing for.

    Returns
    -------
    str
        A number that is not 0 but would be written as one ``rounds to 0``.
    """
    if withheld or pd.isna(value) or math.isinf(value):
        return missing_value(withheld, otherwise).sign
    text = write(value)
    return ROUNDS_TO_ZERO.sign if value != 0 and NOTHING.fullmatch(text) else text


def own_reasons(rows: pd.DataFrame, by: str = "group") -> list[str]:
    """Reasons of rows that stand beside the name of their group or band, without that name."""
    return [why.removeprefix(f"{name}: ") for why, name in zip(rows["withheld"], rows[by], strict=True)]


def own_reason(row: pd.Series) -> str:
    """Reason of a row that a sentence has named already, without the name of its group or band."""
    return str(row["withheld"]).removeprefix(f"{row.get('group')}: ").removeprefix(f"{row.get('band')}: ")


def missing_notes(cells: Iterable[object]) -> list[str]:
    """Explain each kind of missing value that stands in a table, once.

    Parameters
    ----------
    cells
        What stands in the table.

    Returns
    -------
    list of str
    """
    there = set(map(str, cells))
    return [f"“{m.sign}”: {m.words.partition(': ')[2]}." for m in MISSING_VALUES.values() if m.sign in there]
