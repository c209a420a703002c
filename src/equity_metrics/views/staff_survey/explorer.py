"""Released survey rows of every source in; the explorer "what do staff of each ethnic group tell us?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS
from equity_metrics.measures.survey.topics import survey_topics
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots_and_trend import dots_and_trend_figure
from equity_metrics.views.explorer import Explorer, choose, offer
from equity_metrics.views.staff_survey.answers import ALL_STAFF, COMPARE, SurveyChoice, staff_survey_answer

NO_SOURCE = "none"


class StaffSurveyExplorer(Explorer):
    """Choose an organisation, a question or score, the ethnic groups, the year and how to compare.

    Not every file holds every pair of organisation and ethnic groups. Where a chosen pair does not exist, one sentence
    says so and a button offers the nearest view that does; no other place's value is ever shown in its stead.

    Parameters
    ----------
    released
        Published values and counts of indicators 5 to 8 after ``release``, from any of the survey's files.
    chosen
        First choices by trait name, for example ``topic="discrimination_staff"``.
    """

    organisation = traitlets.Unicode()
    topic = traitlets.Unicode()
    grouping = traitlets.Unicode()
    group = traitlets.Unicode()
    reference = traitlets.Unicode()
    period = traitlets.Unicode()
    compare = traitlets.Unicode()
    source = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        rows = survey_topics(released)
        rows = rows[(rows["grouping"] != "") | (rows["breakdown"] == ALL_STAFF) | (rows["level"] == "organisation")]
        self._released_rows = rows
        self._cells = rows.groupby(["organisation", "topic", "grouping", "source"]).indices
        self._nearest_button = widgets.Button(
            description="Show the nearest view", layout={"width": "auto", "display": "none"}
        )
        self._nearest_button.on_click(lambda _: self.show_nearest())
        super().__init__(released, self._nearest_button, **chosen)

    @property
    def nearest(self) -> tuple[str, str, str]:
        """Organisation, topic and grouping of the nearest view that exists."""
        organisation, topic, grouping = (self._controls[n].value for n in ("organisation", "topic", "grouping"))
        return min(
            dict.fromkeys(key[:3] for key in self._cells if key[1] == topic),
            key=lambda key: (key[0] != organisation, key[2] == "", key[2] != grouping, key[0] != "England"),
        )

    def show_nearest(self) -> None:
        """Choose the nearest view that exists."""
        self.organisation, _, self.grouping = self.nearest

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        organisations = sorted({key[0] for key in self._cells}, key=lambda name: (name != "England", name))
        topics = {key[1] for key in self._cells}
        groupings = sorted({key[2] for key in self._cells}, key=_fineness, reverse=True)
        return {
            "organisation": choose("Organisation", organisations),
            "topic": choose(
                "Question", [(t.label, t.topic) for t in SURVEY_TOPICS.values() if t.topic in topics], "34em"
            ),
            "grouping": choose("Ethnic groups", [(g or f"{ALL_STAFF}, not by ethnic group", g) for g in groupings]),
            "group": choose("Group", [""]),
            "reference": choose("Compared with", [""]),
            "period": choose("Survey year", [""]),
            "compare": choose("Compare by", list(COMPARE)),
            "source": choose("Source", [NO_SOURCE]),
        }

    def _sources(self) -> list[str]:
        wanted = tuple(self._controls[name].value for name in ("organisation", "topic", "grouping"))
        return [key[3] for key in self._cells if key[:3] == wanted]

    def _settle(self) -> None:
        controls = self._controls
        offer(controls["source"], self._sources() or [NO_SOURCE])
        self._nearest_button.layout.display = "none" if self._sources() else ""
        if not self._sources():
            return
        rows = self._rows()
        there = set(rows["group"])
        known = [g for g in _groups(controls["grouping"].value) if g in there]
        offer(controls["reference"], [g for g in known if g not in UNKNOWN_GROUPS])
        others = [g for g in known if g != controls["reference"].value] or known
        offer(controls["group"], others)
        offer(controls["period"], sorted(rows["survey_year"].unique(), reverse=True))
        offer(controls["compare"], list(COMPARE) if controls["grouping"].value else [COMPARE[0]])

    def _rows(self) -> pd.DataFrame:
        key = tuple(self._controls[name].value for name in ("organisation", "topic", "grouping", "source"))
        return self._released_rows.iloc[self._cells[key]]

    def _answer(self) -> Answer:
        chosen = SurveyChoice(**{name: control.value for name, control in self._controls.items()})
        return staff_survey_answer(self._rows(), chosen) if self._sources() else self._absent(chosen)

    def _absent(self, chosen: SurveyChoice) -> Answer:
        organisation, _, grouping = self.nearest
        wanted = chosen.grouping or f"{ALL_STAFF}, not by ethnic group"
        sentence = (
            f"The files that were read hold no figures on this question for {chosen.organisation} by {wanted}. "
            f"The nearest view that they hold is {organisation} by {grouping or ALL_STAFF.lower()}."
        )
        dots = pd.DataFrame(
            {c: pd.Series(dtype=t) for c, t in (("label", str), ("value", float), ("lower", float), ("upper", float))}
        ).assign(verdict="", against="", is_reference=False, withheld="")
        trend = pd.DataFrame(columns=["period", "value", "lower", "upper", "line", "reference_value"], dtype=float)
        figure = dots_and_trend_figure(dots, trend, chosen.scale, title="Nothing to show", trend_title="")
        return Answer(sentence, pd.DataFrame({"Ethnic group": [], "Respondents": []}), figure, "An empty picture.")


def _groups(grouping: str) -> tuple[str, ...]:
    return groups_of(grouping) if grouping else ("",)


def _fineness(grouping: str) -> int:
    return len(_groups(grouping))
