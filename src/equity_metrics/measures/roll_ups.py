"""Complete counts of organisations in; the tables of every grouping and level that a reader may choose out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.measures.roll_up import GROUPINGS, roll_up


def roll_ups(counts: pd.DataFrame, everywhere: str = "All organisations") -> list[pd.DataFrame]:
    """Add counts up to every wider grouping, for each organisation and for all of them together.

    Parameters
    ----------
    counts
        Complete counts of one level, before anything is withheld.
    everywhere
        What all organisations of the table together are called. They are England only if all of England is there.

    Returns
    -------
    list of DataFrame
        ``counts`` and its wider groupings, then the same over all organisations if there are several: ready for
        ``release``.

    Raises
    ------
    TypeError, ValueError
        As :func:`equity_metrics.measures.roll_up.roll_up`.
    """
    detailed = ~counts["grouping"].isin(GROUPINGS)
    tables = [counts]
    if detailed.any():
        tables += [roll_up(counts[detailed], to=grouping) for grouping in (FIVE_GROUPS, WHITE_BME)]
    elif (counts["grouping"] == FIVE_GROUPS).any():
        tables.append(roll_up(counts[counts["grouping"] == FIVE_GROUPS], to=WHITE_BME))
    if len(counts["organisation"].unique()) > 1:
        tables += [roll_up(table, to="England").assign(organisation=everywhere) for table in tables]
    return tables
