"""Counts of two groups, block by block, in; log likelihoods of their ratio given each block's total, on a lattice, out.

Given how many events a block (a month) holds in all, how many of them fall to the group depends on the ratio alone:
whatever raises or lowers both groups together in that month has gone. Constants that do not depend on the ratio are
left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import make_interp_spline
from scipy.special import gammaln, logsumexp

Array = NDArray[np.float64]

REACH = 6.0
"""Log ratios from -6 to 6 are considered: from 1 in 400 to 400 times."""
FINEST, COARSEST = 0.0025, 0.05
KNOT_SPACING = 0.05
"""Between the log odds at which the hypergeometric constant is summed exactly; a cubic spline joins them."""
_KNOTS = np.linspace(-REACH - 1, REACH + 1, round(2 * (REACH + 1) / KNOT_SPACING) + 1)


def lattice(information: float) -> Array:
    """Evenly spaced log ratios, zero among them, half a standard error apart within bounds.

    Parameters
    ----------
    information
        Expected information about the log ratio in all blocks together.

    Returns
    -------
    ndarray
        From ``-REACH`` to ``REACH``.
    """
    step = float(np.clip(0.5 / np.sqrt(max(information, 1e-9)), FINEST, COARSEST))
    half = int(np.ceil(REACH / step))
    return np.asarray(np.arange(-half, half + 1) * step, dtype=np.float64)


def rate_ratio_information(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike) -> Array:
    """Information about the log rate ratio in each block's total, at parity; uses no split between groups."""
    a, n, c, m = (np.asarray(value, dtype=float) for value in (x1, n1, x0, n0))
    share = n / (n + m)
    return np.asarray((a + c) * share * (1 - share), dtype=np.float64)


def rate_ratio_likelihoods(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, at: Array) -> Array:
    """Log likelihood of the log rate ratio of two Poisson counts given their total.

    Parameters
    ----------
    x1, n1
        Events and exposure of the group, one a block.
    x0, n0
        Events and exposure of the reference.
    at
        Log rate ratios.

    Returns
    -------
    ndarray
        Shape of the blocks + (len(at),).

    References
    ----------
    Przyborowski and Wilenski (1940), Biometrika 31: 313-323: given the total the count is binomial.
    """
    a, n, c, m = (np.asarray(value, dtype=float)[..., None] for value in (x1, n1, x0, n0))
    return a * at - (a + c) * np.logaddexp(np.log(n) + at, np.log(m))


def odds_ratio_information(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike) -> Array:
    """Information about the log odds ratio in each block's margins, at parity; uses no split between groups."""
    a, n, c, m = (np.asarray(value, dtype=float) for value in (x1, n1, x0, n0))
    total, events = n + m, a + c
    variance = events * n * m * (total - events) / (total**2 * np.maximum(total - 1, 1))
    return np.asarray(variance, dtype=np.float64)


def odds_ratio_likelihoods(x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, at: Array) -> Array:
    """Log likelihood of the log odds ratio of two binomial counts given all margins of their table.

    Parameters
    ----------
    x1, n1
        Events and people of the group, one a block.
    x0, n0
        Events and people of the reference.
    at
        Log odds ratios, within ``REACH`` either way.

    Returns
    -------
    ndarray
        Shape of the blocks + (len(at),).

    References
    ----------
    Fisher (1935), Journal of the Royal Statistical Society 98: 39-82: the non-central hypergeometric distribution.
    """
    a, n, c, m = np.broadcast_arrays(*(np.asarray(value, dtype=np.int64) for value in (x1, n1, x0, n0)))
    margins, which = np.unique(np.stack([n.ravel(), m.ravel(), (a + c).ravel()]), axis=1, return_inverse=True)
    own, other, events = (side.tolist() for side in margins)
    constants = np.stack([_constants(*margin) for margin in zip(own, other, events, strict=True)])
    smooth = make_interp_spline(_KNOTS, constants, axis=1)(at)[which.reshape(-1)].reshape(*a.shape, len(at))
    return a[..., None] * at - smooth


@lru_cache(maxsize=2_000)
def _constants(n: int, m: int, events: int) -> Array:
    """Logarithm of the normalising constant at the knots: the same month is met again at every start that is tried."""
    k = np.arange(max(0, events - m), min(n, events) + 1, dtype=float)
    ways = -gammaln(k + 1) - gammaln(n - k + 1) - gammaln(events - k + 1) - gammaln(m - events + k + 1)
    return logsumexp(ways - ways.max() + np.multiply.outer(_KNOTS, k), axis=1)


@dataclass(frozen=True)
class Conditional:
    """A ratio of two groups whose likelihood needs nothing but the totals of each block."""

    name: str
    likelihoods: Callable[[ArrayLike, ArrayLike, ArrayLike, ArrayLike, Array], Array]
    information: Callable[[ArrayLike, ArrayLike, ArrayLike, ArrayLike], Array]


ODDS_RATIO_GIVEN_TOTALS = Conditional("odds ratio", odds_ratio_likelihoods, odds_ratio_information)
"""For proportions: counts are binomial, for example appointments from shortlisting."""

RATE_RATIO_GIVEN_TOTALS = Conditional("rate ratio", rate_ratio_likelihoods, rate_ratio_information)
"""For rates: counts are Poisson, for example entries into the disciplinary process."""
