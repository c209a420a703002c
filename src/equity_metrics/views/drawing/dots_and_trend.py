"""Prepared values of groups and of periods in; one picture with a panel for each out. It draws and computes nothing."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import (
    AXIS,
    axis_title,
    dot_labels,
    dot_traces,
    interval_arms,
    label_axis,
    panel_headings,
    panel_height,
    parity_marks,
    quiet_layout,
    written,
)
from equity_metrics.views.drawing.scales import Scale

LEFT, RIGHT = (0.0, 0.5), (0.64, 1.0)
MOST_YEARS = 5
"""Years that can be named side by side under the right panel."""


def dots_and_trend_figure(
    dots: pd.DataFrame, trend: pd.DataFrame, scale: Scale, *, title: str, trend_title: str
) -> go.Figure:
    """Draw the groups of one period as dots with intervals, and one group through the periods as a line.

    Parameters
    ----------
    dots
        As ``dot_traces`` takes them.
    trend
        One row a period, in order: ``period, value, lower, upper, line`` and ``reference_value`` (missing where the
        scale compares); a change of ``line`` (a definition, a source) leaves the line broken.
    scale
        The axis of both panels.
    title, trend_title
        What each panel shows.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    labels = dot_labels(dots)
    layout = {
        **quiet_layout(panel_height(labels)),
        "xaxis": {
            **AXIS,
            **scale.axis(dots, narrow=True),
            "domain": LEFT,
            "title": axis_title(scale.title, LEFT),
        },
        "yaxis": label_axis(labels),
        "xaxis2": {**AXIS, "domain": RIGHT, "anchor": "y2", "type": "category", "tickangle": 0, "nticks": MOST_YEARS},
        "yaxis2": {
            **AXIS,
            **scale.axis(trend, narrow=True),
            "anchor": "x2",
            "title": axis_title(scale.short_title),
        },
        "shapes": [
            *parity_marks("x", "y domain", scale, drawn=len(dots) > 0),
            *parity_marks("y2", "x2 domain", scale, drawn=len(trend) > 0),
        ],
        "annotations": panel_headings([title, trend_title], [LEFT[0], RIGHT[0]]),
    }
    return go.Figure([*dot_traces(dots, scale), *_trend_traces(trend, scale)], layout)


def _trend_traces(trend: pd.DataFrame, scale: Scale) -> list[go.Scatter]:
    broken = _with_breaks(trend)
    axes = {"xaxis": "x2", "yaxis": "y2", "x": broken["period"]}
    group = go.Scatter(
        y=scale.drawn(broken["value"]),
        mode="lines+markers",
        line={"color": palette.GROUP, "width": 3},
        # Small enough to be points of a line and no verdicts, which only the left panel passes.
        marker={"size": 5},
        error_y=interval_arms(broken, scale),
        hovertemplate="%{x}: %{text}<extra></extra>",
        text=written(broken, scale),
        **axes,
    )
    reference = go.Scatter(
        y=scale.drawn(broken["reference_value"]),
        mode="lines+markers",
        line={"color": palette.REFERENCE, "width": 2, "dash": "dash"},
        marker={"size": 8, "symbol": palette.REFERENCE_SIGN},
        hovertemplate="%{x}: %{y}<extra></extra>",
        **axes,
    )
    return [group, reference]


def _with_breaks(trend: pd.DataFrame) -> pd.DataFrame:
    """Put an empty row wherever the line changes, so that nothing joins two definitions."""
    changes = trend["line"].ne(trend["line"].shift()) & (np.arange(len(trend)) > 0)
    gaps = trend[changes].assign(value=np.nan, lower=np.nan, upper=np.nan, reference_value=np.nan)
    gaps.index = gaps.index - 0.5
    return pd.concat([trend, gaps]).sort_index()
