"""Flows of staff by band and group in; the explorer "where are bands 8a to VSM heading?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, UNKNOWN_GROUPS, WHITE_BME, groups_of
from equity_metrics.change.planning.band_outlooks import ASSUMPTIONS, BandOutlooks, FlowAssumptions, band_outlooks
from equity_metrics.change.planning.flow_levers import LEVERS
from equity_metrics.change.planning.model_employer import MODEL_EMPLOYER_YEARS
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, choose, offer
from equity_metrics.views.what_would_it_take.bands_ahead_answers import (
    OutlookChoice,
    bands_ahead_answer,
    outlooks_of_group,
)

FIRST_SHOWN = "2030"
NOT_ASKED = ("White", *UNKNOWN_GROUPS)
GROUPS = tuple(g for g in dict.fromkeys([*groups_of(WHITE_BME), *groups_of(FIVE_GROUPS)]) if g not in NOT_ASKED)
"""Groups whose share of the upper bands is asked about."""


class BandsAheadExplorer(Explorer):
    """Choose an organisation, a group, a "what if" and a year; see the share of bands 8a to VSM so far and to come.

    The futures of an organisation are drawn when it is first chosen, and kept as released tables.

    Parameters
    ----------
    flows
        Complete, five groups: ``organisation, period, group, band, headcount, source`` and, where there are any,
        ``joiners, promoted_in, leavers``.
    assumptions
        Growth, years, and the rates that stand in where there are no flows.
    aim_years
        First and last year of the Model Employer line.
    audience, policy
        As for ``release``.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    lever = traitlets.Unicode()
    group = traitlets.Unicode()
    year = traitlets.Unicode()

    def __init__(
        self,
        flows: pd.DataFrame,
        *,
        assumptions: FlowAssumptions = ASSUMPTIONS,
        aim_years: tuple[int, int] = MODEL_EMPLOYER_YEARS,
        audience: str = PUBLISH,
        policy: DisclosurePolicy = DISCLOSURE_POLICY,
        **chosen: str,
    ) -> None:
        self._assumptions, self._aim_years = assumptions, aim_years
        self._audience, self._policy = audience, policy
        self._flows = {str(place): rows for place, rows in flows.groupby("organisation", sort=False)}
        self._computed: dict[str, BandOutlooks] = {}
        self._of_group: dict[tuple[str, str], BandOutlooks] = {}
        self._first = chosen.get("organisation", next(iter(self._flows)))
        super().__init__(self._outlooks(self._first).counted, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        controls = {
            "organisation": choose("Organisation", list(self._flows)),
            "lever": choose("What if", list(LEVERS)),
            "group": choose("Group", [""]),
            "year": widgets.SelectionSlider(
                options=[FIRST_SHOWN],
                description="Year",
                continuous_update=True,
                style={"description_width": "initial"},
            ),
        }
        controls["organisation"].value = self._first
        return controls

    def _outlooks(self, organisation: str) -> BandOutlooks:
        if organisation not in self._computed:
            self._computed[organisation] = band_outlooks(
                self._flows[organisation], self._assumptions, policy=self._policy, audience=self._audience
            )
        return self._computed[organisation]

    def _settle(self) -> None:
        ahead = self._outlooks(self._controls["organisation"].value).ahead
        years = sorted(set(ahead["period"]))[1:]
        slider = self._controls["year"]
        if tuple(years) != tuple(slider.options):
            kept = slider.value if slider.value in years else years[-1]
            slider.options = years
            slider.value = kept
        there = set(ahead["group"])
        offer(self._controls["group"], [group for group in GROUPS if group in there])

    def _answer(self) -> Answer:
        chosen = {name: control.value for name, control in self._controls.items()}
        choice = OutlookChoice(**chosen, aim_years=self._aim_years)
        if (choice.organisation, choice.group) not in self._of_group:
            outlooks = outlooks_of_group(self._outlooks(choice.organisation), choice)
            self._of_group[choice.organisation, choice.group] = outlooks
        return bands_ahead_answer(self._of_group[choice.organisation, choice.group], choice, self._assumptions)
