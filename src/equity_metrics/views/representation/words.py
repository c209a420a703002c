"""Shares of bands and boards, and ratios between tiers, in; sentences, the small table and notes out."""

import math

import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF_GROUPS
from equity_metrics.catalogue.policies import NonAdverseRange
from equity_metrics.measures.fairness.band_clusters import TIER
from equity_metrics.measures.fairness.decisions import GROUP, Decision, Verdict
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.missing_values import value_words
from equity_metrics.views.words.next_steps import next_step
from equity_metrics.views.words.sentences import counts_words
from equity_metrics.views.words.wording import (
    at,
    first_down,
    interval,
    of_group,
    one_in,
    people,
    people_in,
    percent,
    points,
    times,
)

UNCONFIRMED = "definition not confirmed, inferred"
NO_DISPARITY_RANGE = NonAdverseRange(
    "no range", math.nan, math.nan, "No range is published for the race disparity ratio, and this project names none"
)


def band_sentence(
    shares: pd.DataFrame, ratio: pd.Series, whole: float, place: str, group: str, reference: str, period: str, kind: str
) -> str:
    """Say the group's share of all staff, of the bands where it is largest and smallest, and the disparity ratio."""
    of = "" if kind == ALL_STAFF_GROUPS else f" of {kind.lower()} staff"
    whole_words = f"In {period} {at(place)}, {people_in(group)} were {percent(whole)} of all staff ({one_in(whole)})."
    if pd.isna(whole):
        whole_words = f"In {period} {at(place)}: the share of {people_in(group)} is not shown."
    shown = shares[shares["value"].notna() & ~shares["label"].str.startswith("All ")]
    spread = " No band can be shown." if shown.empty else f" Only {_band(shown['label'].iloc[0])} can be shown."
    if len(shown) > 1 and shown["value"].min() == shown["value"].max():
        spread = f" Their share is {percent(shown['value'].iloc[0])} of each band that can be shown."
    elif len(shown) > 1:
        most, least = (shown.loc[shown["value"].idxmax()], shown.loc[shown["value"].idxmin()])
        spread = (
            f" Of the bands{of} that can be shown, their share is largest in {_band(most['label'])} "
            f"({percent(most['value'])}) and smallest in {_band(least['label'])} ({percent(least['value'])})."
        )
    return f"{whole_words}{spread} {_ratio_words(ratio, group, reference)}"


def _ratio_words(ratio: pd.Series, group: str, reference: str) -> str:
    name = f"The race disparity ratio {ratio['step']}"
    if ratio["withheld"] or pd.isna(ratio["value"]):
        return f"{name} cannot be shown: {ratio['withheld'] or 'a tier holds nobody of one group'}."
    told = f"{name} is {times(ratio['value'])} (95 % interval {interval(ratio['lower'], ratio['upper'], times)})"
    decision = disparity_decision(ratio)
    step = next_step(decision.verdict, "")
    if decision.verdict == Verdict.NOT_ENOUGH:
        return f"{told}. Not enough to tell whether they differ. This is no evidence of equality. {step}"
    better = reference if decision.against == GROUP else group
    return f"{told}. A difference of uncertain size: {people_in(better)} are better represented higher up. {step}"


def disparity_decision(ratio: pd.Series) -> Decision:
    """Decide what a race disparity ratio (reference / group) allows to be claimed; no range is named for its size."""
    return Decision(ratio["lower"], ratio["upper"], math.nan, math.nan, NO_DISPARITY_RANGE, good=False)


def board_sentence(shown: pd.DataFrame, whole: float, place: str, group: str, period: str) -> str:
    """Say in persons how the board stands beside the workforce, and what one appointment changes."""
    if shown.empty:
        return f"In {period} {at(place)}: the data hold no board."
    board = shown.iloc[0]
    if board["withheld"] or pd.isna(whole):
        return f"In {period} {at(place)}: the board beside the workforce is not shown: {board['withheld']}."
    change = "Everyone on the board is of the group."
    if pd.notna(board["one_appointment"]):
        change = (
            f"One more appointment would bring it to {points(board['value'] + board['one_appointment'])} "
            "percentage points."
        )
    return (
        f"In {period} {at(place)}, {people(board['numerator'])} of {people(board['denominator'])} board members were "
        f"{of_group(group)} ({percent(board['group_value'], 0)}). "
        f"Of all staff it was {percent(whole)} ({one_in(whole)}). "
        f"The gap is {points(board['value'])} percentage points. {change} "
        "A board is counted in full, so there is no sampling interval."
    )


