"""Monthly counts of two groups in; evidence after every month that their ratio changed, however often one looks, out.

The null: the ratio of the two groups after the start equals that before, whatever it was; the baseline is data, not a
known number. Valid at any stopping time for independent binomial or Poisson counts; see `evidence` for the proof.
"""

from math import exp, inf, nan

import numpy as np
import pandas as pd

from equity_metrics.change.before_after.conditional_likelihoods import Conditional
from equity_metrics.change.before_after.paired_series import rows_of
from equity_metrics.change.between_places.panels import PAIR_COLUMNS, paired_counts, phases
from equity_metrics.change.interventions import Intervention, effects
from equity_metrics.change.monitored.decisions import decision
from equity_metrics.change.monitored.evidence import LEAST_RESIDUALS, log_confidence_limits, log_threshold
from equity_metrics.change.monitored.monitored_evidence import monitored_evidence

REFUSED_ABOVE = 3.0
"""Inflation beyond which the counts are too far from independence for this method, from that look on."""


def monitoring_looks(
    counts: pd.DataFrame,
    intervention: Intervention,
    group: str,
    reference: str,
    *,
    ratio: Conditional,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Say after each period since the start what is known about the effect.

    Parameters
    ----------
    counts
        One indicator, complete, monthly or yearly; only ``intervention.where`` is used.
    intervention
        Gives start, lead-in, expected direction and smallest worthwhile effect (a ratio above 1).
    group, reference
        The two groups.
    ratio
        `ODDS_RATIO_GIVEN_TOTALS` or `RATE_RATIO_GIVEN_TOTALS`.
    confidence
        Of the confidence sequence: all its intervals together hold the true effect with this probability.

    Returns
    -------
    pandas.DataFrame
        ``period, observed, expected, effect, lower, upper, e_value, p_value, dispersion, dependence, inflation,
        decision``; the effect is a ratio of ratios. ``inflation`` is the largest product of the two before it so far:
        what was once seen of variation beyond chance is not forgotten. Evidence is missing from the first look on at
        which it exceeds ``REFUSED_ABOVE``.

    Raises
    ------
    ValueError
        If counts are incomplete, the place is absent or no smallest worthwhile effect was agreed.

    References
    ----------
    Howard, Ramdas, McAuliffe and Sekhon (2021), Annals of Statistics 49: 1055-1080 (confidence sequences), and those
    of `log_e_values`.
    """
    pairs = paired_counts(rows_of(counts, intervention), group, reference)
    periods = pairs.index.get_level_values("period")
    phase = phases(periods, intervention)
    x1, n1, x0, n0 = (pairs[column].to_numpy() for column in PAIR_COLUMNS)
    since = phase == "after"
    found = monitored_evidence(x1, n1, x0, n0, phase, ratio)
    rows: list[dict[str, object]] = []
    for look, (after, log_effect, factor) in enumerate(zip(found.after, found.effect, found.inflation, strict=True)):
        refused = factor > REFUSED_ABOVE
        lower, upper = (
            (nan, nan)
            if refused
            else log_confidence_limits(found.before, after, found.points, log_threshold(confidence) * factor)
        )
        strength = nan if refused else max(float(found.log_evidence[look]) / factor, -700.0)
        effect, least, most = float(np.exp(log_effect)), float(np.exp(lower)), float(np.exp(upper))
        rows.append(
            {
                "period": periods[since][look],
                "observed": float(x1[since][: look + 1].sum()),
                "expected": float(found.usual[: look + 1].sum()),
                "effect": effect,
                "lower": least,
                "upper": most,
                "e_value": exp(min(strength, 700.0)),
                "p_value": min(1.0, exp(-strength)) if not refused else nan,
                "dispersion": found.dispersion[look],
                "dependence": found.dependence[look],
                "inflation": factor,
                "decision": decision(effect, least, most, intervention),
            }
        )
    return pd.DataFrame(rows)


def monitoring_effects(
    looks: pd.DataFrame, intervention: Intervention, *, ratio: Conditional, confidence: float = 0.95
) -> pd.DataFrame:
    """Make the row of effects of the latest look.

    Parameters
    ----------
    looks
        From `monitoring_looks`.
    intervention, ratio, confidence
        The same as there.

    Returns
    -------
    pandas.DataFrame
        One row of effects, with ``e_value, inflation, decision``.
    """
    last = looks.iloc[-1]
    refused = bool(np.isnan(last["e_value"]))
    factor = float(last["inflation"])
    row = effects(
        intervention,
        observed=last["observed"],
        expected=nan if refused else last["expected"],
        effect=nan if refused else last["effect"],
        lower=last["lower"],
        upper=last["upper"],
        confidence=confidence,
        p_value=last["p_value"],
        method=f"anytime-valid monitoring of the {ratio.name}",
        measure=f"ratio of {ratio.name}s",
        no_effect=1.0,
        assumptions=_assumptions(factor, refused),
        would_change_verdict=_change(last, refused),
    )
    return row.assign(e_value=last["e_value"], inflation=factor, decision=last["decision"])


def _assumptions(factor: float, refused: bool) -> str:
    said = (
        "Counts are independent from period to period given each period's total, and the ratio was steady before the "
        "start; valid however often one looks"
    )
    if refused:
        return f"{said}. Refused: counts vary and depend on one another {factor:.1f} times as much as chance allows"
    if round(factor, 2) > 1:
        return f"{said}. Warning: counts vary {factor:.2f} times as much as chance, so the evidence is divided by that"
    looked = f"Variation beyond chance is looked for from {LEAST_RESIDUALS} spare periods on"
    return f"{said}. {looked}; none to speak of was found"


def _change(last: pd.Series, refused: bool) -> str:
    if refused:
        return "Longer periods (quarters or years), within which counts are nearer to independent"
    if last["lower"] == 0 or last["upper"] == inf:
        return "More events, before the start or after it: the interval is still open"
    return "More periods: the interval narrows with each, and may be looked at each time"
