"""An action plan as people keep it, one CSV, in; a checked table, one action a row, out."""

from pathlib import Path

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import LEADERS_QUESTIONS
from equity_metrics.sources.counts import Place, check_columns, near_names, refuse
from equity_metrics.sources.errors import InputError

STATUSES = ("proposed", "under way", "changed", "stopped", "done")
"""What its owner says of an action; whether it helps is computed from the data, never typed."""
ACTION_COLUMNS = (
    "action", "organisation", "question", "what", "owner", "with", "indicator", "group", "reference",
    "expected_direction", "baseline", "prediction", "start", "review", "status", "learnt", "changed",
)  # fmt: skip
_DATES = ("start", "review")


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
    if not path.is_file():
        raise InputError(f"path must be an action plan that exists, got: {path.name!r}; check the folder and the name.")
    try:
        plan = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError):
        raise InputError(
            f"{path.name} must be comma-separated values with a heading, got: a file of another kind; "
            "save it as CSV UTF-8."
        ) from None
    return check_action_plan(plan, Place(path.name, "", 2))


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
    plan = plan[list(ACTION_COLUMNS)].fillna("").astype(str).apply(lambda column: column.str.strip())
    for column in ("action", "organisation", "what"):
        refuse(plan[column] == "", plan, column, place, "be filled in", "say it in a few words")
    refuse(plan["action"].duplicated(), plan, "action", place, "stand once", "give each action a name of its own")
    for column, known in (
        ("question", tuple(LEADERS_QUESTIONS)),
        ("indicator", ("", *INDICATORS)),
        ("status", STATUSES),
        ("expected_direction", ("", "higher", "lower")),
    ):
        bad = ~plan[column].isin(known)
        first = plan.loc[bad, column].iloc[0] if bad.any() else ""
        refuse(bad, plan, column, place, f"be one of {', '.join(filter(None, known))}", near_names(first, known))
    for column in _DATES:
        bad = (plan[column] != "") & pd.to_datetime(plan[column], format="%Y-%m-%d", errors="coerce").isna()
        refuse(bad, plan, column, place, "be a date as 2025-04-01", "write year, month and day")
    backwards = (plan["start"] != "") & (plan["review"] != "") & (plan["review"] < plan["start"])
    refuse(backwards, plan, "review", place, "be after the start", "correct one of the two dates")
    return plan
