"""Counts with few events and an intervention in; a conditional test that the gap between two groups changed out.

Given each period's total, how many of its events fall to the group depends on the gap alone; given their sum over all
periods, how many of those fall after the start depends on the change of the gap alone. That distribution is computed
in full, so the test holds its level however few the events are. Few events hardly show that they vary more than chance
allows, so the distribution is widened beforehand, whatever they show.
"""

from collections.abc import Callable
from functools import partial
from math import nan
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import chdtrc, ndtri

from equity_metrics.change.before_after.conditional_events import events_after_given_all, exact_ratio
from equity_metrics.change.before_after.paired_series import PairedSeries, paired_series
from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.before_after.what_would_tell import what_would_tell
from equity_metrics.change.charts.control_charts import Array
from equity_metrics.change.interventions import Intervention, effects, verdict
from equity_metrics.change.trends.autocorrelation import expected_error
from equity_metrics.change.trends.gap_models import GapFit, GapModel

VARIATION_ALLOWED = 2.0
"""Variance, over that of chance, for which interval and p-value are made; tried on docs/calibration_series.md."""

SENSITIVITY = (
    "Warning: where counts both vary at least twice as much as chance and follow one another, up to 10 in 100 such "
    "tests find a change that is not there, and about 1 in 5 intervals miss the truth."
)
"""From docs/calibration_series.md."""

SECOND_OPINION = " Compare with other organisations before it is spread: so few events cannot show all that moves them."

INDEPENDENCE_LEVEL = 0.05  # of each of the two checks that counts vary by chance alone


class Independence(NamedTuple):
    """How much a gap varies, and follows the period before, and whether either is beyond chance; shape (...)."""

    dispersion: Array
    rough: NDArray[np.bool_]
    correlation: Array
    following: NDArray[np.bool_]


def independence(errors: Array) -> Independence:
    """Check whether errors of a fitted gap vary, or follow one another, more than chance allows.

    Parameters
    ----------
    errors
        Standardised, of a fit with two terms, shape (..., periods).

    Returns
    -------
    Independence
        Each check at ``INDEPENDENCE_LEVEL``; with few periods they seldom speak against chance.

    References
    ----------
    McCullagh P, Nelder JA (1989), 4.5 (Pearson's statistic). Anderson RL (1942). Distribution of the serial
    correlation coefficient. Ann Math Stat 13:1-13.
    """
    periods = errors.shape[-1]
    freedom = max(periods - 2, 1)
    squares = (errors**2).sum(axis=-1)
    together = (errors[..., 1:] * errors[..., :-1]).sum(axis=-1) / np.maximum(squares, 1e-12)
    rough = (periods > 2) & (chdtrc(freedom, squares) < INDEPENDENCE_LEVEL)
    return Independence(squares / freedom, rough, together, together > ndtri(1 - INDEPENDENCE_LEVEL) / np.sqrt(periods))


def beyond_chance(series: PairedSeries, ratio: GapModel) -> str:
    """Say whether counts vary, or follow one another, more than chance allows.

    Parameters
    ----------
    series
        The counts.
    ratio
        How the groups are compared.

    Returns
    -------
    str
        A sentence; empty where neither check of ``independence`` speaks against chance.
    """
    found = independence(_step_fit(series, ratio).errors)
    if found.rough:
        return f"The gap varies {float(found.dispersion):.1f} times as much as chance allows"
    if found.following:
        return f"The gap of one {series.unit} is correlated with that of the next ({float(found.correlation):.2f})"
    return ""


