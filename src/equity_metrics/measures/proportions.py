"""Counts in; each cell's own proportion and its interval out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.cells import COUNTS, NUMBERS, rows_of
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.intervals.intervals import wilson

WILSON = "Wilson score"
FULL_COUNT = "full count: no sampling interval"
SHARES = tuple(indicator.id for indicator in INDICATORS.values() if indicator.kind == "share")
"""Indicators that count everybody there is, at one date."""


def proportions(counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Give each cell of counts its proportion and, unless everybody there is was counted, a Wilson interval.

    Parameters
    ----------
    counts
        Counts, complete or released.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        ``counts`` + ``value, lower, upper`` (proportions, 0-1), ``confidence``, ``method`` and ``withheld``.
        Indicators 1 and 9 are full counts and have no interval. A withheld cell has no value; nor has one with nobody
        in it.

    Raises
    ------
    ValueError
        If the table holds no counts, or ``confidence`` is not between 0 and 1.

    References
    ----------
    See :func:`equity_metrics.measures.intervals.intervals.wilson`.
    """
    rows = rows_of(counts, COUNTS)
    x, n = (rows[column].to_numpy(float) for column in NUMBERS[COUNTS])
    full = rows["indicator"].isin(SHARES).to_numpy()
    lower, upper = (np.where(full, np.nan, limit) for limit in wilson(x, n, confidence))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = x / n
    method = pd.Series(WILSON, index=rows.index, dtype="str").mask(full, FULL_COUNT)
    return estimates(rows, value, (lower, upper), confidence, method, reasons(rows, NUMBERS[COUNTS]))
