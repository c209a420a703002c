"""A saved action plan in; where two people changed one action, side by side, and the plan with a decision, out."""

import re
from dataclasses import dataclass

import pandas as pd

from equity_metrics.sources.action_plans import ACTION_COLUMNS

_MARK = re.compile(r" \(conflict(?: \d+)?\)$")
THEIRS, MINE, BOTH = "theirs", "mine", "both"
DECISIONS = (THEIRS, MINE, BOTH)


@dataclass(frozen=True)
class Conflict:
    """One action in two versions: ``theirs`` stands under the action's name, ``mine`` under ``<action> (conflict)``."""

    theirs: str
    mine: str


def action_conflicts(plan: pd.DataFrame) -> list[Conflict]:
    """List the actions that need a decision.

    Parameters
    ----------
    plan
        What ``save_action_plan`` returned, or what was read.

    Returns
    -------
    list of Conflict
    """
    return [Conflict(_MARK.sub("", name), name) for name in plan["action"] if _MARK.search(name)]


def conflicting_words(plan: pd.DataFrame, conflict: Conflict) -> pd.DataFrame:
    """Lay the two versions side by side, where they differ.

    Parameters
    ----------
    plan
        Holds ``conflict``.
    conflict
        One of ``action_conflicts(plan)``.

    Returns
    -------
    DataFrame
        ``column``, ``theirs``, ``mine``, one row for each column that differs; theirs is empty where they took the
        action out.
    """
    rows = {row["action"]: row for row in plan.to_dict("records")}
    mine, theirs = rows[conflict.mine], rows.get(conflict.theirs, {})
    both = [
        (column, theirs.get(column, ""), mine[column])
        for column in ACTION_COLUMNS
        if column not in ("action", "changed") and theirs.get(column, "") != mine[column]
    ]
    return pd.DataFrame(both, columns=["column", "theirs", "mine"], dtype=str)


def settled_plan(plan: pd.DataFrame, conflict: Conflict, decision: str) -> pd.DataFrame:
    """Take one decision; what is not kept stays in the history once the plan is saved.

    Parameters
    ----------
    plan
        Holds ``conflict``.
    conflict
        One of ``action_conflicts(plan)``.
    decision
        ``theirs``, ``mine`` or ``both``: then mine is named ``<action> (second version)``.

    Returns
    -------
    DataFrame
        The plan without this conflict, to be saved.

    Raises
    ------
    ValueError
        If ``decision`` is none of the three.
    """
    if decision not in DECISIONS:
        raise ValueError(f"decision must be one of {', '.join(DECISIONS)}, got: {decision}")
    if decision == THEIRS:
        return plan[plan["action"] != conflict.mine].reset_index(drop=True)
    kept = plan if decision == BOTH else plan[plan["action"] != conflict.theirs]
    name = conflict.theirs if decision == MINE else _free_name(conflict.theirs, set(plan["action"]))
    return kept.assign(action=kept["action"].replace(conflict.mine, name)).reset_index(drop=True)


def _free_name(action: str, taken: set[str]) -> str:
    names = [f"{action} (second version)", *(f"{action} (version {number})" for number in range(3, len(taken) + 4))]
    return next(name for name in names if name not in taken)
