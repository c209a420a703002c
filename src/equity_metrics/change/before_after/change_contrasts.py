"""One change a place, with its variance, in; the difference between treated and other places, honest when few, out."""

from dataclasses import dataclass
from itertools import combinations, islice
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.stats import t as student

Array = NDArray[np.float64]

ALL_ASSIGNMENTS = 10_000
"""Up to this many ways of choosing the treated places all are tried; beyond it this many are drawn."""


@dataclass(frozen=True)
class Contrast:
    """Mean change of treated places minus that of the others, in the unit of the changes.

    ``between`` is the variance between places beyond chance, ``degrees`` the degrees of freedom (places minus two).
    ``permutation_p_value`` is the share of ways of choosing the treated places that give as large a statistic;
    ``smallest_p_value`` is the smallest it could have been.
    """

    effect: float
    lower: float
    upper: float
    p_value: float
    degrees: int
    between: float
    permutation_p_value: float
    smallest_p_value: float


def contrast(
    changes: ArrayLike, variances: ArrayLike, treated: ArrayLike, confidence: float = 0.95, seed: int = 0
) -> Contrast | None:
    """Compare changes between treated and other places, places being the unit of inference.

    Changes differ between places by chance (``variances``) and beyond it (estimated). The interval uses Student's t
    with as many degrees of freedom as there are places less two, so it is wide when places are few.

    Parameters
    ----------
    changes, variances
        One a place; variances 0 where chance within a place is not known apart.
    treated
        True for places with the intervention.
    confidence
        Of the interval.
    seed
        Of the drawn assignments, where there are too many to try all.

    Returns
    -------
    Contrast or None
        None where no interval exists: nothing treated, fewer than two other places, or changes that do not vary.

    References
    ----------
    Donald and Lang (2007), Review of Economics and Statistics 89: 221-233 (two steps, few clusters). Knapp and Hartung
    (2003), Statistics in Medicine 22: 2693-2710, with the scale never below one. Paule and Mandel (1982), Journal of
    Research of the National Bureau of Standards 87: 377-385 (variance between places).
    """
    y, v, d = np.asarray(changes, float), np.asarray(variances, float), np.asarray(treated, bool)
    degrees = len(y) - 2
    if not d.any() or (~d).sum() < 2:
        return None
    between = between_variance(y, v, np.column_stack([~d, d]))
    if (v + between).min() <= 0:
        return None
    weights = 1 / (v + between)
    means = [float(np.average(y[side], weights=weights[side])) for side in (~d, d)]
    effect = means[1] - means[0]
    spread = float((weights * (y - np.where(d, means[1], means[0])) ** 2).sum() / degrees)
    error = np.sqrt(max(1.0, spread) * (1 / weights[d].sum() + 1 / weights[~d].sum()))
    reach = float(student.ppf((1 + confidence) / 2, degrees) * error)
    permutation, smallest = _permutation(y, v, d, seed)
    return Contrast(
        effect=effect,
        lower=effect - reach,
        upper=effect + reach,
        p_value=float(2 * student.sf(abs(effect) / error, degrees)),
        degrees=degrees,
        between=between,
        permutation_p_value=permutation,
        smallest_p_value=smallest,
    )


def between_variance(y: Array, v: Array, sides: NDArray[np.bool_]) -> float:
    """Variance between places that makes the weighted squared residuals equal their degrees of freedom.

    Parameters
    ----------
    y, v
        Changes and their variances by chance, one a place.
    sides
        Which places share a mean: one column a side, shape (places, sides).

    Returns
    -------
    float
        Zero where chance alone explains the changes.
    """
    degrees = len(y) - sides.shape[1]

    def excess(between: float) -> float:
        weights = 1 / (v + between)
        fitted = sides @ ((sides.T @ (weights * y)) / (sides.T @ weights))
        return float((weights * (y - fitted) ** 2).sum() - degrees)

    spread = float(y.var())
    if spread == 0 or (v.min() > 0 and excess(0.0) <= 0):
        return 0.0
    highest = spread * len(y) / degrees
    return float(brentq(excess, spread * 1e-12, highest * (1 + 1e-9))) if excess(spread * 1e-12) > 0 else 0.0


def _permutation(y: Array, v: Array, d: NDArray[np.bool_], seed: int) -> tuple[float, float]:
    between = between_variance(y, v, np.ones((len(y), 1), bool))
    weights = 1 / (v + between)
    places, chosen = len(y), int(d.sum())
    ways = comb(places, chosen)
    if ways <= ALL_ASSIGNMENTS:
        picks = np.array(list(islice(combinations(range(places), chosen), ways)))
    else:
        order = np.random.default_rng(seed).random((ALL_ASSIGNMENTS - 1, places)).argsort(axis=1)
        picks = np.vstack([np.flatnonzero(d), order[:, :chosen]])
    total, total_weight = float(weights @ y), float(weights.sum())
    inside, inside_weight = (weights * y)[picks].sum(axis=1), weights[picks].sum(axis=1)
    outside_weight = total_weight - inside_weight
    difference = inside / inside_weight - (total - inside) / outside_weight
    statistics = np.abs(difference) / np.sqrt(1 / inside_weight + 1 / outside_weight)
    own = np.abs(weights[d] @ y[d] / weights[d].sum() - weights[~d] @ y[~d] / weights[~d].sum())
    own /= np.sqrt(1 / weights[d].sum() + 1 / weights[~d].sum())
    return float((statistics >= own * (1 - 1e-9)).mean()), 1 / len(picks)
