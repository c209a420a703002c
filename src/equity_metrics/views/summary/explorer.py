"""Released counts in; the explorer "where do we stand, on everything and for every group?" out."""

from functools import lru_cache

import ipywidgets as widgets
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.views.summary.cells import BANDS, summary_cells
from equity_metrics.views.summary.grid import SummaryGrid, cell_id, grid_html, row_name
from equity_metrics.views.summary.words import change_line, value_line, verdict_line
from equity_metrics.views.tables import Table
from equity_metrics.views.wres.explorer import WresExplorer

GROUPINGS = (WHITE_BME, FIVE_GROUPS)
KEPT = 50
"""Tables of organisations and years that are kept, so that going back is at once."""
ABOVE = ("organisation", "period")
"""Controls of the table; the others belong to the chart."""


class SummaryExplorer(WresExplorer):
    """All nine indicators by ethnic group in one table, of which each cell moves the chart below to itself.

    Parameters
    ----------
    released
        Counts after ``release``: any organisations, groupings, indicators and years.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        if not released["grouping"].isin(GROUPINGS).any():
            raise ValueError("released must hold groups by White / BME or by five groups, got: none of them")
        super().__init__(released, **chosen)
        self._places = self._rows.groupby("organisation").indices
        self._cells_of = lru_cache(KEPT)(self._compare)
        self._grid = SummaryGrid()
        back = widgets.Button(description="Back to the table", icon="arrow-up", layout={"width": "auto"})
        back.on_click(lambda _: self._grid.send("back"))
        row = {"flex_flow": "row wrap", "grid_gap": "4px 18px"}
        table = [control for name, control in self._controls.items() if name in ABOVE]
        chart = [control for name, control in self._controls.items() if name not in ABOVE]
        style, _, sentence = self._above
        self._above = [
            style,
            widgets.Box(table, layout=row),
            self._grid,
            sentence,
            widgets.Box([*chart, back], layout=row),
        ]
        self._fill()
        self.observe(lambda _: self._fill(), names=[*self._controls])
        self._grid.observe(self._go, names="chosen")

    @property
    def cells(self) -> pd.DataFrame:
        """What the table shows, one row a cell."""
        return self._cells_of(self.organisation, self.period)

    @property
    def table(self) -> Table:
        """The same in words, for a reader without a running kernel."""
        told = [
            " · ".join(filter(None, [value_line(c), verdict_line(c), change_line(c)])) for c in self.cells.itertuples()
        ]
        wide = self.cells.assign(told=told).set_index(["indicator", "group"])["told"]
        rows = [{"Indicator": row_name(i), **wide[i]} for i in dict.fromkeys(self.cells["indicator"])]
        return Table(pd.DataFrame(rows), self._title())

    def _compare(self, organisation: str, period: str) -> pd.DataFrame:
        return summary_cells(self._rows.iloc[self._places[organisation]], period, GROUPINGS)

    def _title(self) -> str:
        synthetic = self._rows["source"].str.startswith("Synthetic").iloc[0]
        return f"{self.organisation}, {self.period}{' (synthetic data)' if synthetic else ''}"

    def _fill(self) -> None:
        if not self._settling:
            self._grid.html = grid_html(self.cells, self._title())
            self._grid.chosen = cell_id(self.indicator, self.group)

    def _go(self, _change: object) -> None:
        """Move the chart to the cell that was pressed."""
        indicator, _, group = self._grid.chosen.partition("|")
        if (indicator, group) == (self.indicator, self.group):
            return
        grouping = self.cells.loc[self.cells["group"] == group, "grouping"].iloc[0]
        self._settling = True
        try:
            for name, value in {"indicator": indicator, "grouping": grouping, "group": group}.items():
                self._controls[name].value = value
                self._settle()
            if indicator in BANDS:
                self._controls["band"].value = BANDS[indicator]
        finally:
            self._settling = False
        self._redraw(_change)
        self._fill()
