"""Prepared values of groups, bands or indicators in; the traces and axes of a panel of dots with intervals out."""

from itertools import pairwise
from textwrap import shorten, wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.catalogue.policies import FOUR_FIFTHS
from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.template import TEMPLATE
from equity_metrics.views.drawing.verdict_signs import SYMBOLS, sign_colour
from equity_metrics.views.words.wording import short_group

ROW_HEIGHT, LINE_HEIGHT, MARGINS, LEAST_HEIGHT = 28, 15, 170, 420
LETTERS = 36
"""Of a label, in one line."""
REASON_LETTERS = 42
"""Of why a value is missing: more would run out of the narrowest panel."""
WIDTH = 840
"""Fits beside JupyterLab's file list on a projector of 1280 pixels."""
PANELS, MARGIN = 575, 20
"""Pixels that the widest labels leave to all panels together, and that stay free beside them."""
TITLE_LETTER, HEADING_LETTER = 6.6, 6.9
"""Pixels of a letter in the title of an axis and in the heading of a panel."""
AXIS = {"gridcolor": palette.RANGE, "zeroline": False, "automargin": True, "linecolor": palette.FAINT}


def dot_labels(dots: pd.DataFrame, letters: int = LETTERS) -> list[str]:
    """Labels of the rows, broken into lines that fit beside the panel."""
    return ["<br>".join(wrap(short_group(label), letters)) for label in dots["label"]]


def panel_height(labels: list[str]) -> int:
    """Height in pixels that gives each label its lines."""
    lines = max((1 + label.count("<br>") for label in labels), default=1)
    return max(MARGINS + len(labels) * max(ROW_HEIGHT, LINE_HEIGHT * lines + 6), LEAST_HEIGHT)


def dot_traces(
    dots: pd.DataFrame, scale: Scale, axes: tuple[str, str] = ("x", "y"), letters: int = LETTERS
) -> list[go.Scatter]:
    """Draw one dot a row with its interval, and in words why a row has none.

    Parameters
    ----------
    dots
        ``label, value, lower, upper, verdict, against, is_reference, withheld``, first on top; ``verdict`` and
        ``against`` as ``verdicts`` gives them, empty where nothing is compared. A row without a value but with limits
        is drawn as a band between its bounds.
    scale
        The axis of the values.
    axes
        Names of the panel's axes.
    letters
        Of a label in one line; the same as the panel's axis is labelled with.

    Returns
    -------
    list of three traces
    """
    labels = dot_labels(dots, letters)
    reference = dots["is_reference"]
    signs = list(np.where(reference, palette.REFERENCE_SIGN, [SYMBOLS[verdict] for verdict in dots["verdict"]]))
    by_verdict = [sign_colour(*row) for row in zip(dots["verdict"], dots["against"], strict=True)]
    colours = list(np.where(reference, palette.REFERENCE, by_verdict))
    missing = dots["withheld"] != ""
    shared = {"xaxis": axes[0], "yaxis": axes[1]}
    values = go.Scatter(
        x=scale.drawn(dots["value"]),
        y=labels,
        mode="markers",
        marker={"size": 12, "symbol": signs, "color": colours, "line": {"width": 2, "color": colours}},
        error_x=interval_arms(dots, scale),
        hovertemplate="%{y}: %{text}<extra></extra>",
        text=[f"{text}<br>{verdict}" for text, verdict in zip(written(dots, scale), dots["verdict"], strict=True)],
        **shared,
    )
    reasons = go.Scatter(
        x=[scale.text_position(dots)] * int(missing.sum()),
        y=[label for label, hidden in zip(labels, missing, strict=True) if hidden],
        mode="text",
        text=[_reason(*row) for row in dots.loc[missing, ["label", "withheld"]].itertuples(index=False)],
        textposition="middle right",
        textfont={"size": 12, "color": palette.MUTED},
        hoverinfo="skip",
        cliponaxis=False,
        **shared,
    )
    return [_bounds_trace(dots, labels, scale, shared), values, reasons]


def _reason(label: str, withheld: str) -> str:
    """Say why a row has no value, in one line that fits into a panel; table and words beside it have it whole."""
    return shorten(f"not shown: {withheld.removeprefix(f'{label}: ')}", REASON_LETTERS, placeholder=" …")


def _bounds_trace(dots: pd.DataFrame, labels: list[str], scale: Scale, shared: dict[str, str]) -> go.Scatter:
    """Draw rows of which only bounds are known as a broad band without a dot."""
    only_bounds = (dots["value"].isna() & dots["lower"].notna() & dots["upper"].notna()).to_numpy()
    ends = np.column_stack([scale.drawn(dots["lower"]), scale.drawn(dots["upper"]), np.full(len(dots), np.nan)])
    return go.Scatter(
        x=ends[only_bounds].ravel(),
        y=[text for text, bound in zip(labels, only_bounds, strict=True) if bound for _ in range(3)],
        mode="lines",
        line={"width": 14, "color": palette.BOUNDS},
        hovertemplate="%{y}: bounds %{x}<extra></extra>",
        **shared,
    )


