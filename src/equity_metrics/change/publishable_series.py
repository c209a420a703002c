"""Complete monthly counts in; the same added up to the shortest period at which nothing must be withheld, out."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.paired_series import period_numbers
from equity_metrics.measures.cells import COUNTS, SUPPRESSED_BY_SOURCE, check_one_level_and_grouping, kind_of
from equity_metrics.measures.release import primary_suppression

PERIOD_LENGTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""In months. Quarters, half-years and years are those of the NHS financial year, April to March."""
NONE_PASSES = "no period up to a year passes"
ONLY_ONE_LEFT = "withheld because another group is: one alone could be found by subtraction"
SERIES = ["organisation", "indicator", "grouping", "level", "group"]
REFERENCE = "White"
"""Not a part of BME, so it cannot be found by subtracting the other groups from BME."""
_HEADCOUNT = "staff in post"


def publishable_series(
    counts: pd.DataFrame, policy: DisclosurePolicy = DISCLOSURE_POLICY, audience: str = PUBLISH
) -> pd.DataFrame:
    """Pool each monthly series to the shortest period from which on every cell passes primary suppression.

    Parameters
    ----------
    counts
        Complete counts by month, of one level and grouping, without gaps inside a series. Groups of unknown ethnicity
        are left aside. Months that do not fill a first or last period are left out of it.
    policy, audience
        As for ``release``.

    Returns
    -------
    DataFrame
        A released table: the keys, ``numerator``, ``denominator``, ``table``, ``audience``, ``withheld`` and
        ``period_length``: ``month``, ``quarter``, ``half-year`` or ``year``. Where no length passes, the rows are those
        of years, both numbers are missing and ``withheld`` says why. The longest length of a place's groups (but
        White) is never one group's alone: the next group is pooled as long, because the one could be found by
        subtracting the others from BME.

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
    chosen, reasons = _chosen(tried)
    parts = []
    for length, table in tried.items():
        index = pd.MultiIndex.from_frame(table[SERIES])
        withheld = reasons.reindex(index).to_numpy()
        own = table.assign(withheld=withheld, period_length=length)[chosen.reindex(index).to_numpy() == length]
        hidden = own["withheld"] != ""
        parts.append(own.assign(**{c: own[c].astype(float).mask(hidden) for c in ("numerator", "denominator")}))
    whole = pd.concat(parts, ignore_index=True).sort_values([*SERIES, "period"], kind="stable", ignore_index=True)
    return whole.assign(audience=audience)


def pooled_series(counts: pd.DataFrame, length: str) -> pd.DataFrame:
    """Add monthly counts up to longer periods.

    Parameters
    ----------
    counts
        Counts by month.
    length
        ``month``, ``quarter`` (``2024-25 Q1``), ``half-year`` (``2024-25 H1``) or ``year`` (WRES year: ``2025`` ends
        on 31 March 2025).

    Returns
    -------
    DataFrame
        One row a series and whole period. Events add; so do people who come anew each month (shortlisted). Staff in
        post are the same people each month, so their number is averaged and rounded.

    Raises
    ------
    ValueError
        If the length or the form of the periods is not known.
    """
    if length not in PERIOD_LENGTHS:
        raise ValueError(f"length must be one of {', '.join(PERIOD_LENGTHS)}, got: {length!r}")
    months, unit = period_numbers(counts["period"])
    if unit != "month":
        raise ValueError(f"counts must be by month (2025-03), got: {counts['period'].iloc[0]}")
    size = PERIOD_LENGTHS[length]
    since_april = months - 3
    rows = counts.assign(_number=since_april // size, _months=1, source=counts.get("source", ""))
    grouped = rows.groupby([*SERIES, "_number"], dropna=False, observed=True, sort=False)
    sums = grouped[["numerator", "denominator", "_months"]].sum(skipna=False)
    sums = sums.assign(source=grouped["source"].first()).reset_index()
    sums = sums[sums["_months"] == size]
    stays = sums["indicator"].map(lambda i: INDICATORS[i].denominator == _HEADCOUNT)
    denominator = sums["denominator"].where(~stays, (sums["denominator"] / size).round())
    names = {number: _name(number, length) for number in sums["_number"].unique()}
    pooled = sums.assign(denominator=denominator, period=sums["_number"].map(names))
    return pooled.drop(columns=["_number", "_months"]).reset_index(drop=True)


def _name(number: int, length: str) -> str:
    size = PERIOD_LENGTHS[length]
    month = number * size + 3
    if length == "month":
        return f"{month // 12}-{month % 12 + 1:02d}"
    year, part = divmod(number, 12 // size)
    if length == "year":
        return str(year + 1)
    return f"{year}-{(year + 1) % 100:02d} {length[0].upper()}{part + 1}"


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


def _chosen(tried: dict[str, pd.DataFrame]) -> tuple[pd.Series, pd.Series]:
    """Name each series' length, and why it is withheld, if it is."""
    lengths = list(PERIOD_LENGTHS)
    first_reason = {
        length: table.groupby(SERIES, dropna=False, observed=True)["withheld"].max() for length, table in tried.items()
    }
    reasons = pd.DataFrame(first_reason)[lengths].fillna("its months do not fill one such period")
    passes = (reasons == "").to_numpy()
    from_here_on = np.logical_and.accumulate(passes[:, ::-1], axis=1)[:, ::-1]
    rank = np.where(from_here_on.any(axis=1), from_here_on.argmax(axis=1), len(lengths))
    ranks = pd.Series(_never_alone(reasons.index, rank), index=reasons.index)
    own = reasons["year"]
    why = own.where(own.isin(["", SUPPRESSED_BY_SOURCE]), NONE_PASSES + ": " + own)
    why = why.mask((ranks == len(lengths)) & (why == ""), ONLY_ONE_LEFT).mask(ranks < len(lengths), "")
    return ranks.clip(upper=len(lengths) - 1).map(dict(enumerate(lengths))), why


def _never_alone(series: pd.Index, rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Raise the second longest length of a place's groups, other than the reference, to the longest."""
    ranks = rank.copy()
    frame = series.to_frame(index=False)
    parts = frame[frame["group"] != REFERENCE]
    for positions in parts.groupby([c for c in SERIES if c != "group"], dropna=False, observed=True).indices.values():
        cells = parts.index.to_numpy()[positions]
        if len(cells) > 1:
            second, longest = cells[np.argsort(ranks[cells], kind="stable")[-2:]]
            ranks[second] = ranks[longest]
    return ranks
