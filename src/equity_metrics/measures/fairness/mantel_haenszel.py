"""Counts of each stratum in; one relative likelihood, compared within strata, and whether it reverses the crude one."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.keys import OPTIONAL_KEYS, keys_among
from equity_metrics.measures.cells import COUNTS, NUMBERS, rows_of
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.fairness.standardising import Standardised
from equity_metrics.measures.intervals.intervals import as_floats, check_events, normal_quantile
from equity_metrics.measures.intervals.ratios import koopman_ratio
from equity_metrics.measures.pairs import pairs
from equity_metrics.measures.proportions import SHARES

MANTEL_HAENSZEL = "Mantel-Haenszel, Greenland-Robins variance"
CHANGE = 0.1
"""Crude and standardised ratio disagree from so large a relative change upwards."""
TOTALS = (ALL_STAFF, ALL_STAFF_GROUPS)


def mantel_haenszel_ratio(
    x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, confidence: float = 0.95
) -> Standardised:
    """Mantel-Haenszel's relative likelihood over strata, with Greenland and Robins' interval.

    Parameters
    ----------
    x1, n1
        Events and people of the group in each stratum; strata along the last axis.
    x0, n0
        Events and people of the reference in each stratum; broadcast.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    Standardised
        Group / reference. A stratum without people of either adds nothing. The interval is missing where either group
        has no event in all that can be compared, and where everyone had it.

    Raises
    ------
    ValueError
        If events are not between 0 and people, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Mantel N, Haenszel W (1959). Journal of the National Cancer Institute 22: 719-748. Greenland S, Robins J M (1985).
    Estimation of a common effect parameter from sparse follow-up data. Biometrics 41: 55-68.
    """
    z = normal_quantile(confidence)
    x1, n1, x0, n0 = (np.atleast_1d(array) for array in as_floats(x1, n1, x0, n0))
    check_events(x1, n1, ("x1", "n1"))
    check_events(x0, n0, ("x0", "n0"))
    people = np.where(n1 + n0 == 0, 1, n1 + n0)
    top, bottom = (x1 * n0 / people).sum(axis=-1), (x0 * n1 / people).sum(axis=-1)
    spread = ((n1 * n0 * (x1 + x0) - x1 * x0 * people) / people**2).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.asarray(top / bottom)
        variance = spread / (top * bottom)
        factor = np.exp(z * np.sqrt(np.where((top > 0) & (bottom > 0) & (variance > 0), variance, np.nan)))
    return Standardised(value, value / factor, value * factor)


def within_strata(counts: pd.DataFrame, reference: str, across: str = "band", confidence: float = 0.95) -> pd.DataFrame:
    """Compare every group with the reference within bands, staff groups or places; say where that changes the story.

    Parameters
    ----------
    counts
        Counts of rates, complete or released; each row names its stratum in the column ``across``.
    reference
        Name of the group that all others are compared with.
    across
        An optional key of counts: ``band``, ``staff_group``, ``directorate`` or ``ward``. Totals over it are left out.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Comparisons as described in ``docs/tables.md``, ``value, lower, upper`` Mantel-Haenszel's; the numbers are sums
        over the strata. Also ``crude, crude_lower, crude_upper`` (Koopman, of those sums), ``strata`` (how many),
        ``disagree`` and ``words``. They disagree where one interval excludes 1 and the other does not or does so on the
        other side, and the two ratios differ by a tenth or more. A comparison with a withheld stratum is withheld.

    Raises
    ------
    ValueError
        If the table holds no counts, holds indicators 1 or 9, does not hold the reference or the column, or has rows
        without a stratum.

    References
    ----------
    See :func:`mantel_haenszel_ratio`. Simpson E H (1951). The interpretation of interaction in contingency tables.
    Journal of the Royal Statistical Society B 13: 238-241. A tenth: Greenland S (1989). Modeling and variable
    selection in epidemiologic analysis. American Journal of Public Health 79: 340-349.
    """
    paired = _paired(counts, reference, across)
    keys = [key for key in keys_among(paired.columns) if key != across]
    cell = paired.groupby(keys, sort=False, dropna=False, observed=True)
    number, rank = cell.ngroup().to_numpy(), cell.cumcount().to_numpy()
    numbers = (*NUMBERS[COUNTS], *(f"reference_{column}" for column in NUMBERS[COUNTS]))
    # One row for each comparison, one column for each stratum; those that are not there hold nobody.
    strata = np.zeros((len(numbers), cell.ngroups, int(rank.max(initial=0)) + 1))
    strata[:, number, rank] = paired[list(numbers)].to_numpy(float).T
    made = mantel_haenszel_ratio(strata[0], strata[1], strata[2], strata[3], confidence)
    sums = strata.sum(axis=-1)
    carried = [*keys, "reference", *(column for column in ("source", "table", "audience") if column in paired.columns)]
    rows = paired.loc[rank == 0, carried].reset_index(drop=True)
    why = cell["withheld"].agg(lambda reason: next((text for text in reason if text), ""))
    withheld = pd.Series(why.to_numpy(), dtype="str")
    shown = (withheld == "").to_numpy()
    x1, n1, x0, n0 = (np.where(shown, total, np.nan) for total in sums)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = {"group_value": x1 / n1, "reference_value": x0 / n0, "crude": (x1 / n1) / (x0 / n0)}
    crude_lower, crude_upper = koopman_ratio(x1, n1, x0, n0, confidence)
    rows = rows.assign(
        measure=RELATIVE_LIKELIHOOD,
        **dict(zip(numbers, (x1, n1, x0, n0), strict=True)),
        **shares,
        crude_lower=crude_lower,
        crude_upper=crude_upper,
        strata=cell.size().to_numpy(),
    )
    return _said(estimates(rows, made.value, (made.lower, made.upper), confidence, MANTEL_HAENSZEL, withheld), across)


def _paired(counts: pd.DataFrame, reference: str, across: str) -> pd.DataFrame:
    rows = rows_of(counts, COUNTS)
    shares = sorted(set(rows["indicator"]) & set(SHARES))
    if shares:
        raise ValueError(f"counts must be of rates, got: indicator {shares[0]}, a share")
    if across not in OPTIONAL_KEYS or across not in rows.columns:
        known = ", ".join(key for key in OPTIONAL_KEYS if key in rows.columns)
        raise ValueError(f"across must be one of the columns {known}, got: {across!r}")
    if (rows[across].fillna("") == "").any():
        raise ValueError(f"{across} must be named in every row, got: rows without it")
    rows = rows[~rows[across].isin(TOTALS)]
    return pairs(rows.assign(withheld=reasons(rows, NUMBERS[COUNTS])), reference, NUMBERS[COUNTS])


def _said(table: pd.DataFrame, across: str) -> pd.DataFrame:
    side = np.where(table["lower"] > 1, 1, np.where(table["upper"] < 1, -1, 0))
    crude = np.where(table["crude_lower"] > 1, 1, np.where(table["crude_upper"] < 1, -1, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        moved = np.abs(np.log(table["value"] / table["crude"])) >= np.log(1 + CHANGE)
    disagree = (side != crude) & moved.to_numpy() & (table["withheld"] == "").to_numpy()
    within = f"Within each {across.replace('_', ' ')}"
    words = np.select(
        [~disagree, side == -crude, side == 0],
        [
            "",
            f"{within} the difference is the other way round: the totals mislead.",
            f"{within} the data do not show the difference that the totals show.",
        ],
        f"{within} there is a difference that the totals hide.",
    )
    return table.assign(disagree=disagree, words=words)
