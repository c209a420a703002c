"""What every view answers with: one sentence, one small table, one picture and the picture in words."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.tables import STYLE, Table

BME_GLOSS = (
    "BME (Black and minority ethnic) is the WRES term for staff of all ethnic groups other than White; "
    "the Staff Survey prints “staff from all other ethnic groups combined”."
)


CAPTION, NOTHING_DRAWN = "The numbers in the picture", "As a table"


@dataclass(frozen=True)
class Answer:
    """The answer to one question, made once; explorer, notebook and export show the same one."""

    sentence: str
    table: pd.DataFrame
    figure: go.Figure
    alt: str
    notes: tuple[str, ...] = field(default=())
    labels: tuple[str, ...] = field(default=())
    """Words that begin a part of the sentence; on a page each part begins a line."""

    def sentence_html(self, write: Callable[[str], str] = escape) -> str:
        """Write the sentence, announced by screen readers when it changes; ``write`` turns plain text into HTML."""
        told = write(self.sentence)
        for label in self.labels:
            told = told.replace(f" {label}: ", f"<br><b>{label}:</b> ")
        return f'<p class="em-sentence" role="status" aria-live="polite">{told}</p>'

    def notes_html(self, write: Callable[[str], str] = escape) -> str:
        """Write the picture in words, and what must be known beside it; ``write`` turns plain text into HTML."""
        notes = "".join(f"<li>{write(note)}</li>" for note in self.notes)
        return f'<p class="em-alt"><b>The picture in words:</b> {escape(self.alt)}</p><ul class="em-notes">{notes}</ul>'

    def table_html(self) -> str:
        """Write the small table that the picture draws, or that stands in its place."""
        return Table(self.table, CAPTION if self.is_drawn else NOTHING_DRAWN).html()

    @property
    def is_drawn(self) -> bool:
        """Whether the picture holds anything."""
        return any(trace.x is not None and len(trace.x) for trace in self.figure.data)

    def saved(self) -> dict[str, str]:
        """Write what a saved notebook keeps: words and table, by media type."""
        page = STYLE + self.sentence_html() + self.table_html() + self.notes_html()
        return {"text/html": page, "text/plain": f"{self.sentence}\n{self.table.to_string(index=False)}"}

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        # Widgets are for a page alone: who only wants the words and the table does without them.
        from equity_metrics.views.live_answer import LiveAnswer

        return {**LiveAnswer(self)._repr_mimebundle_(**kwargs), **self.saved()}


class Still:
    """A figure without its widget: small, the same at each run, and in words where it cannot be drawn."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        drawn = self.answer.figure.to_plotly_json()
        picture = {"data": [_plain(t) for t in drawn["data"]], "layout": _plain(drawn["layout"])}
        return {"application/vnd.plotly.v1+json": picture, "text/plain": self.answer.alt}


def _plain(value: object) -> object:
    """Turn arrays into lists, round to six significant digits and leave out what is empty."""
    if isinstance(value, dict) and "bdata" in value:
        # As plotly packs an array: to the last digit, which is not the same on every processor.
        return _plain(np.frombuffer(b64decode(value["bdata"]), dtype=value["dtype"]))
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float):
        return None if value != value else float(f"{value:.6g}")
    return value
