"""Complete monthly counts in; the explorer "how long until we know, and what can be decided until then?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME, groups_of
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.planning.answer_chances import (
    LONGEST,
    RUNS,
    SIZES,
    answer_chances,
    effect_of,
    ratio_of,
    smallest_effects,
)
from equity_metrics.change.planning.power import OwnBaseline
from equity_metrics.change.planning.released_baselines import MONTHS, released_baselines
from equity_metrics.change.planning.waiting_times import risks_today
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, Option, choose, offer
from equity_metrics.views.what_would_it_take.before_starting_answers import (
    NOTHING,
    Start,
    StartChoice,
    Way,
    before_starting_answer,
)
from equity_metrics.views.what_would_it_take.before_starting_words import size_words

SEVERAL = (3, 10)
"""Places like this one that are offered as a way to an answer."""
GROUPS = tuple(dict.fromkeys([*groups_of(WHITE_BME), *groups_of(FIVE_GROUPS)]))


class BeforeStartingExplorer(Explorer):
    """Choose a place, an indicator, a group and the effect worth having: see how long an answer takes.

    What is learned of a place is simulated when it is first chosen, in less than a second, and kept. Its page is made
    from released totals; single quarters are used by the simulation and never shown.

    Parameters
    ----------
    counts
        Complete counts by month, of one level, five groups or White / BME.
    reference
        The group compared with.
    audience, policy
        As for ``release``.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    indicator = traitlets.Unicode()
    group = traitlets.Unicode()
    size = traitlets.Float()
    months = traitlets.Int()

    def __init__(
        self,
        counts: pd.DataFrame,
        *,
        reference: str = "White",
        audience: str = PUBLISH,
        policy: DisclosurePolicy = DISCLOSURE_POLICY,
        **chosen: str | float,
    ) -> None:
        self._baselines = released_baselines(counts, reference=reference, policy=policy, audience=audience)
        totals = self._baselines.totals
        self._totals = totals.drop_duplicates(["organisation", "indicator", "group"]).set_index(
            ["organisation", "indicator", "group"]
        )
        self._reference = reference
        self._started: dict[tuple[str, str, str], Start] = {}
        self._own: dict[tuple[str, str, str], tuple[OwnBaseline | None, str]] = {}
        self._chances: dict[tuple[str, str, str, int], Way] = {}
        self._risks: dict[StartChoice, pd.DataFrame] = {}
        super().__init__(totals, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        there = self._totals.index
        indicators: list[Option] = [
            (f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.id in set(there.get_level_values("indicator"))
        ]
        slider = {"style": {"description_width": "initial"}, "layout": {"width": "24em"}}
        return {
            "organisation": choose("Organisation", list(dict.fromkeys(there.get_level_values("organisation")))),
            "indicator": choose("Indicator", indicators, width="26em"),
            "group": choose("Group", [""]),
            "size": widgets.SelectionSlider(
                options=[(size_words(size), size) for size in SIZES],
                value=1.5,
                description="Effect worth having",
                **slider,
            ),
            "months": widgets.SelectionSlider(
                options=[(f"{months} months", months) for months in range(MONTHS, LONGEST * MONTHS + 1, MONTHS)],
                value=2 * MONTHS,
                description="Decide after",
                **slider,
            ),
        }

    def _settle(self) -> None:
        controls, there = self._controls, set(self._totals.index)
        place, indicator = controls["organisation"].value, controls["indicator"].value
        groups = [g for g in GROUPS if g != self._reference and (place, indicator, g) in there]
        offer(controls["group"], groups)

    def _answer(self) -> Answer:
        choice = StartChoice(**{name: control.value for name, control in self._controls.items()})
        key = (choice.organisation, choice.indicator, choice.group)
        if key not in self._started:
            self._started[key] = self._start(key)
        return before_starting_answer(self._started[key], self._risk(choice), choice)

    def _start(self, key: tuple[str, str, str]) -> Start:
        """Simulate what a page needs, whatever effect and month are then chosen."""
        place, indicator, group = key
        ways = [self._way("this place alone", key)]
        baseline, _ = self._baseline(key)
        if baseline is not None:
            ways += [self._way(f"{n} places like this one", key, n) for n in SEVERAL]
        if group != "BME" and (place, indicator, "BME") in self._totals.index:
            ways.append(self._way("this place, BME staff together", (place, indicator, "BME")))
        others = [i for i in INDICATORS if i != indicator and (place, i, group) in self._totals.index]
        ways += [self._way(f"this place, indicator {i}", (place, i, group)) for i in others]
        return Start(
            self._totals.loc[key].pipe(_named, group),
            self._totals.loc[place, indicator, self._reference].pipe(_named, self._reference),
            tuple(ways),
            NOTHING if baseline is None else smallest_effects(baseline, indicator),
        )

    def _baseline(self, key: tuple[str, str, str]) -> tuple[OwnBaseline | None, str]:
        if key not in self._own:
            self._own[key] = self._baselines.own(*key)
        return self._own[key]

    def _way(self, name: str, key: tuple[str, str, str], places: int = 1) -> Way:
        baseline, why_not = self._baseline(key)
        if baseline is None:
            return Way(name, NOTHING, float("nan"), why_not)
        if (*key, places) not in self._chances:
            events = places * baseline.people[0] * baseline.shares[0]
            self._chances[*key, places] = Way(name, answer_chances(baseline, key[1], places=places), events)
        known = self._chances[*key, places]
        return Way(name, known.chances, known.events)

    def _risk(self, choice: StartChoice) -> pd.DataFrame:
        baseline, _ = self._baseline((choice.organisation, choice.indicator, choice.group))
        if baseline is None:
            return NOTHING
        if choice not in self._risks:
            self._risks[choice] = risks_today(
                baseline, choice.months // MONTHS, worthwhile=effect_of(choice.indicator, choice.size),
                ratio=ratio_of(choice.indicator), runs=RUNS,
            )  # fmt: skip
        return self._risks[choice]


def _named(row: pd.Series, group: str) -> pd.Series:
    return pd.concat([row, pd.Series({"group": group})])
