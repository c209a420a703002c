"""Shares so far and to come in; one picture of where bands 8a to VSM are heading out. It computes nothing."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import AXIS, axis_title, quiet_layout
from equity_metrics.views.words.wording import percent

HEIGHT = 460
INTERVAL = "rgba(0, 94, 184, 0.15)"
BELOW: dict[str, object] = {"yanchor": "top", "yshift": -8}
ABOVE: dict[str, object] = {"yanchor": "bottom", "yshift": 4, "xanchor": "right", "xshift": -4}


def bands_ahead_figure(
    counted: pd.DataFrame, ahead: pd.DataFrame, needed: pd.DataFrame, target: float, year: str
) -> go.Figure:
    """Draw a group's share of bands 8a to VSM: counted, expected with its interval, and the line to a target.

    Parameters
    ----------
    counted
        ``period, share``; missing where withheld.
    ahead
        ``period, share, lower, upper``.
    needed
        ``period, share`` on the straight line of the Model Employer aim; no rows where it cannot be drawn.
    target
        Share of the whole pay ladder (0-1); missing where withheld.
    year
        The year that is asked about.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    drawn = [_interval(ahead), _line(ahead), _needed(needed), _counted(counted), _year(ahead, year), _words(ahead)]
    highest = max([0.05, *np.nan_to_num([target, *counted["share"], *ahead["upper"], *needed["share"]])])
    years = [int(period) for table in (counted, ahead, needed) for period in table["period"]]
    layout = {
        **quiet_layout(HEIGHT),
        "xaxis": {
            **AXIS,
            "title": axis_title("31 March of"),
            "range": [min(years) - 0.5, max(years) + 0.5],
            "dtick": 2,
        },
        "yaxis": {
            **AXIS,
            "title": axis_title("% of all staff in bands 8a to VSM"),
            "range": [0, 115 * highest],
            "ticksuffix": " %",
        },
        "shapes": _target_line(target),
        "annotations": [*_target_words(target), *_names(counted, ahead, needed)],
    }
    return go.Figure(drawn, layout)


def _interval(ahead: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=[*ahead["period"].astype(int), *ahead["period"].astype(int)[::-1]],
        y=[*(100 * ahead["upper"]), *(100 * ahead["lower"])[::-1]],
        mode="lines",
        line={"width": 0},
        name="95 % of futures",
        fill="toself",
        fillcolor=INTERVAL,
        hoverinfo="skip",
    )


def _line(ahead: pd.DataFrame) -> go.Scatter:
    limits = zip(ahead["share"], ahead["lower"], ahead["upper"], strict=True)
    return go.Scatter(
        x=ahead["period"].astype(int),
        y=100 * ahead["share"],
        mode="lines",
        name="expected",
        line={"color": palette.GROUP, "width": 3, "dash": "dot"},
        text=[f"{percent(share)} ({percent(low)} to {percent(high)})" for share, low, high in limits],
        hovertemplate="%{x}: %{text}<extra></extra>",
    )


def _needed(needed: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=needed["period"].astype(int),
        y=100 * needed["share"],
        mode="lines",
        name="line to the aim",
        line={"color": palette.MUTED, "width": 2, "dash": "dash"},
        hovertemplate="%{x}: %{y:.1f} % on the line to the aim<extra></extra>",
    )


def _counted(counted: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=counted["period"].astype(int),
        y=100 * counted["share"],
        mode="lines+markers",
        name="counted",
        line={"color": palette.GROUP, "width": 3},
        marker={"size": 9},
        hovertemplate="%{x}: %{y:.1f} % counted<extra></extra>",
    )


def _year(ahead: pd.DataFrame, year: str) -> go.Scatter:
    chosen = ahead[ahead["period"] == year]
    arms = {"array": 100 * (chosen["upper"] - chosen["share"]), "arrayminus": 100 * (chosen["share"] - chosen["lower"])}
    return go.Scatter(
        x=chosen["period"].astype(int),
        y=100 * chosen["share"],
        mode="markers+text",
        name="year chosen",
        marker={"size": 13, "symbol": palette.UNSURE, "color": palette.GROUP, "line": {"width": 2}},
        error_y={"type": "data", "symmetric": False, **arms, "color": palette.GROUP, "width": 5},
        text=[f"{period}: {percent(share)}" for period, share in zip(chosen["period"], chosen["share"], strict=True)],
        textposition="bottom right",
        cliponaxis=False,
        hoverinfo="skip",
    )


def _words(ahead: pd.DataFrame) -> go.Scatter:
    """Say in the empty picture why nothing is drawn."""
    why = ahead["withheld"].iloc[0]
    return go.Scatter(
        x=[int(ahead["period"].iloc[0])] if why else [],
        y=[2.5] if why else [],
        mode="text",
        text=[f"not shown: {why}"],
        textposition="middle center",
        textfont={"color": palette.MUTED},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _target_line(target: float) -> list[dict[str, object]]:
    if pd.isna(target):
        return []
    ends = {"xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": 100 * target, "y1": 100 * target}
    return [{"type": "line", "layer": "below", "line": {"color": palette.REFERENCE, "width": 2}, **ends}]


def _target_words(target: float) -> list[dict[str, object]]:
    if pd.isna(target):
        return []
    look = {"showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "yanchor": "bottom"}
    text = f"share of all bands: {percent(target)}"
    return [{**look, "y": 100 * target, "text": text, "font": {"size": 12, "color": palette.REFERENCE}}]


def _names(counted: pd.DataFrame, ahead: pd.DataFrame, needed: pd.DataFrame) -> list[dict[str, object]]:
    """Name each line beside it: a legend would hide what lies under it."""
    names = []
    look = {"showarrow": False, "font": {"size": 12}}
    for table, words, at, place in (
        (counted, "counted", 0, BELOW | {"xanchor": "left"}),
        (ahead, "expected if so", -1, BELOW | {"xanchor": "right"}),
        (needed, "line to the aim", len(needed) // 2, ABOVE),
    ):
        known = table[table["share"].notna()]
        if len(known):
            point = known.iloc[at]
            names.append({**look, **place, "x": int(point["period"]), "y": 100 * point["share"], "text": words})
    return names
