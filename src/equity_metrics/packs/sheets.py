"""Lines of words or a table in; a sheet of a spreadsheet that holds them and can be printed, out."""

from collections.abc import Iterable

import pandas as pd
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from equity_metrics.views.safe_cells import bold, write_cell

WIDEST = 60
"""Letters that a column is wide at most."""


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
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 110
    for row, (name, text) in enumerate(lines, start=3):
        write_cell(sheet, row, 1, name).alignment = Alignment(vertical="top")
        write_cell(sheet, row, 2, text).alignment = Alignment(wrap_text=True, vertical="top")
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
    for column, name in enumerate(table.columns, start=1):
        write_cell(sheet, 1, column, str(name)).font = bold()
        cells = [write_cell(sheet, row, column, value) for row, value in enumerate(table[name], start=2)]
        longest = max(len(str(cell.value or "")) for cell in (sheet.cell(1, column), *cells))
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    fit_to_page(sheet)


def fit_to_page(sheet: Worksheet) -> None:
    """Print a sheet as wide as one page of A4, lying."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
