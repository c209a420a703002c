"""A board paper, a spreadsheet or slides in; every text and number that a reader finds in it out."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import PurePath
from typing import Any

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pptx import Presentation
from pptx.slide import Slide

UNREADABLE = "no document that can be read"
WORDS, NOT_WORDS = ("h1", "main", "footer"), ("svg",)
"""Of a page: the rest is its looks, its pictures, and whether this machine could draw them."""


def document_cells(name: str, content: bytes) -> dict[str, pd.DataFrame]:
    """Read what a document says, without its looks, its pictures and when its file was written.

    Parameters
    ----------
    name
        Of the file; its ending tells how it is read (``.html``, ``.xlsx``, ``.pptx``).
    content
        Of the file.

    Returns
    -------
    dict of DataFrame
        By place: each sheet of a spreadsheet (columns ``A, B, …``), each slide with its notes (column ``text``, a row
        each piece of text) and each workbook inside its charts, or the whole page (column ``text``). All cells are
        texts. A file that cannot be read is one cell that says so.
    """
    readers: dict[str, Callable[[bytes], dict[str, pd.DataFrame]]] = {
        ".html": _page,
        ".xlsx": _sheets,
        ".pptx": _slides,
    }
    try:
        return readers[PurePath(name).suffix](content)
    # The readers raise whatever a broken file makes them stumble over.
    except Exception:
        return {"the whole file": pd.DataFrame({"text": [UNREADABLE]})}


class _Words(HTMLParser):
    """Collects the pieces of text between the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.words, self.not_words = 0, 0

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.words, self.not_words = self.words + (tag in WORDS), self.not_words + (tag in NOT_WORDS)

    def handle_endtag(self, tag: str) -> None:
        self.words, self.not_words = self.words - (tag in WORDS), self.not_words - (tag in NOT_WORDS)

    def handle_data(self, data: str) -> None:
        if self.words and not self.not_words and data.strip():
            self.pieces.append(" ".join(data.split()))


def _page(content: bytes) -> dict[str, pd.DataFrame]:
    words = _Words()
    words.feed(content.decode())
    words.close()
    return {"page": pd.DataFrame({"text": words.pieces}, dtype=str)}


def _sheets(content: bytes) -> dict[str, pd.DataFrame]:
    book = load_workbook(BytesIO(content))
    return {f"sheet {sheet.title}": _cells(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def _cells(rows: Iterator[tuple[object, ...]]) -> pd.DataFrame:
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    names = [get_column_letter(number + 1) for number in range(len(texts[0]) if texts else 0)]
    return pd.DataFrame(texts, columns=names, dtype=str)


def _slides(content: bytes) -> dict[str, pd.DataFrame]:
    found = {}
    for number, slide in enumerate(Presentation(BytesIO(content)).slides, start=1):
        found[f"slide {number}"] = pd.DataFrame({"text": list(_pieces(slide))}, dtype=str)
        charts = [shape.chart for shape in slide.shapes if shape.has_chart]
        for place, chart in enumerate(charts, start=1):
            for name, table in _sheets(chart.part.chart_workbook.xlsx_part.blob).items():
                found[f"slide {number}, chart {place}, {name}"] = table
    return found


def _pieces(slide: Slide) -> Iterator[str]:
    # The library's types do not tell which kind of shape has which content.
    shapes: Any = slide.shapes
    for shape in shapes:
        if shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
        if shape.has_chart:
            for series in (series for plot in shape.chart.plots for series in plot.series):
                yield from (series.name, *map(str, series.values))
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None:
        yield from notes.text.splitlines()
