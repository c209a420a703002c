"""Counts and what was agreed in; the verdict, the agreed decision, and the rebound to be expected, out."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.between_places.panels import PAIR_COLUMNS, paired_counts
from equity_metrics.change.between_places.regression_to_the_mean import expected_rebounds
from equity_metrics.change.charts.pooled_series import pooled_series
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.method_choice import COMPARISONS, METHODS, comparable_counts, method_choices
from equity_metrics.change.monitored.decisions import decision

NO_DECISION = "none: no smallest worthwhile effect was agreed"


def agreed_effects(
    counts: pd.DataFrame,
    intervention: Intervention,
    *,
    method: str | None = None,
    touched: Collection[str] = (),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Make the verdict on one intervention, and the decision that was agreed for it.

    Parameters
    ----------
    counts
        Complete counts by month of one grouping; other organisations serve as comparison.
    intervention
        From ``read_interventions``.
    method
        A name of ``METHODS``; None for the one that ``method_choices`` proposes.
    touched
        Other places where something was tried for the same indicator.
    confidence
        Of the interval.

    Returns
    -------
    DataFrame
        One row of effects, with ``compared_with`` (the method's name), ``agreed_decision`` and what the test adds.

    Raises
    ------
    ValueError
        If the counts do not fit the intervention or the method.

    References
    ----------
    Those of the method.
    """
    rows = comparable_counts(counts, intervention, touched)
    return chosen_effects(rows, intervention, method_choices(rows, intervention), method, confidence=confidence)


def chosen_effects(
    rows: pd.DataFrame,
    intervention: Intervention,
    choices: pd.DataFrame,
    method: str | None = None,
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Make the verdict as ``agreed_effects`` does, where the comparable counts and the choices are at hand.

    Parameters
    ----------
    rows, choices
        From ``comparable_counts`` and ``method_choices``.
    intervention, method, confidence
        As for ``agreed_effects``.

    Returns
    -------
    DataFrame
        As ``agreed_effects``.

    Raises
    ------
    ValueError
        If the rows do not allow the method.
    """
    possible = choices.loc[choices["possible"], "method"].tolist()
    chosen = str(next(iter(possible), None) if method is None else method)
    if chosen not in possible:
        why = dict(zip(choices["method"], choices["why"], strict=True)).get(chosen, "not known")
        raise ValueError(f"method must be one of {'; '.join(possible) or 'none'}, got: {chosen} ({why})")
    return decided(METHODS[chosen](rows, intervention, confidence), intervention).assign(compared_with=chosen)


def effects_by_method(
    counts: pd.DataFrame, intervention: Intervention, *, touched: Collection[str] = (), confidence: float = 0.95
) -> pd.DataFrame:
    """Make the verdict by every method that the counts allow, the proposed one first.

    Parameters
    ----------
    counts, intervention, touched, confidence
        As for ``agreed_effects``.

    Returns
    -------
    DataFrame
        One row of effects a method, as ``agreed_effects``, with ``why``: what speaks for the method.

    Raises
    ------
    ValueError
        If the counts allow none.

    References
    ----------
    Those of each method.
    """
    rows = comparable_counts(counts, intervention, touched)
    choices = method_choices(rows, intervention)
    possible = choices[choices["possible"]]
    if possible.empty:
        raise ValueError(f"counts must allow at least one method, got: {'; '.join(choices['why'])}")
    found = [
        chosen_effects(rows, intervention, choices, method, confidence=confidence) for method in possible["method"]
    ]
    return pd.concat(found, ignore_index=True).assign(why=possible["why"].to_numpy())


def decided(effects: pd.DataFrame, intervention: Intervention) -> pd.DataFrame:
    """Add the decision that was agreed beforehand to one row of effects.

    Parameters
    ----------
    effects
        One row, a ratio.
    intervention
        Gives the thresholds.

    Returns
    -------
    DataFrame
        The row with ``agreed_decision``, and ``agreed_on``: the date, empty where the thresholds were not agreed
        beforehand but chosen by whoever looks.
    """
    row, effects = effects.iloc[0], effects.assign(agreed_on=intervention.agreed)
    if intervention.smallest_worthwhile is None:
        return effects.assign(agreed_decision=NO_DECISION)
    agreed = decision(float(row["effect"]), float(row["lower"]), float(row["upper"]), intervention)
    return effects.assign(agreed_decision=agreed)


def rebounds_beside(counts: pd.DataFrame, intervention: Intervention, *, confidence: float = 0.95) -> pd.DataFrame:
    """Set what was seen in the year after a bad one beside the rebound that was to be expected without doing anything.

    Parameters
    ----------
    counts
        From ``comparable_counts``, by month.
    intervention
        Gives the place and the WRES year for which it was chosen.
    confidence
        Of the interval.

    Returns
    -------
    DataFrame
        One row of ``expected_rebounds`` with ``seen`` (the next year's ratio / the bad year's, missing if that year is
        not over), ``next_period``, and ``is_rebound``: whether what was seen lies within what was to be expected. No
        row where the place was not chosen for a bad year.

    Raises
    ------
    ValueError
        If there are too few peers or that year was not counted.

    References
    ----------
    Those of ``expected_rebounds``.
    """
    chosen_for = intervention.chosen_for
    if not chosen_for:
        return pd.DataFrame(columns=["observed", "rebound", "lower", "upper", "seen", "next_period", "is_rebound"])
    years = yearly(counts)
    if chosen_for not in set(years["period"]):
        whole = sorted(set(years["period"]))
        raise ValueError(f"chosen_for must be one of the WRES years counted ({', '.join(whole)}), got: {chosen_for}")
    ratio, pair = COMPARISONS[intervention.indicator].ratio, (intervention.group, intervention.reference)
    row = expected_rebounds(years, intervention, *pair, chosen_for=chosen_for, ratio=ratio, confidence=confidence)
    following = str(int(chosen_for) + 1)
    later = years[(years["organisation"] == intervention.where) & (years["period"] == following)]
    seen = np.nan
    if len(later):
        cells = paired_counts(later, *pair)
        logs, _ = ratio.logs(*(cells[column] for column in PAIR_COLUMNS))
        seen = float(np.exp(logs[0])) / float(row["observed"].iloc[0])
    inside = (row["lower"] <= seen) & (row["upper"] >= seen)
    return row.assign(seen=seen, next_period=following, is_rebound=inside)


def yearly(counts: pd.DataFrame) -> pd.DataFrame:
    """Add monthly counts up to WRES years; leave counts by year as they are."""
    _, unit = period_numbers(counts["period"].unique())
    return pooled_series(counts, "year") if unit == "month" else counts
