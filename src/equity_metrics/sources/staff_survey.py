"""A detailed NHS Staff Survey workbook in; its published percentages and scores out, one row a value."""

import warnings
from pathlib import Path

import pandas as pd
from tqdm.auto import tqdm

from equity_metrics.catalogue.survey_concepts import SURVEY_YEARS
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.survey_layouts import SurveySheet, survey_sheet, survey_year
from equity_metrics.sources.survey_values import survey_values
from equity_metrics.sources.workbooks import Rows, read_sheets, text_of

PUBLISHED_COLUMNS = (
    "organisation",
    "ods_code",
    "period",
    "indicator",
    "grouping",
    "level",
    "group",
    "question",
    "concept",
    "breakdown",
    "breakdown_group",
    "answer",
    "value",
    "unit",
    "base",
    "weighting",
    "benchmarking_group",
    "region",
    "system",
    "source",
)


def read_staff_survey(path: str | Path, *, progress: bool = True) -> pd.DataFrame:
    """Read the detailed national or organisational results of the NHS Staff Survey.

    The layout of 2024 is checked on the official workbooks; those of 2021 to 2023 and 2025 only on generated files.

    Parameters
    ----------
    path
        The workbook as published. Sheets are found by what they hold.
    progress
        Whether to show a progress bar, one step a sheet.

    Returns
    -------
    DataFrame
        ``published`` as described in ``docs/tables.md``: one row for each row of the file and each answer or score.
        ``value`` is as printed (0-100, or 0-10 for scores), missing where it is suppressed; ``base`` is the number of
        responses to the question. ``indicator`` is the question's number in lower case, or the code of a score;
        ``concept`` what it asks, missing where the catalogue has none. ``weighting`` is as printed, and ``Unweighted``
        for the questions that the workbook's notes list as never weighted. Rows by Region and ICS have a ``level`` of
        their own. ``group`` is filled only where ``breakdown`` is ethnic background.

    Raises
    ------
    InputError
        One sentence that names file, sheet, row, column, value and what to do. No row is ever dropped.

    Warns
    -----
    UserWarning
        If the numbers of the year's questions are not in the catalogue, or if a tick-box question is printed as 100 %
        for everybody, as in the organisational file of 2024 (Q16c): those values are missing.

    References
    ----------
    NHS Staff Survey 2024, detailed spreadsheets, national and organisational results, and their Notes sheets.
    """
    file = Path(path).name
    sheets = read_sheets(path)
    layouts = {name: survey_sheet(rows, f"{file}, sheet {name!r}") for name, rows in sheets.items()}
    found = {name: layout for name, layout in layouts.items() if layout is not None}
    if not found:
        raise InputError(
            f"{file} must be a detailed NHS Staff Survey workbook with the headings 'Base', 'Breakdown' or 'ODS code', "
            f"got: sheets without them ({', '.join(sheets)}); choose the file as published."
        )
    year = _one_year({name: sheets[name] for name in found}, file)
    notes = "\n".join(text_of(sheets[name]) for name in sheets if name not in found)
    titles = " ".join(text_of(sheets[name][: layout.heading_row]) for name, layout in found.items())
    source = f"Synthetic: {file}" if "synthetic" in f"{notes} {titles}".lower() else file
    tables = [
        survey_values(sheets[name], layout, year, notes, f"{file}, sheet {name!r}")
        for name, layout in tqdm(found.items(), desc=f"Reading {file}", unit="sheet", disable=not progress)
    ]
    _check_questions_once(found, file)
    published = pd.concat(tables, ignore_index=True).assign(period=year, source=source)
    if published.empty:
        raise InputError(f"{file} must hold rows of results below its headings, got: none; use the file as published.")
    return _without_lost_shares(published, file)[list(PUBLISHED_COLUMNS)]


def _one_year(sheets: dict[str, Rows], file: str) -> str:
    years = {name: survey_year(rows) for name, rows in sheets.items()}
    known = sorted({year for year in years.values() if year})
    if len(known) != 1:
        got = " and ".join(known) or "none"
        raise InputError(
            f"{file} must name one survey year in the titles of its sheets ('NHS Staff Survey 2024 …'), got: {got}; "
            "use the file as published."
        )
    if known[0] not in SURVEY_YEARS:
        warnings.warn(
            f"Question numbers of {known[0]} are not confirmed in the catalogue, so {file} is read without concepts.",
            stacklevel=3,
        )
    return known[0]


def _check_questions_once(layouts: dict[str, SurveySheet], file: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    for name, layout in layouts.items():
        for column in layout.answers:
            key = (column.indicator, column.answer)
            if key in seen:
                raise InputError(
                    f"{file}, sheet {name!r} must not repeat an answer, got: {column.indicator} {column.answer!r}, "
                    f"which stands on sheet {seen[key]!r} too; keep one of them."
                )
            seen[key] = name


def _without_lost_shares(published: pd.DataFrame, file: str) -> pd.DataFrame:
    """Make tick-box answers missing where a file prints 100 % for everybody: the share of those who ticked is lost."""
    box = published["indicator"].str.fullmatch(r"q\d+[a-z]?_\d+")
    shown = published.loc[box & published["value"].notna()]
    if len(shown) < 2 or not (shown["value"] == 100).all():
        return published
    boxes = sorted(set(shown["indicator"]))
    warnings.warn(
        f"{file} prints 100 % in every row of {boxes[0]} to {boxes[-1]}, so the share that gave each answer is lost; "
        "these values are missing.",
        stacklevel=3,
    )
    return published.assign(value=published["value"].mask(box))
