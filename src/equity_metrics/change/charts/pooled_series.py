"""Monthly counts in; the same added up to quarters, half-years or years of the NHS financial year out."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.before_after.paired_series import period_numbers

PERIOD_LENGTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""In months. Quarters, half-years and years are those of the NHS financial year, April to March."""
PLACE = ["organisation", "indicator", "grouping", "level"]
SERIES = [*PLACE, "group"]
_HEADCOUNT = "staff in post"


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
        One row a series and whole period, with its ``step``. Events add; so do people who come anew each month
        (shortlisted). Staff in post are the same people each month, so their number is averaged and rounded.

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
    rows = counts.assign(step=(months - 3) // size, months=1, source=counts.get("source", ""))
    grouped = rows.groupby([*SERIES, "step"], dropna=False, observed=True, sort=False)
    sums = grouped[["numerator", "denominator", "months"]].sum(skipna=False)
    sums = sums.assign(source=grouped["source"].first()).reset_index()
    sums = sums[sums.pop("months") == size].reset_index(drop=True)
    stays = sums["indicator"].map(lambda i: INDICATORS[i].denominator == _HEADCOUNT)
    denominator = sums["denominator"].where(~stays, (sums["denominator"] / size).round())
    return sums.assign(denominator=denominator, period=period_names(sums["step"], length))


def period_names(steps: ArrayLike, length: str) -> NDArray[np.str_]:
    """Name periods by their numbers: ``2025-03``, ``2024-25 Q1``, ``2024-25 H1`` or the WRES year ``2025``.

    Parameters
    ----------
    steps
        Number of each period since April of year 0.
    length
        One of ``PERIOD_LENGTHS``.

    Returns
    -------
    ndarray of str
        One a step.
    """
    size = PERIOD_LENGTHS[length]

    def name(step: int) -> str:
        year, part = divmod(step, 12 // size)
        if length == "year":
            return str(year + 1)
        if length == "month":
            return f"{year + (part > 8)}-{(part + 3) % 12 + 1:02d}"
        return f"{year}-{(year + 1) % 100:02d} {length[0].upper()}{part + 1}"

    distinct, position = np.unique(np.asarray(steps, int), return_inverse=True)
    return np.array([name(step) for step in distinct.tolist()], dtype=str)[position]
