"""What all explorers share: controls above; sentence, picture, words and table below, changed together and in place."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.measures.disclosure.release import check_released
from equity_metrics.views.answers import BME_GLOSS, Answer
from equity_metrics.views.drawing.on_screen import on_screen
from equity_metrics.views.live_answer import LiveAnswer
from equity_metrics.views.take_away_row import TakeAwayRow, TakenAway

ANSWERS = 100
"""That are kept, so that going back is at once, and an afternoon's changes need no more memory than these."""
Option = str | tuple[str, str]
"""A choice: its value, or the words that are shown for it and its value."""


class Explorer(LiveAnswer):
    """A question with controls. Subclasses name their traits, fill the controls and answer.

    Each control is bound to the public trait of the same name, so that an explorer can be driven without a browser:
    ``explorer.organisation = "…"`` does what a change of the control does.

    Parameters
    ----------
    released
        What the answers are made of, after ``release``.
    beside
        Widgets below the sentence.
    chosen
        First choices by trait name, settled in their order.

    Raises
    ------
    TypeError
        If there is no control of such a name.
    traitlets.TraitError
        If a control does not offer the choice, now or later.
    """

    _make_controls: Callable[[], Mapping[str, widgets.Widget]]
    """Of each subclass: makes the controls, by the name of the trait that each is bound to."""
    _answer: Callable[[], Answer]
    """Of each subclass: answers the question for what is chosen."""

    def __init__(self, released: pd.DataFrame, *beside: widgets.Widget, **chosen: str | float) -> None:
        self._made_of = check_released(released)
        synthetic = "source" in released.columns and released["source"].str.startswith("Synthetic").all()
        internal = not synthetic and (released["audience"] == INTERNAL).any()
        self._kept: Callable[[Answer], Answer] = on_screen if internal else lambda answer: answer
        self._settling = True
        self._controls = self._make_controls()
        for name, control in self._controls.items():
            self._bind(name, control)
        self._settle()
        # One answer to all that is chosen: an answer can cost a fit.
        for name, value in chosen.items():
            if name not in self._controls:
                raise TypeError(f"{type(self).__name__} can be given {', '.join(self._controls)}, got: {name}")
            _set_control(self._controls[name], name, value)
            self._settle()
        self._settling = False
        self._answered = lru_cache(ANSWERS)(lambda _chosen: self._kept(self._answer()))
        super().__init__(self._answer_to_choices())
        self._above = [
            self._style,
            widgets.Box([*self._controls.values()], layout={"flex_flow": "row wrap", "grid_gap": "4px 18px"}),
            self._sentence,
            *beside,
        ]
        self.observe(self._redraw, names=[*self._controls])

    @cached_property
    def take_away(self) -> TakeAwayRow:
        """Row that saves what is on screen as a file; made when it is first shown, and it works on a click only."""
        from equity_metrics.packs.take_away import FORMATS, take_away

        def made(form: str) -> TakenAway:
            seen = {name: c for name, c in self._controls.items() if c.layout.display != "none"}
            chosen = {name: str(control.value) for name, control in seen.items()}
            return take_away(self.answer, chosen, self._made_of, form, type(self).__name__.removesuffix("Explorer"))

        return TakeAwayRow(FORMATS, made)

    def _parts(self) -> list[widgets.Widget]:
        gloss = widgets.HTML(f'<p class="em-gloss">{BME_GLOSS}</p>')
        return [*self._above, self._page, self.picture, self._notes, self._table, self.take_away, gloss]

    def _bind(self, name: str, control: widgets.Widget) -> None:
        """Tie a control to the trait of its name; unlike by a link, a choice may be settled to another meanwhile."""
        setattr(self, name, control.value)
        control.observe(lambda change: setattr(self, name, change["new"]), "value")
        self.observe(lambda change: self._take_over(control, change), name)

    def _take_over(self, control: widgets.Widget, change: traitlets.Bunch) -> None:
        try:
            _set_control(control, change["name"], change["new"])
        except traitlets.TraitError:
            setattr(self, change["name"], change["old"])
            raise

    def _settle(self) -> None:
        """Fit the choices of dependent controls to what is chosen."""

    def _redraw(self, _change: object) -> None:
        if self._settling:
            return
        self._settling = True
        try:
            self._settle()
        finally:
            self._settling = False
        self._show_answer()

    def _answer_anew(self) -> None:
        """Answer again, because what the answers are made of has changed."""
        self._answered.cache_clear()
        self._show_answer()

    def _show_answer(self) -> None:
        self._take(self._answer_to_choices())
        if "take_away" in vars(self):
            self.take_away.clear()

    def _answer_to_choices(self) -> Answer:
        """Answer, or give again what was answered to the same choices."""
        return self._answered(tuple(control.value for control in self._controls.values()))

    def __repr__(self) -> str:
        chosen = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._controls)
        return f"{type(self).__name__}({chosen})"


def choose(description: str, options: list[Option], width: str = "auto") -> widgets.Dropdown:
    """Make a drop-down list, its first option chosen, whose label is read in full, by eye and by screen reader."""
    return widgets.Dropdown(
        options=options,
        value=_values(options)[0],
        description=description,
        style={"description_width": "initial"},
        layout={"width": width},
    )


def offer(control: widgets.Dropdown, options: list[Option]) -> None:
    """Give a drop-down list new options; keep the choice where it still exists."""
    if tuple(options) == tuple(control.options):
        return
    kept = control.value if control.value in _values(options) else _values(options)[0]
    control.options = options
    control.value = kept


def _set_control(control: widgets.Widget, name: str, value: str | float) -> None:
    try:
        control.value = value
    except traitlets.TraitError:
        if not hasattr(control, "options"):
            raise
        offered = ", ".join(map(str, _values(control.options)))
        raise traitlets.TraitError(f"{name} must be one of {offered}, got: {value}") from None


def _values(options: Iterable[Option]) -> list[str]:
    return [option[1] if isinstance(option, tuple) else option for option in options]
