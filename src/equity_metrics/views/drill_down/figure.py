"""Prepared values of the places inside a place in; one picture with the place itself as a line out."""

import math
from textwrap import wrap

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

LETTERS = 90
"""Of a reason, in one line."""


def drill_down_figure(dots: pd.DataFrame, scale: Scale, title: str, whole: float, whole_words: str) -> go.Figure:
    """Draw one dot a place, and the place that holds them as a line.

    Parameters
    ----------
    dots
        As ``dot_traces`` takes them, and ``reference_value``, the whole's, so that the axis holds the line.
    scale
        The axis of the values.
    title
        What is shown.
    whole
        The value of the place that holds them; missing where it is withheld.
    whole_words
        What is written at its line.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    labels = dot_labels(dots)
    axis = {**AXIS, **scale.axis(dots), "title": axis_title(scale.title)}
    if scale.kind == "rate":
        # Room for a dot at 0 %.
        axis["range"] = [-0.02 * axis["range"][1], axis["range"][1]]
    at = scale.drawn(pd.Series([whole]))[0]
    known = not pd.isna(whole)
    layout = {
        **quiet_layout(panel_height(labels) + 20),
        "xaxis": axis,
        "yaxis": label_axis(labels),
        "shapes": [*parity_marks("x", "y domain", scale, drawn=True), *([_line(at)] if known else [])],
        "annotations": [*panel_headings([title], [0.0]), *([_words(at, whole_words, scale)] if known else [])],
    }
    wrapped = dots.assign(withheld=["<br>".join(wrap(why, LETTERS)) for why in dots["withheld"]])
    return go.Figure(dot_traces(wrapped, scale), layout)


def _line(at: float) -> dict[str, object]:
    ends = {"xref": "x", "x0": at, "x1": at, "yref": "y domain", "y0": 0, "y1": 1}
    return {"type": "line", "layer": "above", "line": {"color": palette.REFERENCE, "width": 2, "dash": "dash"}, **ends}


def _words(at: float, words: str, scale: Scale) -> dict[str, object]:
    # On a log axis plotly takes an annotation's place as the logarithm, a shape's as the number itself.
    place = math.log10(at) if scale.is_ratio else at
    look = {"showarrow": False, "xref": "x", "yref": "y domain", "yanchor": "bottom", "font": {"size": 12}}
    return {**look, "x": place, "y": 1, "yshift": -4, "text": words}
