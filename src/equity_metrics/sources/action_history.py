"""The rows of an action plan before and after a save in; every change, with its date, out."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from equity_metrics.sources.action_plans import ACTION_COLUMNS
from equity_metrics.sources.counts import Place, check_columns
from equity_metrics.sources.text_tables import read_text_table

CHANGE_COLUMNS = ("when", "action", "column", "before", "after")
ADDED, TAKEN_OUT = "added to the plan", "taken out of the plan"
Row = dict[str, str]


def history_path(path: str | Path) -> Path:
    """Name the file that keeps the changes of an action plan.

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
        ``when`` (UTC), ``action``, ``column``, ``before`` and ``after``, one row for each column that was changed; one
        that was renamed stands under its new name. An action that was added is one row, and so is one that was taken
        out: ``before`` then holds all that it said. Empty where nothing was changed yet.

    Raises
    ------
    InputError
        One sentence, if the history is no such file.
    """
    history = history_path(path)
    if not history.is_file():
        return pd.DataFrame(columns=list(CHANGE_COLUMNS), dtype=str)
    found = read_text_table(history)
    check_columns(found, CHANGE_COLUMNS, Place(history.name, "", 2))
    # Of one minute, what was saved last stands last in the file.
    return found[::-1].sort_values("when", ascending=False, kind="stable", ignore_index=True)


def changes_between(
    before: Mapping[str, Row], after: Mapping[str, Row], renamed: Mapping[str, str], now: str
) -> pd.DataFrame:
    """List what one save changed.

    Parameters
    ----------
    before, after
        Rows of the plan by the name of the action.
    renamed
        New names by old ones.
    now
        When it was saved.

    Returns
    -------
    DataFrame
        As ``action_changes``, in the order of the plan.
    """
    was = {renamed.get(action, action): row for action, row in before.items()}
    rows = []
    for action, row in after.items():
        if action not in was:
            rows.append((now, action, ADDED, "", ""))
            continue
        rows += [
            (now, action, column, was[action][column], row[column])
            for column in ACTION_COLUMNS
            if column != "changed" and was[action][column] != row[column]
        ]
    gone = {action: row for action, row in was.items() if action not in after}
    rows += [(now, action, TAKEN_OUT, _all_words(row), "") for action, row in gone.items()]
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS), dtype=str)


def _all_words(row: Row) -> str:
    return "; ".join(f"{column}: {row[column]}" for column in ACTION_COLUMNS if row[column])
