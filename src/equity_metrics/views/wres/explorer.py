"""Released counts of WRES indicators in; the explorer "how do we stand on the nine indicators?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import numpy as np
import pandas as pd
import traitlets

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS, WORKFORCE_OF
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, choose, offer
from equity_metrics.views.groups_there import groups_there
from equity_metrics.views.wres.answers import wres_answer
from equity_metrics.views.wres.choice import AS_PUBLISHED, COMPARE, RATE, WresChoice, parts_there

DEFAULT_BANDS = {"1": "8a", "9": "All members"}


class WresExplorer(Explorer):
    """Choose an organisation, an indicator, the ethnic groups, the year and how to compare.

    Parameters
    ----------
    released
        Counts after ``release``: any organisations, levels, groupings, indicators and years.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    indicator = traitlets.Unicode()
    grouping = traitlets.Unicode()
    group = traitlets.Unicode()
    reference = traitlets.Unicode()
    period = traitlets.Unicode()
    compare = traitlets.Unicode()
    band = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        # Found once: a change of control then reads a few dozen rows, however large the table is.
        self._rows = _one_staff_group(released)
        self._cells = self._rows.groupby(["organisation", "indicator", "grouping"]).indices
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        organisations = list(dict.fromkeys(organisation for organisation, _, _ in self._cells))
        return {
            "organisation": choose("Organisation", organisations),
            "indicator": choose("Indicator", self._indicators(organisations[0]), width="30em"),
            "grouping": choose(
                "Ethnic groups", self._groupings(organisations[0], self._first_indicator(organisations[0]))
            ),
            "group": choose("Group", [""]),
            "reference": choose("Compared with", [""]),
            "period": choose("Year", [""]),
            "compare": choose("Compare by", list(COMPARE)),
            "band": choose("Trend of", [""]),
        }

    def _first_indicator(self, organisation: str) -> str:
        return self._indicators(organisation)[0][1]

    def _indicators(self, organisation: str) -> list[tuple[str, str]]:
        there = {indicator for place, indicator, _ in self._cells if place == organisation}
        return [(f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.id in there]

    def _groupings(self, organisation: str, indicator: str) -> list[str]:
        cells = {cell[2]: at for cell, at in self._cells.items() if cell[:2] == (organisation, indicator)}
        return sorted(cells, key=lambda grouping: self._rows["group"].iloc[cells[grouping]].nunique())

    def _settle(self) -> None:
        controls = self._controls
        offer(controls["indicator"], self._indicators(controls["organisation"].value))
        organisation, indicator = controls["organisation"].value, controls["indicator"].value
        offer(controls["grouping"], self._groupings(organisation, indicator))
        rows = self._rows.iloc[self._cells[organisation, indicator, controls["grouping"].value]]
        known = groups_there(rows)
        offer(controls["reference"], [g for g in known if g not in UNKNOWN_GROUPS])
        share = INDICATORS[indicator].kind == "share"
        offer(controls["group"], _preferring("BME", [g for g in known if share or g != controls["reference"].value]))
        offer(controls["period"], sorted(rows["period"].unique(), reverse=True))
        offer(controls["compare"], [AS_PUBLISHED, RATE] if share else list(COMPARE))
        bands = [part for part in parts_there(rows) if part != ALL_STAFF] if share else []
        offer(controls["band"], _preferring(DEFAULT_BANDS.get(indicator, ""), bands) or [""])
        controls["band"].layout.display = "" if share else "none"
        controls["reference"].layout.display = "none" if share else ""

    def _answer(self) -> Answer:
        chosen = WresChoice(**{name: control.value for name, control in self._controls.items()})
        wanted = dict.fromkeys((chosen.indicator, WORKFORCE_OF.get(chosen.indicator, chosen.indicator)))
        places = [self._cells.get((chosen.organisation, i, chosen.grouping), ()) for i in wanted]
        return wres_answer(self._rows.iloc[np.concatenate(places).astype(int)], chosen)


def _one_staff_group(released: pd.DataFrame) -> pd.DataFrame:
    if "staff_group" not in released.columns:
        return released
    return released[(released["indicator"] != "1") | released["staff_group"].isin(["", ALL_STAFF_GROUPS])]


def _preferring(first: str, names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: name != first) if first in names else names
