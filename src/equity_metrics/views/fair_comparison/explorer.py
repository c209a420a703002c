"""Released counts of WRES indicators in; the explorer "is it fair here, for which group, and how sure are we?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, choose, offer
from equity_metrics.views.fair_comparison.answers import fair_comparison_answer, rolled
from equity_metrics.views.fair_comparison.choice import ONE_YEAR, PICTURES, TWO_YEARS, FairChoice
from equity_metrics.views.groups_there import groups_there

ROLLED = ("3",)
"""Indicators that WRES has published over two years together."""


class FairComparisonExplorer(Explorer):
    """Choose an organisation, an indicator, the ethnic groups and the year; see a verdict for every group.

    Parameters
    ----------
    released
        Counts of rates after ``release``; rows with a ``band`` are compared band by band to check the totals.
    chosen
        First choices by trait name.
    """

    organisation = traitlets.Unicode()
    indicator = traitlets.Unicode()
    grouping = traitlets.Unicode()
    group = traitlets.Unicode()
    reference = traitlets.Unicode()
    period = traitlets.Unicode()
    years = traitlets.Unicode()
    picture_of = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        rates = [indicator.id for indicator in INDICATORS.values() if indicator.kind == "rate"]
        self._rows = _with_a_reference(released[released["indicator"].isin(rates)])
        # Found once: a change of control then reads a few dozen rows, however large the table is.
        self._cells = self._rows.groupby(["organisation", "indicator", "grouping"]).indices
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        organisations = list(dict.fromkeys(cell[0] for cell in self._cells))
        return {
            "organisation": choose("Organisation", organisations),
            "indicator": choose("Indicator", self._indicators(organisations[0]), width="30em"),
            "grouping": choose("Ethnic groups", [""]),
            "group": choose("Group", [""]),
            "reference": choose("Compared with", [""]),
            "period": choose("Year", [""]),
            "years": choose("Years", [ONE_YEAR]),
            "picture_of": choose("Show", list(PICTURES)),
        }

    def _indicators(self, organisation: str) -> list[tuple[str, str]]:
        there = {indicator for place, indicator, _ in self._cells if place == organisation}
        return [(f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.id in there]

    def _settle(self) -> None:
        controls = self._controls
        offer(controls["indicator"], self._indicators(controls["organisation"].value))
        place, indicator = controls["organisation"].value, controls["indicator"].value
        cells = {cell[2]: at for cell, at in self._cells.items() if cell[:2] == (place, indicator)}
        fewest_first = sorted(cells, key=lambda grouping: self._rows["group"].iloc[cells[grouping]].nunique())
        offer(controls["grouping"], fewest_first)
        rows = self._chosen_rows()
        known = [group for group in groups_there(rows) if group not in UNKNOWN_GROUPS]
        offer(controls["reference"], known)
        offer(controls["group"], [g for g in known if g != controls["reference"].value])
        years = [TWO_YEARS] if rolled(rows) else [ONE_YEAR, TWO_YEARS] if indicator in ROLLED else [ONE_YEAR]
        offer(controls["years"], years)
        controls["years"].layout.display = "" if indicator in ROLLED else "none"
        periods = sorted(set(rows["period"]), reverse=True)
        if controls["years"].value == TWO_YEARS and not rolled(rows):
            periods = [p for p in periods if str(int(p) - 1) in periods]
        offer(controls["period"], periods)

    def _chosen_rows(self) -> pd.DataFrame:
        cell = tuple(self._controls[name].value for name in ("organisation", "indicator", "grouping"))
        return self._rows.iloc[self._cells[cell]]

    def _answer(self) -> Answer:
        chosen = {name: control.value for name, control in self._controls.items()}
        choice = FairChoice(picture=chosen.pop("picture_of"), **chosen)
        return fair_comparison_answer(self._chosen_rows(), choice)


def _with_a_reference(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out what has one group alone: there is nothing that it could be compared with."""
    known = rows["group"].mask(rows["group"].isin(UNKNOWN_GROUPS))
    groups = known.groupby([rows[key] for key in ("organisation", "indicator", "grouping")]).transform("nunique")
    if not (groups > 1).any():
        raise ValueError("released must hold rates of at least two ethnic groups of one place, got: one group alone")
    return rows[groups > 1]
