"""Released scores of respondents in; the explorer "how much must staff experience change?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.change.planning.score_scenarios import score_scenarios
from equity_metrics.measures.cells import SCORES
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, Option, choose, offer
from equity_metrics.views.what_would_it_take.answers import GROUP_ORDER
from equity_metrics.views.what_would_it_take.score_answers import ScoreChoice, score_answer
from equity_metrics.views.what_would_it_take.words import PARTS


class ScoreToMoveExplorer(Explorer):
    """Choose a place, a score and a part of the gap: see how far the mean of each group would have to move.

    Parameters
    ----------
    released
        Scores after ``release`` with the groupings White / BME or five groups.
    reference
        The group compared with.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    score = traitlets.Unicode()
    period = traitlets.Unicode()
    group = traitlets.Unicode()
    part = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, *, reference: str = "White", **chosen: str) -> None:
        self._reference = reference
        rows = released[(released["table"] == SCORES) & released["grouping"].isin([WHITE_BME, FIVE_GROUPS])]
        self._found: dict[tuple[str, str, str, str], pd.DataFrame] = {}
        for part, size in PARTS.items():
            table = score_scenarios(rows, reference, part=size)
            for (place, score, year), cell in table.groupby(
                ["organisation", "indicator", "period"], dropna=False, observed=True
            ):
                self._found[str(place), str(score), str(year), part] = cell
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        return {
            "organisation": choose("Organisation", list(dict.fromkeys(place for place, *_ in self._found))),
            "score": choose("Score", [""]),
            "period": choose("Year", [""]),
            "group": choose("Group", [""]),
            "part": choose("How much", ["half the gap", "a quarter of the gap", "the whole gap"]),
        }

    def _settle(self) -> None:
        controls, place = self._controls, self._controls["organisation"].value
        there = dict.fromkeys(score for p, score, *_ in self._found if p == place)
        scores: list[Option] = [(SURVEY_SCORES[score].name, score) for score in there]
        offer(controls["score"], scores)
        chosen = controls["score"].value
        years = {year for p, score, year, _ in self._found if (p, score) == (place, chosen)}
        offer(controls["period"], sorted(years, reverse=True))
        groups = set(self._cell()["group"])
        offer(controls["group"], [group for group in GROUP_ORDER if group in groups])

    def _cell(self) -> pd.DataFrame:
        return self._found[tuple(self._controls[name].value for name in ("organisation", "score", "period", "part"))]

    def _answer(self) -> Answer:
        chosen = {name: control.value for name, control in self._controls.items()}
        return score_answer(self._cell(), ScoreChoice(**chosen, reference=self._reference))
