"""Prepared ratios and gaps of several indicators in; one picture with a panel for each kind out."""

import pandas as pd
import plotly.graph_objects as go

from equity_metrics.views.dots import (
    AXIS,
    dot_labels,
    dot_traces,
    label_axis,
    panel_headings,
    panel_height,
    parity_marks,
    quiet_layout,
)
from equity_metrics.views.scales import Scale

LEFT, RIGHT = (0.0, 0.4), (0.64, 1.0)


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
    labels = dot_labels(ratios), dot_labels(gaps)
    layout = {
        **quiet_layout(max(map(panel_height, labels))),
        "xaxis": {
            **AXIS,
            **scales[0].axis(ratios),
            "domain": LEFT,
            "title": {"text": scales[0].title, "font": {"size": 14}},
        },
        "yaxis": label_axis(labels[0]),
        "xaxis2": {
            **AXIS,
            **scales[1].axis(gaps),
            "domain": RIGHT,
            "anchor": "y2",
            "title": {"text": scales[1].title, "font": {"size": 14}},
        },
        "yaxis2": {**label_axis(labels[1]), "anchor": "x2"},
        "shapes": [
            *parity_marks("x", "y domain", scales[0], drawn=len(ratios) > 0),
            *parity_marks("x2", "y2 domain", scales[1], drawn=len(gaps) > 0),
        ],
        "annotations": panel_headings(["Relative likelihood", "Gap in percentage points"], [LEFT[0], RIGHT[0]]),
    }
    return go.Figure([*dot_traces(ratios, scales[0]), *dot_traces(gaps, scales[1], ("x2", "y2"))], layout)