def representation_table(
    shown: pd.DataFrame, shares: pd.DataFrame, beside: pd.DataFrame, ratios: pd.DataFrame, scales: tuple[Scale, Scale]
) -> pd.DataFrame:
    """Write what both panels draw: each band or part with its people, share and gap; each ratio with its people."""
    upper = pd.DataFrame(
        {
            "Where": shares["label"],
            "People": [counts_words(row.numerator, row.denominator, row.withheld) for row in shown.itertuples()],
            "Share": [value_words(row.value, row.withheld, percent) for row in shares.itertuples()],
            "Minus all staff, points": [value_words(row.value, row.withheld, points) for row in shown.itertuples()],
            "What chance could do, points": [interval(r.lower, r.upper, points) for r in shown.itertuples()],
            "Ratio (95 % interval)": "",
            "Note": shares["withheld"],
        }
    )
    if ratios.empty:
        after = [value_words(r.value + r.one_appointment, r.withheld, points) for r in shown.itertuples()]
        return upper.drop(columns=["What chance could do, points", "Ratio (95 % interval)"]).assign(
            **{"With one more, points": after}
        )
    lower = pd.DataFrame(
        {
            "Where": beside["label"],
            "People": [_tier_people(row) for _, row in ratios.iterrows()],
            "Share": "",
            "Minus all staff, points": "",
            "What chance could do, points": "",
            "Ratio (95 % interval)": [
                scales[1].written(r.value, r.lower, r.upper)
                if pd.notna(r.value)
                else value_words(r.value, r.withheld, times)
                for r in beside.itertuples()
            ],
            "Note": beside["withheld"],
        }
    )
    return pd.concat([upper, lower], ignore_index=True)


def _tier_people(ratio: pd.Series) -> str:
    """Write the people of both tiers, the group's and the reference's: ``69 : 640; White 218 : 1,150``."""
    if ratio["withheld"]:
        return value_words(math.nan, ratio["withheld"], people)
    numbers = (ratio[f"{who}people_{tier}"] for who in ("", "reference_") for tier in ("higher", "lower"))
    higher, lower, reference_higher, reference_lower = map(people, numbers)
    return f"{higher} : {lower}; {ratio['reference']} {reference_higher} : {reference_lower}"


def representation_notes(counts: pd.DataFrame, board: bool, kind: str) -> tuple[str, ...]:
    """Say where the numbers are from, and how tiers, clusters and intervals are to be read."""
    notes = [f"Source: {', '.join(sorted(set(counts['source'])))}."]
    if counts["source"].str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    if board:
        return (*notes, "Brown diamonds: the gap after one more member of the group takes the place of another member.")
    tiers = counts[counts["band"].str.startswith(TIER)].drop_duplicates("band")
    names = tiers["band"].str.removeprefix(TIER)
    held = " | ".join(f"{tier}: {bands}" for tier, bands in zip(names, tiers["made_of"], strict=True))
    if held:
        notes.append(
            f"Race disparity ratio, tiers ({UNCONFIRMED}): {held}. The ratio is of people in the higher tier for "
            "each one in the lower, reference / group. Above 1 the reference is better represented higher up. "
            "Brown diamonds: the system. "
            "Signs: ◉ a difference of uncertain size, ○ not enough to tell; blue: to the disadvantage of the group, "
            "brown: of the reference."
        )
    notes.append(
        "Everybody was counted. Arms say what chance alone could do to a band of that size beside the rest of the "
        "workforce. A filled dot lies further from all staff than that. An open one does not. "
        "Clusters are not WRES definitions."
    )
    if kind != ALL_STAFF_GROUPS:
        notes.append(f"Shares of {kind.lower()} staff are set against all staff of every kind.")
    return tuple(notes)


def _band(label: str) -> str:
    """Name a band in a sentence: ``band 8a``, ``VSM``, ``consultants``."""
    return label if label.isupper() else first_down(label)
