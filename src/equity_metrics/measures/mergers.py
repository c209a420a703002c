"""Complete counts of organisations and a table of successors in; counts as if all mergers had been made before, out."""

import pandas as pd

from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, PUBLISHED, check_one_level_and_grouping, kind_of
from equity_metrics.measures.pairs import check_once
from equity_metrics.measures.sums import combined_scores, summed_counts

OLD, NEW, DATE, NAME = "predecessor_ods_code", "successor_ods_code", "date", "successor"
OF_THE_SUCCESSOR = ("organisation", "system", "region", "benchmarking_group")


def merged_counts(counts: pd.DataFrame, successors: pd.DataFrame) -> pd.DataFrame:
    """Add counts of organisations that have merged since, in every period, so that years can be compared.

    Parameters
    ----------
    counts
        Complete counts or scores of organisations, with ``ods_code``, before anything is withheld.
    successors
        One row a merger: ``predecessor_ods_code``, ``successor_ods_code``, ``date`` (2022-04-01: from when on the
        successor counts for both) and, of a successor that has no row in the counts, ``successor``, its name. An
        organisation may keep its code: then only the others have a row.

    Returns
    -------
    DataFrame
        The same columns + ``merged_from``: the organisations that were added, where there are several or others.
        Numerators and denominators add, ratios never average; a sum with a missing cell is missing. Name, system,
        region and benchmarking group are the successor's last. Organisations without a row in ``successors`` stay.

    Raises
    ------
    TypeError, ValueError
        In one sentence: published values (weighted percentages do not add), released tables, other levels, codes that
        are not known, several successors of one organisation, successors in a circle, or counts of an organisation for
        a period after it had merged.

    References
    ----------
    NHS Organisation Data Service: the file of successors (``succ.csv``) has these columns and a reason.
    """
    kind = kind_of(counts)
    if kind == PUBLISHED:
        raise ValueError("counts must not be published values: weighted percentages do not add; use records or counts")
    if "withheld" in counts.columns:
        raise ValueError("counts must be complete, got: a released table; merge before release")
    check_one_level_and_grouping(counts)
    _check_organisations(counts)
    into = _last_successors(counts, successors)
    _check_dates(counts, successors)
    counts = counts.reset_index(drop=True)
    counts = counts.assign(**{key: counts[key].fillna("") for key in keys_among(counts.columns)})
    check_once(counts, keys_among(counts.columns))
    renamed = _named(counts, into, successors)
    summed = summed_counts(counts, renamed) if kind == COUNTS else combined_scores(renamed)
    return summed.assign(merged_from=_parts(counts, renamed, summed))


def _check_organisations(counts: pd.DataFrame) -> None:
    if counts["level"].iloc[0] != "organisation":
        raise ValueError(f"level must be organisation, got: {counts['level'].iloc[0]}; merge first, then roll_up")
    if "ods_code" not in counts.columns:
        raise ValueError("counts must have the column ods_code, got: none")
    nameless = counts["ods_code"].fillna("") == ""
    if nameless.any():
        raise ValueError(
            f"ods_code must be given for every row, got: none for {counts.loc[nameless, 'organisation'].iloc[0]}"
        )


def _last_successors(counts: pd.DataFrame, successors: pd.DataFrame) -> dict[str, str]:
    """Follow each code to the last of its successors."""
    missing = [column for column in (OLD, NEW, DATE) if column not in successors.columns]
    if missing:
        raise ValueError(f"successors must have the columns {OLD}, {NEW} and {DATE}, missing: {', '.join(missing)}")
    several = successors[successors.duplicated(OLD)]
    if len(several):
        raise ValueError(
            f"{OLD} must have one successor, got several for {several[OLD].iloc[0]}: counts cannot be divided"
        )
    following = dict(zip(successors[OLD], successors[NEW], strict=True))
    unknown = [code for code in following if code not in {*counts["ods_code"], *following.values()}]
    if unknown:
        raise ValueError(f"{OLD} must be a code of the counts, got: {unknown[0]!r}")
    last = {}
    for code in following:
        seen = [code]
        while seen[-1] in following:
            seen.append(following[seen[-1]])
            if seen[-1] in seen[:-1]:
                raise ValueError(f"successors must not run in a circle, got: {' → '.join(seen)}")
        last[code] = seen[-1]
    return last


def _check_dates(counts: pd.DataFrame, successors: pd.DataFrame) -> None:
    """Refuse counts of an organisation whose whole period lies after its merger: its successor counts for it then."""
    text = successors[DATE].astype(str)
    wrong = ~text.str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    if wrong.any():
        raise ValueError(f"{DATE} must be a date as 2022-04-01, got: {text[wrong].iloc[0]!r}")
    merged_on = counts["ods_code"].map(dict(zip(successors[OLD], text, strict=True)))
    year = counts["period"].str.len() == len("2025")
    starts = (counts["period"].str[:4].astype(int) - 1).astype("str") + "-04-01"
    starts = starts.where(year, counts["period"] + "-01")
    after = merged_on.notna() & (starts >= merged_on.fillna(""))
    if after.any():
        row = counts[after].iloc[0]
        raise ValueError(
            f"counts must not hold an organisation after it has merged, got: {row['organisation']} in {row['period']}, "
            f"merged on {merged_on[after].iloc[0]}"
        )


def _named(counts: pd.DataFrame, into: dict[str, str], successors: pd.DataFrame) -> pd.DataFrame:
    """Give each row its successor's code, and what the successor was called last."""
    code = counts["ods_code"].map(lambda own: into.get(own, own))
    last = counts.sort_values("period", kind="stable").drop_duplicates("ods_code", keep="last").set_index("ods_code")
    names = dict(zip(successors[NEW], successors[NAME].fillna(""), strict=True)) if NAME in successors.columns else {}
    nameless = [new for new in dict.fromkeys(into.values()) if new not in last.index and not names.get(new)]
    if nameless:
        raise ValueError(
            f"{NEW} must be a code of the counts, or have its name in the column {NAME}, got: {nameless[0]!r}"
        )
    moved = code.isin(set(into.values()))
    of_successor = {
        column: counts[column].mask(moved & code.isin(last.index), code.map(last[column]))
        for column in OF_THE_SUCCESSOR
        if column in counts.columns
    }
    unseen = moved & ~code.isin(last.index)
    of_successor["organisation"] = of_successor["organisation"].mask(unseen, code.map(names))
    return counts.assign(ods_code=code, **of_successor)


def _parts(counts: pd.DataFrame, renamed: pd.DataFrame, summed: pd.DataFrame) -> "pd.Series[str]":
    """Name the organisations that were added, place by place and period by period."""
    pairs = renamed[["organisation", "period"]].assign(part=counts["organisation"]).drop_duplicates()
    names = pairs.sort_values("part").groupby(["organisation", "period"])["part"].agg("; ".join)
    found = pd.MultiIndex.from_frame(summed[["organisation", "period"]])
    parts = pd.Series(names.reindex(found).to_numpy(), index=summed.index, dtype="str")
    return parts.mask(parts == summed["organisation"], "")