def exact_gap_changes(
    counts: pd.DataFrame,
    intervention: Intervention,
    group: str,
    reference: str,
    *,
    ratio: GapModel,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Test exactly whether the gap between two groups differs after an intervention from what it was before.

    Parameters
    ----------
    counts
        One indicator, complete, with at most some hundreds of events; only ``intervention.where`` is used.
    intervention
        Gives place, start, lead-in and smallest worthwhile effect (a ratio above 1).
    group, reference
        Names in the column ``group``.
    ratio
        ``ODDS_GAP`` or ``RATE_GAP``.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row of effects: gap after divided by gap before, with a central interval for counts that vary up to
        ``VARIATION_ALLOWED`` times as much as chance (for chance alone it is wider than need be; ``assumptions`` holds
        the p-value for that). ``expected`` is the group's events after the start if the gap had stayed as before,
        given the reference's. Where the counts themselves show variation beyond chance the test is refused.

    Raises
    ------
    ValueError
        If the counts do not fit the intervention.

    References
    ----------
    Cox DR, Snell EJ (1989). Analysis of Binary Data, 2nd ed., ch. 2. Mehta CR, Patel NR (1995). Exact logistic
    regression: theory and examples. Stat Med 14:2143-2160. Przyborowski J, Wilenski H (1940). Biometrika 31:313-323.
    Efron B (1986). Double exponential families and their use in generalized linear regression. J Am Stat Assoc
    81:709-721 (a likelihood raised to a power below 1 stands for counts that vary more than chance).
    """
    series = paired_series(counts, intervention, group, reference)
    observed = float(series.events[series.after].sum())
    row = partial(
        effects,
        intervention,
        observed=observed,
        confidence=confidence,
        method=f"exact conditional test of the {ratio.name}, widened for variation beyond chance, against its level",
        measure=f"ratio of {ratio.name}s",
        no_effect=1.0,
    )
    possible, weights = events_after_given_all(series, ratio)
    refusal = beyond_chance(series, ratio) if len(possible) > 1 else "All events fall on one side of the start"
    if refusal:
        return row(
            expected=nan, effect=nan, lower=nan, upper=nan, p_value=nan,
            assumptions="None: the test was not made.",
            would_change_verdict=(
                f"{refusal}. Pool longer periods, compare with other organisations, or use the interrupted series when "
                "events allow."
            ),
        )  # fmt: skip
    effect, _, _, by_chance = exact_ratio(possible, weights, observed, confidence)
    _, least, most, p_value = exact_ratio(possible, weights / VARIATION_ALLOWED, observed, confidence)
    lower, upper = least**VARIATION_ALLOWED, most**VARIATION_ALLOWED
    said = verdict(lower, upper, p_value, confidence, 1.0, intervention.smallest_worthwhile)
    return row(
        expected=_expected(series, ratio),
        effect=effect,
        lower=lower,
        upper=upper,
        p_value=p_value,
        assumptions=(
            f"Without it the {ratio.name} would have stayed level; counts are independent from one period to the next, "
            f"given each period's total, and vary at most {VARIATION_ALLOWED:g} times as much as chance, for which the "
            f"interval is widened (p-value by chance alone: {by_chance:.3f}); nothing else began then that touches one "
            f"group. {SENSITIVITY}"
        ),
        would_change_verdict=what_would_tell(
            intervention,
            verdict=said,
            half_width_after=_half_width_after(series, ratio, confidence),
            no_effect=1.0,
            unit=series.unit,
        )
        + SECOND_OPINION * (said == "changed"),
    )


def _step_fit(series: PairedSeries, ratio: GapModel) -> GapFit:
    basis = segmented_basis(series.times, series.after, trend=False).columns
    return ratio.fit(series.events, series.people, series.reference_events, series.reference_people, basis)


def _expected(series: PairedSeries, ratio: GapModel) -> float:
    fitted = _step_fit(series, ratio)
    return float(ratio.mean(fitted.reference_path + fitted.coefficients[0], series.people)[series.after].sum())


def _half_width_after(series: PairedSeries, ratio: GapModel, confidence: float) -> Callable[[int], float]:
    """Approximate the half width that these counts give if nothing changed, and that more periods would give."""
    level = np.ones((len(series.times), 1))
    fitted = ratio.fit(series.events, series.people, series.reference_events, series.reference_people, level)

    def half_width_after(more: int) -> float:
        after = np.concatenate([series.after, np.ones(more, bool)])
        times = np.concatenate([series.times, series.times[-1] + 1 + np.arange(more)])
        basis = segmented_basis(times, after, trend=False)
        weights = np.concatenate([fitted.weights, np.full(more, fitted.weights[series.after].mean())])
        error, _ = expected_error(basis.columns, weights, basis.contrast, times, VARIATION_ALLOWED, 0.0)
        return float(ndtri((1 + confidence) / 2)) * error

    return half_width_after
