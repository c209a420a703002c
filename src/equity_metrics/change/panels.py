"""Counts of two groups in several places and periods in; a wide table of their log ratios, place by period, out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from equity_metrics.change.interventions import Intervention

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
    keys = ["organisation", "period"]
    sides = []
    for name in (group, reference):
        side = counts.loc[counts["group"] == name].set_index(keys)[["numerator", "denominator"]].astype("Float64")
        if side.index.has_duplicates:
            twice = side.index[side.index.duplicated()][0]
            raise ValueError(f"counts must have one row an organisation, period and group, got twice: {twice}, {name}")
        sides.append(side)
    pairs = pd.concat(sides, axis=1).sort_index()
    pairs.columns = pd.Index(PAIR_COLUMNS)
    places, periods = (pairs.index.get_level_values(key).unique() for key in keys)
    pairs = pairs.reindex(pd.MultiIndex.from_product([places, sorted(periods)], names=keys))
    missing = pairs.index[pairs.isna().any(axis=1)]
    if len(missing):
        raise ValueError(f"counts must be complete, got: nothing for {' in '.join(missing[0])}")
    return pairs.astype(float)


def log_odds_ratios(pairs: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Log odds ratio, group against reference, and its variance, each cell with a half added.

    Parameters
    ----------
    pairs
        As `paired_counts` returns, one row a comparison.

    Returns
    -------
    values, variances : pandas.Series
        With the index of ``pairs``.

    References
    ----------
    Gart and Zweifel (1967), Biometrika 54: 181-187.
    """
    a, n, c, m = (pairs[column] for column in PAIR_COLUMNS)
    yes, no, reference_yes, reference_no = (cell + ADDED for cell in (a, n - a, c, m - c))
    values = pd.Series(np.log(yes / no) - np.log(reference_yes / reference_no), index=pairs.index)
    return values, 1 / yes + 1 / no + 1 / reference_yes + 1 / reference_no


def log_relative_likelihoods(pairs: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Log relative likelihood, group against reference, and its variance, a half added to events and people.

    Parameters
    ----------
    pairs
        As `paired_counts` returns, one row a comparison.

    Returns
    -------
    values, variances : pandas.Series
        With the index of ``pairs``.

    References
    ----------
    Walter (1975), Biometrika 62: 371-374; Pettigrew, Gart and Thomas (1986), Biometrika 73: 425-435.
    """
    a, n, c, m = (pairs[column] + ADDED for column in PAIR_COLUMNS)
    values = pd.Series(np.log(a / n) - np.log(c / m), index=pairs.index)
    return values, 1 / a - 1 / n + 1 / c - 1 / m


@dataclass(frozen=True)
class Ratio:
    """A way of comparing two groups on the logarithmic scale.

    ``logs`` makes log ratios and variances from `paired_counts`; ``without`` gives the group's events had the log
    ratio been lower by an effect, its people and the reference staying as they are.
    """

    name: str
    logs: Callable[[pd.DataFrame], tuple[pd.Series, pd.Series]]
    without: Callable[[pd.DataFrame, float], pd.Series]


ODDS_RATIO = Ratio(
    "odds ratio",
    log_odds_ratios,
    lambda pairs, effect: pairs["denominator"] * expit(logit(pairs["numerator"] / pairs["denominator"]) - effect),
)
"""For proportions of any size, for example appointment from shortlisting."""

RELATIVE_LIKELIHOOD = Ratio(
    "relative likelihood", log_relative_likelihoods, lambda pairs, effect: pairs["numerator"] * np.exp(-effect)
)
"""For rates, for example entry into the disciplinary process."""


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


def ratio_panel(values: pd.Series) -> pd.DataFrame:
    """Lay values out with one row a place and one column a period.

    Parameters
    ----------
    values
        Indexed by organisation and period, complete.

    Returns
    -------
    pandas.DataFrame
        Index organisation, columns period.
    """
    return values.unstack("period").sort_index(axis=1)  # noqa: PD010 - one value a cell, nothing to aggregate
