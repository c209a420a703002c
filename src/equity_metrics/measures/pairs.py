"""Cells in; each beside the cell that it is compared with, and whose number is missing and why, out."""

import pandas as pd

from equity_metrics.catalogue.keys import keys_among

NOT_IN_DATA = "not in the data"


def pairs(
    rows: pd.DataFrame, reference: str, numbers: tuple[str, ...], more_keys: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Put beside each group the numbers of the reference that has the same keys but ``group``.

    Parameters
    ----------
    rows
        Rows of one kind, with ``withheld``.
    reference
        Name of the group that all others are compared with.
    numbers
        Columns to carry over.
    more_keys
        Columns that must agree too.

    Returns
    -------
    DataFrame
        Every row of a grouping that has the reference, but those of the reference itself, + ``reference``,
        ``reference_<number>`` and ``withheld``, which names whose number is missing and why.

    Raises
    ------
    ValueError
        If the table does not hold the reference, or a cell stands in it twice.
    """
    keys = [k for k in dict.fromkeys([*keys_among(rows.columns), *more_keys]) if k in rows.columns and k != "group"]
    rows = rows.assign(**{key: rows[key].fillna("") for key in keys if rows[key].hasnans})
    # What is the same in every row tells none apart, and costs as much to compare as what does.
    keys = [key for key in keys if len(rows[key].unique()) > 1] or keys[:1]
    check_once(rows, [*keys, "group"])
    is_reference = rows["group"] == reference
    if not is_reference.any():
        known = ", ".join(map(str, rows["group"].unique()))
        raise ValueError(f"reference must be one of the groups {known}, got: {reference!r}")
    comparable = rows["grouping"].isin(rows.loc[is_reference, "grouping"].unique())
    paired = beside(rows[comparable & ~is_reference], rows[is_reference], keys, numbers, reference)
    theirs = paired.pop("reference_withheld").fillna(NOT_IN_DATA)
    return paired.assign(withheld=both_reasons(paired["group"], paired["withheld"], reference, theirs))


def beside(
    rows: pd.DataFrame, references: pd.DataFrame, keys: list[str], numbers: tuple[str, ...], name: str
) -> pd.DataFrame:
    """Join to each row the numbers and the reason of the one reference row that has the same keys.

    Parameters
    ----------
    rows, references
        With ``keys``, ``numbers`` and ``withheld``; each reference stands once.
    keys, numbers
        Columns that must agree, and columns to carry over as ``reference_<number>``.
    name
        What the reference is called.

    Returns
    -------
    DataFrame
        ``rows`` in their order + ``reference``, ``reference_<number>`` and ``reference_withheld``, which is missing
        where there is no reference row.
    """
    carried = [*numbers, "withheld"]
    renamed = references[[*keys, *carried]].rename(columns={column: f"reference_{column}" for column in carried})
    return rows.merge(renamed, on=keys, how="left", validate="many_to_one").assign(reference=name)


def both_reasons(
    name: "pd.Series[str]", own: "pd.Series[str]", reference: str, theirs: "pd.Series[str]"
) -> "pd.Series[str]":
    """Name whose number is missing and why, of two; empty where both are there."""
    own = (name + ": " + own).where(own != "", "")
    theirs = (reference + ": " + theirs).where(theirs != "", "")
    return (own + "; " + theirs).where((own != "") & (theirs != ""), own + theirs)


def check_once(rows: pd.DataFrame, keys: list[str]) -> None:
    """Refuse rows of which two have the same keys.

    Raises
    ------
    ValueError
        In one sentence that names the first of them.
    """
    twice = rows.duplicated(keys)
    if twice.any():
        first = rows[twice].iloc[0]
        named = ", ".join(str(first[key]) for key in ("organisation", "period", "indicator", "group"))
        raise ValueError(f"rows must each stand once, got twice: {named}")
