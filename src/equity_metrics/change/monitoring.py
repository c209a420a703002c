"""Monthly counts of two groups in; evidence after every month that their ratio changed, however often one looks, out.

The null: the ratio of the two groups after the start equals that before, whatever it was; the baseline is data, not a
known number. Valid at any stopping time for independent binomial or Poisson counts; see `evidence` for the proof.
"""

from math import exp, inf, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.change.conditional_likelihoods import Conditional, lattice
from equity_metrics.change.decisions import decision
from equity_metrics.change.evidence import (
    EFFECT_SPREAD,
    LEAST_RESIDUALS,
    baseline_spread,
    inflation,
    log_confidence_limits,
    log_e_values,
    log_excesses,
    log_threshold,
)
from equity_metrics.change.interventions import Intervention, effects
from equity_metrics.change.paired_series import rows_of
from equity_metrics.change.panels import PAIR_COLUMNS, paired_counts, phases

Array = NDArray[np.float64]

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
    information = ratio.information(x1, n1, x0, n0)
    points = lattice(float(information[phase != "lead-in"].sum()))
    likelihoods = ratio.likelihoods(x1, n1, x0, n0, points)
    old, new = likelihoods[phase == "baseline"], likelihoods[phase == "after"]
    step, known = float(points[1] - points[0]), float(information[phase == "baseline"].sum())
    before = log_excesses(old.sum(axis=0), step, baseline_spread(known))
    after = log_excesses(new.cumsum(axis=0), step, EFFECT_SPREAD)
    evidence = log_e_values(before, after)
    base = _likeliest(old)
    scores = np.gradient(likelihoods, step, axis=1)
    curvatures = -np.gradient(scores, step, axis=1)
    usual = x1[phase == "after"] - scores[phase == "after", base]
    rows: list[dict[str, object]] = []
    factor = 1.0
    for look in range(len(new)):
        now = _likeliest(new[: look + 1])
        where = np.concatenate([np.full(len(old), base), np.full(look + 1, now)])
        used = np.flatnonzero(phase != "lead-in")[: len(where)]
        bend = curvatures[used, where]
        informed = bend > 1e-6
        residuals = scores[used, where][informed] / np.sqrt(bend[informed])
        dispersion, dependence = inflation(residuals, len(residuals) - 2)
        factor = max(factor, dispersion * dependence)
        refused = factor > REFUSED_ABOVE
        lower, upper = (
            (nan, nan)
            if refused
            else log_confidence_limits(before, after[look], points, log_threshold(confidence) * factor)
        )
        strength = nan if refused else max(float(evidence[look]) / factor, -700.0)
        effect = exp(points[now] - points[base]) if informed.any() else nan
        least, most = float(np.exp(lower)), float(np.exp(upper))
        rows.append(
            {
                "period": periods[phase == "after"][look],
                "observed": float(x1[phase == "after"][: look + 1].sum()),
                "expected": float(usual[: look + 1].sum()),
                "effect": effect,
                "lower": least,
                "upper": most,
                "e_value": exp(min(strength, 700.0)),
                "p_value": min(1.0, exp(-strength)) if not refused else nan,
                "dispersion": dispersion,
                "dependence": dependence,
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


def _likeliest(likelihoods: Array) -> int:
    """Point of the lattice with the largest likelihood times the root of its information (finite without events)."""
    total = likelihoods.sum(axis=0)
    bend = np.maximum(-np.gradient(np.gradient(total)), 1e-12)
    return int((total + 0.5 * np.log(bend)).argmax())


def _assumptions(factor: float, refused: bool) -> str:
    said = (
        "Counts are independent from period to period given each period's total, and the ratio was steady before the "
        "start; valid however often one looks"
    )
    if refused:
        return f"{said}. Refused: counts vary and depend on one another {factor:.1f} times as much as chance allows"
    if factor > 1:
        return f"{said}. Warning: counts vary {factor:.2f} times as much as chance, so the evidence is divided by that"
    return f"{said}. Variation beyond chance is looked for from {LEAST_RESIDUALS} spare periods on; none was found"


def _change(last: pd.Series, refused: bool) -> str:
    if refused:
        return "Longer periods (quarters or years), within which counts are nearer to independent"
    if last["lower"] == 0 or last["upper"] == inf:
        return "More events, before the start or after it: the interval is still open"
    return "More periods: the interval narrows with each, and may be looked at each time"
