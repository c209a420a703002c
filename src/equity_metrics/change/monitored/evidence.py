"""Log likelihoods of a ratio before and after a start in; evidence that it changed, valid whenever one looks, out.

Why it is valid. Take any true baseline log ratio ``b`` and change ``d``. Given the margins, the likelihood of all
blocks averaged over other values near (b, b + d), divided by their likelihood at (b, b + d), is a non-negative
martingale from block to block with mean one; by Ville's inequality it ever reaches 1 / 0.05 with probability at most
0.05. The e-value for ``d`` is the smallest such quotient over all baselines ``b``, so it is no larger than the one at
the true ``b`` and inherits the bound, whatever the baseline is and whenever one stops (universal inference). Dividing
its logarithm by an inflation of one or more keeps the bound, because the result is never above the larger of one and
the e-value itself.
"""

from math import ceil, log

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import convolve1d

Array = NDArray[np.float64]

EFFECT_SPREAD = 0.5
"""Standard deviation, on the log scale, of the changes over which the evidence is averaged."""
BASELINE_SHARE = 3.0
"""Spread of the alternatives for the baseline, as a multiple of its own variance: costs little, forgets little."""
LEAST_RESIDUALS = 5
"""Fewest degrees of freedom from which overdispersion is estimated."""
CAUTION = 2.0
"""Standard errors by which dispersion beyond chance is enlarged, since it is itself only estimated."""
ABOVE_CHANCE = 1.0
"""Standard errors of an autocorrelation beyond which it counts; low, since a missed one costs false alarms."""
FLOOR = 1e-300


def log_excesses(likelihoods: Array, step: float, spread: float) -> Array:
    """How much likelier the data are on average around each log ratio than at it, in logarithms.

    Parameters
    ----------
    likelihoods
        Log likelihoods summed over blocks, shape (..., lattice).
    step
        Between points of the lattice.
    spread
        Standard deviation of the normal weights, cut at three and placed on the lattice.

    Returns
    -------
    ndarray
        Shape of ``likelihoods``. What falls outside the lattice counts as nought, which is conservative.
    """
    half = max(1, ceil(3 * spread / step))
    weights = np.exp(-0.5 * (np.arange(-half, half + 1) * step / spread) ** 2)
    highest = likelihoods.max(axis=-1, keepdims=True)
    near = convolve1d(np.exp(likelihoods - highest), weights / weights.sum(), axis=-1, mode="constant")
    return np.log(np.maximum(near, FLOOR)) + highest - likelihoods


def baseline_spread(information: float) -> float:
    """Say how widely the alternatives for the baseline are spread, from the margins alone.

    Parameters
    ----------
    information
        Expected information about the log ratio in the baseline.

    Returns
    -------
    float
        Standard deviation on the log scale, at most twice ``EFFECT_SPREAD``.
    """
    return float(min(2 * EFFECT_SPREAD, np.sqrt(BASELINE_SHARE / max(information, FLOOR))))


def log_e_values(before: Array, after: Array) -> Array:
    """Evidence against no change: the smallest sum of the two excesses over all baselines.

    Parameters
    ----------
    before
        Excesses of the baseline, shape (..., lattice).
    after
        Excesses after the start, of a shape that broadcasts.

    Returns
    -------
    ndarray
        Logarithms, shape (...,). The minimum between points of the lattice is taken from a parabola.

    References
    ----------
    Ville (1939), Étude critique de la notion de collectif. Wasserman, Ramdas and Balakrishnan (2020), Universal
    inference, PNAS 117: 16880-16890. Turner, Ly and Grünwald (2024), Generic E-variables for exact sequential k-sample
    tests, Journal of Statistical Planning and Inference 230: 106116 (two-by-two tables).
    """
    total = before + after
    points = total.shape[-1]
    lowest = np.clip(total.argmin(axis=-1), 1, points - 2)
    here = lowest + points * np.arange(lowest.size).reshape(lowest.shape)
    left, middle, right = (total.reshape(-1)[here + shift] for shift in (-1, 0, 1))
    bend = left - 2 * middle + right
    dip = np.where(bend > 0, (left - right) ** 2 / (8 * np.where(bend > 0, bend, 1.0)), 0.0)
    return np.minimum(np.minimum(left, right), middle - dip)


