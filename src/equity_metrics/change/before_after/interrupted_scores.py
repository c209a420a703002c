"""Scores of two groups and an intervention in; the change of the gap between their means, against its trend, out."""

from functools import partial
from math import nan

import numpy as np
import pandas as pd
from scipy.special import stdtr

from equity_metrics.change.before_after.interrupted_series import too_short
from equity_metrics.change.before_after.paired_series import period_numbers, rows_of
from equity_metrics.change.before_after.segments import Change, segmented_basis, segmented_change
from equity_metrics.change.before_after.what_would_tell import what_would_tell
from equity_metrics.change.between_places.panels import phases
from equity_metrics.change.charts.control_charts import Array
from equity_metrics.change.interventions import Intervention, effects, verdict

SHORT_SERIES = 24  # periods
SHORT_SERIES_WIDENING = 1.15
"""Of intervals from fewer periods without a variance, which hide their autocorrelation; set by simulation of 6 to 23
periods with errors correlated by up to 0.5, and tried on docs/calibration_series.md."""

_SAID_OF_WIDENING = (
    f" With fewer than {SHORT_SERIES} periods and no variance published it is widened by a further "
    f"{SHORT_SERIES_WIDENING - 1:.0%}. Warning: errors correlated by more than 0.5 would still make it too narrow; "
    "compare with other organisations."
)


def _gap(scores: pd.DataFrame, group: str, reference: str) -> tuple[pd.Index, Array, Array, Array, bool]:
    """Line up the two groups: periods, the group's means, the gaps, their inverse variances, and if those are known."""
    sides = []
    for name in (group, reference):
        side = scores.loc[scores["group"] == name].set_index("period")[["mean", "base", "variance"]].sort_index()
        if side.empty or side.index.has_duplicates or side[["mean", "base"]].isna().any(axis=None):
            raise ValueError(f"scores must hold one complete row a period of {name!r}, got: {len(side)} rows")
        sides.append(side)
    both = pd.concat([sides[0], sides[1].add_suffix("_reference")], axis=1, join="inner")
    known = bool(both[["variance", "variance_reference"]].notna().all(axis=None))
    spread = both["variance"] if known else 1.0
    reference_spread = both["variance_reference"] if known else 1.0
    weights = 1 / (spread / both["base"] + reference_spread / both["base_reference"])
    gaps = both["mean"] - both["mean_reference"]
    return both.index, both["mean"].to_numpy(float), gaps.to_numpy(float), weights.to_numpy(float), known


def _widened(change: Change, factor: float) -> Change:
    """Widen the interval and weaken the p-value alike."""
    freedom, error = float(change.errors.degrees_of_freedom), factor * float(change.errors.standard_error)
    return change._replace(
        half_width=factor * change.half_width,
        p_value=float(2 * stdtr(freedom, -abs(change.size) / error)),
        half_width_after=lambda more: factor * change.half_width_after(more),
    )


def interrupted_scores(
    scores: pd.DataFrame,
    intervention: Intervention,
    group: str,
    reference: str,
    *,
    trend: bool = True,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Test whether the gap between two groups' mean scores left its own path when an intervention started.

    Parameters
    ----------
    scores
        One indicator, with ``mean``, ``base`` and ``variance`` (missing where it was not published); only
        ``intervention.where`` is used.
    intervention
        Gives place, start, lead-in and smallest worthwhile effect (points above 0).
    group, reference
        Names in the column ``group``.
    trend
        As for ``interrupted_gaps``.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row of effects: the mean change of group minus reference over the periods after the start, in points.
        ``observed`` and ``expected`` are the group's mean score after the start. Periods weigh by their respondents.

    Raises
    ------
    ValueError
        If the scores do not fit the intervention.

    References
    ----------
    Bence JR (1995), as for ``contrast_errors``; Wagner AK et al. (2002), as for ``segmented_basis``.
    """
    periods, means, gaps, weights, known = _gap(rows_of(scores, intervention), group, reference)
    phase = phases(periods, intervention)
    times, unit = period_numbers(periods)
    used = phase != "lead-in"
    times, after, means, gaps, weights = (part[used] for part in (times, phase == "after", means, gaps, weights))
    basis = segmented_basis(times, after, trend=trend)
    row = partial(
        effects,
        intervention,
        observed=float(means[after].mean()),
        confidence=confidence,
        method=f"interrupted series of the gap in mean score, against {'its trend' if trend else 'its level'}",
        measure="difference in the gap",
        no_effect=0.0,
    )
    if refusal := too_short(int((~after).sum()), len(times), basis.columns.shape[1]):
        return row(
            expected=nan, effect=nan, lower=nan, upper=nan, p_value=nan,
            assumptions="None: the test was not made.", would_change_verdict=refusal,
        )  # fmt: skip
    root = np.sqrt(weights)
    coefficients = np.linalg.lstsq(root[:, None] * basis.columns, root * gaps)[0]
    change = segmented_change(
        coefficients,
        weights,
        root * (gaps - basis.columns @ coefficients),
        times,
        after,
        trend=trend,
        confidence=confidence,
        smallest_dispersion=1.0 if known else 0.0,
    )
    hidden = len(times) < SHORT_SERIES and not known
    if hidden:
        change = _widened(change, SHORT_SERIES_WIDENING)
    lower, upper = change.size - change.half_width, change.size + change.half_width
    said = verdict(lower, upper, change.p_value, confidence, 0.0, intervention.smallest_worthwhile)
    return row(
        expected=float(means[after].mean()) - change.size,
        effect=change.size,
        lower=lower,
        upper=upper,
        p_value=change.p_value,
        assumptions=(
            f"Without it the gap would have {'kept its straight trend' if trend else 'stayed level'}, and nothing else "
            "began then that touches one group alone. The interval allows for errors correlated by "
            f"{float(change.errors.autocorrelation):.2f} from one {unit} to the next."
            f"{_SAID_OF_WIDENING if hidden else ''}"
        ),
        would_change_verdict=what_would_tell(
            intervention, verdict=said, half_width_after=change.half_width_after, no_effect=0.0, unit=unit
        ),
    )
