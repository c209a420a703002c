"""One sheet of the Staff Survey and its layout in; its published percentages and scores out, one row a value."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.survey_concepts import concept_of
from equity_metrics.sources.survey_breakdowns import national_rows, organisation_rows
from equity_metrics.sources.survey_layouts import SurveySheet
from equity_metrics.sources.survey_weighting import UNWEIGHTED, never_weighted
from equity_metrics.sources.workbooks import Rows, cell_numbers

_HIGHEST = {"%": 100.0, "score 0-10": 10.0}


def survey_values(rows: Rows, layout: SurveySheet, year: str, notes: str, place: str) -> pd.DataFrame:
    """Read the results of one sheet.

    Parameters
    ----------
    rows
        All cells of the sheet.
    layout
        Where its questions, answers and bases stand.
    year
        Survey year.
    notes
        All text of the workbook's sheets without results.
    place
        File and sheet, for the sentence.

    Returns
    -------
    DataFrame
        One row for each row of the sheet and each answer: ``published`` without ``period`` and ``source``.

    Raises
    ------
    InputError
        If a cell, a row or a group is not what ``docs/tables.md`` allows.
    """
    first_row = layout.heading_row + 2
    positions = [c.position for c in layout.answers]
    bases = sorted({c.base_position for c in layout.answers})
    body = _result_rows(rows[layout.heading_row + 1 :], [*positions, *bases])
    headings = [str(cell) for cell in rows[layout.heading_row]]
    values = cell_numbers(
        [[row[p] for p in positions] for row in body],
        [headings[p] for p in positions],
        positions,
        [_HIGHEST[c.unit] for c in layout.answers],
        place,
        first_row,
    )
    counted = cell_numbers(
        [[row[p] for p in bases] for row in body],
        [headings[p] for p in bases],
        bases,
        [np.inf] * len(bases),
        place,
        first_row,
    )
    base = counted[:, np.searchsorted(bases, [c.base_position for c in layout.answers])]
    identifiers = pd.DataFrame(
        {
            name: pd.Series([" ".join(str(row[p]).split()) for row in body], dtype=str)
            for name, p in layout.identifiers.items()
        }
    )
    who = (
        national_rows(identifiers, year, place, first_row)
        if layout.kind == "national"
        else organisation_rows(identifiers, place, first_row)
    )
    what = pd.DataFrame(
        {
            "indicator": [c.indicator for c in layout.answers],
            "question": [c.question for c in layout.answers],
            "answer": [c.answer for c in layout.answers],
            "unit": [c.unit for c in layout.answers],
        },
        dtype=str,
    )
    numbers = {c.indicator: concept_of(c.indicator, year) for c in layout.answers}
    unweighted = {c.indicator for c in layout.answers if never_weighted(c.indicator, notes)}
    what["concept"] = what["indicator"].map(numbers).astype(str)
    n_rows, n_answers = values.shape
    table = pd.concat(
        [
            who.iloc[np.repeat(np.arange(n_rows), n_answers)].reset_index(drop=True),
            what.iloc[np.tile(np.arange(n_answers), n_rows)].reset_index(drop=True),
        ],
        axis="columns",
    )
    return table.assign(
        value=values.ravel(),
        base=base.ravel(),
        weighting=table["weighting"].mask(table["indicator"].isin(unweighted), UNWEIGHTED),
    )


def _result_rows(body: Rows, positions: list[int]) -> Rows:
    """Rows down to the last that prints a result; what stands below are notes."""
    held = [i for i, row in enumerate(body) if any(row[p] != "" for p in positions)]
    return body[: held[-1] + 1] if held else []
