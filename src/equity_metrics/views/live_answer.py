"""An answer in; the same as widgets on a live page, sentence, picture, words and table, which take another, out."""

from functools import cached_property
from typing import Any

import ipywidgets as widgets
import plotly.graph_objects as go

from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.accessible_page import AccessiblePage
from equity_metrics.views.drawing.in_place import update_in_place
from equity_metrics.views.drawing.live_picture import LivePicture
from equity_metrics.views.tables import STYLE
from equity_metrics.views.words.explained import STYLE as EXPLAINED_STYLE
from equity_metrics.views.words.explained import Explained

CHOICE = "em-choice-"
"""Begins the class that numbers what is chosen."""


class LiveAnswer(widgets.VBox):
    """One answer on a live page; without a kernel its words and its table.

    Parameters
    ----------
    answer
        The first that is shown.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self._chosen = 0
        self._style = widgets.HTML(STYLE + EXPLAINED_STYLE)
        self._sentence, self._notes, self._table = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._page = AccessiblePage()
        super().__init__([])
        self.add_class("em-explorer")
        self._tell()
        self._page.observe(lambda _: self._draw(), names="drawn")

    @cached_property
    def picture(self) -> go.FigureWidget:
        """The live picture; made when it is first shown."""
        self._drawn = self.answer.figure
        # A page that opens the picture later is told of the figure as it was made, and of no change since.
        return LivePicture(go.Figure(self._drawn).update_layout(meta=self._chosen))

    def _parts(self) -> list[widgets.Widget]:
        """List what stands on the page, from above."""
        picture = [self._page, self.picture] if self.answer.is_drawn else []
        return [self._style, self._sentence, *picture, self._notes, self._table]

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        self.children = self._parts()
        live: dict[str, Any] = super()._repr_mimebundle_(**kwargs)
        return {**live, "text/html": self.answer.saved()["text/html"]}

    def _take(self, answer: Answer) -> None:
        """Show another answer in the place of this one."""
        self.answer = answer
        self._chosen += 1
        self._draw()
        self._tell()

    def _draw(self) -> None:
        # Plotly breaks on a change that reaches the page before the picture is drawn: wait until the page says so.
        if self._page.drawn:
            with self.picture.batch_update():
                update_in_place(self.picture, self._drawn, self.answer.figure)
                self.picture.layout.meta = self._chosen
            self._drawn = self.answer.figure

    def _tell(self) -> None:
        explained = Explained()
        self._sentence.value = self.answer.sentence_html(explained)
        self._notes.value = self.answer.notes_html(explained) + explained.words_html()
        self._table.value = self.answer.table_html()
        self._page.alt = self.answer.alt
        # The page compares this number with that of the picture: a picture that stays behind is told of.
        self._dom_classes = [*(c for c in self._dom_classes if not c.startswith(CHOICE)), f"{CHOICE}{self._chosen}"]
