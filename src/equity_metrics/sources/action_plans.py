"""An action plan as people keep it, one CSV, in; a checked table, one action a row, out."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import LEADERS_QUESTIONS
from equity_metrics.sources.counts import Place, check_columns, near_names, refuse
from equity_metrics.sources.samples import sample
from equity_metrics.sources.text_tables import read_text_table

STATUSES = ("proposed", "under way", "changed", "stopped", "done")
"""What its owner says of an action; whether it helps is computed from the data, never typed."""
ACTION_COLUMNS = (
    "action", "organisation", "question", "what", "owner", "with", "indicator", "group", "reference",
    "expected_direction", "baseline", "prediction", "start", "review", "status", "learnt", "changed",
)  # fmt: skip
_DATES = ("start", "review")
_FORMULA = r"^[=+\-@\uff1d\uff0b\uff0d\uff20]"
"""How a text begins that a spreadsheet may take for a formula: the plan is a file that many open in one."""
SAMPLE = "action_plan_synthetic.csv"


def read_action_plan(path: str | Path) -> pd.DataFrame:
    """Read an action plan.

    Parameters
    ----------
    path
        A CSV file with the columns ``ACTION_COLUMNS``: the action's name, its organisation, the question to leaders
        that it answers (``Q1`` to ``Q9``), what is done, the role that owns it and with whom, the WRES indicator that
        it should move for which group against which reference and in which direction, the baseline and the prediction
        in words, start and review date, status, what was learnt, and when the row was last changed.

    Returns
    -------
    DataFrame
        Text, one action a row.

    Raises
    ------
    InputError
        One sentence that names file, row, column, value and what to do.
    """
    path = Path(path)
    return check_action_plan(read_text_table(path), Place(path.name, "", 2))


def check_action_plan(plan: pd.DataFrame, place: Place | None = None) -> pd.DataFrame:
    """Refuse what is no action plan.

    Parameters
    ----------
    plan
        One action a row, text.
    place
        Where it came from, for the sentence.

    Returns
    -------
    DataFrame
        The columns ``ACTION_COLUMNS``, white space around the words taken away.

    Raises
    ------
    InputError
        One sentence that names place, row, column, value and what to do.
    """
    place = place or Place("the action plan", "", 1)
    check_columns(plan, ACTION_COLUMNS, place)
    plan = _trimmed(plan)
    for fault in _faults(plan):
        refuse(fault.bad, plan, fault.column, place, fault.must, fault.do)
    return plan


def action_faults(plan: pd.DataFrame, action: str) -> dict[str, str]:
    """Say what must be corrected in one action before the plan can be saved.

    Parameters
    ----------
    plan
        Every action, one a row, text.
    action
        The name of the one that is looked at.

    Returns
    -------
    dict
        By column, in the order of the checks, one sentence; empty where nothing is wrong.
    """
    plan = _trimmed(plan)
    own = plan["action"] == action.strip()
    found: dict[str, str] = {}
    for fault in _faults(plan):
        if (fault.bad & own).any():
            value = plan.loc[fault.bad & own, fault.column].iloc[0]
            told = f"“{value}” must {fault.must}" if value else "Nothing is written here"
            found.setdefault(fault.column, f"{told}; {fault.do}.")
    return found


def plan_to_edit(path: str | Path = "") -> Path:
    """Name the file to be edited; without one, a fresh copy of the invented plan, so that anybody may try.

    Parameters
    ----------
    path
        Where the plan is kept, or empty.

    Returns
    -------
    Path
        ``path``, or a copy of the sample in a new temporary folder, which is cleared up when Python ends.
    """
    if path:
        return Path(path)
    folder = tempfile.mkdtemp(prefix="equity_metrics_")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(shutil.copy(sample(SAMPLE), folder))


def _trimmed(plan: pd.DataFrame) -> pd.DataFrame:
    words = plan[list(ACTION_COLUMNS)].fillna("").astype(str)
    return words.assign(**{column: words[column].str.strip() for column in ACTION_COLUMNS})


@dataclass(frozen=True)
class _Fault:
    column: str
    bad: "pd.Series[bool]"
    must: str
    do: str


def _faults(plan: pd.DataFrame) -> Iterator[_Fault]:
    """Give every check, in order, with the rows that fail it."""
    for column in ("action", "organisation", "what"):
        yield _Fault(column, plan[column] == "", "be filled in", "say it in a few words")
    yield _Fault("action", plan["action"].duplicated(), "stand once in the plan", "give each action a name of its own")
    for column in ACTION_COLUMNS:
        formula = plan[column].str.contains(_FORMULA)
        yield _Fault(column, formula, "not begin with =, +, - or @, as a formula does", "put a word first")
    for column, known in (
        ("question", tuple(LEADERS_QUESTIONS)),
        ("indicator", ("", *INDICATORS)),
        ("status", STATUSES),
        ("expected_direction", ("", "higher", "lower")),
    ):
        bad = ~plan[column].isin(known)
        first = plan.loc[bad, column].iloc[0] if bad.any() else ""
        yield _Fault(column, bad, f"be one of {', '.join(filter(None, known))}", near_names(first, known))
    for column in _DATES:
        bad = (plan[column] != "") & pd.to_datetime(plan[column], format="%Y-%m-%d", errors="coerce").isna()
        yield _Fault(column, bad, "be a date as 2025-04-01", "write year, month and day")
    backwards = (plan["start"] != "") & (plan["review"] != "") & (plan["review"] < plan["start"])
    yield _Fault("review", backwards, "be after the start", "correct one of the two dates")
