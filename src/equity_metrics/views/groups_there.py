"""Rows of one grouping in; the ethnic groups that stand in them, in the order in which they are shown, out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.sources.counts import GROUPINGS


def groups_there(rows: pd.DataFrame) -> list[str]:
    """Name the groups of a table: as they are published, or a reader's own as they stand there, then the unknown.

    Parameters
    ----------
    rows
        One row or more, all of one ``grouping``.

    Returns
    -------
    list of str
    """
    there = list(dict.fromkeys(rows["group"]))
    grouping = rows["grouping"].iloc[0]
    order = groups_of(grouping) if grouping in GROUPINGS else sorted(there, key=UNKNOWN_GROUPS.__contains__)
    return [group for group in order if group in there]
