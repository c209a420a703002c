"""Complete monthly counts in; the explorer "where are we heading anyway?" out, which keeps only what may be seen."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import groups_of
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.charts.charted_values import paired_rows
from equity_metrics.change.charts.publishable_series import publishable_series
from equity_metrics.change.charts.trend_charts import FEWEST_POINTS, P_PRIME, XMR, G, P, T
from equity_metrics.views.answers import Answer
from equity_metrics.views.baseline_trend.answers import baseline_trend_answer
from equity_metrics.views.baseline_trend.choice import (
    AT_PARITY,
    HOLD,
    NO_TARGET,
    PROPOSED,
    TrendChoice,
    charted_values,
    charts_shown,
)
from equity_metrics.views.baseline_trend.scale import CHARTED, DAYS, GAP_PATH, RATE, RATIO
from equity_metrics.views.explorer import Explorer, Option, choose, offer

KINDS = {RATE: (P_PRIME, P, XMR), RATIO: (XMR,), DAYS: (T, G), GAP_PATH: ()}
NOT_REBASED = ""


class BaselineTrendExplorer(Explorer):
    """Choose a place, an indicator, a group and what is charted; see whether it changes, and where it was heading.

    The complete counts are pooled once, to the shortest periods that the audience may see. Everything on the page is
    calculated from the result; the complete counts are not kept.

    Parameters
    ----------
    counts
        Complete counts by month, of one level and grouping, as ``check_counts`` accepts them.
    audience
        ``publish`` or ``internal``. What is made for ``internal`` of real data is on screen only.
    policy
        As for ``release``.
    reference
        The group compared with.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    indicator = traitlets.Unicode()
    group = traitlets.Unicode()
    charted = traitlets.Unicode()
    chart = traitlets.Unicode()
    rebase = traitlets.Unicode()
    target = traitlets.Unicode()
    hold = traitlets.Unicode()

    def __init__(
        self,
        counts: pd.DataFrame,
        *,
        audience: str = PUBLISH,
        policy: DisclosurePolicy = DISCLOSURE_POLICY,
        reference: str = "White",
        **chosen: str,
    ) -> None:
        self._reference = reference
        self._shown = paired_rows(publishable_series(counts, policy, audience, beside=reference), reference)
        self._cells = self._shown.groupby(["organisation", "indicator", "group"]).indices
        self._known_groups = [g for g in groups_of(self._shown["grouping"].iloc[0]) if g != reference]
        self._charts: dict[tuple[str, str, str], int] = {}
        super().__init__(self._shown, **chosen)

    _cell_keys = ("organisation", "indicator", "group")

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        indicators: list[Option] = [
            (f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.id in set(self._shown["indicator"])
        ]
        target = widgets.Combobox(
            value=NO_TARGET,
            options=[NO_TARGET, AT_PARITY],
            description="Target (none, parity or a number)",
            continuous_update=False,
            style={"description_width": "initial"},
            layout={"width": "30em"},
        )
        return {
            "organisation": choose("Organisation", list(self._shown["organisation"].unique())),
            "indicator": choose("Indicator", indicators, width="26em"),
            "group": choose("Group", [""]),
            "charted": choose("What is charted", [""]),
            "chart": choose("Chart", [("proposed by the data", PROPOSED)]),
            "rebase": choose("Limits afresh from", [("not rebased", NOT_REBASED)]),
            "target": target,
            "hold": choose("Hold the page's chance of a false flag at", list(HOLD)),
        }

    def _rows(self) -> pd.DataFrame:
        chosen = tuple(self._controls[name].value for name in self._cell_keys)
        return self._shown.iloc[self._cells[chosen]]

    def _settle(self) -> None:
        controls = self._controls
        there = {group for place, _, group in self._cells if place == controls["organisation"].value}
        offer(controls["group"], [group for group in self._known_groups if group in there])
        rows = self._rows()
        waits = len(charted_values(rows, DAYS)) >= FEWEST_POINTS
        offer(controls["charted"], [what for what in CHARTED if what != DAYS or waits])
        what = controls["charted"].value
        offer(controls["chart"], [("proposed by the data", PROPOSED), *((k.name, k.name) for k in KINDS[what])])
        periods = list(charted_values(rows, what)["period"])[FEWEST_POINTS : 1 - FEWEST_POINTS]
        offer(controls["rebase"], [("not rebased", NOT_REBASED), *zip(periods, periods, strict=True)])
        for name in ("chart", "rebase", "hold", "target"):
            controls[name].layout.display = "none" if what == GAP_PATH else ""

    def _answer(self) -> Answer:
        chosen = {name: control.value for name, control in self._controls.items()}
        choice = TrendChoice(**chosen, reference=self._reference)
        return baseline_trend_answer(self._rows(), choice, self._charts_like(choice))

    def _charts_like(self, choice: TrendChoice) -> int:
        """Count the organisations of which the same can be charted: the page that one would look through."""
        wanted = (choice.indicator, choice.group, choice.charted)
        if wanted not in self._charts:
            cells = [at for (_, *what), at in self._cells.items() if (*what, choice.charted) == wanted]
            self._charts[wanted] = charts_shown((self._shown.iloc[at] for at in cells), choice.charted)
        return self._charts[wanted]
