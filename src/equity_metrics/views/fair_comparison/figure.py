"""Dots of groups and further marks beside them in; one panel with a legend of the marks out."""

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
from equity_metrics.views.fair_comparison.choice import Marks

MOST_MARKS = 4
NO_MARKS = Marks("", "circle", palette.MUTED, pd.DataFrame({"label": [], "value": []}))
LEGEND_HEIGHT = 40


def fair_comparison_figure(dots: pd.DataFrame, marks: tuple[Marks, ...], scale: Scale, title: str) -> go.Figure:
    """Draw one row a group: its value with interval, or its band of bounds, and up to four further marks.

    Parameters
    ----------
    dots
        As ``dot_traces`` takes them.
    marks
        Up to four, each with a name for the legend.
    scale
        The axis of all values.
    title
        What the panel shows.

    Returns
    -------
    plotly.graph_objects.Figure
        Always seven traces, so that an explorer can update it in place.
    """
    labels = dot_labels(dots)
    names = dict(zip(dots["label"], labels, strict=True))
    drawn = [mark.rows for mark in marks]
    values = pd.concat([dots[["value", "lower", "upper"]], *drawn], ignore_index=True)
    axis = scale.axis(values)
    if scale.kind == "rate" and len(values):
        axis = {**axis, "range": [0.0, 1.15 * max(0.1, *(scale.drawn(values[c]).max() for c in ("value", "upper")))]}
    layout = {
        **quiet_layout(panel_height(labels) + LEGEND_HEIGHT),
        "xaxis": {**AXIS, **axis, "title": axis_title(scale.title)},
        "yaxis": label_axis(labels),
        "shapes": parity_marks("x", "y domain", scale, drawn=len(dots) > 0),
        "annotations": panel_headings([title], [0.0]),
        "showlegend": bool(marks),
        "legend": {"orientation": "h", "x": 0, "y": -70 / panel_height(labels), "yanchor": "top", "font": {"size": 12}},
    }
    layout["margin"] = {**quiet_layout(0)["margin"], "b": 70 + LEGEND_HEIGHT}  # type: ignore[dict-item]
    traces = [trace.update(showlegend=False) for trace in dot_traces(dots, scale)]
    padded = [*marks, *[NO_MARKS] * (MOST_MARKS - len(marks))]
    return go.Figure([*traces, *(_mark_trace(mark, names, scale) for mark in padded)], layout)


def _mark_trace(mark: Marks, names: dict[str, str], scale: Scale) -> go.Scatter:
    return go.Scatter(
        x=scale.drawn(mark.rows["value"].astype(float)),
        y=[names[label] for label in mark.rows["label"]],
        mode="markers",
        name=mark.name,
        showlegend=bool(mark.name),
        marker={"size": 11, "symbol": mark.symbol, "color": mark.colour, "line": {"width": 2, "color": mark.colour}},
        hovertemplate=f"%{{y}}, {mark.name}: %{{text}}<extra></extra>",
        text=[scale.write(value) for value in mark.rows["value"]],
    )
