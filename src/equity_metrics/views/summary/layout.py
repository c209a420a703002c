"""Cells of the summary in; which of them stand in which row and column, out: the same on screen and in every file."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.catalogue.indicators import WRES_INDICATORS
from equity_metrics.views.summary.cells import BANDS
from equity_metrics.views.words.wording import band_words

WIDER = "BME and five groups"
"""What is shown first; the others are the detailed groupings that the data hold."""
MOST_ACROSS = 6
"""Groups that fit beside each other on a projector; more of them stand below each other, and the indicators beside."""
INDICATOR, GROUP = "Indicator", "Ethnic group"


def groupings_shown(groups: str) -> tuple[str, ...]:
    """Name the groupings that a choice of groups stands for."""
    return (WHITE_BME, FIVE_GROUPS) if groups == WIDER else (groups,)


@dataclass(frozen=True)
class Layout:
    """A table: what its first column holds, its other headings, and its rows, each with its name and its cells.

    A cell is a row of ``summary_cells``, or missing where the source records that group otherwise.
    """

    corner: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Any, ...]], ...]


def laid_out(cells: pd.DataFrame) -> Layout:
    """Lay out the cells of a summary: indicators down and groups across, or the other way round for many groups.

    Parameters
    ----------
    cells
        From ``summary_cells``.

    Returns
    -------
    Layout
    """
    groups = dict.fromkeys(cells["group"])
    indicators = {cell.indicator: indicator_name(cell) for cell in cells.itertuples()}
    found = {(cell.indicator, cell.group): cell for cell in cells.itertuples()}
    if len(groups) > MOST_ACROSS:
        rows = ((group, tuple(found.get((i, group)) for i in indicators)) for group in groups)
        return Layout(GROUP, tuple(indicators.values()), tuple(rows))
    rows = ((name, tuple(found.get((i, group)) for group in groups)) for i, name in indicators.items())
    return Layout(INDICATOR, tuple(groups), tuple(rows))


def indicator_name(cell: Any) -> str:
    """Name an indicator with its band and the form in which a cell of it is compared."""
    known = WRES_INDICATORS[cell.indicator]
    band = f", {band_words(BANDS[known.id])}" if known.id in BANDS else ""
    points = {"share": "points from all staff", "gap": f"points from {cell.reference}"}
    form = points.get(known.kind) or points.get(known.shown_as) or known.shown_as.replace("reference", cell.reference)
    return f"{known.id}. {known.name}{band} ({form})"
