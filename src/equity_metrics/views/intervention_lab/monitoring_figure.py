"""Looks at an intervention, one a month, in; the effect with its limits above the evidence out."""

import pandas as pd
import plotly.graph_objects as go

from equity_metrics.change.interventions import Intervention, worthwhile_band
from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import AXIS, quiet_layout
from equity_metrics.views.drawing.scales import RATIO_EDGES
from equity_metrics.views.intervention_lab.figure import log_axis
from equity_metrics.views.words.wording import interval, times

HEIGHT = 600
EVIDENCE_TICKS = (0.01, 0.1, 1, 20, 1000, 1e6)
EVIDENCE_EDGES = (0.01, 1e6)


def monitoring_figure(looks: pd.DataFrame, tried: Intervention, enough: float, heading: str) -> go.Figure:
    """Draw what was known about an effect at each look, and how strong the evidence was.

    Parameters
    ----------
    looks
        From ``monitoring_looks``.
    tried
        Gives the smallest worthwhile effect and the start.
    enough
        Evidence from which on it counts as changed.
    heading
        Of the picture.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same three traces.
    """
    periods, shown = list(looks["period"]), looks[["effect", "lower", "upper"]].clip(*RATIO_EDGES)
    zone = worthwhile_band(tried.smallest_worthwhile, 1.0)
    evidence = looks["e_value"].clip(*EVIDENCE_EDGES)
    texts = [
        f"{row.period}: {times(row.effect)} ({interval(row.lower, row.upper)})<br>"
        f"evidence {evidence_words(row.e_value)}, {row.decision}" for row in looks.itertuples()
    ]  # fmt: skip
    hover = {"text": texts, "hovertemplate": "%{text}<extra></extra>"}
    traces = [
        go.Scatter(
            x=periods + periods[::-1], y=[*shown["upper"], *shown["lower"][::-1]], fill="toself", hoverinfo="skip",
            fillcolor="rgba(127,175,219,0.35)", mode="lines", line={"width": 0},
        ),
        go.Scatter(
            x=periods, y=shown["effect"], mode="lines+markers", line={"color": palette.GROUP, "width": 2}, **hover
        ),
        go.Scatter(
            x=periods, y=evidence, mode="lines+markers", line={"color": palette.INK, "width": 2}, yaxis="y2", **hover
        ),
    ]  # fmt: skip
    ticks = {"tickvals": EVIDENCE_TICKS, "ticktext": ["0.01", "0.1", "1", "20", "1,000", "1,000,000"]}
    line, across = {"color": palette.INK, "width": 1}, {"type": "line", "xref": "x domain", "x0": 0, "x1": 1}
    layout = {
        **quiet_layout(HEIGHT),
        "margin": {"l": 20, "r": 20, "t": 80, "b": 60},
        "xaxis": {**AXIS, "anchor": "y2", "type": "category", "nticks": 9},
        "yaxis": {**AXIS, **log_axis([*shown.to_numpy(float).ravel()]), "domain": [0.52, 1]},
        "yaxis2": {**AXIS, "type": "log", "range": [-2.2, 6.2], "domain": [0, 0.38], **ticks},
        "annotations": [
            _words(f"<b>{heading}</b>", 1, 24),
            _words(f"effect so far, with limits that hold at every look; grey: no meaningful change, {interval(*zone)}",
                   1, 4, 12),
            _words("<b>Evidence that it changed</b> (e-value; the line: enough)", 0.38, 6),
        ],
        "shapes": [
            {"type": "rect", "xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": zone[0], "y1": zone[1],
             "fillcolor": palette.RANGE, "line": {"width": 0}, "layer": "below"},
            {**across, "yref": "y", "y0": 1, "y1": 1, "line": line},
            {**across, "yref": "y2", "y0": enough, "y1": enough, "line": {**line, "dash": "dash"}},
        ],
    }  # fmt: skip
    return go.Figure(traces, layout)


def evidence_words(value: float) -> str:
    """Write an e-value in three digits; more than a million says no more."""
    if pd.isna(value):
        return "none"
    return f"more than {EVIDENCE_EDGES[1]:,.0f}" if value > EVIDENCE_EDGES[1] else f"{value:,.3g}"


def _words(text: str, height: float, shift: int, size: int = 14) -> dict[str, object]:
    place = {"x": 0, "y": height, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": text, "showarrow": False, "yshift": shift, "align": "left", "font": {"size": size}}
