"""A panel of places by period and each place's own start in; effects by start and time since, and one row, out.

Every effect compares places that started together with places that had not started yet, over the same periods. Places
that started earlier never serve as a comparison, which is what makes two-way fixed effects wrong when effects grow.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import exp, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t as student

from equity_metrics.change.between_places.start_cohorts import (
    NEVER,
    by_time_since,
    effect_weights,
    effects_by_start,
    jackknife_errors,
    left_out,
    summaries,
)
from equity_metrics.change.interventions import Intervention, effects

Array = NDArray[np.float64]

LEAST_STARTED = 2
"""Fewest places with a start: the interval comes from leaving out one place at a time."""
PERMUTATIONS = 999
DRAWS = 20_000


def group_time_effects(outcomes: pd.DataFrame, starts: Mapping[str, str]) -> pd.DataFrame:
    """Effect for every set of places that started together, in every period.

    Parameters
    ----------
    outcomes
        Complete, index place, columns period: log ratios, gaps or scores.
    starts
        First period with the intervention by place; places left out never started.

    Returns
    -------
    pandas.DataFrame
        ``start, period, since, effect, places, comparisons``; ``since`` counts periods from the start, and the
        period before it (-1) is the base, so its effect is nought. Missing where nobody was left to compare with.

    Raises
    ------
    ValueError
        If an outcome is missing, a start is not one of the periods after the first, or nobody started.

    References
    ----------
    Callaway and Sant'Anna (2021), Difference-in-differences with multiple time periods, Journal of Econometrics 225:
    200-230, with not-yet-treated places as comparison.
    """
    values, first = _panel(outcomes, starts)
    cohorts, sizes, found, comparisons = effects_by_start(values, first)
    periods = [str(period) for period in outcomes.columns]
    return pd.DataFrame(
        {
            "start": np.repeat([periods[cohort] for cohort in cohorts], len(periods)),
            "period": periods * len(cohorts),
            "since": (np.arange(len(periods)) - cohorts[:, None]).ravel(),
            "effect": found.ravel(),
            "places": np.repeat(sizes, len(periods)),
            "comparisons": comparisons.ravel(),
        }
    )


def event_study(
    outcomes: pd.DataFrame, starts: Mapping[str, str], *, confidence: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Average the effects by time since the start, with limits that hold for all of them together.

    Parameters
    ----------
    outcomes, starts
        As in `group_time_effects`.
    confidence
        That every interval of the table holds its effect.
    seed
        Of the simulated critical value.

    Returns
    -------
    pandas.DataFrame
        ``since, effect, lower, upper, places``, without the base period -1; no rows where nobody was left to compare
        with.

    Raises
    ------
    ValueError
        As `group_time_effects`, or if fewer than two places started.

    References
    ----------
    Callaway and Sant'Anna (2021), section 4.2. Left-out places: MacKinnon, Nielsen and Webb (2023), Journal of
    Applied Econometrics 38: 671-694. Simultaneous limits: Montiel Olea and Plagborg-Møller (2019), the same 34: 1-17.
    """
    values, first = _panel(outcomes, starts)
    started = _check_started(first)
    since, own, places = by_time_since(values, first)
    replicates = np.stack([_at(since, *by_time_since(*left)[:2]) for left in left_out(values, first)])
    shown = np.isfinite(replicates).all(axis=0) & (since != -1)
    errors = jackknife_errors(replicates[:, shown])
    centred = (replicates[:, shown] - replicates[:, shown].mean(axis=0)) / np.where(errors > 0, errors, 1.0)
    shrink = np.sqrt((len(centred) - 1) / len(centred))
    normal, spread = _drawn(len(centred), started - 1, seed)
    highest = np.abs(normal @ centred * shrink).max(axis=1, initial=0.0) / spread
    reach = float(np.quantile(highest, confidence)) * errors
    return pd.DataFrame(
        {
            "since": since[shown],
            "effect": own[shown],
            "lower": own[shown] - reach,
            "upper": own[shown] + reach,
            "places": places[shown],
        }
    )


