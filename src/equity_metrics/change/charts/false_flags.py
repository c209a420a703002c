"""A chart's number of points and its rules in; the chance of a false flag on stable data out, and limits that hold it.

Convention: independent normal values, limits from all the points shown, a false flag is any flag at any point.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from equity_metrics.change.charts.control_charts import XMR_MULTIPLIER, Limits, xmr_limits
from equity_metrics.change.charts.special_causes import NHS_RULES, TREND_LENGTH, special_causes

RUNS = 20_000  # Monte Carlo error below 0.004 at any chance
RUNS_TO_HOLD = 100_000  # a page of many charts asks for the far tail of each
SEED = 20_250_331
WIDEST_MULTIPLIER = 25.0


def flag_chance(
    values: ArrayLike, limits: Limits, *, rules: tuple[str, ...] = NHS_RULES, trend_length: int = TREND_LENGTH
) -> float:
    """Share of simulated charts with at least one flag.

    Parameters
    ----------
    values
        Shape (runs, points).
    limits
        Of the same shape.
    rules, trend_length
        As for ``special_causes``.

    Returns
    -------
    float
        Between 0 and 1.
    """
    found = special_causes(values, limits, rules=rules, trend_length=trend_length)
    return float((found.direction != 0).any(axis=-1).mean())


@lru_cache(maxsize=512)
def false_flag_chance(
    points: int,
    *,
    rules: tuple[str, ...] = NHS_RULES,
    trend_length: int = TREND_LENGTH,
    screened: bool = True,
    baseline_points: int | None = None,
    multiplier: float = XMR_MULTIPLIER,
    runs: int = RUNS,
    seed: int = SEED,
) -> float:
    """Chance that an XmR chart of stable data raises at least one flag.

    Parameters
    ----------
    points
        Points on the chart, at least 3.
    rules, trend_length
        As for ``special_causes``.
    screened, baseline_points, multiplier
        As for ``xmr_limits``.
    runs
        Charts simulated; the Monte Carlo error is ``sqrt(p * (1 - p) / runs)``.
    seed
        Of the random numbers.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If there are fewer than 3 points.

    References
    ----------
    Champ CW, Woodall WH (1987). Exact results for Shewhart control charts with supplementary runs rules. Technometrics
    29:393-399 (known limits). By simulation here, because the limits are estimated from the same points.
    """
    if points < 3:
        raise ValueError(f"points must be 3 or more, got: {points}")
    values = np.random.default_rng(seed).normal(size=(runs, points))
    limits = xmr_limits(values, screened=screened, baseline_points=baseline_points, multiplier=multiplier)
    return flag_chance(values, limits, rules=rules, trend_length=trend_length)


def page_false_flag_chance(chances: ArrayLike) -> float:
    """Chance that a page of independent charts of stable data shows at least one flag.

    Parameters
    ----------
    chances
        Chance of each chart, 0 to 1.

    Returns
    -------
    float
        ``1 - (1 - p1) (1 - p2) ...``.
    """
    return float(1 - np.prod(1 - np.asarray(chances, float)))


@lru_cache(maxsize=128)
def held_multiplier(
    points: int,
    *,
    charts: int = 1,
    chance: float = 0.05,
    rules: tuple[str, ...] = ("outside limits",),
    trend_length: int = TREND_LENGTH,
    screened: bool = True,
    runs: int = RUNS_TO_HOLD,
    seed: int = SEED,
) -> float:
    """Widen the limits until a page of charts of stable data shows a flag no more often than chosen.

    Parameters
    ----------
    points
        Points on each chart.
    charts
        Charts on the page.
    chance
        Of at least one false flag on the page, 0 to 1.
    rules
        The rules in use. Shifts and trends do not depend on the limits, so long charts leave only the outer limits.
    trend_length, screened, runs, seed
        As for ``false_flag_chance``.

    Returns
    -------
    float
        The multiplier for ``xmr_limits``; its own 2.66 where that is wide enough already.

    Raises
    ------
    ValueError
        If the rules that do not depend on the limits flag more often than chosen.

    References
    ----------
    Šidák Z (1967). Rectangular confidence regions for the means of multivariate normal distributions. J Am Stat Assoc
    62:626-633 (the chance of one chart within a page).
    """
    allowed = 1 - (1 - chance) ** (1 / charts)
    values = np.random.default_rng(seed).normal(size=(runs, points))

    def flagged(multiplier: float) -> float:
        limits = xmr_limits(values, screened=screened, multiplier=multiplier)
        return flag_chance(values, limits, rules=rules, trend_length=trend_length)

    narrow, wide = XMR_MULTIPLIER, WIDEST_MULTIPLIER
    if flagged(narrow) <= allowed:
        return narrow
    if (least := flagged(wide)) > allowed:
        raise ValueError(
            f"rules must be able to hold {allowed:.2%} a chart at {points} points, got: {least:.2%} at any limits"
        )
    while wide - narrow > 0.005:
        middle = (narrow + wide) / 2
        narrow, wide = (middle, wide) if flagged(middle) > allowed else (narrow, middle)
    return wide
