"""Evidence and actions of one question in; what they say, for whom, where it is heading and what is missing out."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import TOPIC, LeadersQuestion
from equity_metrics.change.action_plans.action_progress import PROPOSED
from equity_metrics.change.charts.special_causes import COMMON_CAUSE
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.measures.fairness.decisions import GROUP, Verdict
from equity_metrics.views.nine_questions.evidence import adverse
from equity_metrics.views.words.wording import band_words, first_down, interval, points, times

AGAINST_THE_GROUP, FULL_COUNT, WITHHELD = ", against the group", "full count", "withheld"
NOTHING_PUBLISHED = "no figure by ethnic group is published for one organisation."
PLAN_ANSWERS = "the action plan answers this, not a figure by ethnic group."
LABELS = ("For whom", "Heading", "Being done", "The plan", "Missing")
"""What begins each part of an answer but the first; on a page each stands on a line of its own."""
NO_OWNER = "nobody owns it"
VARIES = {"improvement": "improving", "concern": "concerning", COMMON_CAUSE: "common cause", "": "too few years"}
MOVED = {
    "improvement": "That is a special cause, towards parity.",
    "concern": "That is a special cause, away from parity.",
    COMMON_CAUSE: "That is common cause: the years differ no more than by chance.",
    "": "There are too few years to say how it moves.",
}
AHEAD = {
    "consistent fail": " Left as it is, it will not reach parity.",
    "inconsistent": " Left as it is, it will meet parity in some years only.",
    "consistent pass": " Left as it is, it will stay at parity.",
    "": "",
}


def evidence_sentence(now: pd.DataFrame, question: LeadersQuestion) -> str:
    """Count the verdicts in the words of the verdicts; nothing is added up to a score."""
    if now.empty:
        return NOTHING_PUBLISHED if any(e.kind == TOPIC for e in question.evidence) else PLAN_ANSWERS
    counted = Counter(_kind(row) for row in now.itertuples())
    kinds = [name for verdict in Verdict for name in (f"{verdict}{AGAINST_THE_GROUP}", str(verdict))]
    told = "; ".join(f"{name} ({counted[name]})" for name in (*kinds, FULL_COUNT, WITHHELD) if counted[name])
    return f"{len(now)} {'comparison says' if len(now) == 1 else 'comparisons say'}: {told}."


def _kind(row: Any) -> str:
    if row.withheld:
        return WITHHELD
    if not row.verdict:
        return FULL_COUNT
    return f"{row.verdict}{AGAINST_THE_GROUP if row.against == GROUP else ''}"


def largest_sentence(now: pd.DataFrame) -> str:
    """Name the largest disadvantage among those that are more than chance; only without any, among all."""
    shown = now[now["value"].notna()]
    sure = shown[(shown["against"] == GROUP) | (shown["verdict"] == "")]
    candidates = sure if len(sure) else shown
    if candidates.empty or adverse(candidates).max() <= 0:
        return "For whom: no disadvantage of a group can be shown." if len(now) else ""
    row = candidates.loc[adverse(candidates).idxmax()]
    limits = "" if pd.isna(row["lower"]) else f" (95 % interval {interval(row['lower'], row['upper'], write(row))})"
    weak = "" if len(sure) else "that cannot be told from chance "
    return (
        f"For whom: the largest disadvantage {weak}is that of the group {row['group']}. "
        f"It is {_name(row)}: {_valued(row, row['value'])}{limits}. {_moved(row)}"
    )


def _moved(row: pd.Series) -> str:
    before = "" if pd.isna(row["before"]) else f"The year before it was {_valued(row, row['before'])}. "
    return f"{before}{MOVED[row['variation']]}{AHEAD[row['assurance']]}"


def heading_sentence(now: pd.DataFrame) -> str:
    """Count where everything is heading, as boards know it from "Making Data Count"."""
    shown = now[now["value"].notna()]
    if shown.empty:
        return ""
    counted = Counter(shown["variation"])
    told = ", ".join(f"{counted[kind]} {words}" for kind, words in VARIES.items() if counted[kind])
    return f"Heading: {told}."


def done_sentence(actions: pd.DataFrame) -> str:
    """Name each action, who answers for it and what became of it."""
    if actions.empty:
        return "Being done: no action in the plan answers this question."
    begun = actions["standing"] != PROPOSED
    told = [
        f"{action.action} ({action.owner or NO_OWNER}): {action.standing}{_late(action)}"
        for action in actions[begun].itertuples()
    ]
    planned = [
        f"{action.action} ({action.owner or NO_OWNER}){_late(action)}" for action in actions[~begun].itertuples()
    ]
    only = f" Only proposed: {'; '.join(planned)}." if planned else ""
    return f"Being done: {'; '.join(told) or 'nothing yet'}.{only}"


def _late(action: Any) -> str:
    return ", review overdue" if action.overdue else ""


def missing_sentence(now: pd.DataFrame, actions: pd.DataFrame, question: LeadersQuestion) -> str:
    """Say what nobody can see or answer for."""
    withheld = int((now["withheld"] != "").sum())
    topics = sum(e.kind == TOPIC for e in question.evidence)
    unowned = int((actions["owner_warning"] != "").sum())
    lacks = [
        f"{withheld} of {len(now)} comparisons are withheld" if withheld else "",
        f"{topics} survey {'topic is' if topics == 1 else 'topics are'} not published for one organisation"
        if topics
        else "",
        "an action" if actions.empty else "",
        f"{unowned} {'action has' if unowned == 1 else 'actions have'} no owner with authority" if unowned else "",
    ]
    told = "; ".join(filter(None, lacks))
    return f"Missing: {told}." if told else ""


def write(row: pd.Series) -> Callable[[float], str]:
    """Tell how the values of a comparison are written."""
    return times if row["measure"] == RELATIVE_LIKELIHOOD else points


def _valued(row: pd.Series, value: float) -> str:
    return f"{write(row)(value)}{'' if row['measure'] == RELATIVE_LIKELIHOOD else ' percentage points'}"


def _name(row: pd.Series) -> str:
    band = f", {band_words(row['band'])}" if row["band"] else ""
    name = INDICATORS[row["indicator"]].name
    return f"indicator {row['indicator']}, {first_down(name)}{band}"