def label_axis(labels: list[str]) -> dict[str, object]:
    """Set the axis that holds the labels, first on top."""
    look = {**AXIS, "tickfont": {"size": 12}}
    return {**look, "categoryorder": "array", "categoryarray": labels[::-1], "range": [-0.6, len(labels) - 0.4]}


def interval_arms(table: pd.DataFrame, scale: Scale) -> dict[str, object]:
    """Arms from each value to its limits."""
    value, lower, upper = (scale.drawn(table[c]) for c in ("value", "lower", "upper"))
    arms = {"array": upper - value, "arrayminus": value - lower}
    return {"type": "data", "symmetric": False, **arms, "color": palette.MUTED, "thickness": 1.5, "width": 4}


def written(table: pd.DataFrame, scale: Scale) -> list[str]:
    """Write each row's value and interval in words, for hovering."""
    return [scale.written(*row) for row in table[["value", "lower", "upper"]].itertuples(index=False)]


def parity_marks(value_axis: str, other_axis: str, scale: Scale, *, drawn: bool) -> list[dict[str, object]]:
    """Draw parity as a line and, on the scale of ratios, the named range around it.

    Always two shapes, hidden where they have no place: a live picture keeps a shape that it is not told to hide.
    """
    along, across = value_axis[0], "y" if value_axis[0] == "x" else "x"
    base = {f"{along}ref": value_axis, f"{across}ref": other_axis, f"{across}0": 0, f"{across}1": 1}
    seen = drawn and scale.parity is not None
    ends = dict.fromkeys((f"{along}0", f"{along}1"), 1.0 if scale.parity is None else scale.parity)
    line = {**base, **ends, "type": "line", "layer": "above", "line": {"color": palette.INK, "width": 1}}
    limits = {f"{along}0": FOUR_FIFTHS.lower, f"{along}1": FOUR_FIFTHS.upper}
    look = {"type": "rect", "layer": "below", "fillcolor": palette.RANGE, "line": {"width": 0}}
    return [{**base, **limits, **look, "visible": seen and scale.is_ratio}, {**line, "visible": seen}]


def panel_headings(titles: list[str], lefts: list[float], across: int = PANELS) -> list[dict[str, object]]:
    """Titles above the panels, in lines that end before the next panel or the picture does."""
    look = {"showarrow": False, "xref": "paper", "yref": "paper", "y": 1.0, "yanchor": "bottom", "yshift": 12}
    widths = [across * (end - left) for left, end in pairwise([*lefts, 1.0])]
    return [
        {
            **look,
            "x": left,
            "xanchor": "left",
            "align": "left",
            "text": f"<b>{lines(title, width / HEADING_LETTER)}</b>",
        }
        for title, left, width in zip(titles, lefts, widths, strict=True)
    ]


def axis_title(text: str, panel: tuple[float, float] = (0.0, 1.0)) -> dict[str, object]:
    """Name an axis under a panel, given where it begins and ends, in lines that stay inside the picture."""
    room = PANELS * (panel[1] - panel[0]) + 2 * MARGIN
    return {"text": lines(text, room / TITLE_LETTER), "font": {"size": 14}}


def lines(text: str, letters: float) -> str:
    """Break a text into as few lines of so many letters as it needs, all about as long."""
    broken = [wrap(text, width, break_long_words=False) for width in range(1, int(letters) + 1)]
    return "<br>".join(next(some for some in broken if len(some) <= len(broken[-1])))


def say_synthetic(figure: go.Figure, sources: pd.Series) -> go.Figure:
    """Write "Synthetic data" into a picture that draws any invented number."""
    if sources.str.startswith("Synthetic").any():
        look = {"showarrow": False, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
        figure.add_annotation(text="<i>Synthetic data</i>", x=1, y=1, yshift=56, font={"color": palette.MUTED}, **look)
    return figure


def quiet_layout(height: int) -> dict[str, object]:
    """Set what all figures share: calm, white, without a legend."""
    return {
        "height": height,
        "width": WIDTH,
        "font": palette.FONT,
        "paper_bgcolor": palette.PAPER,
        "plot_bgcolor": palette.PAPER,
        "showlegend": False,
        "margin": {"l": MARGIN, "r": MARGIN, "t": 80, "b": 70},
        "template": TEMPLATE,
    }
