"""Counts and an intervention in; the change of the gap between two groups, against its own trend, out."""

from functools import partial
from math import exp, nan

import pandas as pd

from equity_metrics.change.before_after.paired_series import PairedSeries, paired_series
from equity_metrics.change.before_after.segments import segmented_basis, segmented_change
from equity_metrics.change.before_after.what_would_tell import what_would_tell
from equity_metrics.change.interventions import Intervention, effects, verdict
from equity_metrics.change.trends.gap_models import GapModel

MINIMUM_BASELINE_PERIODS = 4  # a trend through fewer leaves nothing to judge it by
MINIMUM_DEGREES_OF_FREEDOM = 3  # below it the t distribution is too wide to be of use
EVENTS_PER_TERM = 10  # Peduzzi P et al. (1996), J Clin Epidemiol 49:1373-1379


def too_short(periods_before: int, periods: int, terms: int) -> str:
    """Say why a series is too short for a segmented model.

    Parameters
    ----------
    periods_before, periods
        Before the start, and in all.
    terms
        Of the model.

    Returns
    -------
    str
        A sentence with what would be enough; empty where it is not too short.
    """
    if periods_before < MINIMUM_BASELINE_PERIODS:
        return (
            f"The baseline is too short: {periods_before} periods before the start, {MINIMUM_BASELINE_PERIODS} are "
            "needed. Recover earlier figures, or compare with other organisations."
        )
    more = terms + MINIMUM_DEGREES_OF_FREEDOM - periods
    return f"{more} more periods are needed: {periods} cannot carry {terms} terms and an interval." if more > 0 else ""


def too_few(series: PairedSeries, terms: int, *, both_ways: bool) -> str:
    """Say why counts are too few for a segmented model.

    Parameters
    ----------
    series
        The counts.
    terms
        Of the model.
    both_ways
        Whether people without the event count as evidence too.

    Returns
    -------
    str
        A sentence with what to do instead; empty where they are not too few.
    """
    kinds = [series.events, series.reference_events]
    if both_ways:
        kinds += [series.people - series.events, series.reference_people - series.reference_events]
    fewest = min(float(kind.sum()) for kind in kinds)
    if fewest >= EVENTS_PER_TERM * terms and all(kind[series.after].sum() > 0 for kind in kinds):
        return ""
    return (
        f"Too few events for this test: {fewest:g} where they are fewest, {EVENTS_PER_TERM * terms} are needed, some "
        "of them after the start. Use the exact conditional test."
    )


def interrupted_gaps(
    counts: pd.DataFrame,
    intervention: Intervention,
    group: str,
    reference: str,
    *,
    ratio: GapModel,
    trend: bool = True,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Test whether the gap between two groups left its own path when an intervention started.

    Parameters
    ----------
    counts
        One indicator, complete; only ``intervention.where`` is used.
    intervention
        Gives place, start, lead-in and smallest worthwhile effect (a ratio above 1).
    group, reference
        Names in the column ``group``.
    ratio
        ``ODDS_GAP`` or ``RATE_GAP``.
    trend
        True compares with the gap's straight trend on the log scale; False takes the gap to have been level, which
        needs fewer periods and assumes more.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row of effects: the mean change over the periods after the start, as a ratio of ratios. ``observed`` and
        ``expected`` are the group's events after the start, the latter given the reference's. Where periods or events
        are too few the test is refused: "cannot tell", with what would be enough.

    Raises
    ------
    ValueError
        If the counts do not fit the intervention.

    References
    ----------
    Lopez Bernal J, Cummins S, Gasparrini A (2017). Interrupted time series regression for the evaluation of public
    health interventions. Int J Epidemiol 46:348-355. Bence JR (1995), as for ``contrast_errors``.
    """
    series = paired_series(counts, intervention, group, reference)
    basis = segmented_basis(series.times, series.after, trend=trend)
    terms = basis.columns.shape[1]
    row = partial(
        effects,
        intervention,
        observed=float(series.events[series.after].sum()),
        confidence=confidence,
        method=f"interrupted series of the {ratio.name}, against {'its trend' if trend else 'its level'}",
        measure=f"ratio of {ratio.name}s",
        no_effect=1.0,
    )
    refusal = too_short(int((~series.after).sum()), len(series.times), terms)
    if refusal := refusal or too_few(series, terms, both_ways=ratio.both_ways):
        return row(
            expected=nan, effect=nan, lower=nan, upper=nan, p_value=nan,
            assumptions="None: the test was not made.", would_change_verdict=refusal,
        )  # fmt: skip
    fitted = ratio.fit(series.events, series.people, series.reference_events, series.reference_people, basis.columns)
    change = segmented_change(
        fitted.coefficients,
        fitted.weights,
        fitted.errors,
        series.times,
        series.after,
        trend=trend,
        confidence=confidence,
        smallest_dispersion=1.0,
    )
    without = fitted.reference_path + basis.columns @ (fitted.coefficients * (1 - basis.changing))
    lower, upper = exp(change.size - change.half_width), exp(change.size + change.half_width)
    said = verdict(lower, upper, change.p_value, confidence, 1.0, intervention.smallest_worthwhile)
    return row(
        expected=float(ratio.mean(without, series.people)[series.after].sum()),
        effect=exp(change.size),
        lower=lower,
        upper=upper,
        p_value=change.p_value,
        assumptions=(
            f"Without it the {ratio.name} would have {'kept its straight trend' if trend else 'stayed level'} on the "
            "log scale, and nothing else began then that touches one group alone. The interval allows for variation "
            f"{float(change.errors.dispersion):.1f} times that of chance and for errors correlated by "
            f"{float(change.errors.autocorrelation):.2f} from one {series.unit} to the next."
        ),
        would_change_verdict=what_would_tell(
            intervention, verdict=said, half_width_after=change.half_width_after, no_effect=1.0, unit=series.unit
        ),
    )
