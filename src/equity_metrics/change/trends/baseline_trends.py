"""Counts of two groups by period in; where each line and their gap were heading, with prediction intervals, out."""

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy import stats
from scipy.special import betaincinv, ndtri, stdtrit

from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.before_after.segmented_models import harmonics
from equity_metrics.change.between_places.panels import PAIR_COLUMNS, paired_counts
from equity_metrics.change.charts.control_charts import Array
from equity_metrics.change.trends.autocorrelation import contrast_errors
from equity_metrics.change.trends.gap_models import GapModel

MINIMUM_BASELINE = 4  # periods; a line through fewer leaves nothing to judge it by
SEASONS_FROM = 24  # months of baseline from which a yearly wave is fitted


def _laid_out(
    counts: pd.DataFrame, group: str, reference: str, start: str | None, ahead: int
) -> tuple[pd.DataFrame, NDArray[np.int64], NDArray[np.bool_], bool]:
    places = counts["organisation"].unique()
    if len(places) != 1:
        raise ValueError(f"counts must hold one organisation, got: {len(places)}")
    pairs = paired_counts(counts, group, reference).droplevel("organisation")
    times, unit = period_numbers(pairs.index)
    if ahead:  # periods to come: as many people as in the last year, events unknown
        later = times[-1] + 1 + np.arange(ahead)
        names = [f"{time // 12}-{time % 12 + 1:02d}" if unit == "month" else str(time) for time in later]
        recent = pairs.tail(12 if unit == "month" else 1)[[PAIR_COLUMNS[1], PAIR_COLUMNS[3]]].mean().round()
        to_come = pd.DataFrame({column: recent.get(column, np.nan) for column in PAIR_COLUMNS}, index=names)
        pairs, times = pd.concat([pairs, to_come]), np.concatenate([times, later])
    baseline = pairs[PAIR_COLUMNS[0]].notna().to_numpy(copy=True)
    if start is not None:
        baseline &= times < period_numbers([start])[0][0]
    if baseline.sum() < MINIMUM_BASELINE:
        raise ValueError(f"counts must hold at least {MINIMUM_BASELINE} periods of baseline, got: {baseline.sum()}")
    return pairs, times, baseline, unit == "month" and int(baseline.sum()) >= SEASONS_FROM


def _predicted(mean: Array, people: Array, spread: Array, confidence: float, *, binomial: bool) -> tuple[Array, Array]:
    """Quantiles of counts with a given mean and variance: beta, in whole people outwards, or negative binomial."""
    tails = np.array([(1 - confidence) / 2, (1 + confidence) / 2])[:, None]
    if not binomial:
        excess = np.maximum(spread / mean, 1 + 1e-9)
        lower, upper = stats.nbinom(mean / (excess - 1), 1 / excess).ppf(tails)
        return lower, upper
    share = mean / people
    strength = np.maximum(people**2 * share * (1 - share) / spread - 1, 1e-6)
    lower, upper = betaincinv(share * strength, (1 - share) * strength, tails)
    return np.floor(people * lower), np.ceil(people * upper)


