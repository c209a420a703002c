"""Prepared points, path and target in; one control chart with the path beyond it out. It draws and computes nothing."""

from dataclasses import dataclass
from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.baseline_trend.scale import TrendScale
from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import AXIS, quiet_layout

HEIGHT = 470
CONCERN = "#b3430f"
SIGNS = {
    "improvement": ("star", palette.GROUP, 15),
    "concern": ("square", CONCERN, 11),
    "high": ("triangle-up", palette.INK, 12),
    "low": ("triangle-down", palette.INK, 12),
}
"""Shape, colour and size of each special cause: the shape alone tells them apart."""


@dataclass(frozen=True)
class DrawnTrend:
    """What one picture shows.

    ``points``: ``x, period, value, reference_value, centre, process_lower, process_upper, part, variation``; lines that
    there are none of are missing. ``path``: ``x, period, expected, lower, upper``. ``ticks``: positions and words.
    """

    points: pd.DataFrame
    path: pd.DataFrame
    ticks: dict[int, str]
    scale: TrendScale
    group: str
    reference: str
    target: float | None
    heading: str
    why_not: str

    @property
    def series(self) -> str:
        """Name of the line in the legend."""
        return self.scale.pair or self.group


def baseline_trend_figure(drawn: DrawnTrend) -> go.Figure:
    """Draw a series with its limits, its special causes, its target and where it was heading.

    Parameters
    ----------
    drawn
        Everything prepared.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same twelve traces, so that an explorer can update it in place.
    """
    points, path, scale = drawn.points, drawn.path, drawn.scale
    traces = [*_path_traces(path, scale), *_lines(points, scale), *_series(drawn), _target(drawn), _parity(drawn)]
    numbers = np.concatenate([np.asarray(trace.y, float) for trace in traces if trace.y is not None])
    everything = [*points["x"], *path["x"]] or [0]
    layout = {
        **quiet_layout(HEIGHT),
        "showlegend": True,
        "legend": {"orientation": "h", "y": -0.16, "yanchor": "top", "x": 0, "font": {"size": 12}},
        "margin": {"l": 20, "r": 20, "t": 80, "b": 110},
        "xaxis": {
            **AXIS,
            "tickvals": list(drawn.ticks),
            "ticktext": list(drawn.ticks.values()),
            "range": [min(everything) - 0.8, max(everything) + 0.8],
        },
        "yaxis": {**AXIS, **scale.axis(numbers)},
        "annotations": [_words(f"<b>{drawn.heading}</b>", 22), _words(scale.title, 4), _reason(drawn.why_not)],
    }
    return go.Figure(traces, layout)


def _words(text: str, shift: int) -> dict[str, object]:
    place = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": text, "showarrow": False, "yshift": shift, "align": "left"}


def _reason(why_not: str) -> dict[str, object]:
    """Say in the middle of an empty picture why it is empty."""
    text = "<br>".join(wrap(f"Not shown: {why_not}.", 60)) if why_not else ""
    middle = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
    return {**middle, "text": text, "font": {"size": 16, "color": palette.MUTED}}


