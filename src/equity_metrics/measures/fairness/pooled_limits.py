"""Events, people and pooled proportions of several groups in; limits that know how little a few groups tell, out."""

import numpy as np
from scipy.special import betaincinv, betaln, expit, logit

from equity_metrics.measures.intervals.intervals import Floats, Limits

WEIGHTS = np.geomspace(0.5, 1e5, 31)
"""People that the shared proportion may be worth."""
STEPS = np.linspace(-4, 4, 13)
"""Standard errors around the shared proportion, on the logit scale."""


def pooled_limits(x: Floats, n: Floats, value: Floats, shared: float, confidence: float = 0.95) -> Limits:
    """Limits around pooled proportions that allow for not knowing the shared proportion, nor what it is worth.

    Parameters
    ----------
    x, n
        Events and people of each group, one dimension, nobody missing.
    value
        The pooled proportion of each group, between 0 and 1, both excluded.
    shared
        What they are drawn to.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    lower, upper : arrays of float
        Quantiles of the beta distribution with the mean and variance that the beta-binomial model gives, averaged over
        all shared proportions and weights as likely as they are after the counts; moved to hold ``value`` where they do
        not. Simulated coverage of 95 % is 93 % to 100 % for 4 to 17 groups, most where groups hardly differ; limits
        that take both as known reach 35 % to 97 %.

    References
    ----------
    Gelman A and others (2013). Bayesian Data Analysis, 3rd edition, section 5.3, with its prior: weight to the power of
    −5/2 in the two parameters of the beta distribution. Kass R E, Steffey D (1989). Approximate Bayesian inference in
    conditionally independent hierarchical models. Journal of the American Statistical Association 84: 717-726.
    """
    told = (n / (1 + (n - 1) / (WEIGHTS[:, None] + 1))).sum(axis=1)
    step = 1 / np.sqrt(told * shared * (1 - shared))
    # A proportion of exactly 0 or 1 has no beta distribution.
    mean = expit(np.clip(logit(shared) + step[:, None] * STEPS, -20, 20))[..., None]
    weight = np.broadcast_to(WEIGHTS[:, None, None], mean.shape)
    a, b = weight * mean, weight * (1 - mean)
    likely = (betaln(x + a, n - x + b) - betaln(a, b)).sum(axis=-1, keepdims=True)
    # The prior on the scale of the grid: log weight and logit mean, in steps that are wider where less is told.
    likely += np.log(mean * (1 - mean) / np.sqrt(weight) * step[:, None, None])
    share = np.exp(likely - likely.max())
    share /= share.sum()
    each = (x + a) / (n + weight)
    middle = (share * each).sum(axis=(0, 1))
    variance = (share * (each * (1 - each) / (n + weight + 1) + (each - middle) ** 2)).sum(axis=(0, 1))
    worth = middle * (1 - middle) / variance - 1
    a, b, tail = middle * worth, (1 - middle) * worth, (1 - confidence) / 2
    return np.minimum(betaincinv(a, b, tail), value), np.maximum(betaincinv(a, b, 1 - tail), value)