def staggered_effects(
    outcomes: pd.DataFrame,
    starts: Mapping[str, str],
    intervention: Intervention,
    *,
    measure: str,
    logs: bool,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Average effect over all places that started, each over its own time since.

    Parameters
    ----------
    outcomes, starts
        As in `group_time_effects`.
    intervention
        Gives name, place (in words), indicator, direction and smallest worthwhile effect; its start is not used.
    measure
        What the effect is, in words.
    logs
        True if the outcomes are logarithms; effect and interval are then given as ratios.
    confidence
        Of the interval.
    seed
        Of the permutations.

    Returns
    -------
    pandas.DataFrame
        One row of effects, with ``places, started, permutation_p_value, pre_trend_p_value``; the last is for the slope
        of the effects before the start, the one before it for starts dealt anew to the places.

    Raises
    ------
    ValueError
        As `event_study`.

    References
    ----------
    Callaway and Sant'Anna (2021), equation 3.11 (average over starts), and those of `event_study`.
    """
    values, first = _panel(outcomes, starts)
    degrees = _check_started(first) - 1
    own = np.array(summaries(values, first))
    replicates = np.stack([summaries(*left) for left in left_out(values, first)])
    errors = jackknife_errors(replicates)
    with np.errstate(divide="ignore", invalid="ignore"):
        p_value, pre_trend = (2 * student.sf(np.abs(own) / errors, degrees)).tolist()
    reach = student.ppf((1 + confidence) / 2, degrees) * errors[0]
    inside = (np.arange(values.shape[1]) >= first[:, None]) & (first[:, None] != NEVER)
    observed = float(values[inside].mean())
    unknown = bool(np.isnan(reach))
    unit = exp if logs else float
    rng = np.random.default_rng(seed)
    place, weights = effect_weights(first, values.shape[1])
    parts = values @ weights.T
    # Starts dealt anew leave as many places at each start, and so the weights, what they were.
    dealt = parts[np.arange(len(values)), [rng.permutation(place) for _ in range(PERMUTATIONS)]].sum(axis=1)
    row = effects(
        intervention,
        observed=unit(observed),
        expected=nan if unknown else unit(observed - own[0]),
        effect=nan if unknown else unit(own[0]),
        lower=nan if unknown else unit(own[0] - reach),
        upper=nan if unknown else unit(own[0] + reach),
        confidence=confidence,
        p_value=nan if unknown else p_value,
        method="staggered starts, effects by start and period",
        measure=measure,
        no_effect=1.0 if logs else 0.0,
        assumptions=(
            "Places that had not started yet would have changed as those that had, nobody acted on a start before it "
            f"came, and places are independent; {degrees + 1} places started, so t has {degrees} degrees of freedom"
        ),
        would_change_verdict=(
            "Places that have not started, to compare with in every period"
            if unknown
            else "More places that start, or a longer time in which others have not"
        ),
    )
    return row.assign(
        places=len(values),
        started=degrees + 1,
        permutation_p_value=float((1 + (np.abs(dealt) >= abs(own[0]) * (1 - 1e-9)).sum()) / (1 + PERMUTATIONS)),
        pre_trend_p_value=pre_trend,
    )


def _panel(outcomes: pd.DataFrame, starts: Mapping[str, str]) -> tuple[Array, NDArray[np.int64]]:
    values, periods = outcomes.to_numpy(dtype=float), [str(period) for period in outcomes.columns]
    if not np.isfinite(values).all():
        raise ValueError(f"outcomes must be complete, got: {int((~np.isfinite(values)).sum())} missing")
    strangers = sorted(set(starts) - set(outcomes.index))
    if strangers or not starts:
        raise ValueError(f"starts must name places of the panel, got: {', '.join(strangers) or 'none'}")
    late = sorted(set(starts.values()) - set(periods[1:]))
    if late:
        raise ValueError(f"starts must be from {periods[1]} to {periods[-1]}, got: {', '.join(late)}")
    return values, np.array([periods.index(starts[place]) if place in starts else NEVER for place in outcomes.index])


def _check_started(first: NDArray[np.int64]) -> int:
    started = int((first != NEVER).sum())
    if started < LEAST_STARTED:
        raise ValueError(f"starts must name at least {LEAST_STARTED} places, got: {started}; use synthetic control")
    return started


@lru_cache(maxsize=1)
def _drawn(places: int, degrees: int, seed: int) -> tuple[Array, Array]:
    """Draw normal numbers, one a place, and what t divides them by: the same for every look at the same places."""
    rng = np.random.default_rng(seed)
    normal = rng.normal(size=(DRAWS, places))
    return normal, np.sqrt(rng.chisquare(degrees, DRAWS) / degrees)


def _at(wanted: NDArray[np.int64], times: NDArray[np.int64], values: Array) -> Array:
    return np.asarray(pd.Series(values, index=times).reindex(wanted), dtype=np.float64)
