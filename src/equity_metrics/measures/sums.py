"""Cells and the new names that they are added under in; one cell for each new name out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.proportions import SHARES


def summed_counts(counts: pd.DataFrame, renamed: pd.DataFrame) -> pd.DataFrame:
    """Add counts under new names; a sum with a missing cell is missing.

    Parameters
    ----------
    counts
        Complete counts, each cell once.
    renamed
        The same rows with the place, level, grouping or group that they are added under.

    Returns
    -------
    DataFrame
        One row for each new name, in order of appearance, with the columns of ``counts``.

    Raises
    ------
    ValueError
        If a share's denominator differs between groups, or people of a share are in no row.
    """
    keys = keys_among(counts.columns)
    places = [key for key in keys if key != "group"]
    unit = _number(counts, places)
    everyone = counts["denominator"].groupby(unit).transform("max")
    _check_shares(counts, unit, everyone)
    # A share's denominator is everyone in a band or on a board: once for each, whichever groups have a row there.
    into = _number(renamed, places)
    once = ~unit.duplicated()
    everyone_into = everyone[once].groupby(into[once]).sum(skipna=False)
    cells = renamed.groupby(keys, sort=False, observed=True, dropna=False)
    numerator, own = (cells[column].sum(skipna=False) for column in ("numerator", "denominator"))
    first = ~renamed.duplicated(keys)
    share = counts.loc[first, "indicator"].isin(SHARES).to_numpy()
    denominator = own.where(~share, into[first].map(everyone_into).to_numpy())
    missing = numerator.isna() | denominator.isna()
    sums = {"numerator": numerator.mask(missing), "denominator": denominator.mask(missing)}
    return _with_what_agrees(renamed, keys, sums)


def combined_scores(renamed: pd.DataFrame) -> pd.DataFrame:
    """Combine means and variances of scores by their bases; what is made of a missing number is missing.

    Parameters
    ----------
    renamed
        Complete scores with the place, level, grouping or group that they are combined under.

    Returns
    -------
    DataFrame
        One row for each new name, in order of appearance: the mean of all respondents and the variance between all of
        them, from the sums of squares within and between the cells. Weights are not known here, so none are used.
    """
    keys = keys_among(renamed.columns)
    base, mean = renamed["base"], renamed["mean"]
    cell = _number(renamed, keys)
    respondents = _totals(base, cell)
    mean_of_all = _totals((base * mean).where(base != 0, 0.0), cell) / respondents.where(respondents > 0)
    within = ((base - 1) * renamed["variance"]).where(~(base <= 1), 0.0)
    between = (base * (mean - mean_of_all) ** 2).where(base != 0, 0.0)
    variance = _totals(within + between, cell) / (respondents - 1).where(respondents > 1)
    combined = renamed.assign(base=respondents, mean=mean_of_all, variance=variance)
    cells = combined.groupby(keys, sort=False, observed=True, dropna=False)
    return _with_what_agrees(renamed, keys, {c: cells[c].first() for c in ("base", "mean", "variance")})


def _number(rows: pd.DataFrame, keys: list[str]) -> "pd.Series[int]":
    return rows.groupby(keys, sort=False, observed=True, dropna=False).ngroup()


def _totals(values: "pd.Series[float]", cell: "pd.Series[int]") -> "pd.Series[float]":
    """Give each row the total of its cell, missing where any of it is."""
    return cell.map(values.groupby(cell).sum(skipna=False))


def _check_shares(counts: pd.DataFrame, unit: "pd.Series[int]", everyone: "pd.Series[float]") -> None:
    share = counts["indicator"].isin(SHARES)
    differs = share & counts["denominator"].notna() & (counts["denominator"] != everyone)
    if differs.any():
        raise ValueError(
            "denominator must be everyone in the band or on the board, the same for each group, "
            f"got several: {_named(counts[differs].iloc[0])}"
        )
    known = {g: len(set(groups_of(g)) - set(UNKNOWN_GROUPS)) for g in counts.loc[share, "grouping"].unique()}
    listed = (~counts["group"].isin(UNKNOWN_GROUPS)).groupby(unit).transform("sum")
    people = _totals(counts["numerator"], unit)
    lost = share & (people < everyone) & (listed < counts["grouping"].map(known))
    if lost.any():
        raise ValueError(
            "counts must have a row for every group where people would be lost otherwise, "
            f"got: people in no group's row, {_named(counts[lost].iloc[0])}"
        )


def _named(row: "pd.Series[str]") -> str:
    return f"{row['organisation']}, {row['period']}, indicator {row['indicator']}, {row['band']}"


def _with_what_agrees(renamed: pd.DataFrame, keys: list[str], numbers: dict[str, "pd.Series[float]"]) -> pd.DataFrame:
    """Lay out the sums with the columns that ride along, where all that was added agrees; name every source."""
    cells = renamed.groupby(keys, sort=False, observed=True, dropna=False)
    rest = [column for column in renamed.columns if column not in (*keys, *numbers)]
    kept = {column: cells[column].first().where(cells[column].nunique(dropna=False).le(1)) for column in rest}
    if "source" in kept:
        kept["source"] = _all_sources(renamed, keys).reindex(kept["source"].index)
    laid_out = pd.DataFrame({**numbers, **kept}).reset_index()[list(renamed.columns)]
    text = [column for column in rest if laid_out[column].dtype == "str"]
    return laid_out.assign(**{column: laid_out[column].fillna("") for column in text})


def _all_sources(renamed: pd.DataFrame, keys: list[str]) -> "pd.Series[str]":
    """Name every source of a sum once; invented data first, so that it is seen to be invented."""
    named = renamed[renamed["source"].fillna("") != ""].drop_duplicates([*keys, "source"])
    once = named.iloc[np.lexsort((named["source"], ~named["source"].str.startswith("Synthetic")))]
    return once.groupby(keys, sort=False, observed=True, dropna=False)["source"].agg("; ".join)
