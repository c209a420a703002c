"""A table of values or counts by period in; the same with limits, special causes and chance of a false flag out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from equity_metrics.change.charts.chart_verdicts import variations
from equity_metrics.change.charts.control_charts import XMR_MULTIPLIER, Array, Limits, xmr_limits
from equity_metrics.change.charts.count_charts import SIGMAS, p_limits, p_prime_limits, u_limits, u_prime_limits
from equity_metrics.change.charts.false_flags import SEED, false_flag_chance, flag_chance
from equity_metrics.change.charts.rare_event_charts import g_limits
from equity_metrics.change.charts.special_causes import NHS_RULES, TREND_LENGTH, special_causes

LimitsOf = Callable[..., Limits]

CHART_KEYS = (
    "organisation", "indicator", "grouping", "level", "group", "reference", "measure",
    "band", "staff_group", "directorate", "ward", "definition",
)  # fmt: skip
"""Whatever of these a table holds tells one chart from another."""

_FROM_COUNTS = (p_limits, p_prime_limits, u_limits, u_prime_limits)
_RUNS_FOR_ONE_CHART = 4_000


def chart_keys(rows: pd.DataFrame) -> list[str]:
    """List the columns that tell one chart from another.

    Parameters
    ----------
    rows
        A table of values or counts.

    Returns
    -------
    list of str
        Those of ``CHART_KEYS`` that the table has.
    """
    return [key for key in CHART_KEYS if key in rows.columns]


def _drawn_from(rows: pd.DataFrame, limits_of: LimitsOf) -> tuple[Array, ...]:
    if limits_of in _FROM_COUNTS:
        return rows["numerator"].to_numpy(float), rows["denominator"].to_numpy(float)
    return (rows["value"].to_numpy(float),)


def _values(drawn: tuple[Array, ...]) -> Array:
    return drawn[0] / drawn[1] if len(drawn) == 2 else drawn[0]


def _stable(limits_of: LimitsOf, drawn: tuple[Array, ...]) -> tuple[Array, ...]:
    """Draw stable data like a chart's own: its bases and its overall rate."""
    random = np.random.default_rng(SEED)
    size = (_RUNS_FOR_ONE_CHART, len(drawn[0]))
    if limits_of is g_limits:
        return ((random.geometric(1 / (1 + drawn[0].mean()), size) - 1).astype(float),)
    bases = np.broadcast_to(drawn[1], size)
    rate = drawn[0].sum() / drawn[1].sum()
    events = random.binomial(bases.astype(int), rate) if limits_of is p_limits else random.poisson(bases * rate)
    return events.astype(float), bases


def _chance(
    limits_of: LimitsOf, drawn: tuple[Array, ...], rules: tuple[str, ...], trend_length: int, options: dict[str, Any]
) -> float:
    if limits_of in (p_limits, u_limits, g_limits):
        stable = _stable(limits_of, drawn)
        limits = limits_of(*stable, **options)
        return flag_chance(_values(stable), limits, rules=rules, trend_length=trend_length)
    if limits_of in (p_prime_limits, u_prime_limits):  # an XmR chart of the standardised values
        options = {"screened": False, "multiplier": XMR_MULTIPLIER * options.get("sigmas", SIGMAS) / SIGMAS}
    return false_flag_chance(len(drawn[0]), rules=rules, trend_length=trend_length, **options)


def control_charts(
    rows: pd.DataFrame,
    limits_of: LimitsOf = xmr_limits,
    *,
    better: str,
    rebase: Sequence[str] = (),
    rules: tuple[str, ...] = NHS_RULES,
    trend_length: int = TREND_LENGTH,
    **options: Any,
) -> pd.DataFrame:
    """Give each point of each chart its limits and its special cause.

    Parameters
    ----------
    rows
        ``period`` and ``value`` (for ``xmr_limits``, ``g_limits``, ``t_limits``) or ``numerator`` and ``denominator``
        (for the others); ``chart_keys`` tell the charts apart. Points without a value are left out.
    limits_of
        The function that calculates the limits, for example ``p_prime_limits``.
    better
        ``"higher"``, ``"lower"`` or ``"equal"``.
    rebase
        Periods at which limits and rules start afresh.
    rules, trend_length
        As for ``special_causes``.
    **options
        Passed on to ``limits_of``, for example ``screened=False``.

    Returns
    -------
    pandas.DataFrame
        The rows in order of chart and period, with ``part`` (0 before the first rebasing), ``value``, ``centre``,
        ``process_lower``, ``process_upper``, ``near_lower``, ``near_upper``, ``special_cause``, ``direction``,
        ``variation``, ``better`` and ``false_flag_chance``: the chance that the part of the chart since its last
        rebasing, if stable, would show a flag. It is simulated with normal values; for P, U and G charts with counts
        like the chart's own.

    Raises
    ------
    ValueError
        If a part of a chart between two rebasings has fewer than 3 points.

    References
    ----------
    NHS England, Making Data Count.
    """
    needed = ["numerator", "denominator"] if limits_of in _FROM_COUNTS else ["value"]
    keys = chart_keys(rows)
    ordered = rows.dropna(subset=needed).sort_values([*keys, "period"], kind="stable", ignore_index=True)
    ordered["part"] = np.searchsorted(sorted(rebase), ordered["period"].to_numpy(str), side="right")

    def drawn_chart(part: pd.DataFrame) -> pd.DataFrame:
        if len(part) < 3:
            raise ValueError(f"each part of a chart must have at least 3 points, got: {len(part)}")
        drawn = _drawn_from(part, limits_of)
        limits = limits_of(*drawn, **options)
        causes = special_causes(_values(drawn), limits, rules=rules, trend_length=trend_length)
        return part.assign(
            value=_values(drawn),
            centre=limits.centre,
            process_lower=limits.lower,
            process_upper=limits.upper,
            near_lower=limits.near_lower,
            near_upper=limits.near_upper,
            special_cause=causes.rule,
            direction=causes.direction,
            variation=variations(causes.direction, better),
            better=better,
            false_flag_chance=_chance(limits_of, drawn, rules, trend_length, options),
        )

    parts = ordered.groupby([*keys, "part"], dropna=False, observed=True, sort=False)
    return pd.concat([drawn_chart(part) for _, part in parts], ignore_index=True)
