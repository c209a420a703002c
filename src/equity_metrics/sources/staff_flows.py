"""A file of headcounts, joiners, promotions and leavers by band and ethnic group in; a checked table out."""

from pathlib import Path

import pandas as pd

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, groups_of
from equity_metrics.sources.counts import Place, check_columns, near_names, refuse
from equity_metrics.sources.text_tables import read_text_table

KEY_COLUMNS = ("organisation", "period", "group", "band")
FLOW_COLUMNS = ("joiners", "promoted_in", "leavers")
"""Of the twelve months after the period's 31 March; a table without all three holds headcounts alone."""


def read_staff_flows(path: str | Path) -> pd.DataFrame:
    """Read staff at 31 March by band and group, and where there are any the flows of the year that follows.

    Parameters
    ----------
    path
        ``.csv`` or ``.csv.gz`` with ``organisation, period, group, band, headcount``, and ``joiners, promoted_in,
        leavers`` together or not at all. Groups are the five groups and unknown ethnicity.

    Returns
    -------
    DataFrame
        The same rows and columns, numbers as numbers, with ``source``.

    Raises
    ------
    InputError
        One sentence that names file, row, column, value and what to do.
    """
    path = Path(path)
    raw = read_text_table(path)
    place = Place(path.name, "", 2)
    flows = [column for column in FLOW_COLUMNS if column in raw.columns]
    check_columns(raw, (*KEY_COLUMNS, "headcount", *(FLOW_COLUMNS if flows else ())), place)
    refuse(~raw["period"].str.fullmatch(r"\d{4}"), raw, "period", place, "be a year", "write 2025 for 31 March 2025")
    for column, known in (("group", groups_of(FIVE_GROUPS)), ("band", tuple(BANDS))):
        bad = ~raw[column].isin(known)
        first = raw.loc[bad, column].iloc[0] if bad.any() else ""
        refuse(bad, raw, column, place, f"be one of {', '.join(known)}", near_names(first, known))
    numbers = {column: _whole(raw, column, place) for column in ("headcount", *flows)}
    twice = raw.duplicated(list(KEY_COLUMNS))
    refuse(twice, raw, "band", place, "be there once for each organisation, period and group", "keep one of the rows")
    source = raw["source"] if "source" in raw.columns else path.name
    return raw.assign(**numbers, source=source)


def _whole(raw: pd.DataFrame, column: str, place: Place) -> pd.Series:
    bad = ~raw[column].str.fullmatch(r"\d+")
    refuse(bad, raw, column, place, "be a whole number, 0 or more", "give the count of people; it must be complete")
    return raw[column].astype(int)
