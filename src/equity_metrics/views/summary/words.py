"""One cell of the summary in; its lines of words, and all of it in one breath for a screen reader, out."""

from typing import Any

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.missing_values import NOT_COLLECTED, SUPPRESSED
from equity_metrics.change.charts.special_causes import COMMON_CAUSE
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.measures.fairness.decisions import REFERENCE, Verdict
from equity_metrics.views.drawing.verdict_signs import CHARACTERS
from equity_metrics.views.words.missing_values import missing_value, value_words
from equity_metrics.views.words.wording import interval, points, times

VERDICT = {
    Verdict.BEYOND: "disparity",
    Verdict.INSIDE: "small difference",
    Verdict.UNCERTAIN: "difference",
    Verdict.PARITY: "parity",
    Verdict.NOT_ENOUGH: "cannot tell",
}
"""A verdict in a cell; the key beside the table has it whole."""
VARIATION = {
    COMMON_CAUSE: "~ common cause",
    "improvement": "★ improving",
    "concern": "▲ concerning",
    "": "",
}
"""Variation as boards know it from "Making Data Count": improving is coming closer to parity."""
ASSURANCE = {"consistent fail": "F falls short", "inconsistent": "? hit or miss", "consistent pass": "P passes", "": ""}
"""Assurance, the target being parity."""
KEY = (
    *(f"{CHARACTERS[verdict]} {short}: {verdict}" for verdict, short in VERDICT.items() if short != str(verdict)),
    "a disparity or difference is to the group's disadvantage, unless another is named",
    f"{CHARACTERS[Verdict.PARITY]} parity: evidence that the two differ by no more than the range, judged by the 90 % "
    "interval, which is narrower than the 95 % interval in brackets",
    "~ common cause: the latest year differs from the others no more than they do among themselves",
    "★ improving, ▲ concerning: a special cause, towards parity or away from it",
    "F falls short: left as it is, the gap will not reach parity",
    "? hit or miss: left as it is, it will meet parity in some years only",
)


def value_line(cell: Any) -> str:
    """Write value and interval: ``+8.1 (+4.6 to +11.8)``; for a board also how many members; or why there is none."""
    write = times if cell.measure == RELATIVE_LIKELIHOOD else points
    value = value_words(cell.value, cell.withheld, write)
    limits = interval(cell.lower, cell.upper, write)
    beside = cell.persons if limits == "none" else limits
    return f"{value} ({beside})" if beside and not cell.withheld else value


def verdict_line(cell: Any) -> str:
    """Write the verdict's sign and short words; full counts have none."""
    if cell.withheld:
        return "small number" if missing_value(cell.withheld) is SUPPRESSED else "not in the data"
    if not cell.verdict:
        return "full count"
    whom = f", against {cell.reference}" if cell.against == REFERENCE else ""
    return f"{CHARACTERS[cell.verdict]} {VERDICT[cell.verdict]}{whom}"


def change_line(cell: Any) -> str:
    """Write variation and assurance, or that the years are too few for them."""
    if cell.withheld:
        return ""
    told = " · ".join(filter(None, [VARIATION[cell.variation], ASSURANCE[cell.assurance]]))
    return told or "too few years"


def spoken(cell: Any) -> str:
    """Say a cell by itself: which indicator and group, and what it shows."""
    band = f", {cell.band}" if cell.band else ""
    lines = ", ".join(filter(None, [value_line(cell), verdict_line(cell), change_line(cell), cell.withheld]))
    return f"{INDICATORS[cell.indicator].name}{band}, {cell.group}: {lines}. Show the chart"


def told(cell: Any) -> str:
    """Write a cell on one line, for a table without lines in its cells."""
    return NOT_COLLECTED.sign if cell is None else " · ".join(lines_of(cell))


def lines_of(cell: Any) -> list[str]:
    """Write the lines of a cell, from the top."""
    return list(filter(None, [value_line(cell), verdict_line(cell), change_line(cell)]))
