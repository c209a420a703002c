"""Prepared ratios and gaps of several indicators in; one picture with a panel for each kind out."""

import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.drawing.dots import (
    AXIS,
    LETTERS,
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

LEFT, RIGHT = (0.0, 0.4), (0.64, 1.0)
"""Where the panels lie."""
WHOLE, ASIDE = (0.0, 0.99), (0.995, 1.0)
"""Where a panel lies alone, and where the one that has nothing to draw: its white ground would cover the other."""
NOTHING = {"text": "Nothing by ethnic group is drawn here: the words answer.", "showarrow": False, "xref": "paper",
           "yref": "paper", "x": 0, "y": 0.5, "xanchor": "left", "yanchor": "middle"}  # fmt: skip
LOW = 150
"""Height of a picture in which nothing is drawn."""
BETWEEN = 26
"""Letters of a label's line that fit between the two panels."""


def two_scales_figure(ratios: pd.DataFrame, gaps: pd.DataFrame, scales: tuple[Scale, Scale]) -> go.Figure:
    """Draw relative likelihoods on their log scale and gaps in percentage points, side by side.

    Parameters
    ----------
    ratios, gaps
        As ``dot_traces`` takes them; one row an indicator.
    scales
        Of the ratios and of the gaps.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same traces, so that an explorer can update it in place.
    """
    both = len(ratios) > 0 and len(gaps) > 0
    left, right = (LEFT, RIGHT) if both else (ASIDE, WHOLE) if len(gaps) else (WHOLE, ASIDE)
    letters = BETWEEN if both else LETTERS
    labels = dot_labels(ratios), dot_labels(gaps, letters)
    titles = ("Relative likelihood", left, ratios), ("Gap in percentage points", right, gaps)
    titled = [(title, panel) for title, panel, rows in titles if len(rows)]
    layout = {
        **quiet_layout(max(map(panel_height, labels))),
        "xaxis": {
            **AXIS,
            **scales[0].axis(ratios, narrow=both),
            "domain": left,
            "visible": len(ratios) > 0,
            "title": axis_title(scales[0].title, left),
        },
        "yaxis": {**label_axis(labels[0]), "visible": len(ratios) > 0},
        "xaxis2": {
            **AXIS,
            **scales[1].axis(gaps),
            "domain": right,
            "visible": len(gaps) > 0,
            "anchor": "y2",
            "title": axis_title(scales[1].title, right),
        },
        "yaxis2": {**label_axis(labels[1]), "anchor": "x2", "visible": len(gaps) > 0},
        "shapes": [
            *parity_marks("x", "y domain", scales[0], drawn=len(ratios) > 0),
            *parity_marks("x2", "y2 domain", scales[1], drawn=len(gaps) > 0),
        ],
        "annotations": panel_headings([title for title, _ in titled], [panel[0] for _, panel in titled]),
    }
    if not (len(ratios) or len(gaps)):
        layout |= {"height": LOW, "annotations": [NOTHING]}
    right_traces = dot_traces(gaps, scales[1], ("x2", "y2"), letters)
    return go.Figure([*dot_traces(ratios, scales[0]), *right_traces], layout)
