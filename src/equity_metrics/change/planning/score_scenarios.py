"""Released scores of respondents in; how far each group's mean must move to close part of its gap, out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.change.planning.scenarios import score_to_move
from equity_metrics.measures.cells import SCORES
from equity_metrics.measures.disclosure.release import check_released

PLACED = ["organisation", "period", "indicator", "grouping"]
SCORED = ["base", "mean", "variance"]
MOVED = ["move", "lower", "upper"]


def score_scenarios(
    released: pd.DataFrame, reference: str, *, part: float = 0.5, confidence: float = 0.95
) -> pd.DataFrame:
    """Say for every group and score how far its mean must move to close part of the gap.

    Parameters
    ----------
    released
        Scores after ``release``; several scores, groupings, places and years may stand in it.
    reference
        The group compared with; a group is compared with the one of its own grouping.
    part
        Of the gap to be closed; 0.5 for half.
    confidence
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        ``organisation, period, indicator, grouping, group, base, mean, variance, reference_base, reference_mean,
        reference_variance, source, audience, withheld, move, lower, upper, direction_known``, in score points. A row
        that rests on a withheld number has none of its own, and ``withheld`` names whose it is.

    Raises
    ------
    TypeError, ValueError
        If the table was not released, or holds no scores of the reference.

    References
    ----------
    As ``score_to_move``.
    """
    rows = check_released(released)
    rows = rows[(rows["table"] == SCORES) & ~rows["group"].isin(UNKNOWN_GROUPS)]
    if reference not in set(rows["group"]):
        raise ValueError(f"reference must be a group with scores, got: {reference}")
    others = rows.loc[rows["group"] == reference, [*PLACED, *SCORED, "withheld"]]
    named = {column: f"reference_{column}" for column in (*SCORED, "withheld")}
    kept = rows.loc[rows["group"] != reference, [*PLACED, "group", *SCORED, "source", "audience", "withheld"]]
    paired = kept.merge(others.rename(columns=named), on=PLACED, validate="many_to_one")
    own, theirs = paired["withheld"], paired.pop("reference_withheld")
    why = (paired["group"] + ": " + own).where(own != "", "")
    paired["withheld"] = why.mask((why == "") & (theirs != ""), f"{reference}: " + theirs)
    # Each group at each place stands as a place of its own, so that one call computes all of them.
    sides = [
        paired[[f"{prefix}{column}" for column in SCORED]]
        .set_axis(SCORED, axis=1)
        .assign(organisation=paired.index, period="", group=side)
        for side, prefix in (("group", ""), ("reference", "reference_"))
    ]
    table = score_to_move(pd.concat(sides), "group", "reference", part=part, confidence=confidence)
    found = table.set_index("organisation").reindex(paired.index)
    shown = (paired["withheld"] == "").to_numpy()
    moves = {column: found[column].where(shown) for column in MOVED}
    return paired.assign(**moves, direction_known=found["direction_known"].fillna(False).astype(bool) & shown)
