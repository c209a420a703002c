"""What was found about an intervention in; the small table, the picture in words and the notes out."""

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.change.intervention_findings import InterventionFindings
from equity_metrics.views.intervention_lab.words import (
    SIGN_NOTE,
    decision_words,
    effect_words,
    pre_trend_words,
    rebound_words,
    since_words,
    verdict_cell,
)
from equity_metrics.views.words.wording import interval, p_value, people, times

SURVEY_INDICATORS = ("5", "6", "7", "8")


def effect_table(effect: pd.Series, rebound: pd.DataFrame) -> pd.DataFrame:
    """Write what the lower panel draws: the effect, and beside it what came and what would come by itself."""
    rows = [
        {
            "": "Effect: after / expected without it",
            "ratio": effect_words(effect) if pd.isna(effect["effect"]) else times(effect["effect"]),
            "95 % interval": interval(effect["lower"], effect["upper"]),
            "p-value": p_value(effect["p_value"]),
            "verdict": verdict_cell(effect),
            "as agreed": effect["agreed_decision"] + ("" if effect["agreed_on"] else " (not agreed beforehand)"),
        }
    ]
    for _, row in rebound.iterrows():
        seen, bad = row["next_period"], row["period"]
        rows += [
            {"": f"Seen: {seen} / {bad}", "ratio": times(row["seen"]), "95 % interval": "none"},
            {
                "": f"Rebound expected by itself: {seen} / {bad}",
                "ratio": times(row["rebound"]),
                "95 % interval": interval(row["lower"], row["upper"]),
                "verdict": "" if pd.isna(row["seen"]) else "what was seen is " + _beyond(row["is_rebound"]),
            },
        ]
    return pd.DataFrame(rows).fillna("")


def _beyond(is_rebound: bool) -> str:
    return "the rebound" if is_rebound else "beyond the rebound"


def picture_words(found: InterventionFindings) -> str:
    """Say in words what the two panels show."""
    effect, tried = found.effect, found.intervention
    drawn = f"{len(found.points)} points from {found.points['period'].iloc[0]} on" if len(found.points) else "no points"
    zone = f"; the zone of no meaningful change is {_zone(effect)}" if pd.notna(effect["smallest_worthwhile"]) else ""
    beside = f" {rebound_words(found.rebound)}" if len(found.rebound) else ""
    above = (
        f"Above: the ratio of {tried.group} to {tried.reference} people at {tried.where}, {drawn}, with a dotted line "
        f"at the start, {tried.start}, and a dashed line for what was to be expected without it."
    )
    return (
        f"{_event_words(found) if tried.starts else above} Below: the effect, "
        f"{effect_words(effect)}, with the sign for {verdict_cell(effect)}{zone}.{beside}"
    )


def _zone(effect: pd.Series) -> str:
    return interval(1 / effect["smallest_worthwhile"], effect["smallest_worthwhile"])


def intervention_notes(found: InterventionFindings, agreed: Intervention | None) -> tuple[str, ...]:
    """Say what must be known beside the verdict.

    Parameters
    ----------
    found
        What was found.
    agreed
        The intervention as its file has it; None where one was made by hand.

    Returns
    -------
    tuple of str
        Empty ones left out.
    """
    effect = found.effect
    notes = (
        f"What to do next. {decision_words(effect)}",
        rebound_words(found.rebound) or _no_rebound(found.intervention),
        _method(found),
        f"Holds only if: {_sentences(_low(effect['assumptions']))}.",
        f"What would change the verdict: {_sentences(_low(effect['would_change_verdict']))}.",
        f"By its own level before the start alone: {_low(found.waiting)}" if found.waiting else "",
        _numbers(found),
        *_agreement(found.intervention, agreed, found.levels["period"].max()),
        _points(found),
        _choices(found.choices, effect["compared_with"]),
        SIGN_NOTE,
        "Where it cannot be told, nothing is said about whether it worked.",
    )
    return tuple(note for note in notes if note)


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _method(found: InterventionFindings) -> str:
    effect = found.effect
    why = dict(zip(found.choices["method"], found.choices["why"], strict=True)).get(effect["compared_with"], "")
    said = [f"Compared with {effect['compared_with']}: {_sentences(why)}.", f"Method: {effect['method']}."]
    said.append(f"Its p-value: {p_value(effect['p_value'])}.")
    if "smallest_p_value" in effect.index and pd.notna(effect["smallest_p_value"]):
        smallest = p_value(effect["smallest_p_value"])
        said.append(f"The smallest that a ranking among so many organisations can give is {smallest}.")
    if "permutation_p_value" in effect.index and pd.notna(effect["permutation_p_value"]):
        said.append(f"That of a ranking among them is {p_value(effect['permutation_p_value'])}.")
    return " ".join([*said, pre_trend_words(effect)]).rstrip()


