"""A picture in; the charts that a spreadsheet or a slide can draw of it, with their numbers, out."""

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.packs.chart_periods import period_names

BARS, LINES, POINTS = "bars", "lines", "points"
"""Labels down the side, periods along the bottom, or a number on each axis."""
HEADING = re.compile(r"<b>(.+)</b>")
TAG = re.compile(r"<[^>]+>")
DIGITS = 6
"""Significant; the digits after these are not the same on every processor."""


@dataclass(frozen=True)
class DrawnSeries:
    """One set of marks: ``numbers`` has ``label, value, lower, upper``; of ``points`` the label is a number.

    ``joined`` by a line, ``marked`` by a sign each, or both.
    """

    name: str
    numbers: pd.DataFrame
    joined: bool
    marked: bool

    @property
    def is_band(self) -> bool:
        """Whether it has limits and no values."""
        return bool(self.numbers["value"].isna().all())


@dataclass(frozen=True)
class DrawnChart:
    """One panel of a picture: what kind of chart it is, its heading, what its values are, and its marks.

    ``window`` is from where to where the picture draws values; ``shaded`` the range that it shades, if it does.
    """

    kind: str
    title: str
    value_title: str
    label_title: str
    log: bool
    series: tuple[DrawnSeries, ...]
    window: tuple[float, float] | None = None
    shaded: tuple[float, float] | None = None


def drawn_charts(figure: go.Figure) -> tuple[DrawnChart, ...]:
    """Read the panels of a picture: the numbers that are drawn, and no others.

    Parameters
    ----------
    figure
        Of scatter traces, as every view draws them. What is not visible is left out, and so are words.

    Returns
    -------
    tuple of DrawnChart
        One a panel, in reading order. Values are in the units of the axis, rounded to six significant digits. All
        series of bars and lines have the same labels, in one order; what a series does not draw is missing there. A
        mark between two values has ``lower`` and ``upper`` and no ``value``. A panel that draws nothing is left out.
    """
    panels: dict[tuple[str, str], list[Any]] = {}
    for trace in figure.data:
        panels.setdefault((trace.xaxis or "x", trace.yaxis or "y"), []).append(trace)
    headings = [h[1] for a in figure.layout.annotations if (h := HEADING.fullmatch(a.text or ""))]
    titles = headings if len(headings) == len(panels) else [""] * len(panels)
    charts = [_chart(figure, axes, traces, t) for (axes, traces), t in zip(panels.items(), titles, strict=True)]
    return tuple(chart for chart in charts if chart.series)


def drawn_numbers(charts: tuple[DrawnChart, ...]) -> pd.DataFrame:
    """Lay out the numbers of all panels as one tidy table.

    Parameters
    ----------
    charts
        As :func:`drawn_charts` reads them.

    Returns
    -------
    DataFrame
        ``panel, measure, series, label, value, lower, upper, down, up``; one row a mark, each series in one block.
        ``down`` and ``up`` say how far the limits lie from the value, which is what charts draw arms from.
    """
    blocks = [
        one.numbers.assign(panel=chart.title, measure=chart.value_title, series=one.name, **_arms(one.numbers))
        for chart in charts
        for one in chart.series
    ]
    columns = ["panel", "measure", "series", "label", "value", "lower", "upper", "down", "up"]
    return pd.concat(blocks, ignore_index=True)[columns] if blocks else pd.DataFrame(columns=columns)


def _arms(numbers: pd.DataFrame) -> dict[str, list[float]]:
    arms = {"down": numbers["value"] - numbers["lower"], "up": numbers["upper"] - numbers["value"]}
    return {name: [_rounded(length) for length in lengths] for name, lengths in arms.items()}


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


def _chart(figure: go.Figure, axes: tuple[str, str], traces: list[Any], title: str) -> DrawnChart:
    across, up = (figure.layout[f"{name[0]}axis{name[1:]}"] for name in axes)
    shown = [t for t in traces if t.visible in (None, True) and t.mode != "text" and t.x is not None and len(t.x)]
    kind = _kind(shown, across)
    sideways = kind == BARS or any(trace.error_x.array is not None for trace in shown)
    values, labels = (across, up) if sideways else (up, across)
    value_title, label_title = _plain(values.title.text), _plain(labels.title.text)
    named = _names(shown, value_title or _plain(title) or "value")
    series = [
        DrawnSeries(name, _numbers(trace, kind, across, sideways), "lines" in trace.mode, "markers" in trace.mode)
        for name, trace in zip(named, shown, strict=True)
    ]
    drawn = [one for one in series if one.numbers[["value", "lower", "upper"]].notna().any(axis=None)]
    if kind != POINTS:
        drawn = list(_with_one_order(drawn, labels if kind == BARS else None))
    name = axes[0] if sideways else axes[1]
    window, shaded = _window(values), _shaded(figure, name)
    return DrawnChart(kind, _plain(title), value_title, label_title, values.type == "log", tuple(drawn), window, shaded)


