"""The axes on which values are drawn: ratios on a log scale, gaps in percentage points, rates in per cent, scores."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_metrics.views.words.wording import interval, percent, points, signed, times

RATIO_TICKS = (1, 0.5, 2, 0.1, 10, 0.2, 5, 0.02, 50, 0.8, 1.25, 0.33, 3, 0.05, 20)
"""Marks of an axis of ratios, those to be kept first where not all have room."""
RATIO_EDGES = (0.1, 10.0)
ROOM, ROOM_IN_A_PANEL = 0.04, 0.085
"""Least share of the axis between two marks, so that their numbers do not touch: on a whole picture, on part of one."""


WRITE = {"ratio": times, "gap": points, "rate": percent, "score": "{:.2f}".format}


@dataclass(frozen=True)
class Scale:
    """One kind of value: ``ratio``, ``gap``, ``rate``, ``score`` or ``score gap``; how it is drawn and written."""

    kind: str
    title: str
    short_title: str

    @property
    def is_ratio(self) -> bool:
        """Whether values are ratios, drawn on a log axis so that double and half look equal."""
        return self.kind == "ratio"

    @property
    def parity(self) -> float | None:
        """Value at which the two groups are equal; none where no comparison is drawn."""
        return {"ratio": 1.0, "gap": 0.0, "score gap": 0.0}.get(self.kind)

    def drawn(self, values: pd.Series) -> np.ndarray:
        """Values as they stand on the axis: proportions × 100; ratios cut at its edges (the table has them whole)."""
        numbers = values.to_numpy(float)
        if self.is_ratio:
            return np.clip(numbers, *RATIO_EDGES)
        return np.round(numbers * 100, 6) if self.kind in ("gap", "rate") else numbers

    def write(self, value: float) -> str:
        """Write one value in the scale's words."""
        if pd.isna(value):
            return "not shown"
        if self.kind == "score gap":
            return signed(value, 2)
        return WRITE[self.kind](value)

    def written(self, value: float, lower: float, upper: float) -> str:
        """Write a value and its interval."""
        limits = interval(lower, upper, self.write)
        return self.write(value) if limits == "none" else f"{self.write(value)} ({limits})"

    def text_position(self, table: pd.DataFrame) -> float:
        """Where the words for a missing value begin: at the axis' left end."""
        return self._ends(table)[0]

    def axis(self, table: pd.DataFrame, *, narrow: bool = False) -> dict[str, object]:
        """Set the plotly axis that fits the values and their intervals; in a narrow panel with ticks that fit too."""
        low, high = self._ends(table)
        if self.is_ratio:
            return ratio_axis(low, high, ROOM_IN_A_PANEL if narrow else ROOM)
        return {"type": "linear", "range": [low, high], "ticksuffix": " %" if self.kind == "rate" else ""}

    def _ends(self, table: pd.DataFrame) -> tuple[float, float]:
        columns = [c for c in ("value", "lower", "upper", "reference_value") if c in table.columns]
        numbers = np.concatenate([self.drawn(table[c]) for c in columns]) if len(table) else np.array([])
        numbers = numbers[np.isfinite(numbers)]
        if self.is_ratio:
            spread = max([np.log(2.0), *np.abs(np.log(numbers))])
            return float(np.exp(-spread * 1.1)), float(np.exp(spread * 1.1))
        if self.kind in ("gap", "score gap"):
            reach = max([1.0 if self.kind == "gap" else 0.1, *np.abs(numbers)]) * 1.15
            return -reach, reach
        if self.kind == "score":
            low, high = (numbers.min(), numbers.max()) if len(numbers) else (0.0, 10.0)
            return max(low - 0.3, 0.0), min(high + 0.3, 10.0)
        return 0.0, min(max([5.0, *numbers]) * 1.1, 101.0)


def ratio_axis(
    low: float, high: float, room: float = ROOM, ticks: tuple[float, ...] = RATIO_TICKS, write: str = "{:g}"
) -> dict[str, object]:
    """Set a log axis of ratios whose marks have room.

    Parameters
    ----------
    low, high
        Ratios at its ends.
    room
        Least share of the axis between two marks.
    ticks, write
        Marks to choose from, those to be kept first first; the format of a mark.

    Returns
    -------
    dict
        ``type``, ``range`` in powers of ten, ``tickvals`` rising and ``ticktext``.
    """
    ends = [float(np.log10(low)), float(np.log10(high))]
    least = room * (ends[1] - ends[0])
    marks: list[float] = []
    for tick in ticks:
        if low <= tick <= high and all(abs(np.log10(tick / other)) >= least for other in marks):
            marks.append(tick)
    marks.sort()
    return {
        "type": "log",
        "range": ends,
        "tickangle": 0,
        "tickvals": marks,
        "ticktext": [write.format(mark) for mark in marks],
    }
