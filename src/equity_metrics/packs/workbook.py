"""Answers and where they come from in; a spreadsheet with their numbers, native charts, notes and sources out."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook

from equity_metrics.packs.drawn_charts import drawn_charts, drawn_numbers
from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.sheet_charts import put_charts
from equity_metrics.packs.sheets import write_lines, write_table
from equity_metrics.packs.statements import CUT, check_to_take_away, suppression_statement
from equity_metrics.packs.tidy_tables import tidy_table
from equity_metrics.views.answers import Answer


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
    write_lines(book.active, title, _notes(answers))
    for number, answer in enumerate(answers, start=1):
        write_table(book.create_sheet(f"{number} table"), tidy_table(answer.table))
        charts = drawn_charts(answer.figure)
        if charts:
            sheet = book.create_sheet(f"{number} picture")
            write_table(sheet, drawn_numbers(charts))
            put_charts(sheet, charts)
    lines = [("", line) for line in (*provenance.lines(), "", *suppression_statement())]
    write_lines(book.create_sheet("Sources"), "Where the numbers come from, and what is withheld", lines)
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
