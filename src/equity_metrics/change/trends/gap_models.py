"""Counts of a group and its reference by period in; a fitted path of the gap between them out, for many series at once.

Each period has its own intercept, so whatever moves both groups alike (a busy year, a season) cancels: only the gap is
modelled. The period intercepts are eliminated in closed form, which leaves a regression with a handful of terms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.change.charts.control_charts import Array

_ITERATIONS = 40
_TOLERANCE = 1e-10
_SMALLEST_WEIGHT = 1e-10  # below autocorrelation.NO_WEIGHT; keeps a series without information solvable
_WIDEST = 30.0  # log odds at which a separated period is left to rest


class GapFit(NamedTuple):
    """Fit of the log gap; ``errors`` have variance 1 where counts vary by chance alone.

    Shapes: ``coefficients`` (..., terms); ``weights`` (inverse variance of each period's log gap), ``errors``
    (standardised) and ``reference_path`` (linear predictor of the reference), all (..., periods).
    """

    coefficients: Array
    weights: Array
    errors: Array
    reference_path: Array


def _inverse_logit(path: Array) -> Array:
    return 1 / (1 + np.exp(-path))


def _binomial(path: Array, people: Array) -> tuple[Array, Array]:
    share = _inverse_logit(path)
    return people * share, people * share * (1 - share)


def _poisson(path: Array, people: Array) -> tuple[Array, Array]:
    mean = people * np.exp(path)
    return mean, mean


def _fit(
    moments: Callable[[Array, Array], tuple[Array, Array]],
    starts: tuple[Array, Array],
    informative: Array,
    counts: tuple[Array, Array, Array, Array],
    basis: Array,
) -> GapFit:
    events, people, reference_events, reference_people = counts
    path, reference_path = starts
    for _ in range(_ITERATIONS):
        mean, weight = moments(path, people)
        reference_mean, reference_weight = moments(reference_path, reference_people)
        weight, reference_weight = np.maximum(weight, _SMALLEST_WEIGHT), np.maximum(reference_weight, _SMALLEST_WEIGHT)
        working = path + (events - mean) / weight
        reference_working = reference_path + (reference_events - reference_mean) / reference_weight
        gap_weight = np.maximum(informative * weight * reference_weight / (weight + reference_weight), _SMALLEST_WEIGHT)
        weighted = np.swapaxes(basis * gap_weight[..., None], -1, -2)
        solved = np.linalg.solve(weighted @ basis, weighted @ (working - reference_working)[..., None])
        gap = (basis @ solved)[..., 0]
        level = (reference_weight * reference_working + weight * (working - gap)) / (weight + reference_weight)
        level, moved = np.clip(level, -_WIDEST, _WIDEST), level + gap
        change = np.abs(informative * (moved - path)).max() + np.abs(informative * (level - reference_path)).max()
        path, reference_path = np.clip(moved, -_WIDEST, _WIDEST), level
        if change < _TOLERANCE:
            break
    errors = np.sqrt(gap_weight) * (working - reference_working - gap) * informative
    return GapFit(solved[..., 0].astype(np.float64, copy=False), gap_weight, errors, reference_path)


def fit_odds_gaps(
    events: ArrayLike, people: ArrayLike, reference_events: ArrayLike, reference_people: ArrayLike, basis: Array
) -> GapFit:
    """Fit the log odds ratio of group to reference as a path over time (binomial counts).

    Parameters
    ----------
    events, people, reference_events, reference_people
        Counts, shape (..., periods).
    basis
        Columns of the path (level, trend, change), shape (periods, terms).

    Returns
    -------
    GapFit
        Maximum likelihood fit of the logistic model with an intercept for each period; periods with no event, or
        nothing but events, carry no information on the gap and weigh nothing.

    References
    ----------
    McCullagh P, Nelder JA (1989). Generalized Linear Models, 2nd ed. Breslow NE, Day NE (1980), vol. 1, ch. 6
    (strata with intercepts of their own).
    """
    a, n, c, m = _as_floats(events, people, reference_events, reference_people)
    starts = np.log((a + 0.5) / (n - a + 0.5)), np.log((c + 0.5) / (m - c + 0.5))
    informative = ((a + c > 0) & (a + c < n + m)).astype(float)
    return _fit(_binomial, starts, informative, (a, n, c, m), basis)


def fit_rate_gaps(
    events: ArrayLike, people: ArrayLike, reference_events: ArrayLike, reference_people: ArrayLike, basis: Array
) -> GapFit:
    """Fit the log rate ratio of group to reference as a path over time (Poisson counts).

    Parameters
    ----------
    events, people, reference_events, reference_people
        Events and exposure, shape (..., periods).
    basis
        Columns of the path (level, trend, change), shape (periods, terms).

    Returns
    -------
    GapFit
        Maximum likelihood fit of the Poisson model with an intercept for each period, which is also the exact
        conditional fit given each period's total; periods without an event weigh nothing.

    References
    ----------
    McCullagh P, Nelder JA (1989). Generalized Linear Models, 2nd ed., 6.4 (Poisson given the total is binomial).
    """
    a, n, c, m = _as_floats(events, people, reference_events, reference_people)
    starts = np.log((a + 0.5) / np.maximum(n, 0.5)), np.log((c + 0.5) / np.maximum(m, 0.5))
    return _fit(_poisson, starts, (a + c > 0).astype(float), (a, n, c, m), basis)


def _as_floats(*arrays: ArrayLike) -> tuple[Array, Array, Array, Array]:
    a, n, c, m = np.broadcast_arrays(*(np.asarray(array, float) for array in arrays))
    return a, n, c, m


@dataclass(frozen=True)
class GapModel:
    """A ratio of two groups, how its path is fitted, and the mean count that a linear predictor stands for."""

    name: str
    fit: Callable[..., GapFit]
    mean: Callable[[Array, Array], Array]
    both_ways: bool  # whether people without the event count as evidence too


ODDS_GAP = GapModel("odds ratio", fit_odds_gaps, lambda path, people: _binomial(path, people)[0], True)
"""For proportions of any size, for example appointment from shortlisting."""

RATE_GAP = GapModel("rate ratio", fit_rate_gaps, lambda path, people: _poisson(path, people)[0], False)
"""For rates of events, for example entry into the disciplinary process."""
