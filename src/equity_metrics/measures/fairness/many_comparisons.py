"""Comparisons shown at once in; their p-values, adjusted for how many there are, out."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import erfc
from scipy.stats import false_discovery_control

from equity_metrics.measures.intervals.intervals import Floats, as_floats, check_events, normal_quantile
from equity_metrics.measures.proportions import SHARES

PAIR = ("numerator", "denominator", "reference_numerator", "reference_denominator")


def score_p_values(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike) -> Floats:
    """Two-sided p-value of the score test that two proportions are equal.

    Parameters
    ----------
    x1, n1
        Events and people of the group; scalars or arrays that broadcast.
    x0, n0
        Events and people of the reference.

    Returns
    -------
    array of float
        Below 0.05 exactly where Koopman's 95 % interval excludes 1. 1 where nobody or everybody had the event; missing
        where anything is missing or nobody is there.

    Raises
    ------
    ValueError
        If events are not between 0 and people.

    References
    ----------
    Pearson K (1900). On the criterion that a given system of deviations ... Philosophical Magazine 50: 157-175:
    chi-square of a table of two by two, without a correction for continuity.
    """
    x1, n1, x0, n0 = as_floats(x1, n1, x0, n0)
    check_events(x1, n1, ("x1", "n1"))
    check_events(x0, n0, ("x0", "n0"))
    n1, n0 = np.where(n1 > 0, n1, np.nan), np.where(n0 > 0, n0, np.nan)
    together = (x1 + x0) / (n1 + n0)
    variance = together * (1 - together) * (1 / n1 + 1 / n0)
    certain = variance == 0
    z = np.abs(x1 / n1 - x0 / n0) / np.sqrt(np.where(certain, 1, variance))
    return np.asarray(erfc(np.where(certain, 0 * z, z) / np.sqrt(2)))


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Adjust p-values so that, of all that are then below a level, that share at most is expected to be false.

    Parameters
    ----------
    p_values
        0-1, of everything that is shown at once; missing ones are left out and stay missing.

    Returns
    -------
    array of float

    Raises
    ------
    ValueError
        If a p-value is not between 0 and 1.

    References
    ----------
    Benjamini Y, Hochberg Y (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society B
    57: 289-300.
    """
    (adjusted,) = (array.copy() for array in as_floats(p_values))
    bad = (adjusted < 0) | (adjusted > 1)
    if bad.any():
        raise ValueError(f"p_values must be between 0 and 1, got: {adjusted[bad].flat[0]:g}")
    known = ~np.isnan(adjusted)
    if known.any():
        adjusted[known] = false_discovery_control(adjusted[known], method="bh")
    return adjusted


def many_comparisons(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Put beside each comparison its p-value, alone and adjusted for all that are in the table.

    Parameters
    ----------
    comparisons
        Gaps or relative likelihoods of counts: all that is shown at once, and nothing else.

    Returns
    -------
    DataFrame
        ``comparisons`` + ``p_value`` (score test of equal proportions) and ``p_value_adjusted``
        (Benjamini-Hochberg). Both are missing where the comparison is withheld, which is not counted.

    Raises
    ------
    ValueError
        If the table holds shares (indicators 1 and 9), or comparisons without counts.

    References
    ----------
    See :func:`score_p_values` and :func:`benjamini_hochberg`.
    """
    shares = comparisons.loc[comparisons["indicator"].isin(SHARES), "indicator"]
    if len(shares):
        raise ValueError(f"comparisons must be of rates, got: indicator {shares.iloc[0]}, a share")
    if not set(PAIR) <= set(comparisons.columns):
        raise ValueError("comparisons must be of counts, got: none of their numbers")
    shown = (comparisons["withheld"] == "").to_numpy()
    x1, n1, x0, n0 = (np.where(shown, comparisons[column].to_numpy(float), np.nan) for column in PAIR)
    p_values = score_p_values(x1, n1, x0, n0)
    return comparisons.assign(p_value=p_values, p_value_adjusted=benjamini_hochberg(p_values))


def chance_words(compared: pd.DataFrame, confidence: float = 0.95) -> str:
    """Say how many of the comparisons would be expected to look different by chance alone.

    Parameters
    ----------
    compared
        What :func:`many_comparisons` returns.
    confidence
        Between 0 and 1, both excluded; a p-value below what it leaves looks different.

    Returns
    -------
    str
        Empty where nothing is compared.

    Raises
    ------
    ValueError
        If ``confidence`` is not between 0 and 1.
    """
    normal_quantile(confidence)
    level = 1 - confidence
    known = compared["p_value"].notna()
    if not known.any():
        return ""
    alone, adjusted = ((compared.loc[known, column] < level).sum() for column in ("p_value", "p_value_adjusted"))
    differ, do = ("differs" if alone == 1 else "differ"), ("does" if adjusted == 1 else "do")
    return (
        f"Of {known.sum():,} comparisons {alone:,} {differ} at {100 * confidence:g} %. If no group differed from its "
        f"reference, about {known.sum() * level:,.1f} would by chance. After adjusting for that, {adjusted:,} "
        f"still {do}."
    )
