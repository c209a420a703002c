"""Complete counts of one level in; the tables of every grouping and level that a reader may choose out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.measures.roll_up import GROUPINGS, INSIDE, roll_up


def roll_ups(counts: pd.DataFrame, everywhere: str = "All organisations") -> list[pd.DataFrame]:
    """Add counts up to every wider grouping, from wards to each organisation and to all of them together.

    Parameters
    ----------
    counts
        Complete counts of one level, before anything is withheld.
    everywhere
        What all organisations of the table together are called. They are England only if all of England is there.

    Returns
    -------
    list of DataFrame
        ``counts`` and its wider groupings; of wards and directorates the same for each level up to the organisation;
        then the same over all organisations if there are several: ready for ``release``.

    Raises
    ------
    TypeError, ValueError
        As :func:`equity_metrics.measures.roll_up.roll_up`.
    """
    level = counts["level"].iloc[0]
    above = INSIDE[INSIDE.index(level) + 1 :] if level in INSIDE else ()
    levels = [_groupings(table) for table in (counts, *(roll_up(counts, to=to) for to in above))]
    tables = [table for groupings in levels for table in groupings]
    if len(counts["organisation"].unique()) > 1:
        tables += [roll_up(table, to="England").assign(organisation=everywhere) for table in levels[-1]]
    return tables


def _groupings(counts: pd.DataFrame) -> list[pd.DataFrame]:
    detailed = ~counts["grouping"].isin(GROUPINGS)
    if detailed.any():
        return [counts, *(roll_up(counts[detailed], to=grouping) for grouping in (FIVE_GROUPS, WHITE_BME))]
    if (counts["grouping"] == FIVE_GROUPS).any():
        return [counts, roll_up(counts[counts["grouping"] == FIVE_GROUPS], to=WHITE_BME)]
    return [counts]
