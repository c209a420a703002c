"""A panel of places by period in; the effect against a weighted mix of the other places, ranked among placebos, out."""

from functools import partial
from math import exp, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.change.between_places.panels import phases
from equity_metrics.change.between_places.simplex_weights import simplex_weights
from equity_metrics.change.between_places.synthetic_placebos import (
    Weigher,
    baseline_errors,
    fits_exactly,
    space_p_value,
    synthetic_gaps,
    time_placebos,
)
from equity_metrics.change.interventions import Intervention, effects

Array = NDArray[np.float64]

LEAST_DONORS = 20
"""Below this many donors the placebo's smallest p-value is 0.05 or more, so it alone never yields "changed"."""


def noise_ridge(outcomes: pd.DataFrame, intervention: Intervention) -> float:
    """Ridge that fits the noise of the donors: needed where they outnumber the baseline's periods.

    Parameters
    ----------
    outcomes
        Complete, index place, columns period.
    intervention
        Gives place and start.

    Returns
    -------
    float
        Penalty on the squared weights, in the squared unit of the outcome.

    References
    ----------
    Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Synthetic difference-in-differences, American Economic
    Review 111: 4088-4118, equation 5.
    """
    phase = phases(outcomes.columns, intervention)
    donors = outcomes.drop(index=intervention.where).to_numpy(dtype=float)[:, phase == "baseline"]
    noise = float(np.diff(donors, axis=1).std(ddof=1))
    return float(np.sqrt((phase == "after").sum()) * noise**2 * (phase == "baseline").sum())


def synthetic_control(
    outcomes: pd.DataFrame,
    intervention: Intervention,
    *,
    measure: str,
    logs: bool,
    ridge: float = 0.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare a place with the weighted mix of other places that followed the same path before.

    Parameters
    ----------
    outcomes
        Complete, index place, columns period: log ratios, gaps or scores.
    intervention
        ``where`` is one of the places; every other place is a donor.
    measure
        What the effect is, in words.
    logs
        True if the outcomes are logarithms; effect, interval, observed and expected are then given as ratios.
    ridge
        Penalty on the squared weights; see `noise_ridge`.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row of effects, with ``donors, baseline_error, smallest_p_value, time_p_value, smallest_time_p_value``.

    Raises
    ------
    ValueError
        If the place is not in the table, there are fewer than two donors, or an outcome is missing.

    References
    ----------
    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105: 493-505.
    """
    name = f"synthetic control{', ridge ' + format(ridge, '.3g') if ridge else ''}"
    return placebo_effects(
        outcomes,
        intervention,
        partial(simplex_weights, ridge=ridge),
        method=name,
        measure=measure,
        logs=logs,
        confidence=confidence,
    )


def synthetic_paths(
    outcomes: pd.DataFrame, intervention: Intervention, weigher: Weigher = simplex_weights
) -> tuple[pd.DataFrame, pd.Series]:
    """Observed and synthetic path of the place, and the weights of its donors.

    Parameters
    ----------
    outcomes, intervention
        As in `synthetic_control`.
    weigher
        Makes the weights of donors from their baseline and the target's.

    Returns
    -------
    paths : pandas.DataFrame
        ``period, phase, observed, expected`` in the unit of the outcome.
    weights : pandas.Series
        One a donor, largest first.
    """
    values, baseline, _, place = panel_of(outcomes, intervention)
    donors = np.arange(len(values)) != place
    weights = weigher(values[donors][:, baseline].T, values[place, baseline])
    paths = pd.DataFrame(
        {
            "period": [str(period) for period in outcomes.columns],
            "phase": phases(outcomes.columns, intervention),
            "observed": values[place],
            "expected": weights @ values[donors],
        }
    )
    return paths, pd.Series(weights, index=outcomes.index[donors]).sort_values(ascending=False)


def panel_of(
    outcomes: pd.DataFrame, intervention: Intervention
) -> tuple[Array, NDArray[np.bool_], NDArray[np.bool_], int]:
    """Check a panel and take it apart.

    Parameters
    ----------
    outcomes, intervention
        As in `synthetic_control`.

    Returns
    -------
    values : ndarray
        Shape (places, periods).
    baseline, after : ndarray of bool
        Shape (periods,).
    place : int
        Row of the place with the intervention.

    Raises
    ------
    ValueError
        As `synthetic_control`.
    """
    if intervention.where not in outcomes.index:
        raise ValueError(f"where must be one of the places, got: {intervention.where}")
    if len(outcomes) < 3:
        raise ValueError(f"outcomes must hold at least two donors, got: {len(outcomes) - 1}")
    values = outcomes.to_numpy(dtype=float)
    if not np.isfinite(values).all():
        raise ValueError(f"outcomes must be complete, got: {int((~np.isfinite(values)).sum())} missing")
    phase = phases(outcomes.columns, intervention)
    return values, phase == "baseline", phase == "after", list(outcomes.index).index(intervention.where)


def placebo_effects(
    outcomes: pd.DataFrame,
    intervention: Intervention,
    weigher: Weigher,
    *,
    method: str,
    measure: str,
    logs: bool,
    confidence: float,
) -> pd.DataFrame:
    """Make the row of effects for any way of weighting donors, with placebos in space and in time.

    Parameters
    ----------
    outcomes, intervention, measure, logs, confidence
        As in `synthetic_control`.
    weigher
        Makes the weights of donors from their baseline and the target's.
    method
        Its name.

    Returns
    -------
    pandas.DataFrame
        As `synthetic_control`.
    """
    values, baseline, after, place = panel_of(outcomes, intervention)
    gaps, _ = synthetic_gaps(values, baseline, weigher)
    error = float(baseline_errors(gaps, baseline)[place])
    effect, observed = float(gaps[place, after].mean()), float(values[place, after].mean())
    donors, smallest = len(values) - 1, 1 / len(values)
    earlier = time_placebos(values, baseline, int(after.sum()), place, weigher)
    time_p = (1 + sum(abs(gap) >= abs(effect) for _, gap in earlier)) / (1 + len(earlier)) if earlier else nan
    if fits_exactly(values, gaps, baseline, place):
        p_value, lower, upper = nan, nan, nan
        change = "The donors reproduce the baseline exactly, so its error is unknown: add a ridge, or a longer baseline"
    else:
        p_value, lower, upper = space_p_value(gaps, baseline, after, place, confidence)
        more = LEAST_DONORS - donors
        change = (
            f"At least {more} more donors: with {donors} the smallest possible p-value is {smallest:.3f}"
            if more > 0
            else "More donors or a longer baseline would narrow the interval; a shock here alone would overturn it"
        )
    unit = exp if logs else float
    with np.errstate(over="ignore"):  # an interval without end is infinite as a ratio too
        ends = tuple(float(np.exp(end)) if logs else end for end in (lower, upper))
    row = effects(
        intervention,
        observed=unit(observed),
        expected=unit(observed - effect),
        effect=unit(effect),
        lower=ends[0],
        upper=ends[1],
        confidence=confidence,
        p_value=p_value,
        method=method,
        measure=measure,
        no_effect=1.0 if logs else 0.0,
        assumptions=(
            "No donor was touched by the intervention; the mix of donors that followed this place before would have "
            f"gone on doing so. {donors} donors, so the smallest possible p-value is {smallest:.3f}; "
            f"{len(earlier)} earlier starts tried, where nothing had happened"
        ),
        would_change_verdict=change,
    )
    return row.assign(
        donors=donors,
        baseline_error=error,
        smallest_p_value=smallest,
        time_p_value=time_p,
        smallest_time_p_value=1 / (1 + len(earlier)) if earlier else nan,
    )
