"""A value in; a cell of a spreadsheet that holds it, empty where it is missing and never a formula, out."""

import math
import re

import pandas as pd
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""How a text begins that spreadsheets may take for a formula; the last four are the wide forms of the first."""


def write_cell(sheet: Worksheet, row: int, column: int, value: object) -> Cell:
    """Write one cell.

    Parameters
    ----------
    sheet, row, column
        Where; rows and columns count from 1.
    value
        A number or a text. A text that a spreadsheet would take for a formula stands behind Excel's own apostrophe,
        which is not printed.

    Returns
    -------
    Cell

    References
    ----------
    OWASP, CSV Injection: which first characters are dangerous, and the apostrophe.
    """
    missing = value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))
    cell = sheet.cell(row, column, None if missing else value)
    if isinstance(value, str):
        # Otherwise a text that begins with = is stored as a formula.
        cell.data_type = "s"
        cell.quotePrefix = FORMULA.match(value) is not None
    return cell