def _sentences(clauses: str) -> str:
    """Write clauses that stand in one cell of a table as sentences; the last full stop is left to the caller."""
    return ". ".join(clause[:1].upper() + clause[1:] if n else clause for n, clause in enumerate(clauses.split("; ")))


def _no_rebound(tried: Intervention) -> str:
    if not tried.chosen_for:
        return ""
    return (
        f"The place was chosen for a bad year, {tried.chosen_for}, so some of any change comes back by itself. "
        "How much cannot be shown: that year was not counted, peers are fewer than 5, or numbers are too small to show."
    )


def _numbers(found: InterventionFindings) -> str:
    effect, what = found.effect, INDICATORS[found.intervention.indicator].numerator
    if "donors" in effect.index or found.intervention.starts or pd.isna(effect["expected"]):
        return ""
    if not found.counts_shown:
        return (
            "Numbers of events are not shown: the start lies within a pooled period, so they would show single months."
        )
    group = found.intervention.group
    seen, expected = people(effect["observed"]), people(effect["expected"])
    return f"Seen since the start: {seen} {what} ({group}). Expected without it: {expected}."


def _agreement(tried: Intervention, agreed: Intervention | None, last: str) -> tuple[str, ...]:
    if agreed is None:
        return (
            "Made by hand: nothing was agreed or predicted beforehand, so a change here is a question, not a proof.",
        )
    late = agreed.agreed[: len(agreed.start)] > agreed.start
    known = agreed.agreed[: len(last)] > last
    doubt = (
        " It is dated after the last figures: it is no prediction." if known
        else " It is dated after the start: part of the result may have been known." if late
        else ""
    )  # fmt: skip
    moved = [
        f"{what} {mine}, agreed was {theirs}"
        for what, mine, theirs in (
            ("start", tried.start, agreed.start),
            ("smallest worthwhile effect", tried.smallest_worthwhile, agreed.smallest_worthwhile),
        )
        if mine != theirs
    ]
    return (
        f"What was done: {agreed.what}. Predicted on {agreed.agreed} ({agreed.owner}): {agreed.prediction}.{doubt}",
        f"Not what was agreed: {'; '.join(moved)}. The verdict is then a question, not the agreed test."
        if moved
        else "",
    )


def _points(found: InterventionFindings) -> str:
    if found.intervention.starts:
        return _own_starts(found)
    if found.points.empty:
        return "No point is shown: no period up to a year has enough people to be seen."
    length = found.points["period_length"].iloc[0]
    shown = "" if found.audience == INTERNAL else ", the shortest period that may be published"
    if len(found.levels["period"].iloc[0]) == len("2025"):
        return f"Points and test are by WRES year, as counted.{_answers(found.intervention.indicator)}"
    return f"Points are by {length}{shown}. The test itself was made on complete counts by month."


def _answers(indicator: str) -> str:
    if indicator not in SURVEY_INDICATORS:
        return ""
    return " Answers are counted, not weighted, so their percentages differ a little from published ones."


def _own_starts(found: InterventionFindings) -> str:
    by_start: dict[str, list[str]] = {}
    for place, start in found.intervention.starts:
        by_start.setdefault(start, []).append(place)
    named = " ".join(f"{start}: {', '.join(places)}." for start, places in sorted(by_start.items()))
    return f"Starts. {named} Each is compared with places that had not started yet, and never with earlier ones."


def event_time_rows(found: InterventionFindings) -> pd.DataFrame:
    """Write what the upper panel draws where places started one after the other: one row a time since the start."""
    return pd.DataFrame(
        [
            {
                "": since_words(row["since"], row["length"]).capitalize(),
                "ratio": times(row["ratio"]),
                "95 % interval": interval(row["lower"], row["upper"]),
                "places": f"{row['places']:.0f}",
            }
            for _, row in found.event_times.iterrows()
        ]
    )


def _event_words(found: InterventionFindings) -> str:
    study = found.event_times
    if study.empty:
        return "Above: no points"
    length = study["length"].iloc[0]
    return (
        f"Above: the effect at {found.intervention.where} by {length}s before and since each one's own start, "
        f"{len(study)} points with intervals around a line at 1 (no effect), measured from the {length} before it. "
        f"{pre_trend_words(found.effect)}"
    )


def _choices(choices: pd.DataFrame, used: str) -> str:
    others = choices[choices["method"] != used]
    said = [
        f"Could also be compared with {method}: {_sentences(why)}."
        for method, why in others.loc[others["possible"], ["method", "why"]].to_numpy()
    ]
    refused: dict[str, list[str]] = {}
    for method, why in others.loc[~others["possible"], ["method", "why"]].to_numpy():
        refused.setdefault(why, []).append(method)
    said += [f"Not possible: {'; '.join(methods)}. The reason: {_sentences(why)}." for why, methods in refused.items()]
    return " ".join(said)
