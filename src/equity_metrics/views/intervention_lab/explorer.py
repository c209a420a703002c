"""Complete monthly counts and intervention files in; the explorer of "did it work?" out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import ipywidgets as widgets
import numpy as np
import pandas as pd
import traitlets

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.interventions import DIRECTIONS, Intervention
from equity_metrics.change.before_after.paired_series import rows_of
from equity_metrics.change.between_places.panels import paired_counts
from equity_metrics.change.intervention_findings import (
    intervention_findings,
    rebound_to_show,
    withheld_by_start,
)
from equity_metrics.change.method_choice import (
    COMPARISONS,
    CORRECTED_MIX,
    WEIGHTED,
    comparable_counts,
    method_choices,
)
from equity_metrics.change.several_places_findings import several_places_findings
from equity_metrics.measures.cells import COUNTS, kind_of
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, Option, choose, offer
from equity_metrics.views.intervention_lab.answers import intervention_answer
from equity_metrics.views.intervention_lab.starts import nearest_start, possible_starts, released_pairs

BY_HAND = "by hand"
PROPOSED = "proposed by the data"
USUAL_SMALLEST = 1.25


class InterventionLabExplorer(Explorer):
    """Choose what was tried, its start and what it is compared with; see whether it worked and what follows.

    Tests are made on the complete counts in memory; what is shown is pooled to the shortest period that the audience
    may see. For ``publish`` the start goes on to the next whole released period, or to the agreed start, because two
    starts a month apart would show that month.

    Parameters
    ----------
    counts
        Complete counts of one level and grouping, as ``check_counts`` accepts them: all by month, or all by WRES year
        (survey answers, training). Published percentages are refused: they are weighted.
    interventions
        From ``read_interventions``; the places of one are no comparison for the others of the same indicator.
    audience
        ``publish`` or ``internal``. What is made for ``internal`` of real data is on screen only.
    policy
        As for ``release``.
    reference
        The group compared with.
    chosen
        First choices by trait name, for example ``intervention="…"`` or ``method="…"``.

    Raises
    ------
    ValueError
        If an intervention does not fit the counts.
    """

    intervention = traitlets.Unicode()
    organisation = traitlets.Unicode()
    indicator = traitlets.Unicode()
    direction = traitlets.Unicode()
    start = traitlets.Unicode()
    smallest = traitlets.Float()
    method = traitlets.Unicode()

    def __init__(
        self,
        counts: pd.DataFrame,
        interventions: Sequence[Intervention] = (),
        *,
        audience: str = PUBLISH,
        policy: DisclosurePolicy = DISCLOSURE_POLICY,
        reference: str = "White",
        **chosen: str | float,
    ) -> None:
        if kind_of(counts) != COUNTS:
            raise ValueError(f"counts must be counts, got: {kind_of(counts)} values ({WEIGHTED})")
        self._counts = counts[counts["indicator"].isin(list(COMPARISONS))]
        self._audience, self._policy, self._reference = audience, policy, reference
        self._agreed = {f"{i.name}, {i.where}": i for i in interventions}
        self._shown = released_pairs(self._counts, policy, audience, reference)
        self._cells = self._shown.groupby(["organisation", "indicator", "group"]).indices
        if not self._cells:
            periods = self._counts["period"].nunique()
            raise ValueError(f"counts must hold at least a year of indicators 2 to 8, got: {periods} months")
        for tried in interventions:
            held = all((place, tried.indicator, tried.group) in self._cells for place in tried.places)
            if not held or tried.reference != reference:
                cell = f"{tried.where}, indicator {tried.indicator}, {tried.group} and {tried.reference}"
                raise ValueError(f"interventions must fit the counts, got: {tried.name} ({cell})")
        self._rows: dict[tuple[str, str, str], pd.DataFrame] = {}
        self._pairs: dict[tuple[str, str, str], pd.DataFrame] = {}
        self._rebounds: dict[tuple[str, str, str, str], pd.DataFrame] = {}
        self._reasons: dict[tuple[str, str, str, int], dict[str, str]] = {}
        self._starts: dict[tuple[str, str, str, int, str], list[str]] = {}
        self._judged: dict[tuple[str, str, str, str], pd.DataFrame] = {}
        self._settled_for = self._settled_start = ""
        super().__init__(self._shown, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        there = {indicator for _, indicator, _ in self._cells}
        indicators: list[Option] = [(f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.id in there]
        smallest = widgets.BoundedFloatText(
            value=USUAL_SMALLEST, min=1.01, max=5, step=0.05, description="Smallest worthwhile effect (ratio)",
            style={"description_width": "initial"}, layout={"width": "24em"},
        )  # fmt: skip
        # Always the same periods: a slider whose options change answers with a value of its own.
        start = widgets.SelectionSlider(
            options=sorted(self._counts["period"].unique()), description="Start",
            style={"description_width": "initial"}, layout={"width": "30em"},
        )  # fmt: skip
        return {
            "intervention": choose("What was tried", [*self._agreed, BY_HAND]),
            "organisation": choose("Organisation", sorted({place for place, _, _ in self._cells})),
            "indicator": choose("Indicator", indicators, width="26em"),
            "direction": choose("Hoped for", list(DIRECTIONS)),
            "start": start,
            "smallest": smallest,
            "method": choose("Compared with", [PROPOSED]),
        }

    def _settle(self) -> None:
        controls, agreed = self._controls, self._agreed.get(self._controls["intervention"].value)
        for name in ("organisation", "indicator", "direction"):
            controls[name].layout.display = "none" if agreed else ""
        controls["start"].layout.display = "none" if agreed and agreed.starts else ""
        if agreed:
            controls["organisation"].value, controls["indicator"].value = agreed.places[0], agreed.indicator
            controls["direction"].value = agreed.expected_direction
        tried = self._tried()
        another = agreed is not None and controls["intervention"].value != self._settled_for
        wanted = agreed.start if agreed and another else controls["start"].value
        self._settled_start = controls["start"].value = nearest_start(
            self._possible_starts(tried), wanted, later=not another and wanted > self._settled_start
        )
        if agreed and another:
            controls["smallest"].value = agreed.smallest_worthwhile or USUAL_SMALLEST
            controls["method"].value = PROPOSED
        self._settled_for = controls["intervention"].value
        choices = self._choices(replace(tried, start=controls["start"].value))
        methods = choices.loc[choices["possible"], "method"].tolist()
        if not methods:
            raise ValueError(f"counts must allow a test of {tried.name}, got: {choices['why'].iloc[0]}")
        offer(controls["method"], [(f"{PROPOSED}: {methods[0]}", PROPOSED), *((m, m) for m in methods)])
        controls["start"].continuous_update = controls["method"].value != CORRECTED_MIX

    def _tried(self) -> Intervention:
        """Take the intervention as the controls have it; its start may still be that of another place."""
        value = {name: control.value for name, control in self._controls.items()}
        agreed = self._agreed.get(value["intervention"])
        if agreed is None:
            groups = [g for p, i, g in self._cells if (p, i) == (value["organisation"], value["indicator"])]
            agreed = Intervention(
                "A start chosen by hand", value["start"], value["organisation"], value["indicator"], value["direction"],
                group=groups[0], reference=self._reference,
            )  # fmt: skip
        same = value["smallest"] == agreed.smallest_worthwhile
        thresholds = {} if same else {"stop_below": None, "spread_from": None}
        start = agreed.start if agreed.starts else value["start"]
        return replace(agreed, start=start, smallest_worthwhile=value["smallest"], **thresholds)

    def _comparable(self, tried: Intervention) -> pd.DataFrame:
        cell = (tried.where, tried.indicator, tried.group)
        if cell not in self._rows:
            touched = [place for i in self._agreed.values() if i.indicator == tried.indicator for place in i.places]
            self._rows[cell] = rows = comparable_counts(self._counts, tried, touched)
            self._pairs[cell] = paired_counts(rows_of(rows, tried), tried.group, tried.reference)
        return self._rows[cell]

    def _choices(self, tried: Intervention) -> pd.DataFrame:
        key = (tried.where, tried.indicator, tried.group, tried.start)
        if key not in self._judged:
            self._judged[key] = method_choices(self._comparable(tried), tried)
        return self._judged[key]

    def _rebound(self, tried: Intervention) -> pd.DataFrame:
        key = (tried.where, tried.indicator, tried.group, tried.chosen_for)
        if key not in self._rebounds:
            self._rebounds[key] = rebound_to_show(self._comparable(tried), tried, self._policy, self._audience)
        return self._rebounds[key]

    def _withheld(self, tried: Intervention) -> str:
        cell = (tried.where, tried.indicator, tried.group)
        key = (*cell, tried.lead_in)
        if key not in self._reasons:
            self._reasons[key] = withheld_by_start(
                self._pairs[cell], self._series_of(tried), tried.lead_in, self._policy, self._audience
            )
        return self._reasons[key][tried.start]

    def _series_of(self, tried: Intervention) -> pd.DataFrame:
        cells = [self._cells[(place, tried.indicator, tried.group)] for place in tried.places]
        return self._shown.iloc[np.concatenate(cells)]

    def _possible_starts(self, tried: Intervention) -> list[str]:
        if tried.starts:
            return [tried.start]
        chosen = self._agreed.get(self._controls["intervention"].value)
        key = (tried.where, tried.indicator, tried.group, tried.lead_in, chosen.start if chosen else "")
        if key not in self._starts:
            rows, released = self._comparable(tried), self._series_of(tried)
            self._starts[key] = possible_starts(rows, released, tried, key[-1], self._audience)
        return self._starts[key]

    def _answer(self) -> Answer:
        tried, method = self._tried(), self._controls["method"].value
        rows, released = self._comparable(tried), self._series_of(tried)
        if tried.starts:
            found = several_places_findings(rows, released, self._choices(tried), tried, audience=self._audience)
        else:
            found = intervention_findings(
                rows, self._pairs[(tried.where, tried.indicator, tried.group)], released, self._rebound(tried),
                self._choices(tried), tried, method=None if method == PROPOSED else method,
                withheld=self._withheld(tried), audience=self._audience,
            )  # fmt: skip
        return intervention_answer(found, self._agreed.get(self._controls["intervention"].value))
