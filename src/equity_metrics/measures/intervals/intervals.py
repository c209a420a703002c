"""Events out of people in; the limits of one proportion out. Also the checks that every interval shares."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import erfinv

Floats = NDArray[np.float64]
Limits = tuple[Floats, Floats]


def normal_quantile(confidence: float) -> float:
    """Two-sided standard normal quantile: 1.96 for a confidence of 0.95.

    Parameters
    ----------
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If ``confidence`` is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, got: {confidence!r}")
    return float(np.sqrt(2) * erfinv(confidence))


def as_floats(*values: ArrayLike) -> tuple[Floats, ...]:
    """Arrays of float64 with one common shape; missing values become ``nan``."""
    return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values)))


def check_events(x: Floats, n: Floats, names: tuple[str, str] = ("x", "n")) -> None:
    """Refuse events that cannot have happened to so many people; missing values pass.

    Raises
    ------
    ValueError
        If ``n`` is negative or infinite, or ``x`` is not between 0 and ``n``.
    """
    bad_n = (n < 0) | np.isinf(n)
    if bad_n.any():
        raise ValueError(f"{names[1]} must be a finite number of people, 0 or more, got: {n[bad_n].flat[0]:g}")
    bad_x = (x < 0) | (x > n) | np.isinf(x)
    if bad_x.any():
        got = f"{x[bad_x].flat[0]:g} of {n[bad_x].flat[0]:g}"
        raise ValueError(f"{names[0]} must be between 0 and {names[1]}, got: {got}")


def wilson(x: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Limits:
    """Wilson score interval of a proportion.

    Parameters
    ----------
    x, n
        Events and people; scalars or arrays that broadcast. ``x`` may be fractional.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float
        Proportions (0-1) of the common shape of ``x`` and ``n``; missing where either is missing or ``n`` is 0.

    Raises
    ------
    ValueError
        If ``x`` is not between 0 and ``n``, ``n`` is negative, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Wilson E B (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22: 209-212.
    """
    z = normal_quantile(confidence)
    x, n = as_floats(x, n)
    check_events(x, n)
    n = np.where(n > 0, n, np.nan)
    middle = 2 * x + z**2
    spread = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    # The two roots multiply to x²/(n(n+z²)): dividing keeps the lower one exact near zero, where subtracting cancels.
    lower = np.where(x == 0, 0 * n, 2 * x * (x / n) / np.where(x == 0, 1, middle + spread))
    upper = np.where(x == n, n / n, (middle + spread) / (2 * (n + z**2)))
    return lower, upper
