"""Actions that two people changed at once in; both versions side by side, and the choice between them, out."""

from collections.abc import Callable

import ipywidgets as widgets
import pandas as pd

from equity_metrics.sources.action_conflicts import BOTH, MINE, THEIRS, Conflict, action_conflicts, conflicting_words
from equity_metrics.views.action_plan.words import LABELS, NOTHING
from equity_metrics.views.tables import Table

CHOICES = {THEIRS: "Keep theirs", MINE: "Keep yours", BOTH: "Keep both"}


class ConflictPanel(widgets.VBox):
    """Shows the first conflict of a plan, and nothing where there is none.

    Parameters
    ----------
    decide
        Called with the conflict and ``theirs``, ``mine`` or ``both`` when somebody chose.
    """

    def __init__(self, decide: Callable[[Conflict, str], None]) -> None:
        self._decide = decide
        self._conflict: Conflict | None = None
        self.told, self.versions = widgets.HTML(), widgets.HTML()
        self.buttons = {choice: widgets.Button(description=words) for choice, words in CHOICES.items()}
        for choice, button in self.buttons.items():
            button.on_click(lambda _, choice=choice: self.settle(choice))
        row = widgets.Box([*self.buttons.values()], layout={"flex_flow": "row wrap", "grid_gap": "4px 12px"})
        super().__init__([self.told, self.versions, row])
        self.add_class("em-conflict")

    def settle(self, choice: str) -> None:
        """Take a decision on the conflict that is shown."""
        if self._conflict:
            self._decide(self._conflict, choice)

    def show(self, plan: pd.DataFrame) -> None:
        """Show the first conflict of a plan, or hide."""
        conflicts = action_conflicts(plan)
        self._conflict = conflicts[0] if conflicts else None
        self.layout.display = None if conflicts else "none"
        if self._conflict is None:
            self.told.value = self.versions.value = ""
            return
        words = conflicting_words(plan, self._conflict)
        shown = words.assign(column=words["column"].map(LABELS)).replace("", NOTHING).rename(columns=LABELS)
        more = f" {len(conflicts) - 1} more after this one." if conflicts[1:] else ""
        self.told.value = (
            '<p class="em-sentence" role="status">Somebody else changed this action while you did. '
            f"Both versions are kept: choose.{more}</p>"
        )
        self.versions.value = Table(shown, f"{self._conflict.theirs}: where the two versions differ").html()
