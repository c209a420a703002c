"""A panel of places by period in; synthetic control with its baseline error corrected by ridge regression out."""

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.change.between_places.simplex_weights import simplex_weights
from equity_metrics.change.between_places.synthetic_control import panel_of, placebo_effects
from equity_metrics.change.interventions import Intervention

Array = NDArray[np.float64]


def augmented_synthetic_control(
    outcomes: pd.DataFrame,
    intervention: Intervention,
    *,
    measure: str,
    logs: bool,
    augmentation: float | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Synthetic control whose remaining baseline error is corrected by a ridge regression on the donors.

    Parameters
    ----------
    outcomes, intervention, measure, logs, confidence
        As in `synthetic_control`.
    augmentation
        Ridge of the correction; large gives the plain synthetic control. None: chosen by leaving out one baseline
        period at a time.

    Returns
    -------
    pandas.DataFrame
        As `synthetic_control`. Weights may be negative.

    Raises
    ------
    ValueError
        As `synthetic_control`.

    References
    ----------
    Ben-Michael, Feller and Rothstein (2021), The augmented synthetic control method, Journal of the American
    Statistical Association 116: 1789-1803.
    """
    values, baseline, _, place = panel_of(outcomes, intervention)
    if augmentation is None:
        donors = np.arange(len(values)) != place
        augmentation = chosen_augmentation(values[donors][:, baseline].T, values[place, baseline])
    weigher = partial(augmented_weights, augmentation=augmentation)
    name = f"ridge-augmented synthetic control, ridge {augmentation:.3g}"
    return placebo_effects(
        outcomes, intervention, weigher, method=name, measure=measure, logs=logs, confidence=confidence
    )


def augmented_weights(donors: Array, target: Array, augmentation: float) -> Array:
    """Simplex weights plus a ridge correction of what they leave unexplained.

    Parameters
    ----------
    donors
        Baseline values, shape (periods, donors).
    target
        Shape (periods,).
    augmentation
        Ridge of the correction, above zero.

    Returns
    -------
    ndarray
        Weights that sum to one and may be negative, shape (donors,).
    """
    weights = simplex_weights(donors, target)
    centred = donors - donors.mean(axis=1, keepdims=True)
    inner = centred @ centred.T + augmentation * np.eye(len(target))
    return weights + centred.T @ np.linalg.solve(inner, target - donors @ weights)


def chosen_augmentation(donors: Array, target: Array) -> float:
    """Ridge with the smallest error in baseline periods left out one at a time.

    Parameters
    ----------
    donors, target
        Baseline values, shapes (periods, donors) and (periods,).

    Returns
    -------
    float
        One of 20 values from a ten-thousandth of the largest squared singular value up to that value.
    """
    centred = donors - donors.mean(axis=1, keepdims=True)
    grid = np.linalg.norm(centred, ord=2) ** 2 * np.logspace(-4, 0, 20)
    errors = np.zeros(len(grid))
    for left_out in range(len(target)):
        kept = np.arange(len(target)) != left_out
        weights = simplex_weights(donors[kept], target[kept])
        residual = target[kept] - donors[kept] @ weights
        values, vectors = np.linalg.eigh(centred[kept] @ centred[kept].T)
        slopes = (vectors.T @ residual)[:, None] / (values[:, None] + grid)
        corrections = (centred[left_out] @ centred[kept].T) @ (vectors @ slopes)
        errors += (target[left_out] - donors[left_out] @ weights - corrections) ** 2
    return float(grid[errors.argmin()])
