"""A kept action plan and counts in; the plan to edit, to save and to take away, with every change and its date, out."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from equity_metrics.change.action_plans.action_progress import action_progress
from equity_metrics.sources.action_conflicts import Conflict, settled_plan
from equity_metrics.sources.action_history import action_changes
from equity_metrics.sources.action_plans import ACTION_COLUMNS, STATUSES, action_faults, read_action_plan
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.saved_action_plans import save_action_plan
from equity_metrics.views.action_plan.conflict_panel import ConflictPanel
from equity_metrics.views.action_plan.explorer import ActionPlanExplorer
from equity_metrics.views.action_plan.fields import STYLE as FORM_STYLE
from equity_metrics.views.action_plan.fields import ActionFields
from equity_metrics.views.action_plan.plan_sheet import PLAN_FORMATS, plan_file
from equity_metrics.views.action_plan.whole_plan import whole_plan
from equity_metrics.views.action_plan.words import LABELS, NOTHING
from equity_metrics.views.answers import BME_GLOSS
from equity_metrics.views.drawing.accessible_page import AccessiblePage
from equity_metrics.views.explorer import Option, choose
from equity_metrics.views.tables import STYLE, Table
from equity_metrics.views.take_away_row import TakeAwayRow, TakenAway

NEW = ""
ADD = ("Add an action", NEW)


class ActionPlanEditor(widgets.VBox):
    """Choose an action or add one, change it and save it; two people who save at once lose nothing.

    Parameters
    ----------
    path
        Where the plan is kept, a CSV file; its history is written beside it.
    counts
        Complete yearly counts for ``action_progress``: what the data say is computed, never typed.
    today
        The date on which this is asked, ``2026-01-31``.
    shown_by
        Explorers of the same plan: they show at once what is saved.
    """

    def __init__(
        self, path: str | Path, counts: pd.DataFrame, today: str, shown_by: Sequence[ActionPlanExplorer] = ()
    ) -> None:
        self._path, self._counts, self._today = Path(path), counts, today
        self._shown_by = shown_by
        self.plan = read_action_plan(self._path)
        """As it was last read or saved."""
        self.fields = ActionFields()
        self.chosen = choose("Action", _choices(self.plan), width="40em")
        self.button = widgets.Button(description="Save the plan", button_style="primary")
        self.conflict = ConflictPanel(self._decide)
        self._told = widgets.HTML()
        self._standing, self._whole, self._history = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._drafts: dict[str, dict[str, str]] = {}
        self._shown: dict[str, str] = {}
        self.chosen.observe(self._turn, names="value")
        self.button.on_click(lambda _: self.save())
        self.take_away = TakeAwayRow(PLAN_FORMATS, self._file)
        super().__init__(
            [
                widgets.HTML(STYLE + FORM_STYLE),
                self.chosen,
                self._standing,
                self.fields,
                self.button,
                self._told,
                self.conflict,
                self._whole,
                self.take_away,
                self._history,
                widgets.HTML(f'<p class="em-gloss">{BME_GLOSS}</p>'),
                AccessiblePage(),
            ]
        )
        self.add_class("em-explorer")
        self._show()
        self._settle()

    def save(self) -> None:
        """Save the action in the form; where something is wrong, say it beside its field and save nothing."""
        row = {**dict.fromkeys(ACTION_COLUMNS, ""), **self.fields.row()}
        others = self.plan[self.plan["action"] != self.chosen.value] if self.chosen.value else self.plan
        wanted = pd.concat([others, pd.DataFrame([row], dtype=str)], ignore_index=True)
        faults = action_faults(wanted, row["action"])
        self.fields.tell(faults)
        if faults:
            self._tell("Nothing was saved: see the sentences in bold beside the fields.")
            return
        old, new = self.chosen.value, row["action"]
        self._save(wanted, new, [old], {old: new} if old not in (NEW, new) else {})

    def _decide(self, conflict: Conflict, decision: str) -> None:
        self._save(settled_plan(self.plan, conflict, decision), conflict.theirs, [conflict.theirs, conflict.mine], {})

    def _save(self, wanted: pd.DataFrame, action: str, settled: list[str], renamed: Mapping[str, str]) -> None:
        """Save, then show ``action``; what the form holds is settled if it is of one of ``settled``."""
        try:
            self.plan = save_action_plan(wanted, self._path, self.plan, renamed)
        except InputError as error:
            self._tell(str(error))
            return
        if self.chosen.value in settled:
            self._shown = self.fields.row()
        names = self.plan["action"].tolist()
        self.chosen.options = _choices(self.plan)
        self.chosen.value = action if action in names else names[0] if names else NEW
        self._show()
        self._settle()
        for explorer in self._shown_by:
            explorer.take_plan(self._progress())
        self._tell(f"Saved: {action}. The plan holds {len(names)} {'action' if len(names) == 1 else 'actions'}.")

    def _turn(self, change: Mapping[str, str]) -> None:
        """Turn to another action; what was not saved of the one before waits until it is chosen again."""
        draft, left = self.fields.row(), change["old"]
        unsaved = draft != self._shown
        if unsaved:
            self._drafts[left] = draft
        self._show()
        if unsaved:
            self._tell(f"Not saved yet: {left or 'the new action'}. Choose it again to go on with it.")

    def _show(self) -> None:
        """Fill the form with the action that is chosen, or with an empty one, and with what was not saved of it."""
        own = self.plan[self.plan["action"] == self.chosen.value]
        new = {"organisation": self.fields.row()["organisation"], "status": STATUSES[0], "question": "Q1"}
        self.fields.show(own.iloc[0].to_dict() if len(own) else new)
        self._shown = self.fields.row()
        if self.chosen.value in self._drafts:
            self.fields.show(self._drafts.pop(self.chosen.value))
        self._standing.value = _said(_standing(action_progress(own, self._counts, self._today)))
        self._tell("")

    def _settle(self) -> None:
        """Show what follows from the plan as it is kept: conflicts, progress and history."""
        self.conflict.show(self.plan)
        self._whole.value = Table(
            whole_plan(self._progress()), f"The whole plan on {self._today}, success first"
        ).html()
        self._history.value = _history(action_changes(self._path))
        self.take_away.clear()

    def _file(self, form: str) -> TakenAway:
        return plan_file(self._progress(), form, self._today)

    def _progress(self) -> pd.DataFrame:
        return action_progress(self.plan, self._counts, self._today)

    def _tell(self, sentence: str) -> None:
        self._told.value = _said(sentence)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(action={self.chosen.value!r})"


def _choices(plan: pd.DataFrame) -> list[Option]:
    return [*((name, name) for name in plan["action"]), ADD]


def _standing(progress: pd.DataFrame) -> str:
    if progress.empty:
        return "A new action: fill in the form and save it."
    action = progress.iloc[0]
    late = f" Its review is overdue since {action['review']}." if action["overdue"] else ""
    return f"What the data say of this action: {action['standing']}.{late}"


def _said(sentence: str) -> str:
    return f'<p class="em-sentence" role="status" aria-live="polite">{escape(sentence)}</p>' if sentence else ""


def _history(changes: pd.DataFrame) -> str:
    if changes.empty:
        return '<p class="em-notes">Nothing in this plan was changed yet.</p>'
    shown = changes.assign(column=changes["column"].map(lambda column: LABELS.get(column, column)))
    table = Table(shown.replace("", NOTHING).rename(columns=LABELS), "Every change, the latest first").html()
    return f'<div class="em-history" tabindex="0" role="region" aria-label="Every change">{table}</div>'