def _window(values: Any) -> tuple[float, float] | None:
    """Read from where to where an axis goes, in its own units."""
    if values.range is None:
        return None
    low, high = sorted(float(end) for end in values.range)
    return (10**low, 10**high) if values.type == "log" else (low, high)


def _shaded(figure: go.Figure, name: str) -> tuple[float, float] | None:
    """Find the range of values that is shaded across a panel."""
    for shape in figure.layout.shapes:
        ends = (shape.x0, shape.x1) if shape.xref == name else (shape.y0, shape.y1)
        if shape.type == "rect" and shape.visible is not False and name in (shape.xref, shape.yref):
            return float(ends[0]), float(ends[1])
    return None


def _kind(traces: list[Any], across: Any) -> str:
    if any(_are_words(t.y) for t in traces):
        return BARS
    return LINES if period_names(across) or any(_are_words(t.x) for t in traces) else POINTS


def _are_words(values: Any) -> bool:
    return not isinstance(values, dict) and any(isinstance(value, str) for value in values)


def _names(traces: list[Any], otherwise: str) -> Iterator[str]:
    """Name each trace once: two of one name are told apart by a number; an empty name goes on with the one before."""
    seen: dict[str, int] = {}
    name = otherwise
    for trace in traces:
        name = name if trace.name == "" else _plain(trace.name) or otherwise
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _numbers(trace: Any, kind: str, across: Any, sideways: bool) -> pd.DataFrame:
    values, labels, arms = (trace.x, trace.y, trace.error_x) if sideways else (trace.y, trace.x, trace.error_y)
    value = _array(values).astype(float)
    up, down = (np.full(len(value), np.nan) if a is None else _array(a) for a in (arms.array, arms.arrayminus))
    table = pd.DataFrame({"label": _labels(labels, kind, across), "value": value})
    table = table.assign(lower=value - down, upper=value + up).dropna(subset="label")
    if (kind != POINTS or trace.fill == "toself") and table.dropna(subset="value")["label"].duplicated().any():
        # A band: each label stands in it twice.
        ends = table.dropna(subset="value").groupby("label", sort=False)["value"].agg(["min", "max"]).reset_index()
        table = ends.rename(columns={"min": "lower", "max": "upper"}).assign(value=np.nan)
    rounded = {c: [_rounded(x) for x in table[c]] for c in ("value", "lower", "upper")}
    return table[["label"]].assign(**rounded)


def _array(values: Any) -> np.ndarray:
    """Unpack what plotly may have packed."""
    return (
        np.frombuffer(b64decode(values["bdata"]), values["dtype"]) if isinstance(values, dict) else np.asarray(values)
    )


def _labels(labels: Any, kind: str, across: Any) -> list[Any]:
    if kind == BARS or _are_words(labels):
        return [_plain(str(label)) for label in _array(labels)]
    named = period_names(across) if kind == LINES else None
    if named is None:
        return [_rounded(float(label)) for label in _array(labels)]
    return [None if np.isnan(place) else named(place) for place in _array(labels).astype(float)]


def _with_one_order(series: list[DrawnSeries], down: Any | None) -> Iterator[DrawnSeries]:
    labels = list(dict.fromkeys(label for one in series for label in one.numbers["label"]))
    if down is None:
        labels = sorted(labels)
    elif down.categoryarray is not None:
        # A view lists its labels from the bottom of the picture to its top.
        order = [_plain(str(label)) for label in down.categoryarray][::-1]
        labels = [label for label in order if label in labels] + [label for label in labels if label not in order]
    for one in series:
        rows = one.numbers.groupby("label").first().reindex(labels)
        yield replace(one, numbers=rows.rename_axis("label").reset_index())


def _plain(text: str | None) -> str:
    return TAG.sub(" ", text or "").strip()
