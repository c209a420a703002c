"""The files of a pack, and the same answers made again, in; each cell and text in them that differs out."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from equity_metrics.packs.document_cells import document_cells
from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.report import Report
from equity_metrics.packs.report_documents import PAPER, WRITERS, report_document
from equity_metrics.packs.report_files import tidy_csv
from equity_metrics.packs.review_cells import DIFFERENCE_COLUMNS, cell_differences, csv_cells


def pack_differences(there: Mapping[str, bytes], again: Report, told: Provenance) -> tuple[pd.DataFrame, int]:
    """Compare each table and document, whether the pack has it or only the new one.

    Parameters
    ----------
    there
        Content of the pack's files by name.
    again
        The same answers, made again.
    told
        Provenance of the pack. Its own words stand in the documents that are made to compare with, so that these differ
        by nothing but what the pack's documents say otherwise.

    Returns
    -------
    differences : DataFrame
        As :func:`equity_metrics.packs.review_cells.cell_differences` returns them; of a document ``file`` names the
        sheet or slide too. Pictures are not compared, only the numbers and words.
    compared : int
        How many cells and pieces of text the new ones have.
    """
    found, compared = [pd.DataFrame(columns=DIFFERENCE_COLUMNS)], 0
    for name, now in _made(again, told).items():
        old, new = (_cells(name, content) for content in (there.get(name), now))
        compared += sum(table.size for table in new.values())
        found += _pairs(old, new, name)
    for name in there:
        if name.endswith(".csv") and name not in again.tables():
            found += _pairs(_cells(name, there[name]), {}, name)
    return pd.concat(found, ignore_index=True), compared


def _made(again: Report, told: Provenance) -> dict[str, bytes]:
    answers = [part.answer for part in again.parts]
    # What a browser draws is not compared, so nothing is drawn.
    undrawn = [replace(answer, figure=go.Figure()) for answer in answers]
    tables = {name: tidy_csv(table) for name, table in again.tables().items()}
    return tables | {name: report_document(name, undrawn if name == PAPER else answers, told) for name in WRITERS}


def _cells(name: str, content: bytes | None) -> dict[str, pd.DataFrame]:
    if content is None:
        return {}
    if name in WRITERS:
        return {f"{name}, {place}": table for place, table in document_cells(name, content).items()}
    return {name: csv_cells(content)}


def _pairs(old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame], name: str) -> list[pd.DataFrame]:
    nothing, first_row = pd.DataFrame(), 1 if name in WRITERS else 2
    places = dict.fromkeys([*new, *old])
    return [cell_differences(old.get(p, nothing), new.get(p, nothing), p, first_row) for p in places]
