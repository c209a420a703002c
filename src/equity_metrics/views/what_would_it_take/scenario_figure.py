"""Prepared rates, and how far each would move, in; one picture with a panel for each out. It computes nothing."""

from dataclasses import dataclass
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

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
from equity_metrics.views.words.wording import signed

LEFT, RIGHT = (0.0, 0.42), (0.5, 1.0)
LETTERS = 44
"""Of a reason, in one line of the right panel."""


@dataclass(frozen=True)
class PeopleScale(Scale):
    """Numbers of people more or fewer, 0 in the middle, written without decimals."""

    def write(self, value: float) -> str:
        """Write ``+47``, ``−12`` or ``not shown``."""
        return "not shown" if pd.isna(value) else signed(value, 0)


def people_scale(title: str) -> PeopleScale:
    """Make the scale of people more or fewer."""
    return PeopleScale("score gap", title, "people")


def scenario_figure(
    now: pd.DataFrame, moves: pd.DataFrame, scales: tuple[Scale, Scale], titles: tuple[str, str]
) -> go.Figure:
    """Draw where each group stands, and beside it what it would take.

    Parameters
    ----------
    now, moves
        As ``dot_traces`` takes them, the same labels in the same order.
    scales, titles
        Of the two panels.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    labels = dot_labels(now)
    axes = [
        {**AXIS, **scale.axis(rows), "title": axis_title(scale.title, panel), "domain": panel}
        for scale, rows, panel in zip(scales, (now, moves), (LEFT, RIGHT), strict=True)
    ]
    layout = {
        **quiet_layout(panel_height(labels)),
        "xaxis": {**axes[0]},
        "yaxis": label_axis(labels),
        "xaxis2": {**axes[1], "anchor": "y2"},
        "yaxis2": {**label_axis(labels), "anchor": "x2", "showticklabels": False},
        "shapes": parity_marks("x2", "y2 domain", scales[1], drawn=True),
        "annotations": panel_headings(list(titles), [LEFT[0], RIGHT[0]]),
    }
    reasons = moves.assign(withheld=["<br>".join(wrap(why, LETTERS)) for why in moves["withheld"]])
    return go.Figure([*dot_traces(now, scales[0]), *dot_traces(reasons, scales[1], ("x2", "y2"))], layout)
