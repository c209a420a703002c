"""Released counts of one indicator in; what equal likelihoods would mean for every group, place and year, out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.planning.scenarios import MORE_IN_ALL, SAME_IN_ALL, events_to_parity, experience_to_move
from equity_metrics.measures.disclosure.release import check_released

KEYS = ["organisation", "period", "grouping", "group"]
COUNTED = ["numerator", "denominator"]
CONDITIONS = [MORE_IN_ALL, SAME_IN_ALL]
AS_RESPONDENTS = "part of the gap is closed"
NOBODY = "nobody in the group or in the reference"
_VALUES = ("people", "lower", "upper", "move", "move_lower", "move_upper")
_EVENTS = ("more", "lower", "upper")


def gap_scenarios(
    released: pd.DataFrame, indicator: str, reference: str, *, part: float = 1.0, confidence: float = 0.95
) -> pd.DataFrame:
    """Say for every group what it would take to close its gap, or part of it, from released counts alone.

    Parameters
    ----------
    released
        Counts after ``release``; several groupings, places and years may stand in it.
    indicator
        A rate: 2 to 8. Events (2 to 4) are counted; survey answers (5 to 8) move by part of the gap.
    reference
        The group compared with; a group is compared with the one of its own grouping.
    part
        Of the gap to be closed, for survey answers; 0.5 for half.
    confidence
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        ``organisation, period, grouping, group, numerator, denominator, reference_numerator, reference_denominator,
        source, audience, withheld, condition, people, lower, upper, move, move_lower, move_upper, direction_known``.
        ``people`` (and limits) are events or respondents more, negative where fewer; ``move`` changes the group's
        proportion. A row that rests on a withheld number has none of its own, and ``withheld`` names whose it is.
        Events have a row for each condition of ``events_to_parity``.

    Raises
    ------
    TypeError, ValueError
        If the table was not released, or holds nothing of the indicator or the reference.

    References
    ----------
    As ``events_to_parity`` and ``experience_to_move``.
    """
    rows = check_released(released)
    rows = rows[(rows["indicator"] == indicator) & ~rows["group"].isin(UNKNOWN_GROUPS)]
    if rows.empty or reference not in set(rows["group"]):
        raise ValueError(f"reference must be a group with indicator {indicator}, got: {reference}")
    paired = _paired(rows, reference)
    usable = paired[paired["withheld"] == ""]
    nothing = dict.fromkeys(_VALUES, float("nan"))
    hidden = paired[paired["withheld"] != ""].assign(**nothing, direction_known=False)
    conditions = pd.DataFrame({"condition": CONDITIONS if _counts_events(indicator) else [AS_RESPONDENTS]})
    unknown = hidden.merge(conditions, how="cross")
    if usable.empty:
        return unknown
    moved = _moved(usable, indicator, part, confidence)
    found = usable.reset_index(names="place").merge(moved, on="place", validate="one_to_many").drop(columns="place")
    return pd.concat([found, unknown], ignore_index=True)


def _paired(rows: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Put each group beside its reference, with the reason where either is withheld."""
    at = ["organisation", "period", "grouping"]
    others = rows.loc[rows["group"] == reference, [*at, *COUNTED, "withheld"]]
    named = {column: f"reference_{column}" for column in (*COUNTED, "withheld")}
    kept = rows.loc[rows["group"] != reference, [*KEYS, *COUNTED, "source", "audience", "withheld"]]
    paired = kept.merge(others.rename(columns=named), on=at, validate="many_to_one")
    own, theirs = paired["withheld"], paired.pop("reference_withheld")
    why = (paired["group"] + ": " + own).where(own != "", "")
    why = why.mask((why == "") & (theirs != ""), f"{reference}: " + theirs)
    empty = (paired["denominator"] == 0) | (paired["reference_denominator"] == 0)
    paired["withheld"] = why.mask((why == "") & empty, NOBODY)
    return paired.reset_index(drop=True)


def _moved(usable: pd.DataFrame, indicator: str, part: float, confidence: float) -> pd.DataFrame:
    """Compute all rows in one call: each group at each place and year stands as a place of its own."""
    sides = [
        pd.DataFrame(
            {
                "organisation": usable.index,
                "period": "",
                "indicator": indicator,
                "group": side,
                **{column: usable[f"{prefix}{column}"].to_numpy() for column in COUNTED},
            }
        )
        for side, prefix in (("group", ""), ("reference", "reference_"))
    ]
    counts = pd.concat(sides, ignore_index=True)
    if _counts_events(indicator):
        table = events_to_parity(counts, "group", "reference", confidence=confidence)
        people = usable["denominator"].reindex(table["organisation"]).to_numpy()
        shares = {name: table[column] / people for name, column in zip(_VALUES[3:], _EVENTS, strict=True)}
        table = table.rename(columns={"more": "people"}).assign(**shares)
    else:
        table = experience_to_move(counts, "group", "reference", part=part, confidence=confidence)
        people = usable["denominator"].reindex(table["organisation"]).to_numpy()
        table = table.rename(columns={"lower": "move_lower", "upper": "move_upper"})
        table = table.assign(
            condition=AS_RESPONDENTS, lower=table["move_lower"] * people, upper=table["move_upper"] * people
        )
    return table.rename(columns={"organisation": "place"})[["place", "condition", *_VALUES, "direction_known"]]


def _counts_events(indicator: str) -> bool:
    return INDICATORS[indicator].shown_as != "gap"
