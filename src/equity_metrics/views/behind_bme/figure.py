"""Prepared rates and comparisons of groups in; one picture with a panel for each out. It draws and computes nothing."""

from textwrap import wrap
from typing import Any

import numpy as np
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

LEFT, RIGHT = (0.0, 0.5), (0.56, 1.0)
LETTERS = 44


def behind_bme_figure(
    rates: pd.DataFrame, compared: pd.DataFrame, scales: tuple[Scale, Scale], titles: tuple[str, str]
) -> go.Figure:
    """Draw each group's rate, pooled and by itself, and beside it what it is compared with the reference.

    Parameters
    ----------
    rates
        As ``dot_traces`` takes them, + ``raw``, the group's own rate.
    compared
        As ``dot_traces`` takes them, with the same labels.
    scales
        Of rates and of comparisons.
    titles
        What each panel shows.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    labels = dot_labels(rates)
    axes: list[dict[str, Any]] = [
        {**AXIS, **scale.axis(rows, narrow=True), "title": axis_title(scale.title, panel), "domain": panel}
        for scale, rows, panel in zip(scales, (rates, compared), (LEFT, RIGHT), strict=True)
    ]
    end = _right_end(rates, scales[0])
    layout = {
        **quiet_layout(panel_height(labels)),
        "xaxis": {**axes[0], "range": [-0.03 * end, end]},
        "yaxis": label_axis(labels),
        "xaxis2": {**axes[1], "anchor": "y2"},
        "yaxis2": {**label_axis(labels), "anchor": "x2", "showticklabels": False},
        "shapes": [{**mark, "layer": "below"} for mark in parity_marks("x2", "y2 domain", scales[1], drawn=True)],
        "annotations": panel_headings(list(titles), [LEFT[0], RIGHT[0]]),
    }
    own = go.Scatter(
        x=scales[0].drawn(rates["raw"]),
        y=labels,
        mode="markers",
        marker={"size": 13, "symbol": "x-thin-open", "color": palette.INK, "line": {"width": 2}},
        hovertemplate="%{y}: this group alone %{x:.1f} %<extra></extra>",
    )
    # A reason that stands on the left is not repeated on the right.
    right = _wrapped(compared).assign(withheld=lambda rows: rows["withheld"].where(rates["withheld"] == "", ""))
    return go.Figure(
        [*dot_traces(_wrapped(rates), scales[0]), own, *dot_traces(right, scales[1], ("x2", "y2"))], layout
    )


def _right_end(rates: pd.DataFrame, scale: Scale) -> float:
    """Find an axis end with room for every cross and arm, and no more: rates may be far below the usual 5 %."""
    numbers = np.concatenate([scale.drawn(rates[column]) for column in ("raw", "value", "upper")])
    return float(min(1.12 * max([1.0, *numbers[np.isfinite(numbers)]]), 103.0))


def _wrapped(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the first reason, and break it into lines that fit the panel; the table has all of it."""
    return rows.assign(withheld=["<br>".join(wrap(why.split("; ")[0], LETTERS)) for why in rows["withheld"]])
