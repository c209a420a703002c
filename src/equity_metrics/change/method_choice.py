"""Counts and an intervention in; which tests can be made of them, which is proposed, and why, out."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import pandas as pd

from equity_metrics.change.before_after.before_after import before_after_effects
from equity_metrics.change.before_after.conditional_likelihoods import (
    ODDS_RATIO_GIVEN_TOTALS,
    RATE_RATIO_GIVEN_TOTALS,
    Conditional,
)
from equity_metrics.change.before_after.paired_series import period_numbers, rows_of
from equity_metrics.change.between_places.augmented_synthetic_control import augmented_synthetic_control
from equity_metrics.change.between_places.difference_in_differences import FEW_PLACES, difference_in_differences
from equity_metrics.change.between_places.panels import (
    ODDS_RATIO,
    RELATIVE_LIKELIHOOD,
    Ratio,
    paired_counts,
    ratio_panel,
)
from equity_metrics.change.between_places.staggered_starts import staggered_effects
from equity_metrics.change.between_places.started_places import LEAST_EARLY, STAGGERED_LENGTH, started_panel
from equity_metrics.change.between_places.synthetic_control import LEAST_DONORS, noise_ridge, synthetic_control
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.monitored.monitoring import monitoring_effects, monitoring_looks
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP, GapModel
from equity_metrics.measures.cells import COUNTS, kind_of


@dataclass(frozen=True)
class Comparison:
    """How the two groups of an indicator are compared, by each kind of test; ``word`` says what of theirs changes."""

    gap: GapModel
    ratio: Ratio
    conditional: Conditional
    word: str


_ODDS = Comparison(ODDS_GAP, ODDS_RATIO, ODDS_RATIO_GIVEN_TOTALS, "odds")
_RATES = Comparison(RATE_GAP, RELATIVE_LIKELIHOOD, RATE_RATIO_GIVEN_TOTALS, "rate")
COMPARISONS = {"2": _ODDS, "3": _RATES, "4": _ODDS, **dict.fromkeys(("5", "6", "7", "8"), _ODDS)}
"""By indicator: disciplinary cases are rare events, all others proportions of any size. Answers to the survey (5 to 8)
are counts of respondents; where only percentages were published there are none."""

OTHERS = "the change in other organisations"
OWN_TREND = "its own trend before the start"
OWN_LEVEL = "its own level before the start"
MIX = "a weighted mix of other organisations"
CORRECTED_MIX = "a weighted mix of other organisations, corrected"
EVERY_MONTH = "its own level, looked at every month"
STAGGERED = "other organisations that started later"

WEIGHTED = (
    "published percentages are weighted, so they cannot be turned back into people; ask for the counts of respondents"
)

LEAST_BASELINE = 4
"""Periods before the start without which no test against the place's own path is offered."""


def _own(trend: bool) -> Callable[[pd.DataFrame, Intervention, float], pd.DataFrame]:
    def test(counts: pd.DataFrame, tried: Intervention, confidence: float) -> pd.DataFrame:
        how, own = COMPARISONS[tried.indicator].gap, rows_of(counts, tried)
        return before_after_effects(
            own, tried, tried.group, tried.reference, ratio=how, trend=trend, confidence=confidence
        )

    return test


def _others(counts: pd.DataFrame, tried: Intervention, confidence: float) -> pd.DataFrame:
    how = COMPARISONS[tried.indicator].ratio
    return difference_in_differences(counts, tried, tried.group, tried.reference, ratio=how, confidence=confidence)


def _mix(corrected: bool) -> Callable[[pd.DataFrame, Intervention, float], pd.DataFrame]:
    def test(counts: pd.DataFrame, tried: Intervention, confidence: float) -> pd.DataFrame:
        how = COMPARISONS[tried.indicator].ratio
        panel = ratio_panel(paired_counts(counts, tried.group, tried.reference), how)
        measure = f"ratio of {how.name}s"
        if corrected:
            return augmented_synthetic_control(panel, tried, measure=measure, logs=True, confidence=confidence)
        baseline = list(panel.columns).index(tried.start)
        ridge = noise_ridge(panel, tried) if len(panel) - 1 > baseline else 0.0
        return synthetic_control(panel, tried, measure=measure, logs=True, ridge=ridge, confidence=confidence)

    return test


def _every_month(counts: pd.DataFrame, tried: Intervention, confidence: float) -> pd.DataFrame:
    how = COMPARISONS[tried.indicator].conditional
    looks = monitoring_looks(counts, tried, tried.group, tried.reference, ratio=how, confidence=confidence)
    row = monitoring_effects(looks, tried, ratio=how, confidence=confidence)
    return row.drop(columns="decision")


def _started_later(counts: pd.DataFrame, tried: Intervention, confidence: float) -> pd.DataFrame:
    how = COMPARISONS[tried.indicator].ratio
    panel, starts = started_panel(counts, tried, how)
    return staggered_effects(panel, starts, tried, measure=f"ratio of {how.name}s", logs=True, confidence=confidence)


