"""Prepared shares, and ratios or gaps beside them, in; one picture with a panel for each out. It computes nothing."""

from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import (
    AXIS,
    axis_title,
    dot_labels,
    dot_traces,
    label_axis,
    panel_headings,
    panel_height,
    parity_marks,
    quiet_layout,
)
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.wording import percent

LEFT, RIGHT = (0.0, 0.4), (0.68, 1.0)
LETTERS = 44, 30
"""Of a reason, in one line of each panel."""


def representation_figure(
    shares: pd.DataFrame, beside: pd.DataFrame, scales: tuple[Scale, Scale], titles: tuple[str, str], whole: float
) -> go.Figure:
    """Draw shares of bands or boards against that of the whole workforce, and what follows from them beside it.

    Parameters
    ----------
    shares, beside
        As ``dot_traces`` takes them.
    scales
        Of the two panels.
    titles
        What each panel shows.
    whole
        The group's share of the whole workforce (0-1); missing where it is withheld.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    labels = dot_labels(shares), dot_labels(beside)
    axes: list[dict[str, Any]] = [
        {**AXIS, **scale.axis(rows, narrow=True), "title": axis_title(scale.title, panel), "domain": panel}
        for scale, rows, panel in zip(scales, (shares, beside), (LEFT, RIGHT), strict=True)
    ]
    # Room for a dot at 0 % and, of the marks, the line of parity: the named range is not one of representation.
    end = axes[0]["range"][1]
    parity = parity_marks("x2", "y2 domain", scales[1], drawn=True)[-1]
    layout = {
        **quiet_layout(max(map(panel_height, labels))),
        "xaxis": {**axes[0], "range": [-0.03 * end, end]},
        "yaxis": label_axis(labels[0]),
        "xaxis2": {**axes[1], "anchor": "y2"},
        "yaxis2": {**label_axis(labels[1]), "anchor": "x2"},
        "shapes": [*_whole_line(whole), {**parity, "layer": "below"}],
        "annotations": [*panel_headings(list(titles), [LEFT[0], RIGHT[0]]), *_whole_words(whole)],
    }
    left, right = (_wrapped(rows, letters) for rows, letters in zip((shares, beside), LETTERS, strict=True))
    return go.Figure([*dot_traces(left, scales[0]), *dot_traces(right, scales[1], ("x2", "y2"))], layout)


def _wrapped(rows: pd.DataFrame, letters: int) -> pd.DataFrame:
    """Keep the first reason, and break it into lines that fit the panel; the table has all of it."""
    return rows.assign(withheld=["<br>".join(wrap(why.split("; ")[0], letters)) for why in rows["withheld"]])


def _whole_line(whole: float) -> list[dict[str, object]]:
    if pd.isna(whole):
        return []
    ends = {"xref": "x", "x0": 100 * whole, "x1": 100 * whole, "yref": "y domain", "y0": 0, "y1": 1}
    return [
        {"type": "line", "layer": "above", "line": {"color": palette.REFERENCE, "width": 2, "dash": "dash"}, **ends}
    ]


def _whole_words(whole: float) -> list[dict[str, object]]:
    if pd.isna(whole):
        return []
    look = {"showarrow": False, "xref": "x", "yref": "y domain", "yanchor": "bottom", "font": {"size": 12}}
    return [{**look, "x": 100 * whole, "y": 1, "yshift": -4, "text": f"all staff {percent(whole)}"}]
