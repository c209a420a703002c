"""Counts in; gaps and relative likelihoods out, always of a group against the reference."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from equity_metrics.measures.cells import COUNTS, NUMBERS, rows_of
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.intervals.intervals import Floats, Limits
from equity_metrics.measures.intervals.ratios import koopman_ratio
from equity_metrics.measures.pairs import pairs
from equity_metrics.measures.proportions import SHARES

GAP, RELATIVE_LIKELIHOOD = "gap", "relative likelihood"
NEWCOMBE, KOOPMAN = "Newcombe, from Wilson limits", "Koopman score"


def gaps(counts: pd.DataFrame, reference: str, confidence: float = 0.95) -> pd.DataFrame:
    """Subtract the reference's proportion from that of every other group, with Newcombe's interval.

    Parameters
    ----------
    counts
        Counts of rates (indicators 2-8, survey questions), complete or released.
    reference
        Name of the group that all others are compared with.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Comparisons as described in ``docs/tables.md``, in proportions (0.05: five percentage points), with the two
        groups' own proportions in ``group_value`` and ``reference_value``. Each group is compared with the reference of
        the same keys; the reference itself is left out, and so are groupings that do not have it. A comparison with a
        withheld cell is withheld.

    Raises
    ------
    ValueError
        If the table holds no counts, does not hold the reference, or holds indicators 1 or 9.

    References
    ----------
    See :func:`equity_metrics.measures.intervals.differences.newcombe_gap`.
    """
    return _compared(counts, reference, confidence, GAP, NEWCOMBE, newcombe_gap, np.subtract)


def relative_likelihoods(counts: pd.DataFrame, reference: str, confidence: float = 0.95) -> pd.DataFrame:
    """Divide the proportion of every other group by that of the reference, with Koopman's score interval.

    Parameters
    ----------
    counts
        Counts of rates (indicators 2-8, survey questions), complete or released.
    reference
        Name of the group that all others are compared with.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Comparisons as for :func:`gaps`, always group / reference; :func:`presented` turns them round where WRES does. A
        ratio is infinite where only the reference has no event, and missing where neither group has one.

    Raises
    ------
    ValueError
        If the table holds no counts, does not hold the reference, or holds indicators 1 or 9.

    References
    ----------
    See :func:`equity_metrics.measures.intervals.ratios.koopman_ratio`.
    """
    return _compared(counts, reference, confidence, RELATIVE_LIKELIHOOD, KOOPMAN, koopman_ratio, np.divide)


def _compared(
    counts: pd.DataFrame,
    reference: str,
    confidence: float,
    measure: str,
    method: str,
    limits: Callable[[Floats, Floats, Floats, Floats, float], Limits],
    value: Callable[[Floats, Floats], Floats],
) -> pd.DataFrame:
    rows = rows_of(counts, COUNTS)
    shares = sorted(set(rows["indicator"].unique()) & set(SHARES))
    if shares:
        raise ValueError(f"counts must be of rates, got: indicator {shares[0]}, a share; representation() compares it")
    rows = rows.assign(withheld=reasons(rows, NUMBERS[COUNTS]))
    paired = pairs(rows, reference, NUMBERS[COUNTS])
    x1, n1, x0, n0 = (
        paired[column].to_numpy(float)
        for column in ("numerator", "denominator", "reference_numerator", "reference_denominator")
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        p1, p0 = x1 / n1, x0 / n0
        compared = value(p1, p0)
    paired = paired.assign(measure=measure, group_value=p1, reference_value=p0)
    return estimates(paired, compared, limits(x1, n1, x0, n0, confidence), confidence, method, paired["withheld"])
