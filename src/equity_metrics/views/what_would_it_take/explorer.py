"""Released counts of WRES indicators in; the explorer "what would it take to close the gap?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.planning.gap_scenarios import AS_RESPONDENTS, gap_scenarios
from equity_metrics.change.planning.scenarios import MORE_IN_ALL, SAME_IN_ALL
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, Option, choose, offer
from equity_metrics.views.what_would_it_take.answers import (
    GROUP_ORDER,
    ScenarioChoice,
    what_would_it_take_answer,
)
from equity_metrics.views.what_would_it_take.words import PARTS, what_if

Cells = dict[tuple[str, str, str], pd.DataFrame]


class WhatWouldItTakeExplorer(Explorer):
    """Choose a place and a "what if": see how many more or fewer it would be, for BME staff and for each group.

    Parameters
    ----------
    released
        Counts after ``release`` with the groupings White / BME or five groups.
    reference
        The group compared with.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    scenario = traitlets.Unicode()
    group = traitlets.Unicode()
    period = traitlets.Unicode()
    condition = traitlets.Unicode()
    part = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, *, reference: str = "White", **chosen: str) -> None:
        self._reference = reference
        rates = [i.id for i in INDICATORS.values() if i.kind == "rate"]
        wanted = released["indicator"].isin(rates) & released["grouping"].isin([WHITE_BME, FIVE_GROUPS])
        self._rows = released[wanted]
        compared = self._rows[self._rows["group"] == reference]
        self._there = dict.fromkeys(zip(compared["organisation"], compared["indicator"], strict=True))
        self._computed: dict[tuple[str, float], Cells] = {}
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        there = set(self._rows["indicator"])
        scenarios: list[Option] = [(what_if(i, self._reference), i.id) for i in INDICATORS.values() if i.id in there]
        return {
            "organisation": choose("Organisation", list(dict.fromkeys(self._rows["organisation"]))),
            "scenario": choose("What if", scenarios, width="50em"),
            "group": choose("Group", [""]),
            "period": choose("Year", [""]),
            "condition": choose("In all", [MORE_IN_ALL, SAME_IN_ALL]),
            "part": choose("How much", ["half the gap", "a quarter of the gap", "the whole gap"]),
        }

    def _cells(self) -> Cells:
        """Compute a scenario for every place and year at once, when it is first chosen."""
        scenario, part = self._controls["scenario"].value, PARTS[self._controls["part"].value]
        part = part if INDICATORS[scenario].shown_as == "gap" else 1.0
        if (scenario, part) not in self._computed:
            table = gap_scenarios(self._rows, scenario, self._reference, part=part)
            grouped = table.groupby(["organisation", "period", "condition"], dropna=False, observed=True)
            self._computed[scenario, part] = {(str(o), str(p), str(c)): rows for (o, p, c), rows in grouped}
        return self._computed[scenario, part]

    def _settle(self) -> None:
        controls, place = self._controls, self._controls["organisation"].value
        scenarios: list[Option] = [
            (what_if(i, self._reference), i.id) for i in INDICATORS.values() if (place, i.id) in self._there
        ]
        offer(controls["scenario"], scenarios)
        survey = INDICATORS[controls["scenario"].value].shown_as == "gap"
        offer(controls["condition"], [AS_RESPONDENTS] if survey else [MORE_IN_ALL, SAME_IN_ALL])
        controls["condition"].layout.display = "none" if survey else ""
        controls["part"].layout.display = "" if survey else "none"
        condition = controls["condition"].value
        periods = [p for o, p, c in self._cells() if (o, c) == (place, condition)]
        offer(controls["period"], sorted(periods, reverse=True))
        there = set(self._cells()[place, controls["period"].value, condition]["group"])
        offer(controls["group"], [group for group in GROUP_ORDER if group in there])

    def _answer(self) -> Answer:
        chosen = {name: control.value for name, control in self._controls.items()}
        choice = ScenarioChoice(**chosen, reference=self._reference)
        return what_would_it_take_answer(self._cells()[choice.organisation, choice.period, choice.condition], choice)
