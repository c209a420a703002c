"""Columns of donors and a target in; the exact weights (none negative, summing to one) that come nearest to it out."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import nnls

SUM_ROW = 1e3
"""How many times the largest donor value the sum-to-one row weighs, before the exact solution."""
OPTIMALITY_TOLERANCE = 1e-10
"""Largest duality gap that counts as solved, as a share of the largest sum of squares in the data."""


def simplex_weights(donors: ArrayLike, target: ArrayLike, ridge: float = 0.0) -> NDArray[np.float64]:
    """Minimise ``sum((donors @ w - target)**2) + ridge * sum(w**2)`` over weights ``w >= 0`` with sum one.

    An active-set search (non-negative least squares with one heavy row) names the donors in use; on them the
    equality-constrained problem is solved exactly, and the duality gap certifies the optimum.

    Parameters
    ----------
    donors
        Baseline values, shape (periods, donors).
    target
        Baseline values of the unit to be matched, shape (periods,).
    ridge
        Penalty on the squared weights, in the squared unit of ``donors``; 0 for none. Any ridge above zero makes the
        weights unique where donors outnumber periods.

    Returns
    -------
    ndarray
        Weights, shape (donors,).

    Raises
    ------
    ValueError
        If the shapes disagree, a value is missing, or ``ridge`` is negative.
    ArithmeticError
        If no solution passes the optimality check.

    References
    ----------
    Lawson and Hanson (1974), Solving Least Squares Problems, chapter 23; Jaggi (2013), Revisiting Frank-Wolfe,
    for the duality gap.
    """
    columns, goal = np.asarray(donors, dtype=float), np.asarray(target, dtype=float)
    if columns.ndim != 2 or goal.shape != columns.shape[:1]:
        raise ValueError(f"target must have one value a row of donors, got: {goal.shape} and {columns.shape}")
    if not (np.isfinite(columns).all() and np.isfinite(goal).all()):
        raise ValueError("donors and target must be complete, got: a missing or infinite value")
    if ridge < 0:
        raise ValueError(f"ridge must not be negative, got: {ridge}")
    if ridge:
        count = columns.shape[1]
        columns = np.vstack([columns, np.sqrt(ridge) * np.eye(count)])
        goal = np.concatenate([goal, np.zeros(count)])
    heavy = SUM_ROW * max(float(np.abs(columns).max()), 1e-300)
    start, _ = nnls(np.vstack([columns, np.full(columns.shape[1], heavy)]), np.append(goal, heavy))
    candidates = (_exact_on(columns, goal, start > 0), start / start.sum())
    allowed = OPTIMALITY_TOLERANCE * float(max(goal @ goal, (columns**2).sum(axis=0).max()))
    for weights in candidates:
        if (weights >= 0).all() and duality_gap(columns, goal, weights) <= allowed:
            return weights
    raise ArithmeticError("simplex weights must pass the optimality check, got: no candidate that does; rescale donors")


def duality_gap(donors: NDArray[np.float64], target: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return an upper bound on how far the weights are from the best: zero exactly where the KKT conditions hold.

    Parameters
    ----------
    donors, target, weights
        As in `simplex_weights`; a ridge is passed as extra rows.

    Returns
    -------
    float
        Bound on the excess of half the sum of squares over its minimum.

    References
    ----------
    Jaggi (2013), Revisiting Frank-Wolfe, Proceedings of Machine Learning Research 28.
    """
    gradient = donors.T @ (donors @ weights - target)
    return float(weights @ gradient - gradient.min())


def _exact_on(donors: NDArray[np.float64], target: NDArray[np.float64], used: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Least squares on the donors in use with weights summing to one: the last donor in use stands for the rest."""
    *others, last = np.flatnonzero(used)
    contrasts = donors[:, others] - donors[:, [last]]
    shares = np.linalg.lstsq(contrasts, target - donors[:, last], rcond=None)[0]
    weights = np.zeros(donors.shape[1])
    weights[others] = shares
    weights[last] = 1.0 - shares.sum()
    return weights
