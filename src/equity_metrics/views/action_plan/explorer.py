"""Action plans with their progress in; the explorer "what became of our actions, and who can teach whom?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.views.action_plan.answers import EVERYWHERE, plan_answer
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, Option, choose, offer


class ActionPlanExplorer(Explorer):
    """Choose all organisations of a system, or one of them.

    Parameters
    ----------
    released
        Counts after ``release``, which tell where the numbers come from.
    progress
        The action plans of the organisations, after ``action_progress``.
    places
        From ``places_to_learn_from``.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, progress: pd.DataFrame, places: pd.DataFrame, **chosen: str) -> None:
        self._progress, self._places = progress, places
        self._sources = pd.Series(released["source"].unique(), dtype=str)
        super().__init__(released, **chosen)

    def take_plan(self, progress: pd.DataFrame) -> None:
        """Show the action plans as they are after a change; what is chosen stays where it is still in them.

        Parameters
        ----------
        progress
            After ``action_progress``.
        """
        self._progress = progress
        offer(self._controls["organisation"], self._places_there())
        self._answer_anew()

    def _places_there(self) -> list[Option]:
        return [EVERYWHERE, *sorted(set(self._progress["organisation"]))]

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        return {"organisation": choose("Organisation", self._places_there())}

    def _answer(self) -> Answer:
        return plan_answer(self._progress, self._places, self._controls["organisation"].value, self._sources)
