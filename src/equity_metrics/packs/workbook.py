"""Answers and where they come from in; a spreadsheet with their numbers, native charts, notes and sources out."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from equity_metrics.packs.drawn_charts import drawn_charts, drawn_numbers
from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.sheet_charts import put_charts
from equity_metrics.packs.statements import CUT, check_to_take_away, suppression_statement
from equity_metrics.packs.tidy_tables import tidy_table
from equity_metrics.views.answers import Answer
from equity_metrics.views.safe_cells import write_cell

WIDEST = 60
"""Letters that a column is wide at most."""


def workbook(title: str, answers: Sequence[Answer], provenance: Provenance) -> bytes:
    """Write answers as a spreadsheet (XLSX): what the page shows, and nothing else.

    Parameters
    ----------
    title
        Of the whole: what was asked, of whom and when.
    answers
        Made of released tables.
    provenance
        Where the numbers come from.

    Returns
    -------
    bytes
        Sheets ``Notes`` (each sentence, its picture in words, its notes), for each answer ``1 table`` (the table of the
        page with its numbers as numbers) and ``1 picture`` (every number that is drawn, and the charts themselves,
        which can be edited), and ``Sources`` (where the numbers come from, and what is withheld). No text is a formula.

    Raises
    ------
    ValueError
        In one sentence, if there is no answer, or one may not be taken away.
    """
    check_to_take_away(answers)
    book = Workbook()
    book.properties.title, book.properties.creator = title, f"equity_metrics {provenance.version}"
    book.active.title = "Notes"
    _write_text(book.active, title, _notes(answers))
    for number, answer in enumerate(answers, start=1):
        _write_table(book.create_sheet(f"{number} table"), tidy_table(answer.table))
        charts = drawn_charts(answer.figure)
        if charts:
            sheet = book.create_sheet(f"{number} picture")
            _write_table(sheet, drawn_numbers(charts))
            put_charts(sheet, charts)
    lines = [("", line) for line in (*provenance.lines(), "", *suppression_statement())]
    _write_text(book.create_sheet("Sources"), "Where the numbers come from, and what is withheld", lines)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _notes(answers: Sequence[Answer]) -> Iterable[tuple[str, str]]:
    for number, answer in enumerate(answers, start=1):
        yield f"Answer {number}", answer.sentence
        yield "The picture in words", answer.alt
        for note in answer.notes:
            yield "Note", note
        if any(chart.log for chart in drawn_charts(answer.figure)):
            yield "Note", CUT
        yield "", ""


def _write_text(sheet: Worksheet, title: str, lines: Iterable[tuple[str, str]]) -> None:
    write_cell(sheet, 1, 1, title).font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 110
    for row, (name, text) in enumerate(lines, start=3):
        write_cell(sheet, row, 1, name).alignment = Alignment(vertical="top")
        write_cell(sheet, row, 2, text).alignment = Alignment(wrap_text=True, vertical="top")


def _write_table(sheet: Worksheet, table: pd.DataFrame) -> None:
    for column, name in enumerate(table.columns, start=1):
        write_cell(sheet, 1, column, str(name)).font = Font(bold=True)
        cells = [write_cell(sheet, row, column, value) for row, value in enumerate(table[name], start=2)]
        longest = max(len(str(cell.value or "")) for cell in (sheet.cell(1, column), *cells))
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "B2"
