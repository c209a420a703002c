"""One row of effects in; its verdict as a sentence, a sign and a colour, and the rebound in words, out."""

from math import nan

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.agreed_effects import NO_DECISION
from equity_metrics.change.interventions import VERDICTS
from equity_metrics.change.method_choice import COMPARISONS
from equity_metrics.views.drawing import palette
from equity_metrics.views.words.wording import first_down, interval, p_value, people_in, times

CONCERN = "#b3430f"
CHANGED, NO_MEANINGFUL_CHANGE, CANNOT_TELL = VERDICTS
SAID = {
    CHANGED: "It changed.",
    NO_MEANINGFUL_CHANGE: "No meaningful change.",
    CANNOT_TELL: "Not yet possible to tell.",
}
"""How a sentence about each verdict begins."""
SYMBOLS = {CHANGED: "circle", NO_MEANINGFUL_CHANGE: "square", CANNOT_TELL: "circle-open"}
CHARACTERS = {CHANGED: "●", NO_MEANINGFUL_CHANGE: "■", CANNOT_TELL: "○"}
SIGN_NOTE = (
    "Signs: ● changed, ■ no meaningful change, ○ cannot tell. Blue: changed in the direction hoped for; orange: in the "
    "other; grey: neither can be said."
)
NOT_MADE = "the test was not made"
LEAST_TREND_P = 0.05
"""Below it the places drifted apart before the start, and the comparison is in doubt."""


def direction(effect: pd.Series) -> str:
    """Say of a change whether it went the way that was hoped for: ``hoped``, ``other``, or empty without a change."""
    if effect["verdict"] != CHANGED:
        return ""
    rose = effect["effect"] > effect["no_effect"]
    return "hoped" if rose == (effect["expected_direction"] == "higher") else "other"


def verdict_colour(effect: pd.Series) -> str:
    """Colour of the effect's sign."""
    return {"hoped": palette.GROUP, "other": CONCERN, "": palette.MUTED}[direction(effect)]


def verdict_cell(effect: pd.Series) -> str:
    """Write the verdict as a table shows it: ``● changed, in the direction hoped for``."""
    way = {"hoped": ", in the direction hoped for", "other": ", against the direction hoped for", "": ""}
    return f"{CHARACTERS[effect['verdict']]} {effect['verdict']}{way[direction(effect)]}"


def effect_words(effect: pd.Series) -> str:
    """Write the effect with its interval: ``1.68 (1.36 to 2.07)``."""
    if pd.isna(effect["effect"]):
        return NOT_MADE
    return f"{times(effect['effect'])} ({interval(effect['lower'], effect['upper'])})"


def verdict_sentence(effect: pd.Series, group: str, reference: str) -> str:
    """Say the verdict so that a board understands it.

    Parameters
    ----------
    effect
        One row of effects; everything in the sentence comes from it.
    group, reference
        Who is compared with whom.

    Returns
    -------
    str
        Verdict, size with interval, what would tell where it cannot be told, and the agreed decision.
    """
    parts = [SAID[effect["verdict"]], _size(effect, group, reference)]
    if effect["verdict"] == CANNOT_TELL:
        enough = str(effect["would_change_verdict"]).rstrip(".")
        parts.append(f"What would tell: {enough[:1].lower()}{enough[1:]}.")
    return " ".join([*parts, decision_words(effect)])


def _size(effect: pd.Series, group: str, reference: str) -> str:
    what = f"{effect['intervention']}, {effect['where']}"
    if pd.isna(effect["effect"]):
        return f"{what}: {NOT_MADE}."
    word = COMPARISONS[effect["indicator"]].word
    were, they = ("were", "they") if word == "odds" else ("was", "it")
    name = INDICATORS[effect["indicator"]].name
    share = f"{100 * effect['confidence']:g} %"
    limits = interval(effect["lower"], effect["upper"])
    bounds = "No interval can be given" if limits == "none" else f"The {share} interval is {limits}"
    size = (
        f"{what}: the {word} of {people_in(group, 'people')} ({first_down(name)}), "
        f"compared with {people_in(reference, 'people')}, {were} "
        f"{times(effect['effect'])} times what {they} would have been without it. {bounds}"
    )
    return f"{size}{_reading(effect)}."


def _reading(effect: pd.Series) -> str:
    if effect["verdict"] == CHANGED:
        return f", {'in' if direction(effect) == 'hoped' else 'against'} the direction hoped for"
    if effect["verdict"] == NO_MEANINGFUL_CHANGE:
        smallest = effect["smallest_worthwhile"]
        too_small = "was agreed to be" if effect["agreed_on"] else "is here taken to be"
        return f", within what {too_small} too small to matter ({interval(1 / smallest, smallest)})"
    return ": neither a fall nor a rise is ruled out"


def decision_words(effect: pd.Series) -> str:
    """Say what the thresholds agreed beforehand make of it."""
    agreed = effect["agreed_decision"]
    if agreed == NO_DECISION:
        return "No threshold was agreed, so nothing follows from it."
    short = effect["verdict"] == CANNOT_TELL and agreed in ("stop", "change it")
    why = ", because an effect as large as agreed is ruled out" if short else ""
    by = "what was agreed beforehand" if effect["agreed_on"] else "a threshold chosen here, not agreed beforehand"
    return f"By {by}: {agreed}{why}."


def since_words(since: float, length: str) -> str:
    """Say a time before or since the start: ``2 half-years before``, ``the first half-year``."""
    if since == 0:
        return f"the first {length}"
    many = "" if abs(since) == 1 else "s"
    return f"{abs(int(since))} {length}{many} {'before' if since < 0 else 'later'}"


def pre_trend_words(effect: pd.Series) -> str:
    """Say whether the places had drifted away from the others before the start; empty where that was not looked at."""
    drift = effect.get("pre_trend_p_value", nan)
    if pd.isna(drift):
        return ""
    if drift < LEAST_TREND_P:
        return (
            f"Warning: before the start the place already drifted away from the others (p-value {p_value(drift)}), so "
            "this may go on by itself."
        )
    return f"A drift away from the others before the start cannot be told from chance (p-value {p_value(drift)})."


def rebound_words(rebound: pd.DataFrame) -> str:
    """Name the rebound after a bad year; empty where the place was not chosen for one."""
    if rebound.empty:
        return ""
    row = rebound.iloc[0]
    expected = (
        f"The place was chosen for a bad year, {row['period']}. By itself the ratio was to be expected at "
        f"{times(row['rebound'])} times that year's ({interval(row['lower'], row['upper'])}) in the next."
    )
    if pd.isna(row["seen"]):
        return expected
    seen = f"{expected} In {row['next_period']} {times(row['seen'])} times was seen"
    return f"{seen}: that is the rebound." if row["is_rebound"] else f"{seen}, beyond the rebound."
