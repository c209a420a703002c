"""The counts of a place and the row of effects found there in; the ratio expected without the intervention out."""

from typing import Any

import numpy as np
import pandas as pd

from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.between_places.panels import PAIR_COLUMNS, phases
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.method_choice import COMPARISONS, OWN_TREND


def expected_levels(pairs: pd.DataFrame, intervention: Intervention, effect: "pd.Series[Any]") -> pd.DataFrame:
    """Say what the ratio of the two groups would have been without the intervention.

    The band after the start is the interval of the effect, turned round: where the effect's interval excludes 1, the
    ratio that was seen over all that time lies outside the band. So the two cannot contradict each other.

    Parameters
    ----------
    pairs
        From ``paired_counts``, of the place alone.
    intervention
        Gives start and lead-in.
    effect
        The row that ``agreed_effects`` found.

    Returns
    -------
    DataFrame
        ``period, phase, expected, lower, upper``, a ratio: before the start the baseline's own, fitted with the trend
        where that is what it is compared with, else its level; after it what the effect implies. Missing where the
        test was refused.

    References
    ----------
    As for ``interrupted_gaps``.
    """
    periods = pairs.index.get_level_values("period")
    phase = phases(periods, intervention)
    how = COMPARISONS[intervention.indicator]
    cells = pairs[PAIR_COLUMNS].to_numpy(float)
    sums = np.stack([cells[phase == when].sum(axis=0) for when in ("baseline", "after")])
    logs, _ = how.ratio.logs(*sums.T)
    expected = np.where(phase == "baseline", logs[0], logs[1] - np.log(float(effect["effect"])))
    if effect["compared_with"] == OWN_TREND and effect["method"].startswith("interrupted"):
        times, _ = period_numbers(periods)
        used = phase != "lead-in"
        basis = segmented_basis(times[used], phase[used] == "after")
        fitted = how.gap.fit(*cells[used].T, basis.columns)
        slope_and_level = fitted.coefficients * (1 - basis.changing)
        expected = np.interp(times, times[used], basis.columns @ slope_and_level)
    reach = [np.log(float(effect["effect"])) - _log(float(effect[limit])) for limit in ("upper", "lower")]
    after = phase == "after"
    lower, upper = (np.where(after, expected + side, np.nan) for side in reach)
    table = pd.DataFrame({"period": periods, "phase": phase})
    table[["expected", "lower", "upper"]] = np.exp(np.column_stack([expected, lower, upper]))
    if np.isnan(float(effect["effect"])):
        table[["expected", "lower", "upper"]] = np.nan
    return table


def _log(value: float) -> float:
    with np.errstate(divide="ignore"):
        return float(np.log(value))
