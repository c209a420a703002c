"""Complete monthly counts in; the same added up to the shortest period at which nothing must be withheld, out."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, SURVEY, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS, PLACE, SERIES, pooled_series
from equity_metrics.change.monitored.subtraction import unsubtractable_ranks
from equity_metrics.measures.cells import COUNTS, SUPPRESSED_BY_SOURCE, check_one_level_and_grouping, kind_of
from equity_metrics.measures.disclosure.release import primary_suppression

NONE_PASSES = "no period up to a year passes"
BY_SUBTRACTION = "withheld because another group is, which could be found by subtraction"
NEVER = len(PERIOD_LENGTHS)
LONGEST = NEVER - 1


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
        ``withheld`` says why. Groups are pooled as far as it takes that no small number is found by subtracting them
        from BME (``unsubtractable_ranks``).

    Raises
    ------
    TypeError, ValueError
        If the table holds no complete monthly counts of one level and grouping.

    References
    ----------
    The thresholds and where each comes from stand in ``catalogue/disclosure_policies.csv``.
    """
    rows = _monthly(counts)
    tried = {length: pooled_series(rows, length).assign(table=COUNTS) for length in PERIOD_LENGTHS}
    chosen = _chosen(tried, policy, audience)
    wanted = chosen if beside is None else _compared(chosen, beside)
    wanted = wanted.assign(period_length=wanted["rank"].clip(upper=LONGEST).map(dict(enumerate(PERIOD_LENGTHS))))
    every = pd.concat([table.assign(period_length=n) for n, table in tried.items()])
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


def _withheld(pooled: pd.DataFrame, policy: DisclosurePolicy, audience: str) -> "pd.Series[str]":
    return primary_suppression(pooled.assign(table=COUNTS), policy, audience)


def _chosen(tried: dict[str, pd.DataFrame], policy: DisclosurePolicy, audience: str) -> pd.DataFrame:
    """Give each series the rank of its length (``NEVER`` where none passes), and why it is withheld, if it is."""
    judged = {n: table.assign(withheld=_withheld(table, policy, audience)) for n, table in tried.items()}
    reasons = pd.DataFrame(
        {n: table.groupby(SERIES, dropna=False, observed=True)["withheld"].max() for n, table in judged.items()}
    ).fillna("its months do not fill one such period")
    passes = (reasons == "").to_numpy()
    from_here_on = np.logical_and.accumulate(passes[:, ::-1], axis=1)[:, ::-1]
    rank = np.where(from_here_on.any(axis=1), from_here_on.argmax(axis=1), NEVER)
    own = reasons["year"].reset_index(drop=True)
    series = reasons.index.to_frame(index=False).assign(rank=rank)
    concerned = {*tried["month"]["indicator"], SURVEY}
    own_policy = replace(policy, protections=tuple(p for p in policy.protections if p.indicator in concerned))
    judge = partial(_withheld, policy=own_policy, audience=audience)
    series["rank"] = unsubtractable_ranks(series, tried, judge)
    why = own.where(own.isin(["", SUPPRESSED_BY_SOURCE]), NONE_PASSES + ": " + own)
    why = why.mask((series["rank"] == NEVER) & (why == ""), BY_SUBTRACTION)
    return series.assign(withheld=why.mask(series["rank"] < NEVER, ""))


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
