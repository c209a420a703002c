"""Comparisons of the groups below BME in; where some of them do better and some worse than the reference out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS, FIVE_GROUPS, WHITE_BME, wider_groups
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.fairness.many_comparisons import many_comparisons
from equity_metrics.measures.intervals.intervals import normal_quantile
from equity_metrics.measures.pairs import NOT_IN_DATA, check_once

BME = "BME"
FINER = (FIVE_GROUPS, *DETAILED_GROUPINGS)
"""Groupings that know which of their groups belong to BME."""
MORE, LESS = "more likely", "less likely"
WHOLE = ("value", "lower", "upper", "withheld")
"""What is said of BME as a whole beside each of its groups."""


def opposite_stories(comparisons: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """List where "BME" hides opposite stories: one group more likely than the reference, another one less likely.

    Parameters
    ----------
    comparisons
        Gaps or relative likelihoods of counts against one reference, in ``Five groups`` or a detailed grouping: all
        that is screened at once. Rows of ``White / BME`` against the same reference are set beside them.
    confidence
        A group counts as more or less likely where its p-value, adjusted for everything that is screened, is below
        what this leaves; between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Of each place, period and indicator with groups on both sides, the rows of those groups, those that are more
        likely first, + ``story`` (``more likely`` or ``less likely`` than the reference), ``p_value``,
        ``p_value_adjusted``, and ``bme_value, bme_lower, bme_upper, bme_withheld``: BME as a whole, as the table has
        it, never added up from the groups that are shown. Empty where there is none. Only groups that belong to BME are
        screened; a withheld comparison tells nothing.

    Raises
    ------
    ValueError
        If the comparisons are of shares or without counts, or a grouping is not in the catalogue.

    References
    ----------
    Benjamini Y, Hochberg Y (1995), Journal of the Royal Statistical Society B 57: 289-300, for the adjustment. Gail M,
    Simon R (1985). Testing for qualitative interactions between treatment effects and patient subsets. Biometrics 41:
    361-372, for the question; both sides must be certain here, which is more than their test asks.
    """
    normal_quantile(confidence)
    screened = many_comparisons(comparisons[_below_bme(comparisons)])
    where = [k for k in (*keys_among(screened.columns), "reference") if k in screened.columns and k != "group"]
    check_once(screened, [*where, "group"])
    more = screened["group_value"] > screened["reference_value"]
    screened = screened.assign(story=more.map({True: MORE, False: LESS}))
    certain = screened[screened["p_value_adjusted"] < 1 - confidence]
    places = certain.groupby(where, sort=False, observed=True, dropna=False)
    both = places["story"].transform("nunique") == 2
    # The later word first: more likely stands before less likely within each place.
    order = certain.assign(place=places.ngroup())[both].sort_values(["place", "story"], ascending=[True, False])
    return _beside_bme(order.drop(columns="place"), comparisons, [key for key in where if key != "grouping"])


def _below_bme(comparisons: pd.DataFrame) -> "pd.Series[bool]":
    """Say which rows are of a group that belongs to BME."""
    below = pd.Series(False, index=comparisons.index)
    for grouping in comparisons["grouping"].unique():
        if grouping == WHITE_BME:
            continue
        if grouping not in FINER:
            raise ValueError(f"grouping must be one of {', '.join(FINER)}, got: {grouping!r}")
        groups = [group for group, wider in wider_groups(grouping, WHITE_BME).items() if wider == BME]
        below |= (comparisons["grouping"] == grouping) & comparisons["group"].isin(groups)
    return below


def _beside_bme(listed: pd.DataFrame, comparisons: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Put beside each row what the table says of BME as a whole against the same reference."""
    whole = comparisons[(comparisons["grouping"] == WHITE_BME) & (comparisons["group"] == BME)]
    check_once(whole, [*keys, "group"])
    whole = whole[[*keys, *WHOLE]].rename(columns={column: f"bme_{column}" for column in WHOLE})
    joined = listed.merge(whole, on=keys, how="left", validate="many_to_one")
    return joined.assign(bme_withheld=joined["bme_withheld"].fillna(NOT_IN_DATA))
