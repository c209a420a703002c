"""Scores and published survey values in; each with its interval, or the sentence that says why it has none, out."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from equity_metrics.measures.cells import NUMBERS, PUBLISHED, SCORES, rows_of
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.intervals.intervals import Floats, normal_quantile, wilson

STUDENT = "Student's t"
WEIGHTS_NOT_PUBLISHED = "approximate: the survey's weights are not published"
NO_VARIANCE = "no interval: the variance is not published"
NO_BASE = "no interval: the base is not published"
BOUNDS = "bounds from two published percentages, not an interval"
PERCENT, PROPORTION = "%", "proportion"


def mean_scores(scores: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Give each score an interval where the variance between respondents is known.

    Parameters
    ----------
    scores
        Scores (0-10), complete or released.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        ``scores`` + ``value, lower, upper`` (score points), ``confidence``, ``method`` and ``withheld``. There is no
        interval with fewer than two respondents or where nobody differs.

    Raises
    ------
    ValueError
        If the table holds no scores, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Student (1908). The probable error of a mean. Biometrika 6: 1-25.
    """
    normal_quantile(confidence)
    rows = rows_of(scores, SCORES)
    mean, variance, n = (rows[column].to_numpy(float) for column in ("mean", "variance", "base"))
    n = np.where((n >= 2) & (variance > 0), n, np.nan)
    half = stdtrit(n - 1, (1 + confidence) / 2) * np.sqrt(variance / n)
    method = np.where(np.isnan(variance), f"published mean; {NO_VARIANCE}", STUDENT)
    return estimates(rows, mean, (mean - half, mean + half), confidence, method, reasons(rows, NUMBERS[SCORES]))


def published_estimates(published: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Give each published percentage an approximate interval from its base; scores have none.

    Parameters
    ----------
    published
        Published values, complete or released: percentages (0-100), scores (0-10), bounds (0-100) without a value.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        ``published`` with percentages as proportions (0-1, ``unit`` ``proportion``), and ``lower, upper, confidence,
        method, withheld``. Wilson's interval takes the base as if the percentage had not been weighted, and ``method``
        says so. Bounds stay bounds.

    Raises
    ------
    ValueError
        If the table holds no published values, or ``confidence`` is not between 0 and 1.

    References
    ----------
    See :func:`equity_metrics.measures.intervals.intervals.wilson`.
    """
    rows = as_proportions(rows_of(published, PUBLISHED))
    value, base = rows["value"].to_numpy(float), rows["base"].to_numpy(float)
    percent = (rows["unit"] == PROPORTION).to_numpy()
    lower, upper = wilson(np.where(percent, value, np.nan) * base, base, confidence)
    method = interval_method(percent, base)
    result = estimates(rows, value, (lower, upper), confidence, method, reasons(rows, NUMBERS[PUBLISHED]))
    bounds = is_bound(rows).to_numpy()
    if not bounds.any():
        return result
    given = {side: np.where(bounds, rows[side] / 100, result[side]) for side in ("lower", "upper")}
    return result.assign(**given, method=np.where(bounds, BOUNDS, method))


def as_proportions(published: pd.DataFrame) -> pd.DataFrame:
    """Turn published percentages (0-100) into proportions (0-1); scores stay as they are."""
    percent = published["unit"] == PERCENT
    value = published["value"] if "value" in published.columns else pd.Series(np.nan, index=published.index)
    return published.assign(
        value=value.where(~percent, value / 100), unit=published["unit"].where(~percent, PROPORTION)
    )


def is_bound(published: pd.DataFrame) -> "pd.Series[bool]":
    """Say which rows hold bounds instead of a value."""
    if "lower" not in published.columns:
        return pd.Series(False, index=published.index)
    return published["lower"].notna() & published["value"].isna()


def interval_method(percent: NDArray[np.bool_], base: Floats) -> NDArray[np.str_]:
    """Say of each published value how its interval is made, or why it has none."""
    known = np.where(np.isnan(base), f"as published; {NO_BASE}", WEIGHTS_NOT_PUBLISHED)
    return np.where(percent, known, f"as published; {NO_VARIANCE}")
