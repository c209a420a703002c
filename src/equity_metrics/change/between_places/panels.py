"""Counts of two groups in several places and periods in; a wide table of their log ratios, place by period, out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from equity_metrics.change.interventions import Intervention

Array = NDArray[np.float64]

ADDED = 0.5
"""Added to every cell so that a period without events has a ratio (Haldane 1956, Anscombe 1956; Walter 1975)."""

PAIR_COLUMNS = ["numerator", "denominator", "reference_numerator", "reference_denominator"]


def paired_counts(counts: pd.DataFrame, group: str, reference: str) -> pd.DataFrame:
    """Put the counts of a group beside those of its reference.

    Parameters
    ----------
    counts
        One indicator, one row an organisation, period and group, complete (nothing suppressed).
    group, reference
        Names in the column ``group``.

    Returns
    -------
    pandas.DataFrame
        Index organisation, period (sorted); columns ``numerator, denominator, reference_numerator,
        reference_denominator`` as floats.

    Raises
    ------
    ValueError
        If a group is absent, a cell is missing or there twice, or a place lacks a period that others have.
    """
    present = sorted(counts["group"].unique())
    for name, role in ((group, "group"), (reference, "reference")):
        if name not in present:
            raise ValueError(f"{role} must be one of {', '.join(present)}, got: {name}")
    indicators = sorted(counts["indicator"].unique())
    if len(indicators) != 1:
        raise ValueError(f"counts must hold one indicator, got: {', '.join(indicators)}")
    rows = counts[counts["group"].isin([group, reference])]
    (place, places), (period, periods) = (pd.factorize(rows[key], sort=True) for key in ("organisation", "period"))
    side = (rows["group"] == reference).to_numpy().astype(int)
    at = place * len(periods) + period
    index = pd.MultiIndex.from_product([places, periods], names=["organisation", "period"])
    filled = np.bincount(2 * at + side, minlength=2 * len(index))
    if filled.max() > 1:
        which, is_reference = divmod(int(filled.argmax()), 2)
        twice = f"{index[which]}, {reference if is_reference else group}"
        raise ValueError(f"counts must have one row an organisation, period and group, got twice: {twice}")
    cells = np.full((len(index), 2, 2), np.nan)
    for number, column in enumerate(("numerator", "denominator")):
        cells[at, side, number] = rows[column].to_numpy(dtype=np.float64, na_value=np.nan)
    incomplete = np.isnan(cells).any(axis=(1, 2))
    if incomplete.any():
        raise ValueError(f"counts must be complete, got: nothing for {' in '.join(index[incomplete.argmax()])}")
    return pd.DataFrame(cells.reshape(len(index), 4), index=index, columns=PAIR_COLUMNS)


def log_odds_ratios(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike) -> tuple[Array, Array]:
    """Log odds ratio, group against reference, and its variance, each cell with a half added.

    Parameters
    ----------
    x1, n1
        Events and people of the group.
    x0, n0
        Events and people of the reference.

    Returns
    -------
    values, variances : ndarray
        Finite for every count.

    References
    ----------
    Gart and Zweifel (1967), Biometrika 54: 181-187.
    """
    a, n, c, m = (np.asarray(count, dtype=float) for count in (x1, n1, x0, n0))
    yes, no, reference_yes, reference_no = (cell + ADDED for cell in (a, n - a, c, m - c))
    values = np.log(yes / no) - np.log(reference_yes / reference_no)
    return values, 1 / yes + 1 / no + 1 / reference_yes + 1 / reference_no


def log_relative_likelihoods(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike) -> tuple[Array, Array]:
    """Log relative likelihood, group against reference, and its variance, a half added to events and people.

    Parameters
    ----------
    x1, n1
        Events and people of the group.
    x0, n0
        Events and people of the reference.

    Returns
    -------
    values, variances : ndarray
        Finite for every count.

    References
    ----------
    Walter (1975), Biometrika 62: 371-374; Pettigrew, Gart and Thomas (1986), Biometrika 73: 425-435.
    """
    a, n, c, m = (np.asarray(count, dtype=float) + ADDED for count in (x1, n1, x0, n0))
    return np.log(a / n) - np.log(c / m), 1 / a - 1 / n + 1 / c - 1 / m


@dataclass(frozen=True)
class Ratio:
    """A way of comparing two groups on the logarithmic scale.

    ``logs`` makes log ratios and their variances from events and people of group and reference; ``moved`` moves the
    group's proportion by a log ratio, the reference staying as it is.
    """

    name: str
    logs: Callable[[ArrayLike, ArrayLike, ArrayLike, ArrayLike], tuple[Array, Array]]
    moved: Callable[[ArrayLike, ArrayLike], Array]


ODDS_RATIO = Ratio(
    "odds ratio", log_odds_ratios, lambda share, log_ratio: expit(logit(np.asarray(share, float)) + log_ratio)
)
"""For proportions of any size, for example appointment from shortlisting."""

RELATIVE_LIKELIHOOD = Ratio(
    "relative likelihood",
    log_relative_likelihoods,
    lambda share, log_ratio: np.minimum(np.asarray(share, float) * np.exp(log_ratio), 1.0),
)
"""For rates, for example entry into the disciplinary process."""


def ratio_panel(pairs: pd.DataFrame, ratio: Ratio) -> pd.DataFrame:
    """Lay log ratios out with one row a place and one column a period.

    Parameters
    ----------
    pairs
        As `paired_counts` returns.
    ratio
        `ODDS_RATIO` or `RELATIVE_LIKELIHOOD`.

    Returns
    -------
    pandas.DataFrame
        Index organisation, columns period.
    """
    values, _ = ratio.logs(*(pairs[column] for column in PAIR_COLUMNS))
    places, periods = (pairs.index.unique(key) for key in ("organisation", "period"))
    return pd.DataFrame(values.reshape(len(places), len(periods)), index=places, columns=periods)


def phases(periods: pd.Index, intervention: Intervention) -> NDArray[np.str_]:
    """Say of each period whether it lies in the baseline, in the lead-in or after.

    Parameters
    ----------
    periods
        Sorted, all years or all months.
    intervention
        Gives ``start`` and ``lead_in``.

    Returns
    -------
    ndarray of str
        ``"baseline"``, ``"lead-in"`` or ``"after"``, one a period.

    Raises
    ------
    ValueError
        If ``start`` is not one of the periods, or nothing lies before it or after the lead-in.
    """
    names = [str(period) for period in periods]
    if intervention.start not in names:
        raise ValueError(f"start must be one of {names[0]} to {names[-1]}, got: {intervention.start}")
    first = names.index(intervention.start)
    after = first + intervention.lead_in
    if first == 0 or after >= len(names):
        raise ValueError(f"start must leave periods before it and after its lead-in, got: {intervention.start}")
    return np.array(["baseline"] * first + ["lead-in"] * intervention.lead_in + ["after"] * (len(names) - after))
