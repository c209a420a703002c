"""The summary of nine indicators as it stands on screen in; the same table as a spreadsheet or a board paper, out."""

import math
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from equity_metrics.catalogue.indicators import WRES_INDICATORS
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.packs.board_paper import paper_page
from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.sheets import write_lines, write_table
from equity_metrics.packs.statements import check_audience, suppression_statement
from equity_metrics.packs.take_away import FORMATS as ALL_FORMATS
from equity_metrics.packs.take_away import released_provenance
from equity_metrics.views.drawing.verdict_signs import sign_colour
from equity_metrics.views.safe_cells import write_cell
from equity_metrics.views.sheet_looks import LINE, bold, fit_to_page, row_height
from equity_metrics.views.summary.grid import CSS, grid_html
from equity_metrics.views.summary.layout import indicator_name, laid_out
from equity_metrics.views.summary.words import KEY, lines_of, told
from equity_metrics.views.take_away_row import TakenAway
from equity_metrics.views.words.missing_values import missing_value
from equity_metrics.views.words.wording import times

FORMATS = {form: ends for form, ends in ALL_FORMATS.items() if ends[0] in ("xlsx", "html")}
"""By the words that are shown, those formats of :mod:`equity_metrics.packs.take_away` that hold a table."""
GREY, ALL = "768692", "all staff"
LYING = "@page{size:A4 landscape}"
FIRST, OTHERS = 34, 27
"""Letters that the first column and the others are wide."""


def summary_file(
    cells: pd.DataFrame, title: str, chosen: Mapping[str, str], released: pd.DataFrame, form: str
) -> TakenAway:
    """Write the summary as a file: every cell that is on screen, and nothing else.

    Parameters
    ----------
    cells
        From ``summary_cells``.
    title
        Whose table it is, and of when.
    chosen
        What is chosen, by name; stands in the provenance.
    released
        The table that the cells were made of; its audience, sources and periods are read.
    form
        One of ``FORMATS``.

    Returns
    -------
    TakenAway
        XLSX: sheets ``Summary`` (as on screen), ``Numbers`` (one row a cell, numbers as numbers) and ``Sources``.
        HTML: one page to read offline and to print.

    Raises
    ------
    ValueError
        In one sentence, if the table is for the internal audience and of real data.
    """
    check_audience(released)
    provenance = released_provenance(released, chosen)
    ending, kind = FORMATS[form]
    heading = f"WRES indicators by ethnic group: {title}"
    content = _workbook if ending == "xlsx" else _paper
    name = re.sub(r"\W+", "_", f"summary table {chosen['organisation']}".lower()).strip("_")
    return TakenAway(f"{name}.{ending}", kind, content(cells, heading, provenance))


def _paper(cells: pd.DataFrame, heading: str, provenance: Provenance) -> bytes:
    caption = "Each cell: the value with its 95 % interval; what can be said; how it moved"
    grid = f'<div class="paper-scroll" tabindex="0">{grid_html(cells, caption, pressed=False)}</div>'
    return paper_page(heading, [f"<style>{CSS}{LYING}</style>", grid], provenance).encode()


def _workbook(cells: pd.DataFrame, heading: str, provenance: Provenance) -> bytes:
    book = Workbook()
    book.properties.title, book.properties.creator = heading, f"equity_metrics {provenance.version}"
    book.active.title = "Summary"
    _write_summary(book.active, cells, heading)
    write_table(book.create_sheet("Numbers"), _numbers(cells))
    lines = [("", line) for line in (*provenance.lines(), "", *suppression_statement())]
    write_lines(book.create_sheet("Sources"), "Where the numbers come from, and what is withheld", lines)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_summary(sheet: Worksheet, cells: pd.DataFrame, heading: str) -> None:
    layout = laid_out(cells)
    write_cell(sheet, 1, 1, heading).font = bold(14)
    wrapped = Alignment(wrap_text=True, vertical="center", indent=1)
    for column, name in enumerate((layout.corner, *layout.headings), start=1):
        cell = write_cell(sheet, 3, column, name)
        cell.font, cell.alignment = bold(), Alignment(wrap_text=True, vertical="bottom", indent=column > 1)
        sheet.column_dimensions[get_column_letter(column)].width = FIRST if column == 1 else OTHERS
    sheet.row_dimensions[3].height = row_height(max(layout.headings, key=len, default=""), OTHERS - 6) + 3
    for row, (name, shown) in enumerate(layout.rows, start=4):
        write_cell(sheet, row, 1, name).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[row].height = 3 * LINE + 3
        for column, one in enumerate(shown, start=2):
            cell = write_cell(sheet, row, column, told(one) if one is None else "\n".join(lines_of(one)))
            cell.alignment, cell.border = wrapped, _border(one)
    for row, words in enumerate(KEY, start=len(layout.rows) + 5):
        write_cell(sheet, row, 1, words)
    sheet.freeze_panes, sheet.print_title_rows = "B4", "3:3"
    fit_to_page(sheet)


def _border(one: object) -> Border:
    """Give a cell the colour that it has on screen; its words say the same."""
    verdict, against = (getattr(one, name, "") for name in ("verdict", "against"))
    colour = sign_colour(verdict, against).removeprefix("#") if verdict else GREY
    thin = Side("thin", color=GREY)
    return Border(left=Side("thick", color=colour), right=thin, top=thin, bottom=thin)


def _numbers(cells: pd.DataFrame) -> pd.DataFrame:
    """One row a cell, with the digits that the page shows."""
    rows: list[Any] = list(cells.itertuples())
    return pd.DataFrame(
        {
            "Indicator": [indicator_name(cell) for cell in rows],
            "Ethnic group": cells["group"],
            "Compared with": [
                ALL if WRES_INDICATORS[cell.indicator].kind == "share" else cell.reference for cell in rows
            ],
            "Value": [_digits(cell, cell.value) for cell in rows],
            "Lower 95 %": ["" if cell.withheld else _digits(cell, cell.lower) for cell in rows],
            "Upper 95 %": ["" if cell.withheld else _digits(cell, cell.upper) for cell in rows],
            "Members": cells["persons"],
            "What can be said": cells["verdict"],
            "Against": cells["against"],
            "Variation": cells["variation"],
            "Assurance": cells["assurance"],
            "Years": cells["years"].astype(int),
            "Not shown because": cells["withheld"],
        }
    )


def _digits(cell: Any, value: float) -> str | float:
    ratio = cell.measure == RELATIVE_LIKELIHOOD
    if cell.withheld or pd.isna(value):
        return missing_value(cell.withheld).sign
    if math.isinf(value):
        return times(value)
    return round(float(value), 2) if ratio else round(100 * float(value), 1)