METHODS: dict[str, Callable[[pd.DataFrame, Intervention, float], pd.DataFrame]] = {
    OTHERS: _others,
    OWN_TREND: _own(trend=True),
    OWN_LEVEL: _own(trend=False),
    MIX: _mix(corrected=False),
    CORRECTED_MIX: _mix(corrected=True),
    EVERY_MONTH: _every_month,
    STAGGERED: _started_later,
}
"""What the place is compared with, and the test that does so."""


def comparable_counts(counts: pd.DataFrame, intervention: Intervention, touched: Collection[str] = ()) -> pd.DataFrame:
    """Keep the indicator, the two groups, and the places that can be compared with the one where it ran.

    Parameters
    ----------
    counts
        Complete counts by month (or year) of one grouping.
    intervention
        Gives place, indicator, group and reference.
    touched
        Places where something was tried for the same indicator: they are no comparison.

    Returns
    -------
    DataFrame
        The place itself (or places, where it began at several), and every other place with both groups counted in each
        of its periods.

    Raises
    ------
    ValueError
        If the indicator cannot be tested so, or the place is absent.
    """
    if kind_of(counts) != COUNTS:
        raise ValueError(f"counts must be counts, got: {kind_of(counts)} values ({WEIGHTED})")
    if intervention.indicator not in COMPARISONS:
        raise ValueError(f"indicator must be one of {', '.join(COMPARISONS)}, got: {intervention.indicator}")
    groups = [intervention.group, intervention.reference]
    rows = counts[(counts["indicator"] == intervention.indicator) & counts["group"].isin(groups)]
    rows = rows[~rows["organisation"].isin(set(touched) - set(intervention.places))]
    own = rows_of(rows, intervention)
    rows = rows[rows["period"].isin(own["period"]) & rows["numerator"].notna() & rows["denominator"].notna()]
    counted = rows["organisation"].map(rows["organisation"].value_counts())
    return rows[counted == own["organisation"].value_counts().max()]


def method_choices(counts: pd.DataFrame, intervention: Intervention) -> pd.DataFrame:
    """Say of each test whether these counts allow it, and why it is proposed, possible or refused.

    Parameters
    ----------
    counts
        From ``comparable_counts``.
    intervention
        Gives place and start.

    Returns
    -------
    DataFrame
        ``method, possible, why``, the proposed one first, refused ones last.
    """
    if intervention.starts:
        return _choices_of_several(counts, intervention)
    others = counts["organisation"].nunique() - 1
    before = int((pd.Series(sorted(counts["period"].unique())) < intervention.start).sum())
    monthly = period_numbers(counts["period"].unique())[1] == "month"
    few = f"only {others} other organisations were counted over the same time"
    redefined = len(counts["definition"].unique()) > 1 if "definition" in counts else False
    new = "how the answers are counted was changed in between, which its own path would take for an effect"
    own, short = (
        before >= LEAST_BASELINE and not redefined,
        new if redefined else f"only {before} periods lie before the start, {LEAST_BASELINE} are needed",
    )
    shared = "what moved every organisation is not taken for an effect"
    judged = {
        OTHERS: (others >= 2, f"{others} other organisations were counted over the same time, so {shared}", few),
        OWN_TREND: (own, "needs nobody else; a trend that was there before is allowed for", short),
        OWN_LEVEL: (own, "narrower, but any trend that was there before counts as effect", short),
        MIX: (
            others >= 2,
            "follows the place more closely than the mean of all"
            + ("" if others >= LEAST_DONORS else f"; with fewer than {LEAST_DONORS} others it can never say changed"),
            few,
        ),
        CORRECTED_MIX: (others >= 2, "as the mix, for a place unlike all others; takes some seconds", few),
        EVERY_MONTH: (
            own and monthly,
            "may be looked at as often as one likes; needs more to be sure",
            short if monthly else "these are counted once a year",
        ),
        STAGGERED: (False, "", "one place started, and two or more are needed"),
    }
    order = list(judged) if others + 1 >= FEW_PLACES else [OWN_TREND, *(m for m in judged if m != OWN_TREND)]
    rows = [(method, possible, why if possible else refusal) for method in order
            for possible, why, refusal in [judged[method]]]  # fmt: skip
    table = pd.DataFrame(rows, columns=["method", "possible", "why"])
    return table.sort_values("possible", ascending=False, kind="stable", ignore_index=True)


def _choices_of_several(counts: pd.DataFrame, intervention: Intervention) -> pd.DataFrame:
    """Offer the one test that gives each place its own start."""
    waiting = counts["organisation"].nunique() - len(intervention.places)
    how = COMPARISONS[intervention.indicator].ratio
    panel, starts = started_panel(counts, intervention, how)
    early = int((panel.columns < min(starts.values())).sum())
    possible = waiting >= 2 and early >= LEAST_EARLY
    proposed = f"each place has its own start, and {waiting} organisations had none"
    refused = (
        f"only {waiting} organisations had no start" if waiting < 2
        else f"only {early} {STAGGERED_LENGTH}s, or years, lie before the first start, {LEAST_EARLY} are needed"
    )  # fmt: skip
    one = "it began at several places at different times, and this test knows one start"
    rows = [
        (STAGGERED, possible, proposed if possible else refused),
        *((m, False, one) for m in METHODS if m != STAGGERED),
    ]
    return pd.DataFrame(rows, columns=["method", "possible", "why"])
