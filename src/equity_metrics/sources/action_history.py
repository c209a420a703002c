"""An action plan and the rows that it replaced in; every change, with its date, out."""

from itertools import pairwise
from pathlib import Path

import pandas as pd

from equity_metrics.sources.action_plans import ACTION_COLUMNS, read_action_plan

CHANGE_COLUMNS = ("when", "action", "column", "before", "after")
TAKEN_OUT = "taken out of the plan"


def history_path(path: str | Path) -> Path:
    """Name the file that keeps what an action plan replaced.

    Parameters
    ----------
    path
        Of the plan.

    Returns
    -------
    Path
    """
    path = Path(path)
    return path.with_name(f"{path.stem}_history.csv")


def action_changes(path: str | Path) -> pd.DataFrame:
    """List every change that was saved to an action plan, the latest first.

    Parameters
    ----------
    path
        Of the plan; its history lies beside it.

    Returns
    -------
    DataFrame
        ``when`` (UTC), ``action``, ``column``, ``before`` and ``after``, one row for each column that was changed. An
        action that was taken out is one row. Empty where nothing was changed yet.

    Raises
    ------
    InputError
        As ``read_action_plan``.
    """
    history = history_path(path)
    if not history.is_file():
        return pd.DataFrame(columns=list(CHANGE_COLUMNS), dtype=str)
    replaced = pd.read_csv(history, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    versions = pd.concat([replaced, read_action_plan(path).assign(until="")], ignore_index=True)
    rows = [row for _, own in versions.groupby("action", sort=False) for row in _changes(own)]
    found = pd.DataFrame(rows, columns=list(CHANGE_COLUMNS), dtype=str)
    return found.sort_values("when", ascending=False, kind="stable", ignore_index=True)


def _changes(own: pd.DataFrame) -> list[tuple[str, str, str, str, str]]:
    """Compare each version of one action with the next."""
    versions = own.to_dict("records")
    found = [
        (str(old["until"]), str(old["action"]), column, str(old[column]), str(new[column]))
        for old, new in pairwise(versions)
        for column in ACTION_COLUMNS
        if column != "changed" and old[column] != new[column]
    ]
    last = versions[-1]
    return [*found, (str(last["until"]), str(last["action"]), TAKEN_OUT, "", "")] if last["until"] else found