def _parity(drawn: DrawnTrend) -> go.Scatter:
    """Draw parity; a trace and not a shape, because shapes that are no longer wanted stay in a live picture."""
    ends = [*drawn.points["x"], *drawn.path["x"]] if drawn.scale.logs and drawn.target != 1 else []
    x = [min(ends), max(ends)] if ends else []
    line = {"color": palette.INK, "width": 1}
    return go.Scatter(x=x, y=[1.0] * len(x), mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _path_traces(path: pd.DataFrame, scale: TrendScale) -> list[go.Scatter]:
    there = {"showlegend": len(path) > 0}
    x = path["x"].tolist()
    edge = [*scale.drawn(path["upper"]), *scale.drawn(path["lower"])[::-1]]
    texts = [f"{p}: {scale.write(e)} expected" for p, e in zip(path["period"], path["expected"], strict=True)]
    band = go.Scatter(
        x=x + x[::-1], y=edge, fill="toself", fillcolor="rgba(127,175,219,0.30)", mode="lines", hoverinfo="skip",
        line={"width": 0}, name="95 % prediction interval", **there,
    )  # fmt: skip
    line = go.Scatter(
        x=x, y=scale.drawn(path["expected"]), mode="lines+markers", text=texts, hovertemplate="%{text}<extra></extra>",
        line={"color": palette.GROUP, "width": 2, "dash": "dot"}, marker={"size": 5}, name="expected path", **there,
    )  # fmt: skip
    return [band, line]


def _lines(points: pd.DataFrame, scale: TrendScale) -> list[go.Scatter]:
    """Draw process limits and centre line, broken where they are rebased."""
    breaks = points["part"].ne(points["part"].shift()).to_numpy() & (np.arange(len(points)) > 0)
    x = np.insert(points["x"].to_numpy(float), np.flatnonzero(breaks), np.nan)
    there = bool(points["centre"].notna().any())
    looks = {
        "process_lower": ({"color": palette.MUTED, "width": 1.5, "dash": "dash"}, "process limits", there),
        "process_upper": ({"color": palette.MUTED, "width": 1.5, "dash": "dash"}, "", False),
        "centre": ({"color": palette.MUTED, "width": 1.5}, "centre line", there),
    }
    return [
        go.Scatter(
            x=x, y=np.insert(scale.drawn(points[column]), np.flatnonzero(breaks), np.nan), mode="lines",
            line=line, name=name, showlegend=legend, hoverinfo="skip",
        )
        for column, (line, name, legend) in looks.items()
    ]  # fmt: skip


def _series(drawn: DrawnTrend) -> list[go.Scatter]:
    points, scale = drawn.points, drawn.scale
    written = [f"{p}: {scale.write(v)}" for p, v in zip(points["period"], points["value"], strict=True)]
    known = points["reference_value"].notna().to_numpy()
    reference = go.Scatter(
        x=points["x"][known], y=scale.drawn(points["reference_value"][known]), mode="lines", hoverinfo="skip",
        line={"color": palette.REFERENCE, "width": 1.5}, name=drawn.reference, showlegend=bool(known.any()),
    )  # fmt: skip
    line = go.Scatter(
        x=points["x"], y=scale.drawn(points["value"]), mode="lines+markers", text=written,
        hovertemplate="%{text}<extra></extra>", line={"color": palette.INK, "width": 1.5}, showlegend=len(points) > 0,
        marker={"size": 7, "color": palette.PAPER, "line": {"color": palette.INK, "width": 1.5}}, name=drawn.series,
    )  # fmt: skip
    flagged = [_flagged(points[points["variation"] == sign], sign, scale) for sign in SIGNS]
    return [reference, line, *flagged]


def _flagged(points: pd.DataFrame, sign: str, scale: TrendScale) -> go.Scatter:
    symbol, colour, size = SIGNS[sign]
    text = [f"{p}: {scale.write(v)}, {sign}" for p, v in zip(points["period"], points["value"], strict=True)]
    return go.Scatter(
        x=points["x"], y=scale.drawn(points["value"]), mode="markers", text=text, name=f"special cause: {sign}",
        marker={"symbol": symbol, "color": colour, "size": size}, hovertemplate="%{text}<extra></extra>",
        showlegend=len(points) > 0,
    )  # fmt: skip


def _target(drawn: DrawnTrend) -> go.Scatter:
    ends = [*drawn.points["x"], *drawn.path["x"]]
    shown = drawn.target is not None and bool(ends)
    return go.Scatter(
        x=[min(ends), max(ends)] if shown else [], y=drawn.scale.drawn([drawn.target] * 2) if shown else [],
        mode="lines", line={"color": palette.GROUP, "width": 2, "dash": "longdashdot"}, hoverinfo="skip",
        name=f"target {drawn.scale.write(drawn.target)}" if drawn.target is not None else "target", showlegend=shown,
    )  # fmt: skip
