"""Weighted means and proportions of a sample in; their design-based limits, gaps and ratios out."""

import numpy as np
from scipy.special import betaincinv, expit, logit, stdtrit

from equity_metrics.measures.intervals.intervals import Floats, Limits, normal_quantile
from equity_metrics.measures.survey.design_weights import SurveyDesign, WeightedMean, design_variance


def t_interval(mean: WeightedMean, confidence: float = 0.95) -> Limits:
    """Limits of a weighted mean, or gap, by Student's t.

    Parameters
    ----------
    mean
        What :func:`weighted_mean` or :func:`weighted_gap` returned.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float

    References
    ----------
    Lumley T (2010). Complex Surveys: A Guide to Analysis Using R. Wiley, chapter 2.
    """
    half = _quantile(mean, confidence) * np.sqrt(mean.variance)
    return np.asarray(mean.value - half), np.asarray(mean.value + half)


def logit_interval(proportion: WeightedMean, confidence: float = 0.95) -> Limits:
    """Limits of a weighted proportion on the scale of log odds; missing where nobody or everybody had the event.

    Parameters
    ----------
    proportion
        What :func:`weighted_mean` returned for values of 0 and 1.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float

    References
    ----------
    Lumley T (2010). Complex Surveys: A Guide to Analysis Using R. Wiley, chapter 2.
    """
    p = proportion.value if 0 < proportion.value < 1 else np.nan
    half = _quantile(proportion, confidence) * np.sqrt(proportion.variance) / (p * (1 - p))
    return expit(logit(p) - half), expit(logit(p) + half)


def beta_interval(proportion: WeightedMean, confidence: float = 0.95) -> Limits:
    """Limits of a weighted proportion as Clopper and Pearson's for the people that its sample is worth.

    Parameters
    ----------
    proportion
        What :func:`weighted_mean` returned for values of 0 and 1.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float
        They exist where nobody or everybody had the event.

    References
    ----------
    Korn E L, Graubard B I (1998). Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data. Survey Methodology 24: 193-201.
    """
    tail, p = (1 - confidence) / 2, proportion.value
    worth = p * (1 - p) / proportion.variance if proportion.variance > 0 else proportion.effective_base
    worth *= (stdtrit(max(proportion.base - 1, 1), tail) / _quantile(proportion, confidence)) ** 2
    x = worth * p
    lower = betaincinv(x, worth - x + 1, tail) if p > 0 else 0 * p
    upper = betaincinv(x + 1, worth - x, 1 - tail) if p < 1 else p
    return np.asarray(lower), np.asarray(upper)


def weighted_gap(group: WeightedMean, reference: WeightedMean, design: SurveyDesign) -> WeightedMean:
    """Group minus reference, with the variance of the difference in one sample.

    Parameters
    ----------
    group, reference
        What :func:`weighted_mean` returned for two groups of one sample.
    design
        How it was drawn.

    Returns
    -------
    WeightedMean
        For :func:`t_interval`; design effect and effective base are missing.

    References
    ----------
    As :func:`equity_metrics.measures.survey.design_weights.weighted_mean`.
    """
    influence = group.influence - reference.influence
    return _combined(group, reference, group.value - reference.value, influence, design)


def weighted_relative_likelihood(
    group: WeightedMean, reference: WeightedMean, design: SurveyDesign, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Group divided by reference, with limits on the log scale.

    Parameters
    ----------
    group, reference
        What :func:`weighted_mean` returned for two groups of one sample, for values of 0 and 1.
    design
        How it was drawn.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    value, lower, upper : float
        All missing where nobody in one of the groups had the event.

    References
    ----------
    As :func:`equity_metrics.measures.survey.design_weights.weighted_mean`. Katz D and others (1978).
    Biometrics 34: 469-474 (the log scale).
    """
    if not (group.value > 0 and reference.value > 0):
        return np.nan, np.nan, np.nan
    influence = group.influence / group.value - reference.influence / reference.value
    log_ratio = _combined(group, reference, float(np.log(group.value / reference.value)), influence, design)
    lower, upper = t_interval(log_ratio, confidence)
    return group.value / reference.value, float(np.exp(lower)), float(np.exp(upper))


def _quantile(mean: WeightedMean, confidence: float) -> float:
    normal_quantile(confidence)
    return float(stdtrit(mean.degrees_of_freedom, (1 + confidence) / 2))


def _combined(
    group: WeightedMean, reference: WeightedMean, value: float, influence: Floats, design: SurveyDesign
) -> WeightedMean:
    variance = design_variance(influence, design) if np.isfinite(influence).all() else np.nan
    base = min(group.base, reference.base)
    return WeightedMean(value, variance, base, np.nan, np.nan, group.degrees_of_freedom, influence)
