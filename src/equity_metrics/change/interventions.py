"""What was tried, and what a test found, in; one row of the effects table with its verdict out."""

from math import isnan, nan

import pandas as pd

from equity_metrics.catalogue.interventions import Intervention as Intervention

VERDICTS = ("changed", "no meaningful change", "cannot tell")

EFFECT_COLUMNS = (
    "indicator", "where", "observed", "expected", "effect", "lower", "upper", "confidence", "p_value",
    "method", "assumptions", "verdict", "would_change_verdict",
    "intervention", "measure", "no_effect", "smallest_worthwhile", "expected_direction",
)  # fmt: skip

_AGREEMENT = 1e-6  # rounding allowed between an interval's edge and its p-value


def worthwhile_band(smallest_worthwhile: float | None, no_effect: float) -> tuple[float, float]:
    """Range of effects that are too small to be worth having.

    Parameters
    ----------
    smallest_worthwhile
        The smallest effect worth having; None where none was agreed.
    no_effect
        1 for a ratio, 0 for a difference.

    Returns
    -------
    tuple of float
        Lower and upper end in the unit of the effect; an empty range (nan, nan) where nothing was agreed.

    Raises
    ------
    ValueError
        For a ratio that is not above 1.
    """
    if smallest_worthwhile is None:
        return nan, nan
    if no_effect == 0:
        return -smallest_worthwhile, smallest_worthwhile
    if smallest_worthwhile <= 1:
        raise ValueError(f"smallest_worthwhile must be above 1 where the effect is a ratio, got: {smallest_worthwhile}")
    return 1 / smallest_worthwhile, smallest_worthwhile


def verdict(
    lower: float, upper: float, p_value: float, confidence: float, no_effect: float, smallest_worthwhile: float | None
) -> str:
    """Decide among the three verdicts, from the interval and the p-value of one effect.

    Parameters
    ----------
    lower, upper
        Confidence interval of the effect; nan where the method has none.
    p_value
        Two-sided p-value against no effect; nan where the method has none.
    confidence
        Of the interval, for example 0.95; the p-value is read against ``1 - confidence``.
    no_effect
        1 for a ratio, 0 for a difference.
    smallest_worthwhile
        The smallest effect worth having, agreed beforehand; None where none was agreed.

    Returns
    -------
    str
        ``"changed"``: the interval excludes no effect. ``"no meaningful change"``: it does not, and lies wholly inside
        the smallest worthwhile effect either way. Else ``"cannot tell"``.

    Raises
    ------
    ValueError
        If interval and p-value contradict each other.

    References
    ----------
    Schuirmann DJ (1987). A comparison of the two one-sided tests procedure and the power approach. J Pharmacokinet
    Biopharm 15:657-680. (Here with the interval at full confidence, which is stricter.)
    """
    significant = p_value <= 1 - confidence
    if isnan(lower) or isnan(upper):
        return "changed" if significant else "cannot tell"
    excludes = lower > no_effect or upper < no_effect
    at_the_edge = abs(p_value - (1 - confidence)) <= _AGREEMENT
    if not isnan(p_value) and excludes != significant and not at_the_edge:
        raise ValueError(f"p_value must agree with its interval, got: {p_value:g} with {lower:g} to {upper:g}")
    if excludes:
        return "changed"
    band_lower, band_upper = worthwhile_band(smallest_worthwhile, no_effect)
    return "no meaningful change" if band_lower <= lower and upper <= band_upper else "cannot tell"


def effects(
    intervention: Intervention,
    *,
    observed: float,
    expected: float,
    effect: float,
    lower: float,
    upper: float,
    confidence: float,
    p_value: float,
    method: str,
    measure: str,
    no_effect: float,
    assumptions: str,
    would_change_verdict: str,
) -> pd.DataFrame:
    """Make the one row that a test of an intervention returns, verdict included; the only place where it is decided.

    Parameters
    ----------
    intervention
        What was tried; gives indicator, place, direction and smallest worthwhile effect.
    observed, expected
        Events (or mean score) after the start, and the same without the intervention; nan where refused.
    effect, lower, upper
        Effect and its interval in the unit of ``measure``; nan where refused.
    confidence
        Of the interval, between 0 and 1.
    p_value
        Two-sided; nan where refused.
    method, measure, assumptions
        In words: which test, what the effect is (``"ratio of odds ratios"``), what must hold for it to be right.
    no_effect
        1 where the effect is a ratio, 0 where it is a difference.
    would_change_verdict
        In words: what would be enough to tell, or what would overturn the verdict.

    Returns
    -------
    pandas.DataFrame
        One row with the columns ``EFFECT_COLUMNS``.

    Raises
    ------
    ValueError
        If interval and p-value contradict each other, or ``would_change_verdict`` is empty.
    """
    if not would_change_verdict:
        raise ValueError("would_change_verdict must say what would change the verdict, got: ''")
    row = {
        "indicator": intervention.indicator,
        "where": intervention.where,
        "observed": observed,
        "expected": expected,
        "effect": effect,
        "lower": lower,
        "upper": upper,
        "confidence": confidence,
        "p_value": p_value,
        "method": method,
        "assumptions": assumptions,
        "verdict": verdict(lower, upper, p_value, confidence, no_effect, intervention.smallest_worthwhile),
        "would_change_verdict": would_change_verdict,
        "intervention": intervention.name,
        "measure": measure,
        "no_effect": no_effect,
        "smallest_worthwhile": nan if intervention.smallest_worthwhile is None else intervention.smallest_worthwhile,
        "expected_direction": intervention.expected_direction,
    }
    return pd.DataFrame([row], columns=list(EFFECT_COLUMNS))
