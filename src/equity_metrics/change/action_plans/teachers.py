"""Action plans with their progress, and places that improved, in; who can ask whom, out."""

import pandas as pd

from equity_metrics.change.action_plans.action_progress import PROGRESS

TEACHER_COLUMNS = ("action", "organisation", "indicator", "teacher", "because")


def teachers(progress: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Name for each action without evidence of progress the places that others can learn from.

    Parameters
    ----------
    progress
        What :func:`equity_metrics.change.action_plans.action_progress.action_progress` returned, of one or several
        organisations.
    places
        What :func:`equity_metrics.change.action_plans.places_to_learn_from.places_to_learn_from` returned.

    Returns
    -------
    DataFrame
        ``action, organisation, indicator, teacher`` (another organisation) and ``because``, one row for each reason:
        an action there on the same indicator with evidence of progress, or an improvement there beyond common cause.
    """
    asking = progress.loc[progress["standing"] != PROGRESS, ["action", "organisation", "indicator"]]
    helped = progress.loc[progress["standing"] == PROGRESS, ["organisation", "indicator", "action"]]
    by_action = helped.assign(because=[f"evidence of progress after “{action}”" for action in helped["action"]])
    by_chart = places.assign(
        because=[f"closer to parity beyond common cause in {period}" for period in places["period"]]
    )
    reasons = pd.concat([table[["organisation", "indicator", "because"]] for table in (by_action, by_chart)])
    reasons = reasons.rename(columns={"organisation": "teacher"}).astype(str)
    pairs = asking[asking["indicator"] != ""].merge(reasons, on="indicator")
    return pairs.loc[pairs["teacher"] != pairs["organisation"], list(TEACHER_COLUMNS)].reset_index(drop=True)
