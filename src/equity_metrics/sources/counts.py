"""A table of counts in; the same table out, or one sentence that says what is wrong: the only gate to counts."""

from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS, FIVE_GROUPS, WHITE_BME, groups_of
from equity_metrics.catalogue.indicators import BOARD_PARTS, INDICATOR_7_DEFINITIONS, INDICATORS, WORKFORCE_OF
from equity_metrics.catalogue.keys import KEYS, keys_among
from equity_metrics.sources.errors import InputError

COUNT_COLUMNS = (*KEYS, "numerator", "denominator")
LEVELS = ("ward", "directorate", "organisation", "system", "region", "England")
GROUPINGS = (WHITE_BME, FIVE_GROUPS, *DETAILED_GROUPINGS)
YEAR, MONTH = r"20\d\d", r"20\d\d-(?:0[1-9]|1[0-2])"


@dataclass(frozen=True)
class Place:
    """Where a table came from; ``first_row`` is the number of its first data row."""

    file: str = ""
    sheet: str = ""
    first_row: int = 0

    def at(self, row: int, column: str) -> str:
        """Words for one cell, for example ``return.csv, row 7, column numerator``."""
        parts = [self.file, f"sheet {self.sheet!r}" if self.sheet else "", f"row {self.first_row + row}"]
        return ", ".join([*filter(None, parts), f"column {column}"])

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.file, f"sheet {self.sheet!r}" if self.sheet else ""])) or "the table"


def check_counts(counts: pd.DataFrame, place: Place | None = None) -> pd.DataFrame:
    """Refuse a table that does not hold counts as ``docs/tables.md`` describes them.

    Parameters
    ----------
    counts
        One row a cell: the keys, ``numerator`` and ``denominator`` (numbers; both missing where suppressed).
    place
        Where the table came from, for the sentence.

    Returns
    -------
    DataFrame
        ``counts``, unchanged.

    Raises
    ------
    InputError
        One sentence that names place, row, column, value and what to do.
    """
    place = place or Place()
    check_columns(counts, COUNT_COLUMNS, place)
    if counts.empty:
        raise InputError(
            f"{place} must hold at least one row of counts, got: none; check that the right file was chosen."
        )
    _check_words(counts, place)
    check_one_period_form(counts["period"], place)
    _check_numbers(counts, place)
    _check_mix(counts, place)
    check_unique(counts, place)
    _check_shares(counts, place)
    return counts


def check_columns(table: pd.DataFrame, required: tuple[str, ...], place: Place) -> None:
    """Refuse a table without its columns: all that are missing are named at once, each with near matches."""
    missing = [c for c in required if c not in table.columns]
    if not missing:
        return
    hints = []
    for column in missing:
        others = [c for c in map(str, table.columns) if c not in required]
        near = [c for c in others if column in c] or get_close_matches(column, others, n=1, cutoff=0.6)
        hints.append(f"{column} (is it {near[0]!r}?)" if near else column)
    raise InputError(
        f"{place} must have the columns {', '.join(required)}; missing: {', '.join(hints)}; "
        "rename or add them in the first row."
    )


def refuse(bad: pd.Series, table: pd.DataFrame, column: str, place: Place, must: str, do: str) -> None:
    """Raise one sentence for the first row where ``bad`` is true, and say how many more there are."""
    if not bad.any():
        return
    row = int(bad.to_numpy().argmax())
    more = int(bad.sum()) - 1
    others = f" (and {more:,} more {'row' if more == 1 else 'rows'})" if more else ""
    value = table[column].iloc[row]
    shown = repr(value) if isinstance(value, str) else f"{value:.10g}" if pd.notna(value) else "nothing"
    raise InputError(f"{place.at(row, column)}{others} must {must}, got: {shown}; {do}.")


def near_names(value: str, names: tuple[str, ...]) -> str:
    """Words that offer the nearest of the known names, or all of them where none is near."""
    near = get_close_matches(str(value), names, n=2, cutoff=0.5)
    return f"is it {' or '.join(map(repr, near))}?" if near else f"use one of {', '.join(names)}"


def _check_words(counts: pd.DataFrame, place: Place) -> None:
    empty = counts["organisation"].isna() | (counts["organisation"].astype(str).str.strip() == "")
    refuse(empty, counts, "organisation", place, "name an organisation", "fill in its name")
    for column, known in (
        ("indicator", tuple(INDICATORS)),
        ("grouping", GROUPINGS),
        ("level", LEVELS),
    ):
        bad = ~counts[column].isin(known)
        first = counts.loc[bad, column].iloc[0] if bad.any() else ""
        refuse(bad, counts, column, place, f"be one of {', '.join(known)}", near_names(first, known))
    for grouping, rows in counts.groupby("grouping", observed=True, dropna=False):
        names = groups_of(str(grouping))
        bad = (counts["grouping"] == grouping) & ~counts["group"].isin(names)
        first = counts.loc[bad, "group"].iloc[0] if bad.any() and len(rows) else ""
        refuse(bad, counts, "group", place, f"be a group of {grouping}", near_names(first, names))
    _check_bands(counts, place)


