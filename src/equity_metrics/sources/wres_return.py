"""A WRES return (CSV or XLSX, long layout) in; counts out."""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from equity_metrics.catalogue.ethnic_groups import ETHNIC_GROUPS, NOT_KNOWN, WORKFORCE_CATEGORIES, groups_of
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.sources.counts import GROUPINGS, Place, check_columns, check_counts, near_names, refuse
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.text_tables import read_text_table
from equity_metrics.sources.workforce_totals import add_workforce_totals

RETURN_COLUMNS = ("organisation", "period", "indicator", "group", "numerator", "denominator")
SUPPRESSED = ("", "-", "*", "#", "c", "suppressed")
"""How a suppressed cell is written in returns; it stays missing."""
_WORKFORCE_CODES = {g.code: g.group for g in ETHNIC_GROUPS if g.grouping == WORKFORCE_CATEGORIES}


def read_wres_return(path: str | Path, sheet: str | None = None) -> pd.DataFrame:
    """Read the counts of WRES indicators from a return.

    The layout is long: one row for each organisation, period, indicator and ethnic group (for 1 and 9 also ``band``).
    Groups are named as in the catalogue or by their one-character ethnic category code. Unknown ethnicity is a group.

    Parameters
    ----------
    path
        ``.csv``, ``.csv.gz`` or ``.xlsx``.
    sheet
        Name of the sheet of an XLSX file; by default the first that holds the columns of a return.

    Returns
    -------
    DataFrame
        ``counts`` as described in ``docs/tables.md``, rows in the file's order, then the totals of indicator 1:
        each band over all staff groups, and ``All staff``.

    Raises
    ------
    InputError
        One sentence that names file, sheet, row, column, value and what to do. No row is ever dropped.
    """
    path = Path(path)
    raw, place = _read_text(path, sheet)
    check_columns(raw, RETURN_COLUMNS, place)
    if raw.empty:
        raise InputError(
            f"{place} must hold at least one row below its heading, got: none; check that the right file was chosen."
        )
    counts = raw.assign(
        indicator=raw["indicator"].str.replace(r"^(?:WRES\s*)?(?:indicator\s*)?", "", regex=True, case=False),
        level=raw["level"] if "level" in raw.columns else "organisation",
        source=raw["source"] if "source" in raw.columns else path.name,
        numerator=_whole_numbers(raw, "numerator", place),
        denominator=_whole_numbers(raw, "denominator", place),
    )
    known = tuple(INDICATORS)
    bad = ~counts["indicator"].isin(known)
    first = raw.loc[bad, "indicator"].iloc[0] if bad.any() else ""
    refuse(bad, raw, "indicator", place, f"be one of {', '.join(known)}", near_names(first, known))
    counts = _name_groups(counts, place)
    check_counts(counts, place)
    return add_workforce_totals(counts)


def _read_text(path: Path, sheet: str | None) -> tuple[pd.DataFrame, Place]:
    if path.is_file() and path.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        return _read_workbook(path, sheet)
    if path.is_file() and not path.name.lower().endswith((".csv", ".csv.gz")):
        raise InputError(
            f"{path.name} must be a CSV or XLSX file, got: {path.suffix or 'no ending'}; save it as one of these."
        )
    return _tidy(read_text_table(path, blank_lines=True), Place(path.name, "", 2))


def _read_workbook(path: Path, sheet: str | None) -> tuple[pd.DataFrame, Place]:
    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError:
        raise InputError(
            f"{path.name} must be an Excel workbook, got: a file of another kind; save it as XLSX."
        ) from None
    if sheet is not None and sheet not in book.sheet_names:
        names = tuple(book.sheet_names)
        raise InputError(f"sheet must be a sheet of {path.name}, got: {sheet!r}; {near_names(sheet, names)}.")
    asked = [sheet] if sheet else book.sheet_names
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in asked}
    # A cover sheet and lines above the table are no fault: the table begins where its heading stands.
    name, first = next(
        ((name, at) for name, rows in sheets.items() for at, row in enumerate(rows) if _is_heading(row)), (asked[0], 0)
    )
    rows = sheets[name]
    if not rows:
        raise InputError(
            f"{path.name}, sheet {name!r} must hold a heading and rows, got: an empty sheet; choose another."
        )
    heading, *body = ([_text(cell) for cell in row] for row in rows[first:])
    named = [place for place, words in enumerate(heading) if words.strip()]
    raw = pd.DataFrame(
        [[row[place] for place in named] for row in body], columns=[heading[place] for place in named], dtype=str
    )
    return _tidy(raw, Place(path.name, name, first + 2))


def _is_heading(row: Sequence[object]) -> bool:
    return {_column_name(cell) for cell in row} >= set(RETURN_COLUMNS)


def _column_name(words: object) -> str:
    return re.sub(r"\W+", "_", str(words).strip().lower()).strip("_")


def _text(cell: object) -> str:
    # Excel keeps every number as a float: 2025 arrives as 2025.0.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _tidy(raw: pd.DataFrame, place: Place) -> tuple[pd.DataFrame, Place]:
    raw.columns = [_column_name(column) for column in raw.columns]
    twice = raw.columns[raw.columns.duplicated()]
    if len(twice):
        raise InputError(f"{place} must name each column once, got: {twice[0]!r} twice; rename one of them.")
    return raw.assign(**{column: raw[column].str.strip() for column in raw.columns}), place


def _whole_numbers(raw: pd.DataFrame, column: str, place: Place) -> pd.Series:
    text = raw[column].mask(raw[column].str.lower().isin(SUPPRESSED))
    percent = text.str.contains("%", regex=False, na=False)
    do = "give the count of people that the percentage was made from"
    refuse(percent, raw, column, place, "be a count", do)
    numbers = pd.to_numeric(text.str.replace(r"(?<=\d),(?=\d{3}\b)", "", regex=True), errors="coerce")
    refuse(
        numbers.isna() & text.notna(),
        raw,
        column,
        place,
        "be a whole number",
        "replace the text by the count of people",
    )
    return numbers.astype(float)


def _name_groups(counts: pd.DataFrame, place: Place) -> pd.DataFrame:
    """Give each row its group's catalogue name, and each indicator the grouping that holds all its groups."""
    lower = {name.lower(): name for grouping in GROUPINGS for name in groups_of(grouping)}
    codes = {code.lower(): name for code, name in _WORKFORCE_CODES.items()}
    names = counts["group"].str.lower().map({**codes, **lower, "": NOT_KNOWN})
    known = tuple(dict.fromkeys([*lower.values(), *_WORKFORCE_CODES]))
    first = counts.loc[names.isna(), "group"].iloc[0] if names.isna().any() else ""
    must = "be an ethnic group or code of the catalogue"
    near = (
        near_names(first, known)
        if len(first) > 2
        else f"use one of the codes {', '.join(_WORKFORCE_CODES)} or a group's name"
    )
    refuse(names.isna(), counts, "group", place, must, near)
    counts = counts.assign(group=names)
    if "grouping" in counts.columns:
        return counts
    found = counts.groupby("indicator")["group"].agg(lambda groups: _grouping_of(set(groups)))
    bad = counts["indicator"].map(found) == ""
    do = "do not mix White / BME, the five groups and single ethnic categories in one indicator"
    refuse(bad, counts, "group", place, "belong to the same grouping as the other groups of its indicator", do)
    return counts.assign(grouping=counts["indicator"].map(found))


def _grouping_of(groups: set[str]) -> str:
    return next((g for g in GROUPINGS if groups <= set(groups_of(g))), "")