def log_confidence_limits(before: Array, after: Array, points: Array, threshold: float) -> tuple[float, float]:
    """Invert the evidence: the changes of the log ratio that are not ruled out, one step of a confidence sequence.

    Parameters
    ----------
    before, after
        Excesses on the lattice, shape (lattice,).
    points
        The lattice.
    threshold
        Logarithm of the e-value at which a change is ruled out, inflation included.

    Returns
    -------
    lower, upper
        Infinite where nothing within the lattice is ruled out on that side.

    References
    ----------
    Howard, Ramdas, McAuliffe and Sekhon (2021), Time-uniform, nonparametric, nonasymptotic confidence sequences,
    Annals of Statistics 49: 1055-1080.
    """
    baselines = np.flatnonzero(before < threshold - after.min())
    changed = np.flatnonzero(after < threshold - before.min())
    edge = len(points) - 1
    # Where all had the event before and nobody after, the two meet only at the lattice's ends.
    likeliest = int(np.clip(int(after.argmin() - before.argmin()), 2 - edge, edge - 2))
    sides = (
        (-np.inf, changed[0] == 0 or baselines[-1] == edge, int(changed[0] - baselines[-1]) - 2),
        (np.inf, changed[-1] == edge or baselines[0] == 0, int(changed[-1] - baselines[0]) + 2),
    )
    lower, upper = (
        open_end if unbounded else _crossing(before, after, likeliest, outside, threshold) * (points[1] - points[0])
        for open_end, unbounded, outside in sides
    )
    return lower, upper


def _crossing(before: Array, after: Array, inside: int, outside: int, threshold: float) -> float:
    """Bisect between a shift that is not ruled out and one that is; in steps of the lattice, joined by a line."""
    outside = int(np.clip(outside, 3 - len(before), len(before) - 3))
    near, far = _at_shift(before, after, inside), _at_shift(before, after, outside)
    while abs(outside - inside) > 1:
        middle = (outside + inside) // 2
        here = _at_shift(before, after, middle)
        if here < threshold:
            inside, near = middle, here
        else:
            outside, far = middle, here
    return inside + (outside - inside) * (threshold - near) / (far - near)


def _at_shift(before: Array, after: Array, shift: int) -> float:
    """Log e-value against a change of so many steps of the lattice."""
    length = len(before) - abs(shift)
    return float(log_e_values(before[max(0, -shift) :][:length], after[max(0, shift) :][:length]))


def inflation(residuals: Array, degrees: int) -> tuple[float, float]:
    """Estimate by how much counts vary, and depend on the month before, beyond chance.

    Parameters
    ----------
    residuals
        Pearson residuals in order of time, shape (blocks,), blocks without information left out.
    degrees
        Residuals less estimated ratios.

    Returns
    -------
    dispersion : float
        Mean squared residual, its excess over 1 enlarged by ``CAUTION`` relative standard errors; at least 1, and 1
        where ``degrees`` are below ``LEAST_RESIDUALS``.
    dependence : float
        (1 + r) / (1 - r) for a first autocorrelation r more than ``ABOVE_CHANCE`` standard errors above 0; else 1.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, 4.5.2 (dispersion); Bartlett (1946), Supplement to the
    Journal of the Royal Statistical Society 8: 27-41 (dependence).
    """
    if degrees < LEAST_RESIDUALS:
        return 1.0, 1.0
    squares = float((residuals**2).sum())
    correlation = float((residuals[1:] * residuals[:-1]).sum() / squares) if squares else 0.0
    chance = ABOVE_CHANCE / np.sqrt(len(residuals))
    dependence = (1 + correlation) / (1 - correlation) if correlation > chance else 1.0
    excess = max(0.0, squares / degrees - 1)
    return 1 + excess * (1 + CAUTION * np.sqrt(2 / degrees)), dependence


def log_threshold(confidence: float) -> float:
    """Logarithm of the e-value at which something is ruled out: 1 / (1 - confidence)."""
    return -log(1 - confidence)
