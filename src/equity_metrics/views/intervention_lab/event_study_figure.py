"""Effects by time since each place's own start, and the effect over all, in; the picture of staggered starts out."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import AXIS
from equity_metrics.views.drawing.scales import RATIO_EDGES
from equity_metrics.views.intervention_lab.figure import log_axis, panel_words, two_panels
from equity_metrics.views.intervention_lab.words import since_words
from equity_metrics.views.words.wording import interval, times

BASE = -1
"""The period before the start, from which every effect is measured."""


def event_study_figure(effect: pd.Series, event_times: pd.DataFrame, names: list[str]) -> go.Figure:
    """Draw the effect at each time before and since the start, above the effect over all places and times.

    Parameters
    ----------
    effect
        One row of effects.
    event_times
        As in ``InterventionFindings``.
    names
        Heading of the upper panel, and what it draws.

    Returns
    -------
    plotly.graph_objects.Figure
        The same eight traces as ``intervention_figure``.
    """
    lower, upper = (np.clip(event_times[limit].to_numpy(float), *RATIO_EDGES) for limit in ("lower", "upper"))
    since = event_times["since"].to_numpy(float)
    ends = [min([-2.0, *since]) - 0.7, max([0.0, *since]) + 0.7]
    length = event_times["length"].iloc[0] if len(event_times) else "period"
    nothing = np.full(len(since), np.nan)
    limits = go.Scatter(
        x=np.column_stack([since, since, nothing]).ravel(), y=np.column_stack([lower, upper, nothing]).ravel(),
        mode="lines", fill="none", line={"color": palette.BOUNDS, "width": 2}, hoverinfo="skip",
        showlegend=len(since) > 0, name="95 % interval, for all of them together",
    )  # fmt: skip
    base = go.Scatter(
        x=[BASE] * min(len(since), 1), y=[1.0] * min(len(since), 1), mode="markers", hoverinfo="skip",
        marker={"size": 9, "symbol": "x-thin", "line": {"width": 2, "color": palette.INK}}, showlegend=len(since) > 0,
        name="measured from here",
    )  # fmt: skip
    drawn = go.Scatter(
        x=since, y=np.clip(event_times["ratio"].to_numpy(float), *RATIO_EDGES), mode="markers",
        marker={"size": 9, "color": palette.INK}, name=f"effect, by {length}", showlegend=len(since) > 0,
        text=[
            f"{since_words(s, length)}: {times(r)} ({interval(low, high)}), {int(n)} places"
            for s, r, low, high, n in event_times[["since", "ratio", "lower", "upper", "places"]].to_numpy()
        ],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    # The part before the starts is where nothing should be seen yet.
    early = {"fillcolor": palette.BOUNDS, "opacity": 0.12, "line": {"width": 0}, "layer": "below"}
    line, dashed = {"color": palette.INK, "width": 1}, {"color": palette.INK, "width": 2, "dash": "dot"}
    start = (BASE + 0.0) / 2
    shapes: list[dict[str, object]] = [
        {"type": "rect", "xref": "x", "x0": ends[0], "x1": start, "yref": "y domain", "y0": 0, "y1": 1, **early},
        {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": 1, "y1": 1, "line": line},
        {"type": "line", "xref": "x", "x0": start, "x1": start, "yref": "y domain", "y0": 0, "y1": 1, "line": dashed},
    ]
    starts = {
        "x": start, "xref": "x", "y": 1, "yref": "y domain", "xanchor": "left", "yanchor": "top", "showarrow": False,
        "text": " each place's own start ", "font": {"size": 12}, "bgcolor": palette.PAPER,
    }  # fmt: skip
    before = {**starts, "xanchor": "right", "text": " before: nothing should move yet "}
    ticks = [int(at) for at in range(int(np.ceil(ends[0])), int(np.floor(ends[1])) + 1)]
    step = 1 + len(ticks) // 16
    kept = [at for at in ticks if at % step == 0]
    marks = [f"{at:+d}".replace("-", "−") if at else "start" for at in kept]
    axis = {**AXIS, "tickvals": kept, "ticktext": marks, "range": ends}
    below = panel_words(f"{length}s before (−) and since (+) the start", 0.47, -44, size=12)
    return two_panels(
        effect, pd.DataFrame(), [limits, base, drawn], axis, log_axis([1.0, *lower, *upper]), names,
        [starts, before, below], shapes,
    )  # fmt: skip
