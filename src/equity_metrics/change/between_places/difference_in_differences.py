"""Counts or scores of several places before and after in; how much more the treated ones changed than others out."""

from collections.abc import Sequence
from math import exp, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.change.before_after.change_contrasts import Contrast, contrast
from equity_metrics.change.between_places.panels import PAIR_COLUMNS, Ratio, paired_counts, phases
from equity_metrics.change.between_places.simplex_weights import simplex_weights
from equity_metrics.change.interventions import Intervention, effects

Array = NDArray[np.float64]

FEW_PLACES = 8
"""Below this many places the method says that they are few (t with fewer than six degrees of freedom)."""


def difference_in_differences(
    counts: pd.DataFrame,
    intervention: Intervention,
    group: str,
    reference: str,
    *,
    ratio: Ratio,
    treated: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Ask whether a gap between two groups changed more where something was tried than elsewhere.

    The counts of each place are added up over the baseline and over the time after, so that one month's dependence on
    the last cannot narrow the interval; the change of the log ratio is then compared between places.

    Parameters
    ----------
    counts
        One indicator, complete, one row an organisation, period and group.
    intervention
        Gives place, start and lead-in.
    group, reference
        The two groups.
    ratio
        `ODDS_RATIO` or `RELATIVE_LIKELIHOOD`.
    treated
        Places with the intervention; None for ``intervention.where`` alone.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row of effects (a ratio of ratios), with ``places, permutation_p_value, smallest_p_value,
        pre_trend_p_value``; the last compares the two halves of the baseline in the same way.

    Raises
    ------
    ValueError
        If counts are incomplete or a treated place is not among them.

    References
    ----------
    Bertrand, Duflo and Mullainathan (2004), Quarterly Journal of Economics 119: 249-275, and those of `contrast`.
    """
    pairs = paired_counts(counts, group, reference)
    places = pairs.index.get_level_values("organisation").unique()
    chosen = _chosen(places, intervention, treated)
    phase = phases(pairs.index.get_level_values("period").unique(), intervention)
    baseline, after = np.flatnonzero(phase == "baseline"), np.flatnonzero(phase == "after")
    cells = pairs[PAIR_COLUMNS].to_numpy(float).reshape(len(places), len(phase), len(PAIR_COLUMNS))

    def change(before: NDArray[np.int64], later: NDArray[np.int64]) -> tuple[Array, Array]:
        sides = (cells[:, span].sum(axis=1).T for span in (before, later))
        (old, old_variance), (new, new_variance) = (ratio.logs(*side) for side in sides)
        return new - old, new_variance + old_variance

    found = contrast(*change(baseline, after), chosen, confidence)
    half = len(baseline) // 2
    earlier = contrast(*change(baseline[:half], baseline[half:]), chosen, confidence) if half else None
    events, people, *_ = cells[:, after].sum(axis=1)[chosen].T
    return _row(
        found,
        earlier,
        intervention,
        observed=float(events.sum()),
        expected=float(people @ ratio.moved(events / people, -found.effect)) if found else nan,
        measure=f"ratio of {ratio.name}s",
        logs=True,
        places=len(places),
        confidence=confidence,
        method="difference in differences on counts",
    )


def difference_in_differences_of_means(
    outcomes: pd.DataFrame,
    intervention: Intervention,
    *,
    measure: str,
    treated: Sequence[str] | None = None,
    time_weighted: bool = False,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Ask whether a score changed more where something was tried than elsewhere.

    Parameters
    ----------
    outcomes
        Complete, index place, columns period.
    intervention
        Gives place, start and lead-in.
    measure
        What the effect is, in words.
    treated
        Places with the intervention; None for ``intervention.where`` alone.
    time_weighted
        True: the baseline periods are weighted so that the other places' baseline comes nearest to their time after.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row of effects (a difference), as `difference_in_differences`.

    Raises
    ------
    ValueError
        If an outcome is missing or a treated place is not among them.

    References
    ----------
    Donald and Lang (2007), Review of Economics and Statistics 89: 221-233. Time weights: Arkhangelsky, Athey,
    Hirshberg, Imbens and Wager (2021), American Economic Review 111: 4088-4118, with equal weights of places.
    """
    chosen = _chosen(outcomes.index, intervention, treated)
    values = outcomes.to_numpy(dtype=float)
    if not np.isfinite(values).all():
        raise ValueError(f"outcomes must be complete, got: {int((~np.isfinite(values)).sum())} missing")
    phase = phases(outcomes.columns, intervention)
    old, new = values[:, phase == "baseline"], values[:, phase == "after"].mean(axis=1)
    weights = _time_weights(old[~chosen], new[~chosen]) if time_weighted else np.full(old.shape[1], 1 / old.shape[1])
    none = np.zeros(len(values))
    found = contrast(new - old @ weights, none, chosen, confidence)
    half = old.shape[1] // 2
    earlier = contrast(old[:, half:].mean(axis=1) - old[:, :half].mean(axis=1), none, chosen) if half else None
    observed = float(new[chosen].mean())
    return _row(
        found,
        earlier,
        intervention,
        observed=observed,
        expected=observed - found.effect if found else nan,
        measure=measure,
        logs=False,
        places=len(values),
        confidence=confidence,
        method=f"difference in differences{', baseline periods weighted' if time_weighted else ''}",
    )


def _time_weights(old: Array, new: Array) -> Array:
    return simplex_weights(old - old.mean(axis=0), new - new.mean())


def _chosen(places: pd.Index, intervention: Intervention, treated: Sequence[str] | None) -> NDArray[np.bool_]:
    names = [intervention.where] if treated is None else list(treated)
    strangers = sorted(set(names) - set(places))
    if strangers:
        raise ValueError(f"treated must be among the places, got: {', '.join(strangers)}")
    return np.asarray(places.isin(names))


def _row(
    found: Contrast | None,
    earlier: Contrast | None,
    intervention: Intervention,
    *,
    observed: float,
    expected: float,
    measure: str,
    logs: bool,
    places: int,
    confidence: float,
    method: str,
) -> pd.DataFrame:
    unit = exp if logs else float
    few = f"; {places} places are few, so the interval is wide" if places < FEW_PLACES else ""
    row = effects(
        intervention,
        observed=observed,
        expected=expected,
        effect=unit(found.effect) if found else nan,
        lower=unit(found.lower) if found else nan,
        upper=unit(found.upper) if found else nan,
        confidence=confidence,
        p_value=found.p_value if found else nan,
        method=method,
        measure=measure,
        no_effect=1.0 if logs else 0.0,
        assumptions=(
            "Without the intervention the treated places would have changed as the others did, no other place was "
            f"touched by it, and places vary alike{few}"
        ),
        would_change_verdict=(
            "More places to compare with, or more events a place; a shock to the treated places alone would overturn it"
            if found
            else "At least two places without the intervention, and changes that differ between them"
        ),
    )
    return row.assign(
        places=places,
        permutation_p_value=found.permutation_p_value if found else nan,
        smallest_p_value=found.smallest_p_value if found else nan,
        pre_trend_p_value=earlier.p_value if earlier else nan,
    )
