"""Points of one control chart in; a small drawing of it for a row of a table, with its words, out."""

from html import escape

import numpy as np
import pandas as pd

from equity_metrics.views.baseline_trend.figure import CONCERN
from equity_metrics.views.drawing import palette

WIDTH, HEIGHT, EDGE = 160, 36, 5
GLYPHS = {"improvement": "★", "concern": "■", "high": "▲", "low": "▼", "common cause": "○", "": "–"}
"""The sign of each kind of variation, in the table and in the drawing."""
COLOURS = {"improvement": palette.GROUP, "concern": CONCERN}


def sparkline(points: pd.DataFrame, words: str) -> str:
    """Draw a series with its limits and its flagged points.

    Parameters
    ----------
    points
        ``value, centre, process_lower, process_upper, variation``, in order of time.
    words
        What the drawing says, for those who do not see it.

    Returns
    -------
    str
        An SVG element, 160 by 36 pixels; empty where there are no points.
    """
    if points.empty:
        return ""
    lines = points[["value", "centre", "process_lower", "process_upper"]].to_numpy(float)
    low, high = np.nanmin(lines), np.nanmax(lines)
    x = np.linspace(EDGE, WIDTH - EDGE, len(points))
    y = HEIGHT - EDGE - (lines - low) / max(high - low, 1e-12) * (HEIGHT - 2 * EDGE)
    marks = [
        f'<text x="{a:.0f}" y="{b + 2:.0f}" fill="{COLOURS.get(sign, palette.INK)}">{GLYPHS[sign]}</text>'
        for a, b, sign in zip(x, y[:, 0], points["variation"], strict=True)
        if sign != "common cause"
    ]
    drawn = [
        _line(x, y[:, 1], palette.MUTED, ""),
        _line(x, y[:, 2], palette.MUTED, "3 3"),
        _line(x, y[:, 3], palette.MUTED, "3 3"),
        _line(x, y[:, 0], palette.INK, ""),
    ]
    name = f'role="img" aria-label="{escape(words, quote=True)}" font-size="6" text-anchor="middle"'
    # Pages make pictures shrink with their column; this one keeps its size.
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" style="min-width:{WIDTH}px"'
    return f"<svg {size} {name}>{''.join([*drawn, *marks])}</svg>"


def _line(x: np.ndarray, y: np.ndarray, colour: str, dashes: str) -> str:
    if np.ptp(y) == 0:
        x, y = x[[0, -1]], y[[0, -1]]
    path = " ".join(f"{a:.0f},{b:.1f}" for a, b in zip(x, y, strict=True))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}"{dashed}/>'
