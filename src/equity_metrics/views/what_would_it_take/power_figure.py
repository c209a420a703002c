"""Chances of an answer and smallest effects by month in; one picture with a panel for each out. It computes nothing."""

from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import AXIS, axis_title, panel_headings, quiet_layout
from equity_metrics.views.drawing.scales import RATIO_TICKS, ROOM_IN_A_PANEL, ratio_axis
from equity_metrics.views.words.wording import percent, times

LEFT, RIGHT = (0.0, 0.46), (0.6, 1.0)
HEIGHT = 430
LETTERS = 44
"""Of a reason, in one line of the left panel."""
RIBBON = "rgba(0, 94, 184, 0.15)"
EFFECT_TICKS = (*RATIO_TICKS, 0.67, 1.5)


def power_figure(
    curve: pd.DataFrame, smallest: pd.DataFrame, *, effect: float, months: float, target: float, why_not: str
) -> go.Figure:
    """Draw the chance of finding an effect by month, and the smallest effect that would be found.

    Parameters
    ----------
    curve
        ``months, power, monte_carlo_error``; no rows where nothing can be simulated.
    smallest
        ``months, effect`` (ratio of ratios), missing where none would be found.
    effect
        The effect worth having, as a ratio of ratios.
    months
        The month that is asked about.
    target
        Power that is called enough (0-1).
    why_not
        Why nothing is drawn; empty where something is.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    ends = sorted([1.0, effect, *smallest["effect"].dropna()])
    axis = {**AXIS, "title": axis_title("months after the start", LEFT), "range": [0, 62], "dtick": 12}
    layout = {
        **quiet_layout(HEIGHT),
        "xaxis": {**axis, "domain": LEFT},
        "yaxis": {**AXIS, "title": axis_title("chance of finding it"), "range": [0, 104], "ticksuffix": " %"},
        "xaxis2": {**axis, "domain": RIGHT, "anchor": "y2"},
        "yaxis2": {
            **AXIS,
            "anchor": "x2",
            **ratio_axis(ends[0] / 1.1, ends[-1] * 1.1, ROOM_IN_A_PANEL, EFFECT_TICKS, "× {:g}"),
        },
        "shapes": [_across("x domain", "y", 100 * target), _across("x2 domain", "y2", effect)],
        "annotations": [
            *panel_headings(
                [f"Chance of finding × {times(effect)}", f"Smallest effect found with {percent(target, 0)}"],
                [LEFT[0], RIGHT[0]],
            ),
            _beside("x", "y", 100 * target, f"{percent(target, 0)}: enough"),
            _beside("x2", "y2", np.log10(effect), "worth having"),
        ],
    }
    traces = [_ribbon(curve), _curve(curve), _asked(curve, months), *_smallest(smallest, months), _reason(why_not)]
    return go.Figure(traces, layout)


def _ribbon(curve: pd.DataFrame) -> go.Scatter:
    upper = np.minimum(100 * (curve["power"] + 2 * curve["monte_carlo_error"]), 100)
    lower = np.maximum(100 * (curve["power"] - 2 * curve["monte_carlo_error"]), 0)
    look = {"mode": "lines", "line": {"width": 0}, "fill": "toself", "fillcolor": RIBBON, "hoverinfo": "skip"}
    look["name"] = "how exact the simulation is"
    return go.Scatter(x=[*curve["months"], *curve["months"][::-1]], y=[*upper, *lower[::-1]], **look)


def _curve(curve: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=curve["months"],
        y=100 * curve["power"],
        name="chance of finding it",
        mode="lines",
        line={"color": palette.GROUP, "width": 3},
        hovertemplate="after %{x} months: %{y:.0f} %<extra></extra>",
    )


def _asked(curve: pd.DataFrame, months: float) -> go.Scatter:
    at = curve[curve["months"] == months]
    return go.Scatter(
        x=at["months"],
        y=100 * at["power"],
        name="month chosen",
        mode="markers+text",
        marker={"size": 13, "color": palette.GROUP},
        text=[percent(power, 0) for power in at["power"]],
        # Above the line where there is no room between it and the axis.
        textposition="top right" if at["power"].lt(0.2).any() else "bottom right",
        cliponaxis=False,
        hoverinfo="skip",
    )


def _smallest(smallest: pd.DataFrame, months: float) -> list[go.Scatter]:
    at = smallest[(smallest["months"] == months) & smallest["effect"].notna()]
    line = go.Scatter(
        x=smallest["months"],
        y=smallest["effect"],
        name="smallest effect found",
        mode="lines",
        line={"color": palette.GROUP, "width": 3},
        hovertemplate="after %{x} months: × %{y:.2f}<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )
    asked = go.Scatter(
        x=at["months"],
        y=at["effect"],
        name="month chosen",
        mode="markers+text",
        marker={"size": 13, "color": palette.GROUP},
        text=[f"× {times(effect)}" for effect in at["effect"]],
        textposition="top right" if at["effect"].gt(1).any() else "bottom right",
        cliponaxis=False,
        hoverinfo="skip",
        xaxis="x2",
        yaxis="y2",
    )
    return [line, asked]


def _reason(why_not: str) -> go.Scatter:
    return go.Scatter(
        x=[1] if why_not else [],
        y=[50] if why_not else [],
        mode="text",
        text=["<br>".join(wrap(f"not shown: {why_not}", LETTERS))],
        textposition="middle right",
        textfont={"color": palette.MUTED},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _across(xref: str, yref: str, at: float) -> dict[str, object]:
    ends = {"xref": xref, "x0": 0, "x1": 1, "yref": yref, "y0": at, "y1": at}
    return {"type": "line", "layer": "below", "line": {"color": palette.REFERENCE, "width": 2, "dash": "dash"}, **ends}


def _beside(xref: str, yref: str, at: float, text: str) -> dict[str, object]:
    look = {"showarrow": False, "font": {"size": 12, "color": palette.REFERENCE}, "yanchor": "bottom"}
    return {**look, "xref": f"{xref} domain", "x": 1, "xanchor": "right", "yref": yref, "y": at, "text": text}
