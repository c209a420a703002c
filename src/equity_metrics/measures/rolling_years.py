"""Counts of single WRES years in; the same over two or more years together, as indicator 3 was once published, out."""

import pandas as pd

from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, NUMBERS, rows_of
from equity_metrics.measures.estimates import reasons
from equity_metrics.measures.pairs import NOT_IN_DATA, check_once
from equity_metrics.measures.proportions import SHARES


def rolling_years(counts: pd.DataFrame, years: int = 2) -> pd.DataFrame:
    """Count the events of each year and the years before it, against the staff in post at the last snapshot.

    Parameters
    ----------
    counts
        Counts of rates by WRES year, complete or released.
    years
        How many years together; 2 or more.

    Returns
    -------
    DataFrame
        Counts of every year that has all the years before it; ``period`` is the last one, ``definition`` says how many
        years. ``numerator`` is the sum of the years' events and ``denominator`` the last year's people once for each
        year, so that their quotient is the yearly average of the events over the last snapshot. A number that is
        missing in any of the years makes it missing; what was released stays released, with the reasons.

    Raises
    ------
    ValueError
        If ``years`` is not a whole number from 2 upwards, or the table holds shares or periods that are not WRES years.

    References
    ----------
    WRES indicator 3 was published as a two-year rolling average in its early years. That the average stands over the
    last year's staff is not confirmed in a source.
    """
    if years != int(years) or years < 2:
        raise ValueError(f"years must be a whole number, 2 or more, got: {years!r}")
    rows = rows_of(counts, COUNTS)
    shares = sorted(set(rows["indicator"]) & set(SHARES))
    if shares:
        raise ValueError(f"counts must be of rates, got: indicator {shares[0]}, a share")
    wrong = rows.loc[~rows["period"].str.fullmatch(r"\d{4}"), "period"]
    if len(wrong):
        raise ValueError(f"period must be a WRES year, got: {wrong.iloc[0]}")
    keys = keys_among(rows.columns)
    rows = rows.assign(**{key: rows[key].fillna("") for key in keys})
    check_once(rows, keys)
    rows = rows.assign(withheld=reasons(rows, NUMBERS[COUNTS]), last=rows["period"].astype(int))
    series = [key for key in keys if key not in ("period", "group")]
    there = pd.MultiIndex.from_frame(rows[[*series, "last"]])
    complete = pd.Series(True, index=rows.index)
    total, why = rows["numerator"], rows["withheld"]
    for back in range(1, years):
        complete &= pd.MultiIndex.from_frame(rows[[*series, "last"]].assign(last=rows["last"] - back)).isin(there)
        theirs = _years_before(rows, keys, back)
        total = total + theirs["numerator"]
        said = (rows["last"] - back).astype("str") + ": " + theirs["withheld"]
        why = why.mask((why == "") & (theirs["withheld"] != ""), said)
    summed = rows.assign(
        numerator=total.mask(why != ""),
        denominator=(years * rows["denominator"]).mask(why != ""),
        definition=f"{years} years together",
        withheld=why,
    )[complete].drop(columns="last")
    if "withheld" not in counts.columns:
        return summed.drop(columns="withheld").reset_index(drop=True)
    return (summed.assign(table=COUNTS) if "table" in counts.columns else summed).reset_index(drop=True)


def _years_before(rows: pd.DataFrame, keys: list[str], back: int) -> pd.DataFrame:
    """Numbers and reasons of the same cells so many years earlier, in the order of the rows."""
    others = [key for key in keys if key != "period"]
    earlier = rows.assign(last=rows["last"] + back)[[*others, "last", "numerator", "withheld"]]
    found = rows[[*others, "last"]].merge(earlier, on=[*others, "last"], how="left", validate="one_to_one")
    return found.assign(withheld=found["withheld"].fillna(NOT_IN_DATA)).set_axis(rows.index)
