"""A sheet of a spreadsheet in; the same as people read and print it, out."""

import math

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

LINE = 15
"""Points that a line of a cell is high."""


def bold(size: float = 11) -> Font:
    """Write in bold, in the face of the other cells: without its name some programs choose another."""
    return Font(name="Calibri", size=size, bold=True)


def row_height(text: str, letters: float) -> float:
    """Say how high a row must be for a text that breaks after so many letters; some programs do not find it out."""
    return LINE * max(math.ceil(len(text) / letters), 1)


def fit_to_page(sheet: Worksheet, pages: int = 1) -> None:
    """Print a sheet as wide as one page of A4, lying, or as several beside each other."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
