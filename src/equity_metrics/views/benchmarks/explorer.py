"""Released counts of many organisations in; the explorer "where do we stand among our peers?" out."""

from collections.abc import Mapping
from dataclasses import replace

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.views.answers import Answer
from equity_metrics.views.benchmarks.answers import (
    CHANCE,
    EVERYWHERE,
    LIMITS,
    MEASURES,
    RATE,
    BenchmarkChoice,
    benchmark_answer,
    benchmark_places,
)
from equity_metrics.views.explorer import Explorer, choose, offer

PEERS = (
    ("Its benchmarking group", "benchmarking_group"),
    ("Its region", "region"),
    ("Its system", "system"),
    ("All organisations", EVERYWHERE),
)


class BenchmarkExplorer(Explorer):
    """Choose an organisation, an indicator, the ethnic groups, whom to compare it with, and which limits.

    Parameters
    ----------
    released
        Counts of rates (indicators 2 to 8) of many organisations after ``release``; columns ``benchmarking_group``,
        ``region`` and ``system`` are offered as peers. Other organisations are never named.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    indicator = traitlets.Unicode()
    measure = traitlets.Unicode()
    peers = traitlets.Unicode()
    limits = traitlets.Unicode()
    grouping = traitlets.Unicode()
    group = traitlets.Unicode()
    reference = traitlets.Unicode()
    period = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        rates = [i.id for i in INDICATORS.values() if i.kind == "rate"]
        self._rows = released[(released["level"] == "organisation") & released["indicator"].isin(rates)]
        self._cells = self._rows.groupby(["indicator", "grouping", "period"], sort=False).indices
        self._places: dict[BenchmarkChoice, pd.DataFrame] = {}
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        there = {key[0] for key in self._cells}
        named = [(f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.id in there]
        peers = [option for option in PEERS if option[1] == EVERYWHERE or self._is_given(option[1])]
        return {
            "organisation": choose("Organisation", list(dict.fromkeys(self._rows["organisation"]))),
            "indicator": choose("Indicator", named, width="30em"),
            "measure": choose("Compare by", list(MEASURES)),
            "peers": choose("Among", peers),
            "limits": choose("Limits", list(LIMITS)),
            "grouping": choose("Ethnic groups", [""]),
            "group": choose("Group", [""]),
            "reference": choose("Compared with", [""]),
            "period": choose("Year", [""]),
        }

    def _is_given(self, column: str) -> bool:
        return column in self._rows.columns and bool((self._rows[column].fillna("") != "").all())

    def _settle(self) -> None:
        controls = self._controls
        indicator = controls["indicator"].value
        groupings = list(dict.fromkeys(g for i, g, _ in self._cells if i == indicator))
        offer(controls["grouping"], groupings[::-1])
        grouping = controls["grouping"].value
        years = sorted({y for i, g, y in self._cells if (i, g) == (indicator, grouping)}, reverse=True)
        offer(controls["period"], years)
        groups = dict.fromkeys(self._rows.iloc[self._cells[indicator, grouping, controls["period"].value]]["group"])
        known = [group for group in groups if group not in UNKNOWN_GROUPS]
        offer(controls["reference"], known)
        rate = controls["measure"].value == RATE
        others = [g for g in known if rate or g != controls["reference"].value]
        offer(controls["group"], [*(g for g in others if g == "BME"), *(g for g in others if g != "BME")])
        controls["reference"].layout.display = "none" if rate else ""

    def _answer(self) -> Answer:
        choice = BenchmarkChoice(**{name: control.value for name, control in self._controls.items()})
        # Where the places lie does not depend on which of them is chosen, nor on the limits that are drawn.
        places = replace(choice, organisation="", limits=CHANCE)
        if places not in self._places:
            rows = self._rows.iloc[self._cells[choice.indicator, choice.grouping, choice.period]]
            self._places[places] = benchmark_places(rows, choice)
        return benchmark_answer(self._places[places], choice)
