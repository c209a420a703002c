"""One action in; a form with a labelled control and its fault for each column, and the action as changed, out."""

from collections.abc import Mapping
from datetime import date
from html import escape

import ipywidgets as widgets

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.change.action_plans.action_progress import owner_warning
from equity_metrics.sources.action_plans import ACTION_COLUMNS, STATUSES
from equity_metrics.views.action_plan.words import DIRECTIONS, LABELS, MEASURED, NOTHING, QUESTIONS

EDITED = tuple(column for column in ACTION_COLUMNS if column != "changed")
DATES, LONG = ("start", "review"), ("what", "baseline", "prediction", "learnt")
_KNOWN = dict.fromkeys(group for grouping in ("White / BME", "Five groups") for group in groups_of(grouping))
GROUPS = [(NOTHING, ""), *((group, group) for group in _KNOWN if group not in UNKNOWN_GROUPS)]
LAYOUT = {"width": "100%", "max_width": "54em"}
STYLE = """<style>
.em-fault{color:#8b1a1a;font-weight:bold;font-size:.95em;line-height:1.4;margin:0 0 .4em 13.4em;max-width:42em}
.em-warned{color:#6b4a00;font-size:.95em;line-height:1.4;margin:0 0 .4em 13.4em;max-width:42em}
.em-explorer .em-form textarea,.em-explorer .em-form input[type]{font:.9em/1.35 Arial,Helvetica,sans-serif}
.em-conflict{border:2px solid #6b4a00;padding:.2em 1em .8em;margin:.4em 0 1em}
.em-history{max-height:24em;overflow:auto}
</style>"""


class ActionFields(widgets.VBox):
    """The controls of one action, by column in ``controls``; ``faults`` and ``warned`` hold what stands beside them."""

    def __init__(self) -> None:
        self.controls = {column: _control(column) for column in EDITED}
        self.faults = {column: widgets.HTML() for column in EDITED}
        self.warned = widgets.HTML()
        self.controls["owner"].observe(lambda _: self._warn(), names="value")
        rows = [row for column in EDITED for row in (self.controls[column], self.faults[column])]
        rows.insert(rows.index(self.faults["owner"]), self.warned)
        super().__init__(rows)
        self.add_class("em-form")
        self._hide_empty()

    def show(self, action: Mapping[str, str]) -> None:
        """Fill the controls; a word that is not among the choices becomes one of them."""
        for column, control in self.controls.items():
            value = action.get(column, "")
            if column in DATES:
                control.value = _date(value)
                continue
            if isinstance(control, widgets.Dropdown) and value not in dict(control.options).values():
                control.options = (*control.options, (value or NOTHING, value))
            control.value = value
        self.tell({})
        self._warn()

    def row(self) -> dict[str, str]:
        """Return the action as it stands in the controls, text, without when it was changed."""
        values = {column: control.value for column, control in self.controls.items()}
        return {column: _written(value) for column, value in values.items()}

    def tell(self, faults: Mapping[str, str]) -> None:
        """Say each fault beside its control, and nothing beside the others."""
        for column, line in self.faults.items():
            said = escape(faults.get(column, ""))
            line.value = f'<p class="em-fault" role="alert">{escape(LABELS[column])}: {said}</p>' if said else ""
        self._hide_empty()

    def _warn(self) -> None:
        said = owner_warning(self.controls["owner"].value.strip())
        self.warned.value = f'<p class="em-warned" role="status">{escape(said)}</p>' if said else ""
        self._hide_empty()

    def _hide_empty(self) -> None:
        for line in (*self.faults.values(), self.warned):
            line.layout.display = None if line.value else "none"


def _control(column: str) -> widgets.DOMWidget:
    choices: dict[str, list[tuple[str, str]]] = {
        "question": QUESTIONS,
        "indicator": MEASURED,
        "expected_direction": DIRECTIONS,
        "status": [(status, status) for status in STATUSES],
        "group": GROUPS,
        "reference": GROUPS,
    }
    look = {"description": LABELS[column], "style": {"description_width": "12em"}, "layout": dict(LAYOUT)}
    if column in choices:
        return widgets.Dropdown(options=choices[column], **look)
    if column in DATES:
        # With a last day, the browser takes no year of more than four digits.
        return widgets.DatePicker(max=date.max, **{**look, "layout": {"width": "24em"}})
    return widgets.Textarea(rows=2, **look) if column in LONG else widgets.Text(**look)


def _date(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value).strip()
