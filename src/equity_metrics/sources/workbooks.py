"""A path in; the cells of its sheets out, and numbers from cells, or one sentence that says what stands in the way."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from equity_metrics.sources.errors import InputError

Rows = list[list[Any]]
"""The cells of a sheet."""
SUPPRESSED_MARKS = ("-", "*", "")
"""How official workbooks print a cell that is not shown."""
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read_sheets(path: str | Path) -> dict[str, Rows]:
    """Read every sheet of a workbook.

    Parameters
    ----------
    path
        A workbook: XLSX, or any other kind that Excel saves.

    Returns
    -------
    dict
        Sheet name to rows of cells, in the file's order; an empty cell is ``""``.

    Raises
    ------
    InputError
        If there is no such file, it is empty, or it is not a workbook.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"path must be a file that exists, got: {path.name!r}; check folder and spelling.")
    if path.stat().st_size == 0:
        raise InputError(f"{path.name} must be a workbook, got: an empty file; download or save it again.")
    try:
        workbook = CalamineWorkbook.from_path(path)
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names
        }
    except CalamineError:
        suffix = path.suffix.lower()
        kind = "another kind of file" if suffix in WORKBOOK_ENDINGS else f"a file that ends in {suffix}"
        raise InputError(
            f"{path.name} must be an Excel workbook, got: {kind}; open it in Excel and save it as XLSX."
        ) from None


def text_of(rows: Rows) -> str:
    """All words of some rows, one line a cell."""
    return "\n".join(str(cell) for row in rows for cell in row if cell != "")


def column_letter(position: int) -> str:
    """Name of a column as a spreadsheet shows it; ``position`` counts from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_numbers(
    cells: Sequence[Sequence[object]],
    headings: Sequence[str],
    positions: Sequence[int],
    highest: Sequence[float],
    place: str,
    first_row: int,
) -> np.ndarray:
    """Turn a block of cells into numbers.

    Parameters
    ----------
    cells
        Rows of cells, one for each of ``headings``.
    headings, positions
        Heading of each column, and its position in the sheet (from 0), for the sentence.
    highest
        Largest number that each column can hold; the smallest is 0.
    place
        File and sheet, for the sentence.
    first_row
        Row number of the first row of ``cells`` as the spreadsheet shows it.

    Returns
    -------
    ndarray
        Numbers in the shape of ``cells``; missing where a cell is suppressed.

    Raises
    ------
    InputError
        If a cell holds text or a number outside 0 to ``highest``.
    """
    flat = pd.Series([cell for row in cells for cell in row], dtype=object)
    suppressed = flat.isin(SUPPRESSED_MARKS)
    numbers = pd.to_numeric(flat.mask(suppressed), errors="coerce").to_numpy(dtype=float)
    shape = (len(cells), len(headings))
    text = (np.isnan(numbers) & ~suppressed.to_numpy()).reshape(shape)
    values = numbers.reshape(shape)
    with np.errstate(invalid="ignore"):
        # Percentages are printed with 15 digits: their last one may lie above 100.
        outside = (values < 0) | (values > np.asarray(highest) * (1 + 1e-9))
    for bad, must, do in (
        (text, "a number, or '-' where it is suppressed", "replace the text"),
        (outside, "between 0 and {highest:g}", "correct it from the original file"),
    ):
        if bad.any():
            row, column = np.argwhere(bad)[0]
            must = must.format(highest=highest[column])
            raise InputError(
                f"{place}, row {first_row + row}, column {column_letter(positions[column])} "
                f"({headings[column]!r}) must be {must}, got: {cells[row][column]!r}; {do}."
            )
    return values
