"""A live picture and two figures, before and after, in; the picture changed where they differ, and only there, out."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from equity_metrics.views.drawing.addresses_later import read_addresses_later

read_addresses_later()
Part = dict[str, Any]


def update_in_place(picture: go.FigureWidget, before: go.Figure, after: go.Figure) -> None:
    """Give a live picture what is different in a new figure with as many traces; zoom and hover stay alive.

    Each value that is set is checked by plotly, sent to the page and drawn anew: most are the same from one choice to
    the next.

    Parameters
    ----------
    picture
        Shows ``before``.
    before, after
        Figures with the same number of traces.
    """
    traces = list(zip(picture.data, before.data, after.data, strict=True))
    with picture.batch_update():
        for part, old, wanted in (*traces, (picture.layout, before.layout, after.layout)):
            _change(part, "", old.to_plotly_json(), wanted.to_plotly_json())


def _change(part: Any, path: str, old: Part, wanted: Part) -> None:
    for name in old | wanted:
        before, after = old.get(name), wanted.get(name)
        if isinstance(before, dict) or isinstance(after, dict):
            # Always by its parts: plotly takes all traces at once, and refuses a whole beside a part of it.
            _change(part, f"{path}{name}.", before or {}, after or {})
        elif not _same(before, after):
            # A list of fewer shapes or words, or none, would leave the others as they are.
            part[f"{path}{name}"] = after


def _same(before: object, after: object) -> bool:
    if isinstance(before, np.ndarray) or isinstance(after, np.ndarray):
        return before is not None and after is not None and np.array_equal(before, after)
    return before == after
