"""An organisation's whole action plan and its evidence in; what the plan itself answers to a leaders' question out."""

from collections.abc import Callable

import pandas as pd

from equity_metrics.catalogue.leaders_questions import PLAN, LeadersQuestion
from equity_metrics.change.action_plans.action_progress import NONE, OPPOSITE
from equity_metrics.measures.fairness.decisions import GROUP

EXECUTIVE = r"\b(?:chair|chief|director|executive)\b"
"""Posts by which an owner sits with those who lead; words are matched, not understood."""
WHOLE = ("prediction", "review", "indicator")
"""What an action needs, beside an owner with authority, so that anybody can see whether it worked."""
NO_ACTION = "it holds no action of this organisation yet."


def plan_sentence(question: LeadersQuestion, plan: pd.DataFrame, found: pd.DataFrame) -> str:
    """Say what the plan answers to a question; empty where the question is not about the plan.

    Parameters
    ----------
    question
        Which of the nine.
    plan
        All actions of the organisation, from ``action_progress``.
    found
        All its comparisons, from ``evidence``.

    Returns
    -------
    str
    """
    asked = [TOLD[e.evidence] for e in question.evidence if e.kind == PLAN]
    told = [NO_ACTION] if plan.empty else [answer(plan, found) for answer in asked]
    return f"The plan: {' '.join(told)}" if asked else ""


def _conversation(_plan: pd.DataFrame, _found: pd.DataFrame) -> str:
    return "whether leaders opened the conversation is on their own record."


def _coverage(plan: pd.DataFrame, found: pd.DataFrame) -> str:
    """Set the indicators with evidence against a group beside those that an action is about."""
    against = sorted(set(found.loc[found["against"] == GROUP, "indicator"]))
    without = [indicator for indicator in against if indicator not in set(plan["indicator"])]
    if not against:
        return "no indicator shows a difference against a group beyond chance."
    open_ones = f"; indicators {', '.join(without)} have none" if without else ""
    told = (
        f"{len(against) - len(without)} of {len(against)} indicators with a difference against a group have an action"
    )
    return f"{told}{open_ones}."


def _executive_owners(plan: pd.DataFrame, _found: pd.DataFrame) -> str:
    led = int(plan["owner"].str.contains(EXECUTIVE, case=False, regex=True).sum())
    return f"{led} of {_actions(plan)} a chair, chief, director or executive as owner."


def _overdue(plan: pd.DataFrame, _found: pd.DataFrame) -> str:
    late, idle = int(plan["overdue"].sum()), int(plan["standing"].isin([NONE, OPPOSITE]).sum())
    return f"{late} of {_actions(plan)} an overdue review; {idle} have evidence of no effect, or of the opposite."


def _whole_actions(plan: pd.DataFrame, _found: pd.DataFrame) -> str:
    whole = int(((plan[list(WHOLE)] != "").all(axis=1) & (plan["owner_warning"] == "")).sum())
    return f"{whole} of {_actions(plan)} an accountable owner, a prediction, a review date and an indicator."


def _actions(plan: pd.DataFrame) -> str:
    return "1 action has" if len(plan) == 1 else f"{len(plan)} actions have"


TOLD: dict[str, Callable[[pd.DataFrame, pd.DataFrame], str]] = {
    "conversation": _conversation,
    "coverage": _coverage,
    "executive_owners": _executive_owners,
    "overdue": _overdue,
    "whole_actions": _whole_actions,
}
"""By what the catalogue names as evidence of the plan."""
