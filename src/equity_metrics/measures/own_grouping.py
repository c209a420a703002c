"""Complete counts of detailed ethnic groups in; those of groups of the reader's own choice out."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import (
    DETAILED_GROUPINGS,
    FIVE_GROUPS,
    UNKNOWN_GROUPS,
    WHITE_BME,
    groups_of,
    wider_groups,
)
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, check_one_level_and_grouping, kind_of
from equity_metrics.measures.pairs import check_once
from equity_metrics.measures.sums import summed_counts

SEPARATOR = "; "
NOBODY = ""


def own_grouping(counts: pd.DataFrame, groups: Mapping[str, Sequence[str]], name: str) -> pd.DataFrame:
    """Add detailed counts to groups of the reader's own choice.

    Parameters
    ----------
    counts
        Complete counts by detailed categories, of one level, before anything is withheld. For a higher level roll up
        first.
    groups
        Name of each group to the categories in it. Where indicators record different categories (workforce and survey),
        a group names those of each.
    name
        What the grouping is called.

    Returns
    -------
    DataFrame
        The columns of ``counts`` with ``grouping`` ``name``, one row for each group, + ``made_of`` (its categories) and
        ``left_out`` (categories that are in no group), both joined by ``; ``. Unknown ethnicity stays what it is.
        Numbers add as in :func:`equity_metrics.measures.roll_up.roll_up`: in a share everyone stays in the denominator,
        also those who are left out. ``release`` does not know these sums: for publication release this grouping or the
        categories that it is made of, not both, or one less the other gives small numbers away.

    Raises
    ------
    TypeError, ValueError
        In one sentence: what is not complete counts of detailed categories; a category that is not there, with the
        nearest that is; one that is in two groups; a group without a category of one of the groupings; a name that the
        catalogue gives to something else.
    """
    if kind_of(counts) != COUNTS or "withheld" in counts.columns:
        raise ValueError("counts must be complete counts, got: another table; make the grouping before release")
    check_one_level_and_grouping(counts)
    there = list(dict.fromkeys(counts["grouping"]))
    coarse = [grouping for grouping in there if grouping not in DETAILED_GROUPINGS]
    if coarse:
        raise ValueError(f"counts must be by detailed categories, got: {coarse[0]}")
    chosen = {category: group for group, categories in groups.items() for category in categories}
    _check_name(name)
    _check_categories(groups, there)
    _check_groups(groups, there)
    counts = counts.assign(**{key: counts[key].fillna("") for key in keys_among(counts.columns)}).reset_index(drop=True)
    check_once(counts, keys_among(counts.columns))
    # Who is left out is added up without a name, so that everyone stays in the denominator of a share.
    group = counts["group"].map({**chosen, **{unknown: unknown for unknown in UNKNOWN_GROUPS}}).fillna(NOBODY)
    summed = summed_counts(counts, counts.assign(group=group, grouping=name))
    summed = summed[summed["group"] != NOBODY].reset_index(drop=True)
    source_of = dict(zip(counts["indicator"], counts["grouping"], strict=True))
    sources = summed["indicator"].map(source_of)
    made_of = {(s, g): _among(groups_of(s), categories) for s in there for g, categories in groups.items()}
    left_out = {s: _among(groups_of(s), set(groups_of(s)) - {*chosen, *UNKNOWN_GROUPS}) for s in there}
    pairs = zip(sources, summed["group"], strict=True)
    return summed.assign(
        made_of=pd.Series([made_of.get(pair, pair[1]) for pair in pairs], index=summed.index, dtype="str"),
        left_out=sources.map(left_out).astype("str"),
    )


def _among(categories: Iterable[str], wanted: Iterable[str]) -> str:
    """Join those of the categories that are wanted, in published order."""
    kept = set(wanted)
    return SEPARATOR.join(category for category in categories if category in kept)


def _check_name(name: str) -> None:
    if not name or name in (WHITE_BME, FIVE_GROUPS, *DETAILED_GROUPINGS):
        raise ValueError(f"name must be a new name, got: {name!r}")


def _check_categories(groups: Mapping[str, Sequence[str]], groupings: Sequence[str]) -> None:
    if not groups:
        raise ValueError("groups must name at least one group, got: none")
    known = [c for grouping in groupings for c in groups_of(grouping) if c not in UNKNOWN_GROUPS]
    given = [category for categories in groups.values() for category in categories]
    for category in given:
        if category in UNKNOWN_GROUPS:
            raise ValueError(f"groups must hold people of known ethnicity, got: {category!r}, which stays what it is")
        if category not in known:
            nearest = get_close_matches(category, known, n=1, cutoff=0)[0]
            raise ValueError(
                f"groups must name categories of the counts, got: {category!r}; the nearest is {nearest!r}"
            )
    twice = [category for i, category in enumerate(given) if category in given[:i]]
    if twice:
        raise ValueError(f"groups must hold each category once, got twice: {twice[0]!r}")


def _check_groups(groups: Mapping[str, Sequence[str]], groupings: Sequence[str]) -> None:
    for group, categories in groups.items():
        if not group.strip() or group in UNKNOWN_GROUPS:
            raise ValueError(f"groups must each have a name of their own, got: {group!r}")
        for grouping in groupings:
            there = set(categories) & set(groups_of(grouping))
            if not there:
                raise ValueError(f"groups must each name a category of {grouping}, got: none for {group!r}")
            taken = {c for to in (FIVE_GROUPS, WHITE_BME) for c, w in wider_groups(grouping, to).items() if w == group}
            if taken and taken != there:
                raise ValueError(f"groups must not give {group!r} another meaning, got: {', '.join(sorted(there))}")
