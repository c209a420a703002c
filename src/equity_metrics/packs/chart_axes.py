"""A chart that a picture draws in; the value axis on which a spreadsheet or a slide draws the same, out."""

import math
from dataclasses import dataclass

import numpy as np

from equity_metrics.packs.drawn_charts import BARS, DrawnChart

PARITY = 1.0
"""Where bars of ratios begin."""
BASE = 2
"""Of a log axis: its ticks are 0.25, 0.5, 1, 2, 4."""
TICKS = 6
"""Of another axis, about."""
ROUND = (1, 2, 2.5, 5, 10)
"""A step between ticks is one of these, or a tenth of it, or ten times it, and so on."""
SIZES, FEW = ((10, 12), (25, 10), (10_000, 7)), 4
"""Up to how many labels they are written how large, in points; and up to how many bars are kept slim."""
SLIM, BROAD = 250, 60
"""The gap between bars, in per cent of a bar."""


@dataclass(frozen=True)
class ValueAxis:
    """Where an axis begins and ends, and the step between its ticks (of a log axis: the factor)."""

    lowest: float
    highest: float
    step: float


def value_axis(chart: DrawnChart) -> ValueAxis:
    """Find the axis that shows what the picture shows, with ends and ticks that people can read.

    Parameters
    ----------
    chart
        One panel of a picture.

    Returns
    -------
    ValueAxis
        As wide as the picture's own axis, if it has one, to the nearest tick that leaves nothing out; otherwise every
        number and limit lies on it. Where bars begin, and a nought that the picture shows, lie on it.
    """
    least, most = _ends(chart)
    lowest, highest = chart.window or (least, most)
    if chart.log:
        low, high = math.floor(math.log2(lowest)), math.ceil(math.log2(highest))
        return ValueAxis(float(BASE**low), float(BASE ** max(high, low + 1)), float(BASE))
    if lowest <= 0 <= highest:
        least, most = min(least, 0.0), max(most, 0.0)
    step = _step((highest - lowest) / TICKS)
    below, above = math.floor(lowest / step), math.ceil(highest / step)
    return ValueAxis(
        step * (below + 1 if (below + 1) * step <= least else below),
        step * (above - 1 if (above - 1) * step >= most else above),
        step,
    )


def axis_title(chart: DrawnChart) -> str:
    """Title the value axis; where the picture shades a range that the chart leaves out, say so."""
    if chart.shaded is None:
        return chart.value_title
    low, high = chart.shaded
    return "\n".join(filter(None, [chart.value_title, f"not drawn here: the shaded range {low:g} to {high:g}"]))


def bar_gap(chart: DrawnChart) -> int:
    """Say how far bars stand apart, in per cent of a bar: two bars would otherwise fill a slide."""
    return SLIM if len(chart.series[0].numbers) <= FEW else BROAD


def label_size(chart: DrawnChart) -> int:
    """Say how large the labels are written, in points, so that each has room."""
    many = len(chart.series[0].numbers) if chart.kind == BARS else 0
    return next(size for most, size in SIZES if many <= most)


def _ends(chart: DrawnChart) -> tuple[float, float]:
    numbers = np.concatenate([one.numbers[["value", "lower", "upper"]].to_numpy(float).ravel() for one in chart.series])
    known = numbers[np.isfinite(numbers) & ((numbers > 0) | (not chart.log))]
    begin = [PARITY] if chart.log else [0.0] if chart.kind == BARS else []
    low, high = float(min([*known, *begin])), float(max([*known, *begin]))
    return (low, high) if low < high else (low - 0.5 * abs(low), low + max(0.5 * abs(low), 1.0))


def _step(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * number for number in ROUND if power * number >= wanted * (1 - 1e-9))
