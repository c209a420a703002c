"""One organisation and its peers in; sentence, small table and notes about where it stands out."""

import numpy as np
import pandas as pd

from equity_metrics.measures.fairness.funnels import INNER, OUTER
from equity_metrics.measures.fairness.peer_funnels import POSITIONS
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.missing_values import value_words
from equity_metrics.views.words.sentences import counts_words
from equity_metrics.views.words.wording import interval, one_in, short_group

ABOVE_OUTER, ABOVE_INNER, BELOW_OUTER, BELOW_INNER, WITHIN = POSITIONS
POSITION_WORDS = {
    ABOVE_OUTER: "above the 99.8 % limits",
    ABOVE_INNER: "above the 95 % limits, within those of 99.8 %",
    BELOW_OUTER: "below the 99.8 % limits",
    BELOW_INNER: "below the 95 % limits, within those of 99.8 %",
    WITHIN: "within the limits",
    "": "without limits, because there are no peers to set them",
}


MEANING = {
    False: ", so chance alone could have placed it there",
    True: ", so it differs no more from its peers than they do among themselves",
}
"""What it means to lie within limits by chance alone, and within widened ones."""


def benchmark_sentence(
    own: pd.Series, among: pd.DataFrame, name: str, scale: Scale, place: str, period: str, *, widened: bool
) -> str:
    """Say where the organisation lies in the funnel, its rank with interval, and how many lie outside by chance."""
    if own["withheld"]:
        return (
            f"in {period} the figure of {place} is not shown, so it has no place and no rank: {own['withheld']}. "
            f"{outside_words(among)}"
        )
    if not np.isfinite(own["value"]):
        return f"in {period} {place} has no ratio, because there is no event to divide by. {outside_words(among)}"
    meaning = MEANING[widened] if own["position"] == WITHIN else ""
    value = scale.write(own["value"])
    if scale.kind == "rate":
        told = f"{value} ({one_in(own['value'])})"
    else:
        told = f"a relative likelihood, {short_group(own['group'])} / {short_group(own['reference'])}, of {value}"
    return (
        f"in {period} {place} has {told}. For all {among['value'].notna().sum()} together "
        f"({name}) it is {scale.write(among['target'].max())}. It lies {POSITION_WORDS[own['position']]}{meaning}. "
        f"{rank_words(own)} {outside_words(among)}"
    )


def rank_words(own: pd.Series) -> str:
    """Say a rank only with the ranks that the data allow."""
    if pd.isna(own["rank"]):
        return "It has no rank."
    return (
        f"Its rank may lie anywhere between {_ordinal(own['rank_lower'])} and {_ordinal(own['rank_upper'])} of "
        f"{own['ranked']}, from the lowest. That is 95 % sure of all ranks together."
    )


def outside_words(among: pd.DataFrame) -> str:
    """Say how many places lie outside the 95 % limits, and how many would by chance."""
    placed = among["lower_95"].notna().sum()
    if not placed:
        return ""
    lie = "lies" if _outside(among) == 1 else "lie"
    return (
        f"Of {placed} organisations {_outside(among)} {lie} outside the 95 % limits. About {placed * (1 - INNER):.1f} "
        "would by chance alone."
    )


def benchmark_table(own: pd.Series, among: pd.DataFrame, scale: Scale, name: str) -> pd.DataFrame:
    """Write the numbers of the chosen organisation, of its peers together, and of how many lie outside."""
    placed = among["lower_95"].notna().sum()
    far = among["position"].isin([ABOVE_OUTER, BELOW_OUTER]).sum()
    counted = counts_words(own["numerator"], own["denominator"], own["withheld"])
    if "reference" in own.index:
        theirs = counts_words(own["reference_numerator"], own["reference_denominator"], own["withheld"])
        counted = f"{own['group']} {counted}; {own['reference']} {theirs}"
    allowed = interval(own["rank_lower"], own["rank_upper"], "{:.0f}".format)
    rows = {
        "People of the organisation": counted,
        "Its value": value_words(own["value"], own["withheld"], scale.write),
        f"Together: {name}": value_words(among["target"].max(), "", scale.write),
        "95 % limits at its size": interval(own["lower_95"], own["upper_95"], scale.write),
        "99.8 % limits at its size": interval(own["lower_998"], own["upper_998"], scale.write),
        "Position": POSITION_WORDS[own["position"]] if pd.notna(own["value"]) else "none: it has no value to place",
        "Ranks that the data allow": "none" if allowed == "none" else f"{allowed} of {own['ranked']}",
        "Organisations in the funnel": f"{placed}",
        "Outside 95 %: seen, expected by chance": f"{_outside(among)}, {placed * (1 - INNER):.1f}",
        "Outside 99.8 %: seen, expected by chance": f"{far}, {placed * (1 - OUTER):.2f}",
        "Organisations without a value": f"{among['value'].isna().sum()}",
    }
    return pd.DataFrame({"What": list(rows), "Number": list(rows.values())})


def benchmark_notes(among: pd.DataFrame, widened: bool, ratio: bool) -> tuple[str, ...]:
    """Say where the numbers are from, how limits were made, and what a position does not mean."""
    notes = [f"Source: {', '.join(sorted(set(among['source'])))}."]
    if among["source"].str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    phi = among["phi"].max()
    if pd.notna(phi):
        way = "widened for it" if widened else "those of chance alone"
        notes.append(
            f"Squared distances from the value of all together are {phi:.1f} times what chance alone would give (phi). "
            f"For phi, 10 % at each end are drawn in. The limits are {way}."
        )
    if among["value"].isna().any():
        notes.append(
            "Organisations without a value are not in the funnel. Most are withheld because they are small or have few "
            "events, so the value of all together is that of the rest."
        )
    notes.append("Other organisations are not named. A place outside the limits is a reason to ask why, not a verdict.")
    if ratio:
        notes.append(
            "Effective events: about as many events as the group with fewer of them has. "
            "The fewer, the wider the limits."
        )
    return tuple(notes)


def _outside(among: pd.DataFrame) -> int:
    return int((among["lower_95"].notna() & (among["position"] != WITHIN)).sum())


def _ordinal(rank: float) -> str:
    number = int(rank)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
