"""Places in their funnel with their ranks in; one picture with a panel for each out. It draws and computes nothing."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import AXIS, axis_title, panel_headings, quiet_layout
from equity_metrics.views.drawing.scales import Scale

LEFT, RIGHT = (0.0, 0.56), (0.68, 1.0)
HEIGHT = 470


def benchmark_figure(
    places: pd.DataFrame, lines: pd.DataFrame, scale: Scale, *, chosen: str, size_title: str
) -> go.Figure:
    """Draw each place in the funnel of its peers, and beside it the ranks that the data allow each of them.

    Parameters
    ----------
    places
        ``value, target, size, rank, rank_lower, rank_upper, order, is_chosen``; places without a value are left
        out. Only the chosen one is ever named.
    lines
        ``size, lower_95, upper_95, lower_998, upper_998``, by size.
    scale
        Of the values.
    chosen
        What the chosen place is called.
    size_title
        What the size of a place is.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    largest = float(max([1.0, *places["size"]]))
    others, own = places[~places["is_chosen"]], places[places["is_chosen"]]
    layout = {
        **quiet_layout(HEIGHT),
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 12}},
        "margin": {"l": 20, "r": 20, "t": 80, "b": 110},
        "xaxis": {
            **AXIS,
            "domain": LEFT,
            "title": axis_title(size_title, LEFT),
            "range": [-0.03 * largest, 1.07 * largest],
        },
        "yaxis": {**AXIS, **_value_axis(places, scale), "title": axis_title(scale.title)},
        "xaxis2": {
            **AXIS,
            "domain": RIGHT,
            "anchor": "y2",
            "range": [0, len(places) + 1],
            "title": axis_title("rank, 1 the lowest value", RIGHT),
        },
        "yaxis2": {**AXIS, "anchor": "x2", "range": [0, len(places) + 1], "showticklabels": False},
        "annotations": panel_headings(["Funnel of its peers", "Ranks that the data allow"], [LEFT[0], RIGHT[0]]),
    }
    drawn = [
        *_limit_traces(lines, scale),
        _target_trace(places, lines, scale),
        _place_trace(others, scale, "other organisations", palette.MUTED, 7),
        _place_trace(own, scale, chosen, palette.GROUP, 14),
        _rank_trace(others, palette.FAINT, 2, 4),
        _rank_trace(own, palette.GROUP, 4, 10),
    ]
    return go.Figure(drawn, layout)


def _value_axis(places: pd.DataFrame, scale: Scale) -> dict[str, Any]:
    """Fit the axis to places and target, with room for a dot at each end; limits of the smallest places leave it."""
    axis: dict[str, Any] = scale.axis(places[["value"]].assign(lower=np.nan, upper=places["target"]))
    numbers = np.concatenate([scale.drawn(places["value"]), scale.drawn(places["target"]), [1.0]])
    if scale.is_ratio:
        return {**axis, "range": list(np.log10([np.nanmin(numbers) / 1.15, np.nanmax(numbers) * 1.15]))}
    return {**axis, "range": [-0.03 * axis["range"][1], axis["range"][1]]}


def _limit_traces(lines: pd.DataFrame, scale: Scale) -> list[go.Scatter]:
    looks = {"998": ("99.8 % limits", "dot"), "95": ("95 % limits", "solid")}
    return [
        go.Scatter(
            x=lines["size"],
            y=scale.drawn(lines[f"{side}_{held}"]),
            mode="lines",
            line={"color": palette.MUTED, "width": 1.5, "dash": dash},
            name=name,
            legendgroup=held,
            showlegend=side == "upper",
            hoverinfo="skip",
        )
        for held, (name, dash) in looks.items()
        for side in ("lower", "upper")
    ]


def _target_trace(places: pd.DataFrame, lines: pd.DataFrame, scale: Scale) -> go.Scatter:
    ends = lines["size"].iloc[[0, -1]] if len(lines) else lines["size"]
    return go.Scatter(
        x=ends,
        y=scale.drawn(pd.Series([places["target"].max()] * len(ends), dtype=float)),
        mode="lines",
        line={"color": palette.REFERENCE, "width": 2, "dash": "dash"},
        name="all together",
        hoverinfo="skip",
    )


def _place_trace(places: pd.DataFrame, scale: Scale, name: str, colour: str, size: int) -> go.Scatter:
    return go.Scatter(
        x=places["size"],
        y=scale.drawn(places["value"]),
        mode="markers",
        marker={"size": size, "color": colour, "line": {"width": 1, "color": palette.PAPER}},
        name=name,
        text=places["value"].map(scale.write),
        hovertemplate=f"{name}: %{{text}}<extra></extra>",
    )


def _rank_trace(places: pd.DataFrame, colour: str, width: int, size: int) -> go.Scatter:
    rank, lower, upper = (places[column].to_numpy(float) for column in ("rank", "rank_lower", "rank_upper"))
    arms = {"array": upper - rank, "arrayminus": rank - lower}
    return go.Scatter(
        x=rank,
        y=places["order"],
        mode="markers",
        marker={"size": size, "color": colour if width > 2 else palette.MUTED},
        error_x={"type": "data", "symmetric": False, **arms, "color": colour, "thickness": width, "width": 0},
        xaxis="x2",
        yaxis="y2",
        showlegend=False,
        hoverinfo="skip",
    )
