"""What is charted in; how its values are drawn, written and laid on an axis out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.catalogue.indicators import Indicator
from equity_metrics.change.trends.baseline_paths import gap_model
from equity_metrics.views.drawing.scales import ROOM_IN_A_PANEL, ratio_axis
from equity_metrics.views.words.wording import percent, times

RATE = "rate"
RATIO = "relative likelihood"
GAP_PATH = "path of the gap"
DAYS = "days between events"
CHARTED = (RATE, RATIO, GAP_PATH, DAYS)
RARE = 0.02
"""Rates below are written with two decimals."""


@dataclass(frozen=True)
class TrendScale:
    """How one kind of value is drawn (times ``factor``), written and named; ``pair`` names what a ratio divides."""

    title: str
    factor: float
    pair: str
    write: Callable[[float], str]

    @property
    def logs(self) -> bool:
        """Whether values are ratios, drawn on a log axis."""
        return self.pair != ""

    def drawn(self, values: object) -> NDArray[np.float64]:
        """Values as they stand on the axis."""
        return np.asarray(values, float) * self.factor

    def axis(self, numbers: NDArray[np.float64]) -> dict[str, object]:
        """Set the axis that holds these numbers; rates and days begin at 0."""
        finite = numbers[np.isfinite(numbers) & (numbers > 0)]
        if self.logs:
            spread = max([np.log(2.0), *np.abs(np.log(finite))]) * 1.05
            return ratio_axis(float(np.exp(-spread)), float(np.exp(spread)), ROOM_IN_A_PANEL)
        ends = [0, float(finite.max()) * 1.12 if len(finite) else 1.0]
        return {"type": "linear", "range": ends, "ticksuffix": " %" if self.factor > 1 else ""}


def trend_scale(charted: str, indicator: Indicator, group: str, reference: str, length: str, rate: float) -> TrendScale:
    """Choose the scale of what is charted.

    Parameters
    ----------
    charted
        One of ``CHARTED``.
    indicator, group, reference
        For the words.
    length
        Of the periods.
    rate
        The group's overall rate, 0 to 1.

    Returns
    -------
    TrendScale
    """
    by = f"by {length}" if length == "month" else f"by {length}, pooled so that no small number shows"
    if charted == RATE:
        digits = 2 if rate < RARE else 1
        title = f"% of {group} {indicator.people} who {indicator.phrase}, {by}"
        return TrendScale(title, 100.0, "", lambda value: percent(value, digits))
    if charted == DAYS:
        return TrendScale(f"days between events, {group}; higher is rarer", 1.0, "", days)
    name = gap_model(indicator.id).name if charted == GAP_PATH else RATIO
    pair = f"{reference} / {group}" if indicator.shown_as == "reference / group" else f"{group} / {reference}"
    return TrendScale(f"{name}, {pair} (log scale), {by}", 1.0, pair, times)


def days(value: float) -> str:
    """Write a number of days: ``41 days``."""
    return "not shown" if pd.isna(value) else f"{value:,.0f} days"
