"""Charts and a target in; the two verdicts of "Making Data Count" out, with the chance of a false flag."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from equity_metrics.change.charts.special_causes import COMMON_CAUSE

TRIAL_LIMITS_BELOW = 12  # points; NHS England, Making Data Count: limits from fewer are trial limits

_WORDS = {"higher": ("improvement", "concern"), "lower": ("concern", "improvement"), "equal": ("high", "low")}


def variations(directions: ArrayLike, better: str) -> NDArray[np.str_]:
    """Say of each point whether its special cause is an improvement or a concern.

    Parameters
    ----------
    directions
        Of the special causes: -1, 0 or 1, any shape.
    better
        ``"higher"``, ``"lower"``, or ``"equal"`` where neither is.

    Returns
    -------
    ndarray of str
        ``common cause``, ``improvement`` or ``concern``; ``high`` or ``low`` where neither direction is better.

    Raises
    ------
    ValueError
        If ``better`` is none of the three.

    References
    ----------
    NHS England, Making Data Count: variation icons.
    """
    if better not in _WORDS:
        raise ValueError(f"better must be 'higher', 'lower' or 'equal', got: {better!r}")
    high, low = _WORDS[better]
    way = np.asarray(directions)
    return np.select([way > 0, way < 0], [high, low], COMMON_CAUSE)


def assurance(lower: float, upper: float, target: float, better: str) -> str:
    """Say whether the process, left as it is, will meet a target.

    Parameters
    ----------
    lower, upper
        Process limits at the latest point.
    target
        In the unit of the limits.
    better
        ``"higher"``, ``"lower"``, or ``"equal"`` where neither is.

    Returns
    -------
    str
        ``consistent pass``, ``consistent fail`` or ``inconsistent``; empty where neither direction is better.

    References
    ----------
    NHS England, Making Data Count: assurance icons.
    """
    if better == "equal":
        return ""
    if lower <= target <= upper:
        return "inconsistent"
    return "consistent pass" if (target < lower) == (better == "higher") else "consistent fail"


def chart_verdicts(charts: pd.DataFrame, *, keys: list[str], target: float | None = None) -> pd.DataFrame:
    """Give each chart its latest variation, its assurance and its chance of a false flag.

    Parameters
    ----------
    charts
        From ``control_charts``.
    keys
        The columns that tell one chart from another, from ``chart_keys``.
    target
        In the unit of the values; None where there is none.

    Returns
    -------
    pandas.DataFrame
        One row a chart: the keys, ``period`` and ``value`` of the latest point, ``points`` since the last rebasing,
        ``trial_limits`` (true where they are too few for firm limits), ``variation``, ``assurance`` (empty without a
        target) and ``false_flag_chance``; the page's chance is ``page_false_flag_chance`` of that column.

    References
    ----------
    NHS England, Making Data Count: icons and summary table.
    """
    grouped = charts.groupby([*keys, "part"], dropna=False, observed=True, sort=False)
    latest = grouped.tail(1).assign(points=grouped["period"].transform("size"))
    latest = latest.groupby(keys, dropna=False, observed=True, sort=False).tail(1) if keys else latest.tail(1)
    words = [
        "" if target is None else assurance(lower, upper, target, better)
        for lower, upper, better in zip(latest["process_lower"], latest["process_upper"], latest["better"], strict=True)
    ]
    latest = latest.assign(assurance=words, trial_limits=latest["points"] < TRIAL_LIMITS_BELOW)
    shown = ["period", "value", "points", "trial_limits", "variation", "assurance", "false_flag_chance"]
    return latest[[*keys, *shown]].reset_index(drop=True)
