"""Lines of words or a table in; a sheet of a spreadsheet that holds them and can be printed, out."""

import math
from collections.abc import Iterable

import pandas as pd
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from equity_metrics.views.safe_cells import write_cell
from equity_metrics.views.sheet_looks import LINE, bold, fit_to_page, row_height

NARROWEST, WIDEST = 12, 44
"""Letters that a column is wide."""
LETTERS = 115
"""Of a line of words."""


def write_lines(sheet: Worksheet, title: str, lines: Iterable[tuple[str, str]]) -> None:
    """Write a title, and below it lines of words, each behind its name.

    Parameters
    ----------
    sheet
        An empty one.
    title
        Stands in the first row.
    lines
        Name and words; an empty pair leaves a row out.
    """
    write_cell(sheet, 1, 1, title).font = bold(14)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, LETTERS
    for row, (name, text) in enumerate(lines, start=3):
        write_cell(sheet, row, 1, name).alignment = Alignment(vertical="top")
        write_cell(sheet, row, 2, text).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = row_height(text, LETTERS)
    fit_to_page(sheet)


def write_table(sheet: Worksheet, table: pd.DataFrame) -> None:
    """Write a table, its headings in the first row.

    Parameters
    ----------
    sheet
        An empty one.
    table
        One row a row; what is missing is left empty.
    """
    lines = 1
    for column, name in enumerate(map(str, table.columns), start=1):
        head = write_cell(sheet, 1, column, name)
        head.font, head.alignment = bold(), Alignment(wrap_text=True, vertical="bottom")
        cells = [write_cell(sheet, row, column, value) for row, value in enumerate(table.iloc[:, column - 1], start=2)]
        longest = max([len(str(cell.value or "")) for cell in cells] + [len(word) for word in name.split()])
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
        lines = max(lines, math.ceil(1.5 * len(name) / width))
    sheet.row_dimensions[1].height = LINE * lines
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    fit_to_page(sheet)
