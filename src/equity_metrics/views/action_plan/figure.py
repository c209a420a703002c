"""Actions with their progress in; a picture with a panel for each standing, a row for each place, out."""

import pandas as pd
import plotly.graph_objects as go

from equity_metrics.change.action_plans.action_progress import (
    CANNOT_TELL,
    NO_DATA,
    NONE,
    NOT_MEASURED,
    OPPOSITE,
    PROGRESS,
    PROPOSED,
    STANDINGS,
)
from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import AXIS, dot_labels, label_axis, panel_headings, panel_height, quiet_layout

OVERDUE = "overdue"
PANELS = (*STANDINGS, OVERDUE)
HEADINGS = {
    PROGRESS: "evidence of progress",
    OPPOSITE: "evidence of the opposite",
    NONE: "evidence of none",
    CANNOT_TELL: "cannot tell yet",
    NO_DATA: "no evidence yet",
    NOT_MEASURED: "nothing measured",
    PROPOSED: "only proposed",
    OVERDUE: "review overdue",
}
SIGNS = {
    PROGRESS: ("circle", palette.GROUP),
    OPPOSITE: ("x", palette.REFERENCE),
    NONE: ("square", palette.MUTED),
    CANNOT_TELL: ("circle-open", palette.MUTED),
    NO_DATA: ("circle-dot", palette.MUTED),
    NOT_MEASURED: ("line-ew-open", palette.MUTED),
    PROPOSED: ("triangle-right-open", palette.MUTED),
    OVERDUE: ("diamond", palette.REFERENCE),
}
"""Sign and colour of each panel; no colour says what the sign does not."""
GAP, ACROSS = 0.012, 590
"""Share of the picture between two panels; pixels of all panels together, beside the names of organisations."""


def standings_figure(numbers: pd.DataFrame) -> go.Figure:
    """Draw how many actions of each row stand how.

    Parameters
    ----------
    numbers
        ``label``, first on top, and a column for each of ``PANELS``: how many actions.

    Returns
    -------
    plotly.graph_objects.Figure
        A trace for each panel, whatever is drawn. Where there is none nothing is drawn.
    """
    labels = dot_labels(numbers)
    most = float(max(numbers[list(PANELS)].to_numpy().max(initial=1), 1))
    layout: dict[str, object] = {**quiet_layout(panel_height(labels)), "yaxis": label_axis(labels)}
    lefts = [place / len(PANELS) for place in range(len(PANELS))]
    for place, left in enumerate(lefts, start=1):
        layout[f"xaxis{_number(place)}"] = {
            **AXIS,
            "domain": [left, left + 1 / len(PANELS) - GAP],
            "range": [0, 1.25 * most + 0.5],
            "anchor": "y",
            "showgrid": False,
            "showticklabels": False,
            "title": {"text": "number", "font": {"size": 12}},
        }
    layout["annotations"] = [
        {**heading, "font": {"size": 13}} for heading in panel_headings([HEADINGS[p] for p in PANELS], lefts, ACROSS)
    ]
    return go.Figure([_trace(numbers, labels, *panel) for panel in enumerate(PANELS, start=1)], layout)


def _trace(numbers: pd.DataFrame, labels: list[str], place: int, panel: str) -> go.Scatter:
    there = (numbers[panel] > 0).tolist()
    values = [int(value) for value in numbers.loc[there, panel]]
    sign, colour = SIGNS[panel]
    return go.Scatter(
        x=values,
        y=[label for label, drawn in zip(labels, there, strict=True) if drawn],
        mode="markers+text",
        name=panel,
        text=[f" <b>{value}</b>" for value in values],
        textposition="middle right",
        marker={"size": 13, "symbol": sign, "color": colour, "line": {"width": 2, "color": colour}},
        hovertemplate="%{y}: %{x} " + panel + "<extra></extra>",
        cliponaxis=False,
        xaxis=f"x{_number(place)}",
        yaxis="y",
    )


def _number(place: int) -> str:
    return "" if place == 1 else str(place)
