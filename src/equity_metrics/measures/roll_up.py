"""Complete counts or scores in; those of a wider grouping of ethnic groups, or of a higher level, out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME, wider_groups
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, PUBLISHED, check_one_level_and_grouping, kind_of
from equity_metrics.measures.pairs import check_once
from equity_metrics.measures.sums import combined_scores, summed_counts

GROUPINGS = (FIVE_GROUPS, WHITE_BME)
LEVELS = ("organisation", "system", "region", "England")
"""Levels that add up, from the lowest to the highest; each but the last is named by the column of that name."""
INSIDE = ("ward", "directorate", "organisation")
"""Levels inside one organisation, whose name stays in ``organisation``."""
OF_ONE_ORGANISATION = ("ods_code", "benchmarking_group")


def roll_up(counts: pd.DataFrame, to: str) -> pd.DataFrame:
    """Add counts, or combine scores, to a wider grouping or a higher level.

    Parameters
    ----------
    counts
        Complete counts or scores of one level, before anything is withheld.
    to
        ``Five groups`` or ``White / BME``; or, from wards, ``directorate`` or ``organisation``; or, from organisations,
        ``system`` or ``region``, which need the column of that name, or ``England``.

    Returns
    -------
    DataFrame
        The same columns. For rates, numerators and denominators add. For shares (indicators 1 and 9) the denominator is
        everyone: over groups it stays, over organisations it is counted once for each band or board, also where a group
        has no row there. A group without a row counts as nobody. A sum with a missing cell is missing. Means of scores
        are weighted by their bases and variances combined. Columns that ride along are kept where they agree.

    Raises
    ------
    TypeError, ValueError
        In one sentence, where the result would be wrong: published values, released tables, several levels, a grouping
        or level that is not wider, places without a name, denominators of a share that differ between groups, people
        of a share who are in no group's row.
    """
    kind = kind_of(counts)
    if kind == PUBLISHED:
        raise ValueError("counts must not be published values: weighted percentages do not add; read the higher level")
    if "withheld" in counts.columns:
        raise ValueError("counts must be complete, got: a released table; roll up before release")
    check_one_level_and_grouping(counts)
    counts = counts.reset_index(drop=True)
    counts = counts.assign(**{key: counts[key].fillna("") for key in keys_among(counts.columns)})
    check_once(counts, keys_among(counts.columns))
    if to in GROUPINGS:
        renamed = _to_grouping(counts, to)
    elif to in INSIDE[1:]:
        renamed = _to_inside(counts, to)
    elif to in LEVELS[1:]:
        renamed = _to_level(counts, to)
    else:
        raise ValueError(f"to must be one of {', '.join((*GROUPINGS, *INSIDE[1:], *LEVELS[1:]))}, got: {to!r}")
    return summed_counts(counts, renamed) if kind == COUNTS else combined_scores(renamed)


def _to_grouping(counts: pd.DataFrame, to: str) -> pd.DataFrame:
    group = counts["group"].copy()
    for grouping in counts["grouping"].unique():
        if grouping == to:
            continue
        rows = counts["grouping"] == grouping
        wider = wider_groups(grouping, to)
        unknown = set(counts.loc[rows, "group"]) - set(wider)
        if unknown:
            raise ValueError(f"group must be a group of {grouping}, got: {', '.join(sorted(map(repr, unknown)))}")
        group = group.mask(rows, counts["group"].map(wider))
    return counts.assign(group=group, grouping=to)


def _to_inside(counts: pd.DataFrame, to: str) -> pd.DataFrame:
    """Keep the organisation, and empty the columns that name what lies below the level."""
    lower = INSIDE[: INSIDE.index(to)]
    _check_lower(counts, lower, to)
    if to != "organisation":
        _check_named(counts, to)
    return counts.assign(level=to, **dict.fromkeys((c for c in lower if c in counts.columns), ""))


def _to_level(counts: pd.DataFrame, to: str) -> pd.DataFrame:
    _check_lower(counts, LEVELS[: LEVELS.index(to)], to)
    if to == LEVELS[-1]:
        return _without_lower_places(counts.assign(organisation=to, level=to), to)
    _check_named(counts, to)
    return _without_lower_places(counts.assign(organisation=counts[to], level=to), to)


def _check_lower(counts: pd.DataFrame, lower: tuple[str, ...], to: str) -> None:
    if not counts["level"].isin(lower).all():
        raise ValueError(f"level must be {' or '.join(lower)} to be rolled up to {to}, got: {counts['level'].iloc[0]}")


def _check_named(counts: pd.DataFrame, to: str) -> None:
    if to not in counts.columns:
        raise ValueError(f"counts must have the column {to}, got: none")
    nameless = counts[to].fillna("") == ""
    if nameless.any():
        places = ", ".join(map(str, counts.loc[nameless, "organisation"].unique()[:3]))
        raise ValueError(f"{to} must be given for every place, got: none for {places}")


def _without_lower_places(renamed: pd.DataFrame, to: str) -> pd.DataFrame:
    """Empty the columns that name one of the places that were added; keep the higher place where all lie in it."""
    lower = [column for column in (*OF_ONE_ORGANISATION, *LEVELS[1 : LEVELS.index(to)]) if column in renamed.columns]
    higher = [column for column in LEVELS[LEVELS.index(to) + 1 :] if column in renamed.columns]
    places = renamed.groupby("organisation")
    agreed = {c: renamed[c].where(places[c].transform("nunique") == 1, "") for c in higher}
    return renamed.assign(**dict.fromkeys(lower, ""), **agreed)
