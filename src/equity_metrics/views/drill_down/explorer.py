"""Released counts of several levels in; the explorer "where inside, and who?", from board to ward and back, out."""

from collections.abc import Mapping
from functools import cached_property

import ipywidgets as widgets
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import traitlets
from numpy.typing import NDArray

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.keys import INTERSECTIONS, keys_among
from equity_metrics.measures.disclosure.release import check_released
from equity_metrics.measures.places import places_of
from equity_metrics.views.answers import Answer
from equity_metrics.views.drill_down.answers import drill_down_answer
from equity_metrics.views.drill_down.choice import DrillDownChoice
from equity_metrics.views.explorer import Explorer, choose, offer
from equity_metrics.views.wres.choice import PARTS

ORDER = (ALL_STAFF, "All members", *PARTS)
"""Of bands and parts of the board: the whole first."""
NEEDED = ("place", "name", "inside", "numerator", "denominator", "table", "withheld", "source", "rounded_to")


class DrillDownExplorer(Explorer):
    """Choose a place and see what lies inside it; go into a directorate, and back up to the board.

    Parameters
    ----------
    released
        Counts after ``release``: of wards, directorates and organisations, or of organisations and what holds them;
        best made of ``roll_ups``.
    chosen
        First choices by trait name, for example ``place="Alder / Medicine"``.
    """

    place = traitlets.Unicode()
    indicator = traitlets.Unicode()
    band = traitlets.Unicode()
    grouping = traitlets.Unicode()
    group = traitlets.Unicode()
    reference = traitlets.Unicode()
    period = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        check_released(released)
        self._places = places_of(released[released["table"] == "counts"])
        self._rows = _with_places(released, self._places)
        if not self._with_parts():
            raise ValueError("released must hold a place and the places inside it, got: places side by side")
        # Found once: a change of control then reads a few dozen rows, however large the table is.
        self._here = self._rows.groupby(["place", "indicator", "band", "period"], sort=False).indices
        self._inside = self._rows.groupby(["inside", "indicator", "band", "period"], sort=False).indices
        self._back = widgets.Button(icon="arrow-left", layout={"width": "auto", "align_self": "flex-start"})
        self._back.on_click(lambda _: self.back())
        super().__init__(released, self._back, **chosen)

    def back(self) -> None:
        """Go back to the place that holds the chosen one; at the top, stay."""
        above = self._above_of(self.place)
        if above in self._with_parts():
            self.place = above

    @cached_property
    def picture(self) -> go.FigureWidget:
        """The live picture; a click on a place that has places inside goes into it."""
        picture = super().picture
        picture.data[1].on_click(lambda _, points, __: self._go_into(points.point_inds))
        return picture

    def _go_into(self, rows: list[int]) -> None:
        names = self._places.loc[self._places["inside"] == self.place].set_index("name")["place"]
        drawn = self.answer.table["Place"].iloc[1:]
        for row in rows:
            place = names.get(drawn.iloc[row], "")
            if place in self._with_parts():
                self.place = place

    def _above_of(self, place: str) -> str:
        return str(self._places.set_index("place")["inside"][place])

    def _with_parts(self) -> list[str]:
        holders = set(self._rows["inside"])
        return [place for place in self._places["place"] if place in holders]

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        return {
            "place": choose("Look inside", self._offered(), width="30em"),
            "indicator": choose("Indicator", [""], width="30em"),
            "band": choose("Of", [""]),
            "grouping": choose("Ethnic groups", [""]),
            "group": choose("Group", [""]),
            "reference": choose("Compared with", [""]),
            "period": choose("Year", [""]),
        }

    def _offered(self) -> list[tuple[str, str]]:
        """List places that have places inside, each below the one that holds it and set in from it."""
        names = self._places.set_index("place")["name"]
        holders, found = self._with_parts(), []

        def below(above: str, depth: int) -> None:
            for place in holders:
                if self._above_of(place) == above:
                    found.append((f"{'— ' * depth}{names[place]}", place))
                    below(place, depth + 1)

        below("", 0)
        return found

    def _settle(self) -> None:
        controls, place = self._controls, self._controls["place"].value
        cells = [key[1:] for key in self._inside if key[0] == place and (place, *key[1:]) in self._here]
        there = {indicator for indicator, _, _ in cells}
        offer(controls["indicator"], [(f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.id in there])
        indicator = controls["indicator"].value
        bands = {band for i, band, _ in cells if i == indicator}
        offer(controls["band"], sorted(bands, key=lambda band: ORDER.index(band) if band in ORDER else len(ORDER)))
        band = controls["band"].value
        offer(controls["period"], sorted({p for i, b, p in cells if (i, b) == (indicator, band)}, reverse=True))
        rows = self._rows.iloc[self._here[place, indicator, band, controls["period"].value]]
        groupings = rows.groupby("grouping", sort=False)["group"].nunique()
        offer(controls["grouping"], list(groupings.sort_values(kind="stable").index))
        groups = rows.loc[rows["grouping"] == controls["grouping"].value, "group"].unique()
        known = [group for group in groups if group not in UNKNOWN_GROUPS]
        share = INDICATORS[indicator].kind == "share"
        offer(controls["reference"], [*(g for g in known if "White" in g), *(g for g in known if "White" not in g)])
        others = known if share else [group for group in known if group != controls["reference"].value]
        offer(controls["group"], [*(g for g in others if "White" not in g), *(g for g in others if "White" in g)])
        controls["band"].layout.display = "" if share else "none"
        controls["reference"].layout.display = "none" if share else ""
        above = self._above_of(place)
        self._back.disabled = above not in self._with_parts()
        self._back.description = "This is the top" if self._back.disabled else f"Back to {above}"

    def _answer(self) -> Answer:
        choice = DrillDownChoice(**{name: control.value for name, control in self._controls.items()})
        years = [choice.period]
        if choice.period.isdecimal():
            years.append(str(int(choice.period) - 1))
        rows = [self._cells(cells, choice.place, choice, years) for cells in (self._here, self._inside)]
        above = [self._cells(self._here, place, choice, years[:1]) for place in self._all_above(choice.place)]
        return drill_down_answer(pd.concat(rows), pd.concat([rows[0].iloc[:0], *above]), choice)

    def _cells(
        self, cells: Mapping[tuple[str, ...], NDArray[np.intp]], place: str, choice: DrillDownChoice, years: list[str]
    ) -> pd.DataFrame:
        found = [cells.get((place, choice.indicator, choice.band, year), ()) for year in years]
        return self._rows.iloc[np.concatenate(found).astype(int)]

    def _all_above(self, place: str) -> list[str]:
        above = self._above_of(place)
        return [above, *self._all_above(above)] if above else []


def _with_places(released: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Keep counts of all people together, in one definition, each with its place and the place that holds it."""
    rows = released[(released["table"] == "counts") & released["indicator"].isin(tuple(INDICATORS))]
    for column in (c for c in INTERSECTIONS if c in rows.columns):
        rows = rows[rows[column] == ""]
    if rows.empty:
        raise ValueError(
            "released must hold counts of all people of a place, got: none, or only parts by gender or age"
        )
    if "definition" in rows.columns:
        rows = rows[rows["definition"] == rows.groupby(["indicator", "period"])["definition"].transform("first")]
    if "staff_group" in rows.columns:
        rows = rows[(rows["indicator"] != "1") | rows["staff_group"].isin(["", ALL_STAFF_GROUPS])]
    optional = [c for c in ("band", "directorate", "ward") if c not in rows.columns]
    rows = rows.assign(**dict.fromkeys(optional, ""))
    keys = ["level", "organisation", "directorate", "ward"]
    # Rows of one place may name its system or not; it is one place all the same.
    rows = rows.merge(places[[*keys, "place", "name", "inside"]], on=keys, how="left", validate="many_to_one")
    return rows[[c for c in rows.columns if c in (*keys_among(rows.columns), *NEEDED)]]
