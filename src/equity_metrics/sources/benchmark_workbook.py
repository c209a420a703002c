"""A Staff Survey benchmark workbook in; WRES indicators 5 to 8 by organisation, White / BME and year out."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import WHITE_BME
from equity_metrics.catalogue.indicators import INDICATOR_7_DEFINITIONS, INDICATORS
from equity_metrics.sources.benchmarking_groups import benchmarking_group
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.staff_survey import PUBLISHED_COLUMNS
from equity_metrics.sources.survey_breakdowns import NOT_STATED_WEIGHTING
from equity_metrics.sources.survey_layouts import ROWS_SEARCHED
from equity_metrics.sources.workbooks import Rows, cell_numbers, read_sheets, text_of

IDENTIFIERS = ("org_id", "org_name", "org_type_reporting_name")
_MEASURES = {
    "har_from_pat": ("5", "hba_public", "not Never"),
    "har_from_staff": ("6", "", "not Never"),
    "equal": ("7", "career_fairness", "Yes"),
    "q16b": ("8", "discrimination_staff", "Yes"),
}
_WRES_COLUMN = re.compile(r"(?P<measure>(\w+)_eth_summary)_(?P<group>[12])_(?P<year>20\d\d)")
_GROUPS = {"1": "White", "2": "BME"}


@dataclass(frozen=True)
class _Sheet:
    name: str
    heading_row: int
    headings: list[str]


def read_benchmark_workbook(path: str | Path, *, base_columns: str | None = None) -> pd.DataFrame:
    """Read WRES indicators 5 to 8 from the data file of the Staff Survey benchmark reports.

    The layout is known from published descriptions and tested on generated files only. Scores and single questions of
    the file are not read: the detailed workbooks have them.

    Parameters
    ----------
    path
        The workbook: a sheet for each benchmarking group, a row an organisation, values 0 to 1.
    base_columns
        How the columns that hold the number of responses are called, with ``{measure}``, ``{group}`` and ``{year}``,
        for example ``"{measure}_{group}_n_{year}"``. Their names in the official file are not known; without this the
        base is missing.

    Returns
    -------
    DataFrame
        ``published`` as described in ``docs/tables.md`` with ``grouping`` ``White / BME``, ``value`` in % (0-100),
        ``indicator`` ``5`` to ``8``, ``definition`` (indicator 7: "Don't know in the base") and ``wres_year``.
        ``period`` is the survey's year; WRES reports it the year after. Rows in the file's order.

    Raises
    ------
    InputError
        One sentence that names file, sheet, row, column, value and what to do. No row is ever dropped.

    Warns
    -----
    UserWarning
        One sentence that lists every sheet, type of organisation and WRES column that was not recognised.

    References
    ----------
    NHS Staff Survey benchmark reports 2020-2024, data file; WRES indicators 5 to 8 in its workforce equality sections.
    """
    file = Path(path).name
    sheets = read_sheets(path)
    results = [sheet for name, rows in sheets.items() if (sheet := _benchmark_sheet(name, rows)) is not None]
    if not results:
        raise InputError(
            f"{file} must have sheets with columns such as org_id, org_name and har_from_pat_eth_summary_1_2024, "
            f"got: sheets without them ({', '.join(sheets)}); choose the data file of the benchmark reports."
        )
    tables = [_sheet_values(sheets[sheet.name], sheet, file, base_columns) for sheet in results]
    published = pd.concat(tables, ignore_index=True)
    if published.empty:
        raise InputError(f"{file} must hold rows of results below its headings, got: none; use the file as published.")
    _check_organisations(published, file)
    if base_columns is not None and published["base"].isna().all():
        raise InputError(
            f"base_columns must name columns of {file} that hold numbers of responses, got: {base_columns!r}; "
            "look the name up in the heading of a sheet."
        )
    _warn_of_unmatched(file, sheets, results, published["type"])
    notes = " ".join(text_of(rows) for name, rows in sheets.items() if name not in {s.name for s in results})
    published = published.assign(
        benchmarking_group=published["type"].map(lambda name: benchmarking_group(name) or name),
        source=f"Synthetic: {file}" if "synthetic" in notes.lower() else file,
    )
    return published[[*PUBLISHED_COLUMNS, "definition", "wres_year"]]


def _benchmark_sheet(name: str, rows: Rows) -> _Sheet | None:
    for index, row in enumerate(rows[:ROWS_SEARCHED]):
        headings = [str(cell).strip().lower() for cell in row]
        if set(IDENTIFIERS[:2]) <= set(headings) and any(map(_measure, headings)):
            return _Sheet(name, index, headings)
    return None


def _measure(heading: str) -> re.Match[str] | None:
    found = _WRES_COLUMN.fullmatch(heading)
    return found if found and found[2] in _MEASURES else None


def _sheet_values(rows: Rows, sheet: _Sheet, file: str, base_columns: str | None) -> pd.DataFrame:
    """One row for each organisation, measure, group and year of a sheet."""
    place, first_row = f"{file}, sheet {sheet.name!r}", sheet.heading_row + 2
    filled = [i for i, row in enumerate(rows) if any(cell != "" for cell in row)]
    body = rows[sheet.heading_row + 1 : filled[-1] + 1]
    columns = [(p, match) for p, heading in enumerate(sheet.headings) if (match := _measure(heading))]
    positions = [p for p, _ in columns]
    values = _numbers(body, sheet, positions, 1.0, place, first_row)
    base = np.full(values.shape, np.nan)
    if base_columns is not None:
        names = [base_columns.format(**match.groupdict()).lower() for _, match in columns]
        held = [i for i, name in enumerate(names) if name in sheet.headings]
        at = [sheet.headings.index(names[i]) for i in held]
        base[:, held] = _numbers(body, sheet, at, np.inf, place, first_row)
    who = pd.DataFrame(
        {
            "ods_code": [_text(row, sheet, "org_id") for row in body],
            "organisation": [_text(row, sheet, "org_name") for row in body],
            "type": [_text(row, sheet, "org_type_reporting_name") or sheet.name for row in body],
            "sheet": sheet.name,
            "row": np.arange(len(body)) + first_row,
        }
    )
    measures = [_MEASURES[match[2]] for _, match in columns]
    what = pd.DataFrame(
        {
            "period": [match["year"] for _, match in columns],
            "wres_year": [str(int(match["year"]) + 1) for _, match in columns],
            "group": [_GROUPS[match["group"]] for _, match in columns],
            "indicator": [indicator for indicator, _, _ in measures],
            "question": [INDICATORS[indicator].question for indicator, _, _ in measures],
            "concept": [concept or None for _, concept, _ in measures],
            "answer": [answer for _, _, answer in measures],
            "definition": [INDICATOR_7_DEFINITIONS[0] if i == "7" else "" for i, _, _ in measures],
        },
        dtype=str,
    )
    n_rows, n_columns = values.shape
    table = pd.concat(
        [
            who.iloc[np.repeat(np.arange(n_rows), n_columns)].reset_index(drop=True),
            what.iloc[np.tile(np.arange(n_columns), n_rows)].reset_index(drop=True),
        ],
        axis="columns",
    )
    return table.assign(
        grouping=WHITE_BME,
        level="organisation",
        breakdown="Ethnic background (summary)",
        breakdown_group=table["group"],
        value=100 * values.ravel(),
        unit="%",
        base=base.ravel(),
        weighting=NOT_STATED_WEIGHTING,
        region="",
        system="",
    )


def _numbers(body: Rows, sheet: _Sheet, positions: list[int], highest: float, place: str, first_row: int) -> np.ndarray:
    return cell_numbers(
        [[row[p] for p in positions] for row in body],
        [sheet.headings[p] for p in positions],
        positions,
        [highest] * len(positions),
        place,
        first_row,
    )


def _text(row: list[object], sheet: _Sheet, heading: str) -> str:
    return " ".join(str(row[sheet.headings.index(heading)]).split()) if heading in sheet.headings else ""


def _check_organisations(published: pd.DataFrame, file: str) -> None:
    rows = published.drop_duplicates(["sheet", "row"])
    for bad, must, do in (
        (rows["ods_code"] == "", "name an organisation", "fill it in"),
        (rows.duplicated("ods_code"), "appear once", "delete the row that is not wanted"),
    ):
        if bad.any():
            row = rows[bad].iloc[0]
            raise InputError(
                f"{file}, sheet {row['sheet']!r}, row {row['row']}, column org_id must {must}, got: "
                f"{row['ods_code']!r}{' a second time' if row['ods_code'] else ''}; {do}."
            )


def _warn_of_unmatched(file: str, sheets: dict[str, Rows], results: list[_Sheet], types: pd.Series) -> None:
    """Name in one sentence every sheet of figures, type of organisation and WRES column that was not recognised."""
    read = {sheet.name for sheet in results}
    figures = [n for n, rows in sheets.items() if any(isinstance(cell, float) for row in rows for cell in row)]
    columns = sorted({h for s in results for h in s.headings if _WRES_COLUMN.fullmatch(h) and not _measure(h)})
    unmatched = [
        *(f"sheet {name!r} (no WRES columns)" for name in figures if name not in read),
        *(f"type {name!r} (kept as it is)" for name in types.unique() if benchmarking_group(name) is None),
        *(f"column {name!r} (not one of indicators 5 to 8)" for name in columns),
    ]
    if unmatched:
        warnings.warn(f"{file} holds what was not recognised: {'; '.join(unmatched)}.", stacklevel=3)
