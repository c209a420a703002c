"""Places in their funnels in; the limits by chance alone, and the lines that a picture draws of them, out."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from equity_metrics.measures.fairness.funnels import INNER, OUTER, proportion_limits
from equity_metrics.measures.fairness.many_comparisons import PAIR
from equity_metrics.measures.fairness.peer_funnels import POSITIONS
from equity_metrics.measures.intervals.intervals import Floats, Limits, as_floats, normal_quantile

LIMITS = ("lower_95", "upper_95", "lower_998", "upper_998")


def funnel_sizes(placed: pd.DataFrame) -> Floats:
    """Give each place the size that the width of its limits depends on.

    Parameters
    ----------
    placed
        What :func:`equity_metrics.measures.fairness.peer_funnels.peer_funnels` returns.

    Returns
    -------
    array of float
        For proportions people. For relative likelihoods effective events, 1 / Σ (1/(x + ½) − 1/(n + ½)) over both
        groups: about as many events as the group with fewer of them has. Missing where the place has no value.

    References
    ----------
    As :func:`equity_metrics.measures.fairness.funnels.likelihood_funnel`.
    """
    shown = placed["value"].notna().to_numpy()
    n = placed["denominator"].to_numpy(float)
    if "measure" not in placed.columns:
        return np.where(shown, n, np.nan)
    x, x0, n0 = (placed[c].to_numpy(float) for c in ("numerator", "reference_numerator", "reference_denominator"))
    variance = 1 / (x + 0.5) - 1 / (n + 0.5) + 1 / (x0 + 0.5) - 1 / (n0 + 0.5)
    return np.where(shown & (variance > 0), 1 / np.where(variance > 0, variance, 1), np.nan)


def limits_at(sizes: ArrayLike, target: float, tau2: float, confidence: float, *, ratio: bool) -> Limits:
    """Limits of places of given sizes around a target.

    Parameters
    ----------
    sizes
        As :func:`funnel_sizes` gives them.
    target
        Proportion (0-1), or ratio.
    tau2
        Variance between places beyond chance, on the scale of the funnel; 0 for chance alone.
    confidence
        Between 0 and 1, both excluded.
    ratio
        Whether the target is a ratio.

    Returns
    -------
    lower, upper : arrays of float
        The limits of :mod:`equity_metrics.measures.fairness.funnels`.

    Raises
    ------
    ValueError
        If ``confidence`` is not between 0 and 1.

    References
    ----------
    Spiegelhalter D J (2005), as for :func:`equity_metrics.measures.fairness.overdispersion.overdispersion`.
    """
    z = normal_quantile(confidence)
    (sizes,) = as_floats(sizes)
    sizes = np.where(sizes > 0, sizes, np.nan)
    if ratio:
        reach = z * np.sqrt(1 / sizes + tau2)
        return target * np.exp(-reach), target * np.exp(reach)
    if not tau2 > 0:
        return proportion_limits(sizes, target, confidence)
    middle, reach = np.arcsin(np.sqrt(target)), z * np.sqrt(1 / (4 * sizes) + tau2)
    return np.sin(np.maximum(middle - reach, 0)) ** 2, np.sin(np.minimum(middle + reach, np.pi / 2)) ** 2


def funnel_positions(placed: pd.DataFrame) -> "pd.Series[str]":
    """Say where each place lies in its funnel, also where a group has no event.

    Parameters
    ----------
    placed
        What ``peer_funnels`` returns.

    Returns
    -------
    Series of str
        One of ``POSITIONS``, empty without limits. A ratio of 0 or without an end would lie outside any limits, however
        few people it is made of: there half an event is added to both groups, as it is for the limits.

    References
    ----------
    As :func:`equity_metrics.measures.fairness.funnels.likelihood_funnel`.
    """
    value = placed["value"].to_numpy(float)
    if "measure" in placed.columns:
        x, n, x0, n0 = (placed[c].to_numpy(float) for c in PAIR)
        half_more = ((x + 0.5) / (n + 0.5)) / ((x0 + 0.5) / (n0 + 0.5))
        value = np.where((x == 0) | (x0 == 0), half_more, value)
    inner_lower, inner_upper, outer_lower, outer_upper = (placed[c].to_numpy(float) for c in LIMITS)
    outside = [value > outer_upper, value > inner_upper, value < outer_lower, value < inner_lower]
    shown = placed["value"].notna().to_numpy() & ~np.isnan(inner_lower)
    return pd.Series(np.select([~shown, *outside], ["", *POSITIONS[:4]], POSITIONS[4]), index=placed.index, dtype="str")


def chance_limits(placed: pd.DataFrame) -> pd.DataFrame:
    """Set the places of one funnel in limits that are not widened for differences between places.

    Parameters
    ----------
    placed
        What ``peer_funnels`` returns, of one funnel.

    Returns
    -------
    DataFrame
        ``placed`` with ``tau2`` 0, and limits and positions by chance alone; ``phi`` stays and says how much more
        places differ. Places without limits keep none.
    """
    ratio = "measure" in placed.columns
    has_limits = placed["lower_95"].notna().to_numpy()
    target = float(placed.loc[has_limits, "target"].iloc[0]) if has_limits.any() else np.nan
    sizes = np.where(has_limits, funnel_sizes(placed), np.nan)
    limits = [side for held in (INNER, OUTER) for side in limits_at(sizes, target, 0.0, held, ratio=ratio)]
    narrowed = placed.assign(**dict(zip(LIMITS, limits, strict=True)), tau2=placed["tau2"].where(~has_limits, 0.0))
    return narrowed.assign(position=funnel_positions(narrowed))


def funnel_lines(placed: pd.DataFrame, points: int = 80) -> pd.DataFrame:
    """Draw out the limits of one funnel over all its sizes.

    Parameters
    ----------
    placed
        What ``peer_funnels`` or :func:`chance_limits` returns, of one funnel.
    points
        Sizes to give limits for, more of them where places are small.

    Returns
    -------
    DataFrame
        ``size`` and the four limits; empty where no place has limits.
    """
    shown = placed[placed["lower_95"].notna()]
    sizes = funnel_sizes(shown)
    if not np.isfinite(sizes).any():
        return pd.DataFrame(columns=["size", *LIMITS], dtype=float)
    low, high = np.nanmin(sizes) * 0.7, np.nanmax(sizes) * 1.05
    drawn = np.geomspace(low, high, points)
    target, tau2 = float(shown["target"].iloc[0]), float(shown["tau2"].iloc[0])
    ratio = "measure" in placed.columns
    limits = [side for held in (INNER, OUTER) for side in limits_at(drawn, target, tau2, held, ratio=ratio)]
    return pd.DataFrame({"size": drawn, **dict(zip(LIMITS, limits, strict=True))})