def _check_bands(counts: pd.DataFrame, place: Place) -> None:
    for indicator in WORKFORCE_OF:
        rows = counts["indicator"] == indicator
        if not rows.any():
            continue
        check_columns(counts, (*COUNT_COLUMNS, "band"), place)
        # Pay bands and senior management of other standards are not confirmed: each employer names its own.
        names = {"1": tuple(BANDS), "9": BOARD_PARTS}.get(indicator, ())
        bad = rows & ~(counts["band"].isin(names) if names else counts["band"].fillna("") != "")
        first = counts.loc[bad, "band"].iloc[0] if bad.any() else ""
        must = f"be a band of indicator {indicator}"
        refuse(bad, counts, "band", place, must, near_names(first, names) if names else "name the band")
    if "definition" in counts.columns:
        bad = (counts["indicator"] == "7") & ~counts["definition"].isin(INDICATOR_7_DEFINITIONS)
        do = f"use {' or '.join(map(repr, INDICATOR_7_DEFINITIONS))}"
        refuse(bad, counts, "definition", place, "say which base indicator 7 has", do)


def check_one_period_form(period: pd.Series, place: Place) -> None:
    """Refuse periods that are neither years (2025) nor months (2025-03), or a column that holds both."""
    different = pd.Series(period.unique(), dtype=object).astype(str)
    years, months = (period.isin(period.unique()[different.str.fullmatch(form).to_numpy()]) for form in (YEAR, MONTH))
    table = period.to_frame("period")
    do = "write the WRES year as 2025 (the year that ends on 31 March 2025) or the month as 2025-03"
    refuse(~(years | months), table, "period", place, "be a year or a month", do)
    if years.any() and months.any():
        minority = years if years.sum() <= months.sum() else months
        do = "put years and months in two files"
        refuse(minority, table, "period", place, "have one form in the whole column, years or months", do)


def _check_numbers(counts: pd.DataFrame, place: Place) -> None:
    for column in ("numerator", "denominator"):
        if not pd.api.types.is_numeric_dtype(counts[column]):
            bad = pd.to_numeric(counts[column], errors="coerce").isna() & counts[column].notna()
            refuse(bad, counts, column, place, "be a whole number", "give the count of people")
        refuse(counts[column] < 0, counts, column, place, "be zero or more", "a count cannot be negative")
        fraction = counts[column].notna() & (counts[column] % 1 != 0)
        do = "give the count of people, not a rate, a percentage or a full-time equivalent"
        refuse(fraction, counts, column, place, "be a whole number", do)
    one = counts["numerator"].isna() != counts["denominator"].isna()
    do = "leave both numerator and denominator empty where a cell is suppressed"
    refuse(one, counts, "numerator", place, "be missing together with its denominator", do)
    larger = counts["numerator"] > counts["denominator"]
    row = int(larger.to_numpy().argmax())
    must = f"be at most its denominator ({counts['denominator'].iloc[row]:g})"
    refuse(larger, counts, "numerator", place, must, "check that the two columns are not swapped")


def _check_mix(counts: pd.DataFrame, place: Place) -> None:
    levels = sorted(counts["level"].unique())
    if len(levels) > 1:
        found = ", ".join(levels)
        raise InputError(f"{place} must hold one level, got: {found}; keep each level in a table of its own.")
    mixed = counts.groupby("indicator", observed=True)["grouping"].nunique()
    for indicator in mixed.index[mixed > 1]:
        found = ", ".join(sorted(counts.loc[counts["indicator"] == indicator, "grouping"].unique()))
        raise InputError(
            f"{place} must hold one grouping of ethnic groups for indicator {indicator}, got: {found}; "
            "keep each grouping in a file of its own."
        )


def check_unique(table: pd.DataFrame, place: Place) -> None:
    """Refuse a table in which two rows have the same keys; both rows are named."""
    keys = keys_among(table.columns)
    again = table.duplicated(keys, keep="first")
    if not again.any():
        return
    row = int(again.to_numpy().argmax())
    same = (table[keys].fillna("") == table[keys].fillna("").iloc[row]).all(axis=1)
    first = int(same.to_numpy().argmax())
    named = ", ".join(f"{k} {table[k].iloc[row]!r}" for k in keys if k not in ("grouping", "level"))
    more = int(again.sum()) - 1
    others = f" ({more:,} more such rows)" if more else ""
    raise InputError(
        f"{place.at(row, 'group')} repeats row {place.first_row + first}{others}: {named}; "
        "each cell must stand once, so remove one or add what tells them apart."
    )


def _check_shares(counts: pd.DataFrame, place: Place) -> None:
    shares = counts.loc[counts["indicator"].isin([i.id for i in INDICATORS.values() if i.kind == "share"])]
    if shares.empty:
        return
    keys = [k for k in keys_among(counts.columns) if k != "group"]
    cells = shares.groupby(keys, observed=True, dropna=False)
    differs = cells["denominator"].transform("nunique") > 1
    over = cells["numerator"].transform("sum") > shares["denominator"]
    place_of = counts.index.get_indexer(shares.index[differs | over])
    if not len(place_of):
        return
    row = int(place_of[0])
    raise InputError(
        f"{place.at(row, 'denominator')} must be everyone in the band or on the board, of every ethnic group, "
        f"and so the same for each group and no less than their sum, got: {counts['denominator'].iloc[row]:g}; "
        "give all staff of the band as denominator, unknown ethnicity included."
    )
