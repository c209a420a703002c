"""An action plan and the file it is kept in, in; the file with everybody's changes, out: nothing is lost."""

import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from equity_metrics.sources.action_history import Row, changes_between, history_path
from equity_metrics.sources.action_plans import ACTION_COLUMNS, check_action_plan, read_action_plan
from equity_metrics.sources.errors import InputError

CONFLICT = " (conflict)"
SECONDS_TO_WAIT = 20
ENCODING = "utf-8-sig"
"""With a mark at the start, without which Excel misreads accents."""


def save_action_plan(
    plan: pd.DataFrame, path: str | Path, read: pd.DataFrame, renamed: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Save an action plan so that nobody's changes are lost.

    Rows that only you changed are taken from you, rows that only others changed since you read the file from them.
    Where both changed one action, both versions are kept: theirs under its name, yours as ``<action> (conflict)``. The
    file is replaced whole or not at all. Every change goes to ``<name>_history.csv`` first, with what stood there.

    Parameters
    ----------
    plan
        The plan as you want it.
    path
        Where it is kept.
    read
        The plan as you read it from there; an empty table where there was none.
    renamed
        New names of actions by the names in ``read``: without it, a new name is another action, and the old one is
        taken out. Where somebody else gave a new name to another action meanwhile, yours is no longer free: that is a
        conflict.

    Returns
    -------
    DataFrame
        What was saved, with the date of each change. Actions whose name ends in ``(conflict)`` need a decision.

    Raises
    ------
    InputError
        If the plan is faulty, somebody else holds the file, or it cannot be written; then nothing has changed.
    """
    path, mine = Path(path), check_action_plan(plan)
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=SECONDS_TO_WAIT):
            theirs = _by_action(read_action_plan(path) if path.is_file() else mine.iloc[:0])
            names = {old: new for old, new in (renamed or {}).items() if old in theirs and new not in theirs}
            rows = _merged(_by_action(mine), _renamed(theirs, names), _renamed(_by_action(read), names), now)
            rows |= {new: {**rows[new], "changed": now} for new in names.values() if new in rows}
            merged = pd.DataFrame([*rows.values()], columns=list(ACTION_COLUMNS), dtype=str)
            history = history_path(path)
            changes_between(theirs, rows, names, now).to_csv(
                history, mode="a", index=False, header=not history.is_file(), encoding=ENCODING
            )
            _replace(path, merged)
    except Timeout:
        raise InputError(
            f"{path.name} must be free to be saved, got: somebody else is saving it; nothing was changed, try again."
        ) from None
    except OSError as error:
        raise InputError(
            f"{path.name} must be writable, got: {error.strerror or error}; nothing was changed, save it elsewhere."
        ) from None
    return merged


def _merged(ours: dict[str, Row], others: dict[str, Row], base: dict[str, Row], now: str) -> dict[str, Row]:
    """Return the rows of both together."""
    rows: dict[str, Row] = {}
    for action in dict.fromkeys([*others, *ours]):
        own, other, old = ours.get(action), others.get(action), base.get(action)
        untouched = _same(own, old) or _same(own, other)
        only_mine = not untouched and _same(other, old)
        kept = own and {**own, "changed": now} if only_mine else other
        if kept:
            rows[action] = kept
        if own and not untouched and not only_mine:
            name = _free_name(action, {*others, *ours, *rows})
            rows[name] = {**own, "action": name, "changed": now}
    return rows


def _renamed(rows: dict[str, Row], names: Mapping[str, str]) -> dict[str, Row]:
    return {names.get(action, action): {**row, "action": names.get(action, action)} for action, row in rows.items()}


def _free_name(action: str, taken: set[str]) -> str:
    names = [f"{action}{CONFLICT}", *(f"{action} (conflict {number})" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _by_action(table: pd.DataFrame) -> dict[str, Row]:
    return {str(row["action"]): {str(k): str(v) for k, v in row.items()} for row in table.to_dict("records")}


def _same(one: Row | None, other: Row | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(one[column] == other[column] for column in ACTION_COLUMNS if column != "changed")


def _replace(path: Path, plan: pd.DataFrame) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding=ENCODING, newline="") as file:
            plan.to_csv(file, index=False)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
