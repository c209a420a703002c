"""An action plan with its progress, and what is shown, in; the habits in it that leaders said they will stop, out."""

import re

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import WHITE_BME
from equity_metrics.change.action_plans.action_progress import OPEN, OPPOSITE

HABIT_COLUMNS = ("habit", "where", "found", "instead")
ONE_GROUP = "BME is shown only as one group"
PARITY_CLAIMED = "parity is claimed without evidence of parity"
MORE_DATA = "more data is needed, and nothing is decided"
NO_OWNER = "an action without an accountable owner"
DONE_BUT_WORSE = "an action is done while its indicator worsens"

_PARITY = re.compile(
    r"\b(?:no (?:significant )?(?:difference|disparity|gap)|parity|equal(?:ity)? (?:was )?achieved)\b", re.IGNORECASE
)
_MORE_DATA = re.compile(r"\b(?:more|further|better) (?:data|evidence|analysis|information)\b", re.IGNORECASE)


def reporting_habits(progress: pd.DataFrame, released: pd.DataFrame) -> pd.DataFrame:
    """Look for five habits in our own reporting.

    Parameters
    ----------
    progress
        What :func:`equity_metrics.change.action_plans.action_progress.action_progress` returned.
    released
        What is shown, after ``release``.

    Returns
    -------
    DataFrame
        One row a finding: ``habit``, ``where`` (an action, or an organisation), ``found`` in words, and what to do
        ``instead``. Empty where nothing was found, which is no proof that there is nothing: words are matched, not
        understood.
    """
    rows = [*_one_group(released), *_said(progress)]
    return pd.DataFrame(rows, columns=list(HABIT_COLUMNS), dtype=str)


def _one_group(released: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    groupings = released.groupby(["organisation", "indicator"], observed=True)["grouping"].agg(set)
    alone = groupings[groupings.map(lambda shown: shown == {WHITE_BME})].reset_index()
    return [
        (
            ONE_GROUP,
            str(organisation),
            f"indicator {', '.join(sorted(rows['indicator']))} is shown for White and BME staff only",
            "show each ethnic group that the numbers allow",
        )
        for organisation, rows in alone.groupby("organisation", observed=True)
    ]


def _said(progress: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    found = []
    for action in progress.itertuples():
        name, learnt = str(action.action), str(action.learnt)
        if _PARITY.search(learnt):
            found.append(
                (
                    PARITY_CLAIMED,
                    name,
                    f"it says “{learnt}”, and the data say: {action.standing}",
                    "say what the interval allows; cannot tell is not equality",
                )
            )
        if _MORE_DATA.search(learnt) and action.status in OPEN:
            found.append((MORE_DATA, name, f"it says “{learnt}”", "decide what can be decided today, and at what risk"))
        if action.owner_warning:
            found.append((NO_OWNER, name, str(action.owner_warning), "name the role that answers for it to the board"))
        if action.status == "done" and action.standing == OPPOSITE:
            found.append(
                (
                    DONE_BUT_WORSE,
                    name,
                    "it is marked done, and its indicator moved the wrong way",
                    "open it again: change it, or stop it and try something else",
                )
            )
    return found
