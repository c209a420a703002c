"""Standardised distances from a target in; how much more they spread than chance alone explains, out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.measures.intervals.intervals import Floats, as_floats

WINSORISED = 0.1
"""Share at each end that is drawn in to the nearest value kept."""


class Overdispersion(NamedTuple):
    """``phi``: mean squared distance, 1 by chance alone. ``tau2``: variance between places that chance leaves over."""

    phi: float
    tau2: float


def winsorise(z: ArrayLike, share: float = WINSORISED) -> Floats:
    """Draw the extreme values at each end in to the quantile that cuts them off.

    Parameters
    ----------
    z
        Values; missing ones are left out and stay missing.
    share
        Share at each end, 0 up to but not 0.5.

    Returns
    -------
    array of float

    Raises
    ------
    ValueError
        If ``share`` is not from 0 up to but not 0.5.
    """
    if not 0 <= share < 0.5:
        raise ValueError(f"share must be from 0 up to but not 0.5, got: {share!r}")
    (values,) = as_floats(z)
    if np.isnan(values).all():
        return values.copy()
    return np.clip(values, *np.nanquantile(values, [share, 1 - share]))


def overdispersion(z: ArrayLike, error: ArrayLike, share: float = WINSORISED) -> Overdispersion:
    """Estimate how much places differ beyond chance, without letting the most extreme ones decide it.

    Parameters
    ----------
    z
        (value − target) / error of each place; places with a missing number are left out.
    error
        Standard error of each place on the same scale.
    share
        Share at each end that is winsorised.

    Returns
    -------
    Overdispersion
        ``tau2`` is 0 where chance explains the spread; both are missing with fewer than two places.

    Raises
    ------
    ValueError
        If ``share`` is not from 0 up to but not 0.5.

    References
    ----------
    Spiegelhalter D J (2005). Funnel plots for comparing institutional performance. Statistics in Medicine 24:
    1185-1202. DerSimonian R, Laird N (1986). Meta-analysis in clinical trials. Controlled Clinical Trials 7: 177-188.
    """
    z, error = as_floats(z, error)
    known = ~np.isnan(z + error)
    places = int(known.sum())
    if places < 2:
        return Overdispersion(np.nan, np.nan)
    phi = float(np.mean(winsorise(z[known], share) ** 2))
    weight = error[known] ** -2
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    return Overdispersion(phi, float(max(0, (places * phi - (places - 1)) / spread)))
