"""A released table in; a file that opens in a spreadsheet, with its source and without formulas, out."""

import csv
import math
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from equity_metrics.measures.cells import ALL_NUMBERS
from equity_metrics.measures.disclosure.release import check_released
from equity_metrics.views.safe_cells import FORMULA, write_cell
from equity_metrics.views.words.missing_values import missing_notes, missing_value

NUMBERS = (*ALL_NUMBERS, "value", "lower", "upper")
SYNTHETIC = "Synthetic data: every organisation and every number is invented."
Cell = str | float | int | None


def save_export(released: pd.DataFrame, path: str | Path) -> Path:
    """Save a released table as a spreadsheet. What an explorer shows is taken away from its own row of formats.

    Parameters
    ----------
    released
        A table that ``release`` returned, or estimates and comparisons made of it.
    path
        Ends in ``.csv`` or ``.xlsx``; a file that is there is replaced.

    Returns
    -------
    Path
        Of the file: the rows, then the sources. Numbers stay numbers. A withheld number is the word for it, never empty
        and never 0. A text that a spreadsheet would take for a formula stands behind an apostrophe; in ``.xlsx`` it is
        Excel's own, which is not printed. Invented data says so.

    Raises
    ------
    TypeError, ValueError
        In one sentence, if the table was not released, or the path ends in something else.

    References
    ----------
    OWASP, CSV Injection: which first characters are dangerous, and the apostrophe.
    """
    file = Path(path)
    writers = {".csv": _save_csv, ".xlsx": _save_xlsx}
    if file.suffix not in writers:
        raise ValueError(f"path must end in {' or '.join(writers)}, got: {file.name!r}")
    writers[file.suffix](_laid_out(check_released(released)), file)
    return file


def _laid_out(released: pd.DataFrame) -> list[list[Cell]]:
    """Lay out the rows first, so that other programs find the heading where they look for it; then what to know."""
    columns = {column: [_cell(value) for value in released[column]] for column in released.columns}
    for column in (c for c in NUMBERS if c in columns):
        columns[column] = [
            missing_value(why).sign if why and value is None else value
            for value, why in zip(columns[column], released["withheld"], strict=True)
        ]
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    sources = sorted(set(released["source"]) - {""}) if "source" in released.columns else []
    notes = [SYNTHETIC] if any(source.startswith("Synthetic") for source in sources) else []
    notes.append(f"Source: {', '.join(sources) or 'not recorded'}. Released to: {_audience(released)}.")
    notes += missing_notes(value for row in rows for value in row)
    return [list(map(str, columns)), *rows, [], *([note] for note in notes)]


def _audience(released: pd.DataFrame) -> str:
    return ", ".join(sorted(set(released["audience"]))) or "nobody: no rows"


def _cell(value: object) -> Cell:
    """Turn a value into a number or a text that spreadsheets know."""
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and math.isinf(value):
        return "no upper limit" if value > 0 else "no lower limit"
    return value if isinstance(value, str | int | float) else str(value)


def _is_formula(cell: Cell) -> bool:
    return isinstance(cell, str) and FORMULA.match(cell) is not None


def _save_csv(rows: Iterable[list[Cell]], file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[f"'{cell}" if _is_formula(cell) else cell for cell in row] for row in rows])


def _save_xlsx(rows: Iterable[list[Cell]], file: Path) -> None:
    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows, start=1):
        for position, value in enumerate(row, start=1):
            write_cell(sheet, number, position, value)
    book.save(file)
