"""Released counts of rates by ethnic group in; the explorer "who stands behind BME?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.views.answers import Answer
from equity_metrics.views.behind_bme.answers import DIMENSIONS, PARTS, WHOLE, BehindBmeChoice, behind_bme_answer
from equity_metrics.views.behind_bme.screen import Screen, screened
from equity_metrics.views.explorer import Explorer, choose, offer

NOTHING = "Nothing else"


class BehindBmeExplorer(Explorer):
    """Choose a place, an indicator, how finely to tell ethnic groups apart, and by what else people are told apart.

    Parameters
    ----------
    released
        Counts of rates (indicators 2 to 8) after ``release``, in any groupings, own ones too; with ``band``,
        ``staff_group``, ``directorate`` or ``ward`` where people are told apart by them.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    indicator = traitlets.Unicode()
    grouping = traitlets.Unicode()
    reference = traitlets.Unicode()
    beside = traitlets.Unicode()
    group = traitlets.Unicode()
    period = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        rates = [i.id for i in INDICATORS.values() if i.kind == "rate"]
        rows = released[released["indicator"].isin(rates)]
        text = (*PARTS, "made_of", "left_out")
        self._rows = rows.assign(**{c: rows[c].fillna("") if c in rows.columns else "" for c in text})
        self._cells = self._rows.groupby(["organisation", "indicator", "period"], sort=False).indices
        self._screens: dict[tuple[str, str, str, str], Screen] = {}
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        places = list(dict.fromkeys(place for place, _, _ in self._cells))
        return {
            "organisation": choose("Organisation", places),
            "indicator": choose("Indicator", self._indicators(places[0]), width="30em"),
            "grouping": choose("Ethnic groups", [""]),
            "reference": choose("Compared with", [""]),
            "beside": choose("And told apart by", [(NOTHING, "")]),
            "group": choose("Group", [""]),
            "period": choose("Year", [""]),
        }

    def _indicators(self, place: str) -> list[tuple[str, str]]:
        there = {indicator for organisation, indicator, _ in self._cells if organisation == place}
        return [(f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.id in there]

    def _settle(self) -> None:
        controls = self._controls
        place = controls["organisation"].value
        offer(controls["indicator"], self._indicators(place))
        indicator = controls["indicator"].value
        offer(controls["period"], sorted({y for p, i, y in self._cells if (p, i) == (place, indicator)}, reverse=True))
        rows = self._rows.iloc[self._cells[place, indicator, controls["period"].value]]
        whole = rows[rows[list(PARTS)].isin(WHOLE).all(axis=1)]
        sizes = whole.groupby("grouping")["group"].nunique().sort_values(kind="stable")
        offer(controls["grouping"], list(sizes.index))
        own = rows[rows["grouping"] == controls["grouping"].value]
        known = [group for group in dict.fromkeys(own["group"]) if group not in UNKNOWN_GROUPS]
        offer(controls["reference"], known)
        others = [group for group in known if group != controls["reference"].value]
        offer(controls["group"], [*(g for g in others if g == "BME"), *(g for g in others if g != "BME")])
        parts = [(words, column) for column, words in DIMENSIONS.items() if (~own[column].isin(WHOLE)).any()]
        offer(controls["beside"], [(NOTHING, ""), *parts])
        controls["beside"].layout.display = "" if parts else "none"
        controls["group"].layout.display = "" if controls["beside"].value else "none"

    def _answer(self) -> Answer:
        choice = BehindBmeChoice(**{name: control.value for name, control in self._controls.items()})
        rows = self._rows.iloc[self._cells[choice.organisation, choice.indicator, choice.period]]
        return behind_bme_answer(rows, self._screen(choice), choice)

    def _screen(self, choice: BehindBmeChoice) -> Screen:
        key = choice.organisation, choice.period, choice.grouping, choice.reference
        if key not in self._screens:
            here = (self._rows["organisation"] == choice.organisation) & (self._rows["period"] == choice.period)
            rows = self._rows[here]
            whole = rows[rows[list(PARTS)].isin(WHOLE).all(axis=1)]
            self._screens[key] = screened(whole, choice.grouping, choice.reference)
        return self._screens[key]
