"""Action plans with their progress in; the small table of all actions that a page shows, out."""

import pandas as pd


def whole_plan(progress: pd.DataFrame) -> pd.DataFrame:
    """Lay out who does what, what the data say of it and whether its review is late.

    Parameters
    ----------
    progress
        After ``action_progress``.

    Returns
    -------
    DataFrame
        Words, one action a row, in the order of ``progress``: success first.
    """
    late = [overdue_words(*row) for row in zip(progress["overdue"], progress["review"], strict=True)]
    return pd.DataFrame(
        {
            "Action": progress["action"].tolist(),
            "Organisation": progress["organisation"].tolist(),
            "Owner": [owner or "nobody" for owner in progress["owner"]],
            "Status": progress["status"].tolist(),
            "What the data say": progress["standing"].tolist(),
            "Review overdue": late,
        }
    )


def overdue_words(overdue: bool, review: str) -> str:
    """Say whether an action waits for its review, for a cell of a table."""
    return f"since {review}" if overdue else "no"
