"""Released counts in; the explorer "where do we stand, on everything and for every group?" out."""

from collections.abc import Mapping
from functools import cached_property, lru_cache

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS, UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.views.explorer import Option, choose, offer
from equity_metrics.views.summary.cells import BANDS, summary_cells
from equity_metrics.views.summary.grid import SummaryGrid, cell_id, grid_html
from equity_metrics.views.summary.layout import WIDER, groupings_shown, laid_out
from equity_metrics.views.summary.words import told
from equity_metrics.views.tables import Table
from equity_metrics.views.take_away_row import TakeAwayRow, TakenAway
from equity_metrics.views.wres.choice import AS_PUBLISHED
from equity_metrics.views.wres.explorer import WresExplorer

KEPT = 50
"""Tables of organisations, years and groups that are kept, so that going back is at once."""
ABOVE = ("organisation", "period")
"""Controls of the table; the others belong to the chart."""


class SummaryExplorer(WresExplorer):
    """All nine indicators by ethnic group in one table, of which each cell moves the chart below to itself.

    Parameters
    ----------
    released
        Counts after ``release``: any organisations, groupings, indicators and years.
    groups
        Which groups the table shows first: ``BME and five groups``, or a detailed grouping of the data.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    groups = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, groups: str = WIDER, **chosen: str) -> None:
        if not released["grouping"].isin(groupings_shown(WIDER)).any():
            raise ValueError("released must hold groups by White / BME or by five groups, got: none of them")
        super().__init__(released, **chosen)
        self._places = self._rows.groupby("organisation").indices
        self._cells_of = lru_cache(KEPT)(self._compare)
        self._grid = SummaryGrid()
        self._columns = choose("Groups", self._groups_there(), width="30em")
        self._bind("groups", self._columns)
        self.groups = groups
        back = widgets.Button(description="Back to the table", icon="arrow-up", layout={"width": "auto"})
        back.on_click(lambda _: self._grid.send("back"))
        row = {"flex_flow": "row wrap", "grid_gap": "4px 18px"}
        table = [control for name, control in self._controls.items() if name in ABOVE]
        chart = [control for name, control in self._controls.items() if name not in ABOVE]
        style, _, sentence = self._above
        self._above = [
            style,
            widgets.Box([*table, self._columns], layout=row),
            self._grid,
            self.take_table,
            sentence,
            widgets.Box([*chart, back], layout=row),
        ]
        self._fill()
        self.observe(lambda _: self._fill(), names=[*self._controls, "groups"])
        self._grid.observe(self._go, names="chosen")

    @property
    def cells(self) -> pd.DataFrame:
        """What the table shows, one row a cell."""
        return self._cells_of(self.organisation, self.period, self.groups)

    @property
    def table(self) -> Table:
        """The same in words, for a reader without a running kernel."""
        layout = laid_out(self.cells)
        rows = [
            dict(zip((layout.corner, *layout.headings), (name, *map(told, row)), strict=True))
            for name, row in layout.rows
        ]
        return Table(pd.DataFrame(rows), self._title())

    @cached_property
    def take_table(self) -> TakeAwayRow:
        """Row that saves the whole table as a file; it works on a click only."""
        from equity_metrics.packs.summary_files import FORMATS, summary_file

        def made(form: str) -> TakenAway:
            chosen = {"organisation": self.organisation, "period": self.period, "groups": self.groups}
            return summary_file(self.cells, self._title(), chosen, self._made_of, form)

        return TakeAwayRow(FORMATS, made, what="the table")

    def _groups_there(self) -> list[Option]:
        """Offer the groups that the place and year are recorded by, with the indicators that each of them covers."""
        rows = self._rows.iloc[self._places[self.organisation]]
        rows = rows[(rows["period"] == self.period) & ~rows["group"].isin(UNKNOWN_GROUPS)]
        covered = {grouping: set(found) for grouping, found in rows.groupby("grouping")["indicator"]}
        detailed = [
            (f"{name} (indicators {', '.join(i for i in INDICATORS if i in covered[name])})", name)
            for name in DETAILED_GROUPINGS
            if name in covered
        ]
        return [(WIDER, WIDER), *detailed]

    def _compare(self, organisation: str, period: str, groups: str) -> pd.DataFrame:
        return summary_cells(self._rows.iloc[self._places[organisation]], period, groupings_shown(groups))

    def _title(self) -> str:
        synthetic = self._rows["source"].str.startswith("Synthetic").iloc[0]
        return f"{self.organisation}, {self.period}{' (synthetic data)' if synthetic else ''}"

    def _fill(self) -> None:
        if self._settling:
            return
        offer(self._columns, self._groups_there())
        html = grid_html(self.cells, self._title())
        if html != self._grid.html:
            self._grid.html = html
            self.take_table.clear()
        self._grid.chosen = self._charted()

    def _charted(self) -> str:
        """Name the cell whose chart stands below; none where the chart was set to something else."""
        chosen = {name: control.value for name, control in self._controls.items()}
        same = chosen["compare"] == AS_PUBLISHED and chosen["band"] == BANDS.get(self.indicator, "")
        cells = self.cells
        cells = cells[(cells["indicator"] == self.indicator) & (cells["group"] == self.group)]
        if INDICATORS[self.indicator].kind != "share":
            cells = cells[cells["reference"] == self.reference]
        return cell_id(self.indicator, self.group) if same and len(cells) else ""

    def _go(self, _change: object) -> None:
        """Move the chart to the cell that was pressed."""
        if self._grid.chosen in ("", self._charted()):
            return
        indicator, _, group = self._grid.chosen.partition("|")
        cell = self.cells[(self.cells["indicator"] == indicator) & (self.cells["group"] == group)].iloc[0]
        wanted: Mapping[str, str] = {
            **{name: cell[name] for name in ("indicator", "grouping", "reference", "group")},
            "compare": AS_PUBLISHED,
            "band": BANDS.get(indicator, ""),
        }
        self._settling = True
        try:
            for name, value in wanted.items():
                self._controls[name].value = value
                self._settle()
        finally:
            self._settling = False
        self._redraw(_change)
        self._fill()
