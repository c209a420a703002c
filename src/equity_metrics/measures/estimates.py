"""Rows, values and limits in; a table of estimates out, which has nothing where something was withheld."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.measures.cells import SUPPRESSED_BY_SOURCE
from equity_metrics.measures.intervals.intervals import Floats, Limits


def reasons(rows: pd.DataFrame, numbers: tuple[str, ...]) -> "pd.Series[str]":
    """Say of each row why it has no numbers: as released, or because the source left them out; else empty."""
    if "withheld" in rows.columns:
        return rows["withheld"]
    missing = rows[[column for column in numbers if column in rows.columns]].isna().all(axis=1)
    return pd.Series("", index=rows.index, dtype="str").mask(missing, SUPPRESSED_BY_SOURCE)


def estimates(
    rows: pd.DataFrame,
    value: Floats,
    limits: Limits,
    confidence: float,
    method: "str | NDArray[np.str_] | pd.Series[str]",
    withheld: "pd.Series[str]",
) -> pd.DataFrame:
    """Add value, limits, method and reasons to rows; where a reason stands, no number does.

    Parameters
    ----------
    rows
        What is estimated, one row each.
    value, limits
        Estimates and their lower and upper limits, in the order of the rows.
    confidence
        Of the limits; missing in the result where a row has none.
    method
        How each row's interval was made, or why there is none.
    withheld
        Reason for each row; empty where nothing is withheld.

    Returns
    -------
    DataFrame
        ``rows`` + ``value, lower, upper, confidence, method, withheld``, numbered afresh.
    """
    shown = (withheld == "").to_numpy()
    value, lower, upper = (np.where(shown, array, np.nan) for array in (value, *limits))
    return rows.assign(
        value=value,
        lower=lower,
        upper=upper,
        confidence=np.where(np.isnan(lower), np.nan, confidence),
        method=method,
        withheld=withheld,
    ).reset_index(drop=True)
