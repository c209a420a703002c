"""Complete monthly counts and an intervention in; what was known at each monthly look, and decided, out."""

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, INTERNAL, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.change.agreed_effects import decided
from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.charts.charted_values import paired_rows
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS
from equity_metrics.change.charts.publishable_series import publishable_series
from equity_metrics.change.method_choice import COMPARISONS
from equity_metrics.change.monitored.monitoring import monitoring_effects, monitoring_looks
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.on_screen import on_screen
from equity_metrics.views.intervention_lab.monitoring_figure import evidence_words, monitoring_figure
from equity_metrics.views.intervention_lab.words import CHANGED, verdict_cell, verdict_sentence
from equity_metrics.views.words.wording import interval, times

CONFIDENCE = 0.95
TABLE_ROWS = 12


def monitoring_answer(
    counts: pd.DataFrame,
    intervention: Intervention,
    *,
    audience: str = PUBLISH,
    policy: DisclosurePolicy = DISCLOSURE_POLICY,
) -> Answer:
    """Say what each look since the start would have told, where one looks as often as one likes.

    Parameters
    ----------
    counts
        Complete counts by month, of one level and grouping.
    intervention
        From ``read_interventions``.
    audience, policy
        As for ``release``; for ``publish`` only looks at the end of a released period are shown.

    Returns
    -------
    Answer
        For the internal audience of real data one that is shown on screen only.

    Raises
    ------
    ValueError
        If the counts do not fit the intervention, or hold no month that may be shown.

    References
    ----------
    Those of ``monitoring_looks``.
    """
    own = counts[
        (counts["organisation"] == intervention.where)
        & (counts["indicator"] == intervention.indicator)
        & counts["group"].isin([intervention.group, intervention.reference])
    ]
    conditional, pair = COMPARISONS[intervention.indicator].conditional, (intervention.group, intervention.reference)
    looks = monitoring_looks(own, intervention, *pair, ratio=conditional, confidence=CONFIDENCE)
    released = paired_rows(publishable_series(own, policy, audience, beside=intervention.reference), pair[1])
    length = released["period_length"].iloc[0] if audience != INTERNAL else "month"
    shown = looks[_ends_a_period(looks["period"], length)] if audience != INTERNAL else looks
    # Where the test refuses there are no limits: a bare effect would be read as its answer.
    shown = shown.assign(effect=shown["effect"].where(shown["lower"].notna()))
    if shown.empty or (released["withheld"] != "").all():
        raise ValueError(f"counts must hold a {length} since the start that may be shown, got: none for {audience}")
    last = monitoring_effects(shown, intervention, ratio=conditional, confidence=CONFIDENCE).drop(columns="decision")
    effect = decided(last, intervention).iloc[0]
    figure = monitoring_figure(shown, intervention, 1 / (1 - CONFIDENCE), f"{intervention.where}: one look a {length}")
    answer = Answer(
        f"{verdict_sentence(effect, *pair)}{_first(shown) if effect['verdict'] == CHANGED else ''}",
        _table(shown),
        say_synthetic(figure, own["source"]),
        f"Above: the effect at {len(shown)} looks, at the last {times(effect['effect'])} "
        f"({interval(effect['lower'], effect['upper'])}), {verdict_cell(effect)}. Below: the evidence, at the last "
        f"{evidence_words(shown['e_value'].iloc[-1])}; from 20 on it counts as changed.",
        (
            f"The limits hold together at all looks with {100 * CONFIDENCE:g} % confidence: stop at any of them.",
            f"Holds only if: {effect['assumptions'][:1].lower()}{effect['assumptions'][1:]}.",
            f"One look a {length}, the shortest period that may be shown.",
            "The price of looking at any time: limits are wider than those of one test on a day fixed beforehand.",
        ),
    )
    real = not own["source"].str.startswith("Synthetic").all()
    return on_screen(answer) if real and audience == INTERNAL else answer


def _ends_a_period(periods: pd.Series, length: str) -> pd.Series:
    numbers, _ = period_numbers(periods)
    return pd.Series((numbers + 1 - 3) % PERIOD_LENGTHS[length] == 0, index=periods.index)


def _first(looks: pd.DataFrame) -> str:
    """Say of a change since when there was enough evidence."""
    enough = looks[(looks["lower"] > 1) | (looks["upper"] < 1)]
    return f" The first look with enough evidence to call it {CHANGED} was {enough['period'].iloc[0]}."


def _table(looks: pd.DataFrame) -> pd.DataFrame:
    latest = looks.tail(TABLE_ROWS)
    return pd.DataFrame(
        {
            "up to and with": latest["period"],
            "effect so far": latest["effect"].map(times),
            "limits": [interval(*row) for row in latest[["lower", "upper"]].to_numpy()],
            "evidence": latest["e_value"].map(evidence_words),
            "decision as agreed": latest["decision"],
        }
    )
