"""An action plan and complete counts in; what became of each action, computed from the data, out."""

import re
from typing import Any, Literal, cast

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.policies import FOUR_FIFTHS
from equity_metrics.change.before_after.before_after import before_after_effects
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP

NOT_MEASURED, NO_DATA, PROPOSED = "nothing is measured", "no evidence yet", "only proposed"
PROGRESS, OPPOSITE, NONE, CANNOT_TELL = (
    "evidence of progress",
    "evidence of the opposite",
    "evidence of none",
    "cannot tell yet",
)
STANDINGS = (PROGRESS, OPPOSITE, NONE, CANNOT_TELL, NO_DATA, NOT_MEASURED, PROPOSED)
"""What the data say of an action, in the order in which a board reads them: success first."""
OPEN = ("proposed", "under way", "changed")
"""Statuses of actions that somebody still answers for."""
NETWORK = re.compile(r"\bnetworks?\b", re.IGNORECASE)
POSTS = re.compile(r"\b(?:chair|chief|director|executive|head|lead|manager|officer|president|board)\b", re.IGNORECASE)


def action_progress(plan: pd.DataFrame, counts: pd.DataFrame, today: str) -> pd.DataFrame:
    """Compute what became of each action; lack of progress is never typed.

    Parameters
    ----------
    plan
        A checked action plan.
    counts
        Complete yearly counts that hold the groups and the indicators of the plan, of any organisations. An action
        without its group, reference, start or indicator, or with one that is not a rate, is not measured, and one that
        is only proposed has nothing to be tested yet, whatever its start.
    today
        The date on which this is asked, ``2026-01-31``.

    Returns
    -------
    DataFrame
        The plan and ``standing`` (one of ``STANDINGS``), ``overdue``, ``effect``, ``lower``, ``upper`` (ratio of what
        followed to where the gap was heading), ``verdict``, ``method``, ``would_change_verdict``, and
        ``owner_warning``: empty, or why nobody with authority answers for it. Success stands first.

    Raises
    ------
    ValueError
        If ``today`` is not a date.

    References
    ----------
    As for :func:`equity_metrics.change.before_after.before_after.before_after_effects`. The smallest change
    that counts as one is 1.25 times either way, the four-fifths range: this library's choice.
    """
    now = pd.Timestamp(today)
    found = [_standing(action, counts) for _, action in plan.iterrows()]
    review = pd.to_datetime(plan["review"], format="%Y-%m-%d", errors="coerce")
    progress = plan.assign(
        **pd.DataFrame(found, index=plan.index, columns=_FOUND),
        overdue=(review < now) & plan["status"].isin(OPEN),
        owner_warning=[owner_warning(owner) for owner in plan["owner"]],
    )
    order = progress["standing"].map(STANDINGS.index)
    return progress.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


_FOUND = ["standing", "effect", "lower", "upper", "verdict", "method", "would_change_verdict"]


def _standing(action: "pd.Series[str]", counts: pd.DataFrame) -> list[object]:
    nothing: list[object] = [float("nan")] * 3 + ["", "", ""]
    if action["status"] == "proposed":
        return [PROPOSED, *nothing]
    asked = all(action[column] for column in ("indicator", "group", "reference", "expected_direction", "start"))
    if not asked or INDICATORS[action["indicator"]].kind != "rate":
        return [NOT_MEASURED, *nothing]
    chosen = (counts["organisation"] == action["organisation"]) & (counts["indicator"] == action["indicator"])
    rows = counts[chosen & counts["group"].isin([action["group"], action["reference"]])]
    start = _wres_year(action["start"])
    if rows.empty or rows["period"].max() < start:
        return [NO_DATA, *nothing]
    intervention = Intervention(
        action["action"],
        start,
        action["organisation"],
        action["indicator"],
        cast(Literal["higher", "lower"], action["expected_direction"]),
        smallest_worthwhile=FOUR_FIFTHS.upper,
    )
    model = RATE_GAP if action["indicator"] == "3" else ODDS_GAP
    effect = before_after_effects(rows, intervention, action["group"], action["reference"], ratio=model).iloc[0]
    return [_named(effect), *effect[_FOUND[1:]]]


def _named(effect: "pd.Series[Any]") -> str:
    if effect["verdict"] == "changed":
        higher = effect["effect"] > effect["no_effect"]
        return PROGRESS if higher == (effect["expected_direction"] == "higher") else OPPOSITE
    return NONE if effect["verdict"] == "no meaningful change" else CANNOT_TELL


def _wres_year(start: str) -> str:
    """Name the first WRES year, ending on 31 March, that lies in the time after a date."""
    date = pd.Timestamp(start)
    return str(date.year + (date.month >= 4))


def owner_warning(owner: str) -> str:
    """Say why nobody with authority answers for an action.

    Parameters
    ----------
    owner
        In the words of the plan.

    Returns
    -------
    str
        One sentence, empty where a role that holds authority is named.
    """
    if not owner:
        return "Nobody owns this action: name a role that holds authority."
    if NETWORK.search(owner) and not POSTS.search(owner):
        return "A staff network cannot carry this alone: name a role that holds authority beside it."
    return ""
