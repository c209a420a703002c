"""Events and people of several groups in; each group's own proportion drawn towards what the groups share, out."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize, root
from scipy.special import betaln, digamma, expit, logit

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, NUMBERS, rows_of
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.fairness.pooled_limits import pooled_limits
from equity_metrics.measures.intervals.intervals import Floats, as_floats, check_events, normal_quantile
from equity_metrics.measures.proportions import SHARES

BETA_BINOMIAL = "empirical Bayes, beta-binomial"
FEWEST_GROUPS = 3
"""From fewer groups how much they differ cannot be learnt."""
MOST_WEIGHT = 1e6
"""People that the shared proportion is worth at most: then the groups do not differ beyond chance."""


class Pooled(NamedTuple):
    """Shrunken proportions with limits; ``shared`` is what they are drawn to, worth as much as ``weight`` people."""

    value: Floats
    lower: Floats
    upper: Floats
    shared: float
    weight: float


def pooled(x: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Pooled:
    """Draw the proportions of groups together, small groups more than large ones.

    Parameters
    ----------
    x, n
        Events and people of each group, one dimension; groups with a missing number or nobody in them are left out.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    Pooled
        ``value`` is (x + weight × shared) / (n + weight); limits are those of :func:`pooled_limits`, which take neither
        ``shared`` nor ``weight`` as known. All missing with fewer than three groups, and where nobody or everybody had
        the event: how much groups differ cannot be learnt then.

    Raises
    ------
    ValueError
        If events are not between 0 and people, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Griffiths D A (1973). Maximum likelihood estimation for the beta-binomial distribution. Biometrics 29: 637-648.
    Efron B, Morris C (1975). Data analysis using Stein's estimator. Journal of the American Statistical Association 70:
    311-319.
    """
    normal_quantile(confidence)
    x, n = as_floats(x, n)
    check_events(x, n)
    known = ~np.isnan(x + n) & (n > 0)
    events, people = x[known].sum(), n[known].sum()
    if known.sum() < FEWEST_GROUPS or events in (0, people):
        missing = np.full(x.shape, np.nan)
        return Pooled(missing, missing, missing, np.nan, np.nan)
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    shared, weight = _fitted(x[known], n[known])
    value = (x + weight * shared) / (n + weight)
    limits = np.full((2, len(x)), np.nan)
    limits[:, known] = pooled_limits(x[known], n[known], value[known], shared, confidence)
    return Pooled(value, limits[0], limits[1], shared, weight)


def pooled_proportions(counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Put beside each group's own proportion the one that is drawn towards the groups of the same place and indicator.

    Parameters
    ----------
    counts
        Counts of rates, complete or released. People of unknown ethnicity are left out: they are not one group.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Known groups + ``raw`` (their own proportion), ``value, lower, upper`` (shrunken), ``shared``, ``weight`` and
        ``words``, the sentence that explains it. Withheld groups have none of these and are not drawn upon.

    Raises
    ------
    ValueError
        If the table holds no counts, or holds indicators 1 or 9.

    References
    ----------
    See :func:`pooled`.
    """
    rows = rows_of(counts, COUNTS)
    if rows["indicator"].isin(SHARES).any():
        raise ValueError("counts must be of rates, got: indicators 1 or 9, which are shares")
    rows = rows[~rows["group"].isin(UNKNOWN_GROUPS)].reset_index(drop=True)
    withheld = reasons(rows, NUMBERS[COUNTS])
    shown = (withheld == "").to_numpy()
    x, n = (np.where(shown, rows[column].to_numpy(float), np.nan) for column in NUMBERS[COUNTS])
    made = np.full((5, len(rows)), np.nan)
    keys = [key for key in keys_among(rows.columns) if key != "group"]
    for positions in rows.groupby(keys, sort=False, observed=True, dropna=False).indices.values():
        cells = np.asarray(positions)
        drawn = pooled(x[cells], n[cells], confidence)
        made[:, cells] = np.stack([np.broadcast_to(number, cells.shape) for number in drawn])
    value, lower, upper, shared, weight = made
    with np.errstate(invalid="ignore", divide="ignore"):
        raw = x / n
    rows = rows.assign(
        raw=raw,
        shared=np.where(np.isnan(value), np.nan, shared),
        weight=np.where(np.isnan(value), np.nan, weight),
        words=[_words(*row) for row in zip(raw, value, n / (n + weight), strict=True)],
    )
    return estimates(rows, value, (lower, upper), confidence, BETA_BINOMIAL, withheld)


def _fitted(x: Floats, n: Floats) -> tuple[float, float]:
    """Find the mean and weight that make the counts likeliest."""
    middle = x.sum() / n.sum()

    def misfit(parameters: Floats) -> tuple[float, Floats]:
        mean, weight = expit(parameters[0]), np.exp(parameters[1])
        a, b = weight * mean, weight * (1 - mean)
        of_all = digamma(weight) - digamma(n + weight)
        of_a, of_b = (digamma(x + a) - digamma(a) + of_all).sum(), (digamma(n - x + b) - digamma(b) + of_all).sum()
        slope = np.array([a * (1 - mean) * (of_a - of_b), a * of_a + b * of_b])
        return float(-(betaln(x + a, n - x + b) - betaln(a, b)).sum()), -slope

    bounds = [(-20.0, 20.0), (np.log(0.1), np.log(MOST_WEIGHT))]
    starts = [np.array([logit(middle), np.log(weight)]) for weight in (5.0, 200.0, 10_000.0)]
    fits = (minimize(misfit, s, jac=True, bounds=bounds, method="L-BFGS-B") for s in starts)
    mean, weight = min(fits, key=lambda fit: fit.fun).x
    # The likelihood is flat around its top: only where its slope is zero is the same on every processor.
    top = root(lambda parameters: misfit(parameters)[1], (mean, weight), tol=1e-9)
    if top.success and abs(top.x - (mean, weight)).max() < 0.1 and top.x[1] < bounds[1][1]:
        mean, weight = top.x
    else:
        # As heavy as may be: only the mean is left to find.
        (mean,) = root(lambda m: misfit(np.array([m[0], weight]))[1][:1], (mean,), tol=1e-9).x
    return float(expit(mean)), float(np.exp(weight))


def _words(raw: float, value: float, own: float) -> str:
    if np.isnan(value):
        return ""
    return (
        f"{100 * raw:.1f} % in this group alone. With what the groups share counted too it is {100 * value:.1f} %, "
        f"of which {100 * own:.0f} % is this group's own figure."
    )
