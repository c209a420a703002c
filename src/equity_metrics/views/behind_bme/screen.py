"""Released counts of one place in; where BME hides opposite stories among all its indicators out."""

from typing import NamedTuple

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS, FIVE_GROUPS, WHITE_BME
from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.measures.fairness.opposite_stories import opposite_stories


class Screen(NamedTuple):
    """What ``opposite_stories`` finds, and among how many comparisons it looked."""

    stories: pd.DataFrame
    comparisons: int


def screened(counts: pd.DataFrame, grouping: str, reference: str) -> Screen:
    """Screen all indicators of one place and year for opposite stories below BME.

    Parameters
    ----------
    counts
        Released counts of rates, not told apart by anything else than ethnic group.
    grouping
        Detailed categories are screened against ``reference`` if one of them is chosen, five groups against White
        otherwise.
    reference
        A detailed category.

    Returns
    -------
    Screen
        Nothing, among no comparisons, where the counts do not hold the grouping.
    """
    detailed = grouping in DETAILED_GROUPINGS
    groupings = DETAILED_GROUPINGS if detailed else (FIVE_GROUPS,)
    against = reference if detailed else "White"
    rows = counts[counts["grouping"].isin([*groupings, WHITE_BME])]
    if not (rows["grouping"].isin(groupings) & (rows["group"] == against)).any():
        return Screen(pd.DataFrame(columns=["indicator", "group", "story", "reference"]), 0)
    compared = relative_likelihoods(rows, reference=against)
    looked_at = (
        (compared["withheld"] == "") & compared["grouping"].isin(groupings) & ~compared["group"].str.startswith("White")
    )
    return Screen(opposite_stories(compared), int(looked_at.sum()))
