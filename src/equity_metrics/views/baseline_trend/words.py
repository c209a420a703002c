"""Verdicts of a control chart and of a path in; the words of "Making Data Count" for them out."""

from collections.abc import Callable

import pandas as pd

from equity_metrics.change.charts.special_causes import SHIFT_LENGTH, TREND_LENGTH
from equity_metrics.change.trends.baseline_paths import Slope
from equity_metrics.views.words.wording import interval, percent, times

NATURE = {
    "improvement": "special cause variation of improving nature",
    "concern": "special cause variation of concerning nature",
    "high": "special cause variation, higher",
    "low": "special cause variation, lower",
    "common cause": "common cause variation",
}
SHORT = {**NATURE, "improvement": "special cause, improving", "concern": "special cause, concerning",
         "high": "special cause, high", "low": "special cause, low", "common cause": "common cause"}  # fmt: skip
_RULES = {
    "outside limits": "outside the process limits",
    "trend": f"a run of {TREND_LENGTH} or more that goes one way",
    "two of three": "two of three near a process limit",
    "shift": f"a run of {SHIFT_LENGTH} or more on one side of the centre line",
}
ASSURANCE = {
    "consistent pass": "left as it is, the process will consistently meet the target",
    "consistent fail": "left as it is, the process will consistently fall short of the target",
    "inconsistent": "left as it is, the process will meet the target in some periods and fall short in others",
}


def variation_words(variation: str, rule: str, earlier: int) -> str:
    """Say what the latest point shows, by which rule, and how many earlier points are flagged."""
    why = f" ({_RULES[rule]})" if rule in _RULES else ": by itself it is no sign of a change"
    points = "point is" if earlier == 1 else "points are"
    before = f" {earlier} earlier {points} flagged." if earlier else ""
    return f"The latest point shows {NATURE[variation]}{why}.{before}"


def direction_words(better: str, *, by_parity: bool) -> str:
    """Say which way is better, and why."""
    if better == "equal":
        return "Neither direction by itself is better."
    return f"Closer to 1 is better, so here {better} is." if by_parity else f"{better.capitalize()} is better."


def assurance_words(assurance: str, lower: float, upper: float, target: float) -> str:
    """Say what the process will do about a target; where no direction is better, on which side it stays."""
    if assurance:
        told = ASSURANCE[assurance]
    elif lower <= target <= upper:
        told = "the target lies within the process limits, so chance alone puts points on both sides of it"
    else:
        told = f"the process stays {'above' if target < lower else 'below'} the target"
    return f"{told}."


def false_flag_words(chance: float, page: float, charts: int, *, held: bool) -> str:
    """Say how often stable data would raise a flag, on this chart and on a page of such charts."""
    how = ", held by wider limits" if held else ""
    alike = f", {chance_words(page)} for a page of {charts}" if charts > 1 else ""
    return f"Chance of a false flag if nothing ever changed{how}: {chance_words(chance)} for this chart{alike}."


def chance_words(chance: float) -> str:
    """Write a simulated chance in whole per cent; near its ends as less or more than."""
    if chance < 0.01:
        return "below 1 %"
    return "above 99 %" if chance > 0.99 else percent(chance, 0)


def path_words(path: pd.DataFrame, write: Callable[[float], str]) -> str:
    """Say where the series was heading at the end of the coming year, and between what one period would lie."""
    if path.empty:
        return "There is too little to say where it is heading."
    last = path.iloc[-1]
    limits = interval(last["lower"], last["upper"], write)
    return (
        f"If it goes on as before, expect {write(last['expected'])} in {last['period']} "
        f"(95 % prediction interval {limits})."
    )


def slope_words(slope: Slope | None, name: str) -> str:
    """Say whether the gap was moving, or that this cannot be told."""
    if slope is None:
        return ""
    limits = f"× {times(slope.value)} a year, 95 % interval {interval(slope.lower, slope.upper)}"
    if slope.lower <= 1 <= slope.upper:
        return f"Whether the {name} was moving cannot be told ({limits})."
    return f"The {name} was {'rising' if slope.value > 1 else 'falling'} ({limits})."
