"""Released counts and an action plan in; the explorer "what do we answer to the nine questions?" out."""

from collections.abc import Mapping
from functools import lru_cache

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.bands import ALL_STAFF_GROUPS
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.leaders_questions import LEADERS_QUESTIONS
from equity_metrics.catalogue.race_equality_code import CONFIRMED
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, choose, offer
from equity_metrics.views.nine_questions.answers import QuestionChoice, question_answer
from equity_metrics.views.nine_questions.evidence import evidence
from equity_metrics.views.nine_questions.race_equality_code import race_equality_code
from equity_metrics.views.tables import Table

KEPT = 50
"""Tables of evidence that are kept, so that going back is at once."""


class NineQuestionsExplorer(Explorer):
    """Choose an organisation and one of the nine questions.

    Parameters
    ----------
    released
        Counts after ``release``: any organisations, groupings, indicators and years.
    progress
        The action plans of the organisations, after ``action_progress``.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    question = traitlets.Unicode()
    grouping = traitlets.Unicode()
    reference = traitlets.Unicode()
    period = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, progress: pd.DataFrame, **chosen: str) -> None:
        whole = released
        if "staff_group" in released.columns:
            whole = released[(released["indicator"] != "1") | released["staff_group"].isin(["", ALL_STAFF_GROUPS])]
        # Workforce and survey record different categories, so only the wider groupings hold every indicator.
        self._rows = whole[whole["grouping"].isin(["Five groups", "White / BME"])]
        self._cells = self._rows.groupby(["organisation", "grouping"]).indices
        self._progress = progress
        # Compared once for all nine questions: going from one to the next then only sorts.
        self._found = lru_cache(KEPT)(self._evidence)
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        questions = [(f"{q.id}. {q.question}", q.id) for q in LEADERS_QUESTIONS.values()]
        return {
            "organisation": choose("Organisation", list(dict.fromkeys(place for place, _ in self._cells))),
            "question": choose("Question", questions, width="46em"),
            "grouping": choose("Ethnic groups", ["Five groups", "White / BME"]),
            "reference": choose("Compared with", [""]),
            "period": choose("Year", [""]),
        }

    def _settle(self) -> None:
        controls = self._controls
        there = [g for place, g in self._cells if place == controls["organisation"].value]
        offer(controls["grouping"], sorted(there, key=lambda g: -len(groups_of(g))))
        rows = self._chosen_rows()
        known = [g for g in groups_of(controls["grouping"].value) if g not in UNKNOWN_GROUPS]
        offer(controls["reference"], known)
        offer(controls["period"], sorted(rows["period"].unique(), reverse=True))

    def _chosen_rows(self) -> pd.DataFrame:
        return self._rows.iloc[self._cells[self._controls["organisation"].value, self._controls["grouping"].value]]

    @property
    def code(self) -> Table:
        """All nine questions along the Race Equality Code 2020, for the place, groups and year that are chosen."""
        found = self._found(self.organisation, self.grouping, self.reference, self.period)
        own = self._progress[self._progress["organisation"] == self.organisation]
        told = f"Race Equality Code 2020, apply and explain: {self.organisation}, {self.period}"
        synthetic = " (synthetic)" if self._chosen_rows()["source"].str.startswith("Synthetic").any() else ""
        return Table(race_equality_code(found, own), f"{told}{synthetic}. {CONFIRMED}")

    def _evidence(self, organisation: str, grouping: str, reference: str, period: str) -> pd.DataFrame:
        return evidence(self._rows.iloc[self._cells[organisation, grouping]], reference, period)

    def _answer(self) -> Answer:
        chosen = {name: control.value for name, control in self._controls.items()}
        grouping = chosen.pop("grouping")
        own = self._progress[self._progress["organisation"] == chosen["organisation"]]
        found = self._found(chosen["organisation"], grouping, chosen["reference"], chosen["period"])
        return question_answer(found, own, QuestionChoice(**chosen), self._chosen_rows()["source"])
