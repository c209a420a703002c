"""Complete monthly counts in; the same added up to the shortest period at which nothing must be withheld, out."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.change.paired_series import period_numbers
from equity_metrics.change.pooled_series import PERIOD_LENGTHS, PLACE, SERIES, pooled_series
from equity_metrics.measures.cells import COUNTS, SUPPRESSED_BY_SOURCE, check_one_level_and_grouping, kind_of
from equity_metrics.measures.release import primary_suppression

NONE_PASSES = "no period up to a year passes"
ONLY_ONE_LEFT = "withheld because another group is: one alone could be found by subtraction"
NEVER = len(PERIOD_LENGTHS)
LONGEST = NEVER - 1
REFERENCE = "White"
"""Not a part of BME, so it cannot be found by subtracting the other groups from BME."""


def publishable_series(
    counts: pd.DataFrame,
    policy: DisclosurePolicy = DISCLOSURE_POLICY,
    audience: str = PUBLISH,
    *,
    beside: str | None = None,
) -> pd.DataFrame:
    """Pool each monthly series to the shortest period from which on every cell passes primary suppression.

    Parameters
    ----------
    counts
        Complete counts by month, of one level and grouping, without gaps inside a series. Groups of unknown ethnicity
        are left aside. Months that do not fill a first or last period are left out of it.
    policy, audience
        As for ``release``.
    beside
        A group that each other group is compared with: each is then pooled to the longer of its own length and this
        group's, and this group is listed at every length so needed. None: each series stands for itself.

    Returns
    -------
    DataFrame
        A released table: the keys, ``numerator``, ``denominator``, ``table``, ``audience``, ``withheld``,
        ``period_length`` (``month``, ``quarter``, ``half-year`` or ``year``) and ``step``, the number of the period, so
        that neighbours differ by 1. Where no length passes, the rows are those of years, both numbers are missing and
        ``withheld`` says why. The longest length of a place's groups (but White) is never one group's alone: the next
        group is pooled as long, because the one could be found by subtracting the others from BME.

    Raises
    ------
    TypeError, ValueError
        If the table holds no complete monthly counts of one level and grouping.

    References
    ----------
    The thresholds and where each comes from stand in ``catalogue/disclosure_policies.csv``.
    """
    rows = _monthly(counts)
    tried = {length: _judged(pooled_series(rows, length), policy, audience) for length in PERIOD_LENGTHS}
    chosen = _chosen(tried)
    wanted = chosen if beside is None else _compared(chosen, beside)
    wanted = wanted.assign(period_length=wanted["rank"].clip(upper=LONGEST).map(dict(enumerate(PERIOD_LENGTHS))))
    every = pd.concat([table.drop(columns="withheld").assign(period_length=n) for n, table in tried.items()])
    whole = every.merge(wanted.drop(columns="rank"), on=[*SERIES, "period_length"])
    hidden = whole["withheld"] != ""
    whole = whole.assign(**{c: whole[c].astype(float).mask(hidden) for c in ("numerator", "denominator")})
    ordered = whole.sort_values([*SERIES, "period_length", "step"], kind="stable", ignore_index=True)
    return ordered.assign(audience=audience)


def _monthly(counts: pd.DataFrame) -> pd.DataFrame:
    if (kind := kind_of(counts)) != COUNTS:
        raise ValueError(f"counts must be counts, got: {kind}")
    if "withheld" in counts.columns:
        raise ValueError("counts must be complete, got: a released table")
    check_one_level_and_grouping(counts)
    rows = counts[~counts["group"].isin(UNKNOWN_GROUPS)]
    months, _ = period_numbers(rows["period"])
    found = rows.assign(_month=months).groupby(SERIES, dropna=False, observed=True)["_month"]
    size, distinct, span = found.size(), found.nunique(), found.max() - found.min() + 1
    if (size != distinct).any():
        raise ValueError(f"counts must hold each month of a series once, got twice: {_first(size != distinct)}")
    if (span != distinct).any():
        raise ValueError(f"counts must hold each month of a series, got: a gap in {_first(span != distinct)}")
    return rows


def _first(faulty: "pd.Series[bool]") -> str:
    """Name the first series with a fault."""
    return ", ".join(map(str, faulty.index.to_frame(index=False)[faulty.to_numpy()].iloc[0]))


def _judged(pooled: pd.DataFrame, policy: DisclosurePolicy, audience: str) -> pd.DataFrame:
    whole = pooled.assign(table=COUNTS)
    return whole.assign(withheld=primary_suppression(whole, policy, audience))


def _chosen(tried: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Give each series the rank of its length (``NEVER`` where none passes), and why it is withheld, if it is."""
    reasons = pd.DataFrame(
        {n: table.groupby(SERIES, dropna=False, observed=True)["withheld"].max() for n, table in tried.items()}
    ).fillna("its months do not fill one such period")
    passes = (reasons == "").to_numpy()
    from_here_on = np.logical_and.accumulate(passes[:, ::-1], axis=1)[:, ::-1]
    rank = np.where(from_here_on.any(axis=1), from_here_on.argmax(axis=1), NEVER)
    own = reasons["year"].reset_index(drop=True)
    series = reasons.index.to_frame(index=False).assign(rank=rank)
    series["rank"] = _never_alone(series)
    why = own.where(own.isin(["", SUPPRESSED_BY_SOURCE]), NONE_PASSES + ": " + own)
    why = why.mask((series["rank"] == NEVER) & (why == ""), ONLY_ONE_LEFT)
    return series.assign(withheld=why.mask(series["rank"] < NEVER, ""))


def _never_alone(series: pd.DataFrame) -> NDArray[np.int64]:
    """Raise the second longest length of a place's groups, other than the reference, to the longest."""
    ranks = series["rank"].to_numpy(copy=True)
    parts = series[series["group"] != REFERENCE]
    for positions in parts.groupby(PLACE, dropna=False, observed=True).indices.values():
        cells = parts.index.to_numpy()[positions]
        if len(cells) > 1:
            second, longest = cells[np.argsort(ranks[cells], kind="stable")[-2:]]
            ranks[second] = ranks[longest]
    return ranks


def _compared(chosen: pd.DataFrame, beside: str) -> pd.DataFrame:
    """Raise each group's length to that of the one it is compared with, and list that one at every length needed."""
    if beside not in set(chosen["group"]):
        raise ValueError(f"beside must be one of {', '.join(sorted(set(chosen['group'])))}, got: {beside}")
    is_reference = chosen["group"] == beside
    reference, groups = chosen[is_reference], chosen[~is_reference]
    met = groups.merge(reference[[*PLACE, "rank"]], on=PLACE, how="left", suffixes=("", "_met"))["rank_met"]
    longer = np.maximum(groups["rank"].to_numpy(), met.where(met < NEVER, 0).fillna(0).to_numpy(int))
    groups = groups.assign(rank=longer)
    needed = groups.loc[groups["rank"] < NEVER, [*PLACE, "rank"]].drop_duplicates()
    listed = reference.drop(columns="rank").merge(needed, on=PLACE)
    listed = listed[listed["withheld"] == ""]
    return pd.concat([groups, listed, reference]).drop_duplicates([*SERIES, "rank"])