def baseline_trends(
    counts: pd.DataFrame,
    group: str,
    reference: str,
    *,
    ratio: GapModel,
    start: str | None = None,
    ahead: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Fit both groups' lines jointly to the baseline and carry them on.

    Parameters
    ----------
    counts
        One organisation and indicator, complete.
    group, reference
        Names in the column ``group``.
    ratio
        ``ODDS_GAP`` fits a binomial model, ``RATE_GAP`` a Poisson model.
    start
        First period that is not baseline; None fits all.
    ahead
        Periods to come that are added, with as many people as in the last year and no value.
    confidence
        Of the prediction intervals.

    Returns
    -------
    pandas.DataFrame
        One row a group and period: ``group, period, numerator, denominator, value, expected, lower, upper,
        confidence, baseline, dispersion, method``. ``expected`` and the interval of what would be observed are
        proportions or rates. Terms: group, time, group by time, and a yearly wave common to both groups where there
        are 24 months of baseline. The interval allows for overdispersion, never below 1, and for few periods
        (Student's t); it takes periods to be independent.

    Raises
    ------
    ValueError
        If there are fewer than 4 periods of baseline, or the counts are not one complete series.

    References
    ----------
    McCullagh P, Nelder JA (1989). Generalized Linear Models, 2nd ed., 4.5 and 6.2 (quasi-likelihood). Bhaskaran K et
    al. (2013). Int J Epidemiol 42:1187-1195 (seasons).
    """
    pairs, times, baseline, seasonal = _laid_out(counts, group, reference, start, ahead)
    since = (times - times[0]) / max(np.ptp(times), 1)
    shared = np.column_stack([np.ones(len(times)), since])
    season = harmonics(times, pairs=1) if seasonal else np.empty((len(times), 0))
    design = np.vstack([np.hstack([shared, shared, season]), np.hstack([shared, 0 * shared, season])])
    events = np.concatenate([pairs[PAIR_COLUMNS[0]], pairs[PAIR_COLUMNS[2]]])
    people = np.concatenate([pairs[PAIR_COLUMNS[1]], pairs[PAIR_COLUMNS[3]]])
    used = np.tile(baseline, 2) & (people > 0)
    if ratio.both_ways:
        model = sm.GLM(np.column_stack([events, people - events])[used], design[used], family=sm.families.Binomial())
    else:
        model = sm.GLM(events[used], design[used], family=sm.families.Poisson(), offset=np.log(people[used]))
    fitted = model.fit(tol=1e-12, maxiter=100)
    freedom = float(fitted.df_resid)
    dispersion = max(float(fitted.pearson_chi2) / freedom, 1.0)
    path = design @ np.asarray(fitted.params)
    mean = np.maximum(ratio.mean(path, people), 1e-9)
    by_chance = mean * (1 - mean / people) if ratio.both_ways else mean
    of_path = np.einsum("ij,jk,ik->i", design, np.asarray(fitted.cov_params()), design) * by_chance**2
    few = float(stdtrit(freedom, (1 + confidence) / 2) / ndtri((1 + confidence) / 2)) ** 2
    spread = dispersion * (of_path + by_chance) * few
    lower, upper = _predicted(mean, people, spread, confidence, binomial=ratio.both_ways)
    return pd.DataFrame(
        {
            "group": np.repeat([group, reference], len(times)),
            "period": np.tile(pairs.index.to_numpy(), 2),
            "numerator": events,
            "denominator": people,
            "value": events / people,
            "expected": mean / people,
            "lower": lower / people,
            "upper": upper / people,
            "confidence": confidence,
            "baseline": np.tile(baseline, 2),
            "dispersion": dispersion,
            "method": f"quasi-{'binomial' if ratio.both_ways else 'Poisson'}, group by time{', season' * seasonal}",
        }
    )


def gap_trends(
    counts: pd.DataFrame,
    group: str,
    reference: str,
    *,
    ratio: GapModel,
    start: str | None = None,
    ahead: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Fit the path of the gap itself to the baseline and carry it on.

    Parameters
    ----------
    counts, group, reference, ratio, start, ahead, confidence
        As for ``baseline_trends``.

    Returns
    -------
    pandas.DataFrame
        One row a period: ``period, value, expected, lower, upper, confidence, baseline, dispersion, method``; ratios of
        group to reference. Each period has an intercept of its own, so what moves both groups is not taken for a
        change of the gap. The interval is of the ratio that would be observed, and allows for overdispersion,
        autocorrelation and few periods; a period without events has no value.

    Raises
    ------
    ValueError
        As for ``baseline_trends``.

    References
    ----------
    As for ``fit_odds_gaps`` and ``contrast_errors``.
    """
    pairs, times, baseline, _ = _laid_out(counts, group, reference, start, ahead)
    a, n, c, m = (pairs[column].to_numpy(float) for column in PAIR_COLUMNS)
    basis = np.column_stack([np.ones(len(times)), (times - times[0]) / max(np.ptp(times), 1)])
    fitted = ratio.fit(a[baseline], n[baseline], c[baseline], m[baseline], basis[baseline])
    counted = np.isfinite(a)
    weights = np.full(len(times), fitted.weights.mean())
    weights[counted] = ratio.fit(a[counted], n[counted], c[counted], m[counted], basis[counted]).weights
    every = (len(times), int(baseline.sum()))
    found = contrast_errors(
        basis[baseline],
        np.broadcast_to(fitted.weights, every),
        np.broadcast_to(fitted.errors, every),
        basis,
        times[baseline],
    )
    path = basis @ fitted.coefficients
    error = np.sqrt(found.standard_error**2 + found.dispersion / weights)
    reach = stdtrit(found.degrees_of_freedom, (1 + confidence) / 2) * error
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        value = (a / (n - a)) / (c / (m - c)) if ratio.both_ways else (a / n) / (c / m)
        lower, upper = np.exp(path - reach), np.exp(path + reach)
    return pd.DataFrame(
        {
            "period": pairs.index.to_numpy(),
            "value": np.where(np.isfinite(value), value, np.nan),
            "expected": np.exp(path),
            "lower": lower,
            "upper": upper,
            "confidence": confidence,
            "baseline": baseline,
            "dispersion": found.dispersion,
            "method": f"path of the {ratio.name}, an intercept for each period",
        }
    )
