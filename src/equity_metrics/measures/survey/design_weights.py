"""Answers of a sample and how it was drawn in; weighted means and proportions with design-based variances out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from equity_metrics.measures.intervals.intervals import Floats


@dataclass(frozen=True)
class SurveyDesign:
    """How each record came into the sample.

    Parameters
    ----------
    weights
        How many people each record stands for.
    strata, clusters
        Labels of the stratum, and of the cluster drawn as a whole within it; without them one stratum, and each record
        by itself.
    population
        Number of clusters (or records) that the record's stratum has altogether; without it, sampling as if from an
        endless population.
    """

    weights: ArrayLike
    strata: ArrayLike | None = None
    clusters: ArrayLike | None = None
    population: ArrayLike | None = None


@dataclass(frozen=True)
class WeightedMean:
    """A weighted mean or proportion, its variance, and what its sample is worth.

    ``base`` counts records, ``design_effect`` is the variance beside that of a simple random sample of as many records,
    ``effective_base`` the base divided by it. ``influence`` is what each record adds to the mean's error.
    """

    value: float
    variance: float
    base: int
    design_effect: float
    effective_base: float
    degrees_of_freedom: int
    influence: Floats


def weighted_mean(values: ArrayLike, design: SurveyDesign, among: ArrayLike | None = None) -> WeightedMean:
    """Estimate the mean of everybody, or of a group, from a sample.

    Parameters
    ----------
    values
        One number a record: 1 and 0 for a proportion. Missing values do not count.
    design
        How the whole sample was drawn; records outside the group belong to it too.
    among
        Which records belong to the group; all without it.

    Returns
    -------
    WeightedMean
        Missing numbers where nobody answered; the effective base follows from the weights alone where nobody differs.

    Raises
    ------
    ValueError
        If weights are negative or missing, or a stratum of several clusters was drawn with a single one.

    References
    ----------
    Binder D A (1983). On the variances of asymptotically normal estimators from complex surveys. International
    Statistical Review 51: 279-292. Kish L (1965). Survey Sampling. Wiley (design effect, effective base).
    """
    values = np.asarray(values, dtype=float)
    weights = np.asarray(design.weights, dtype=float)
    bad = ~((weights >= 0) & np.isfinite(weights))
    if bad.any():
        raise ValueError(f"weights must be numbers, 0 or more, got: {weights[bad][0]:g}")
    asked = np.isfinite(values) & (True if among is None else np.asarray(among, dtype=bool)) & (weights > 0)
    own = np.where(asked, weights, 0.0)
    base, total = int(asked.sum()), own.sum()
    if base == 0:
        nothing = np.full(len(values), np.nan)
        return WeightedMean(np.nan, np.nan, 0, np.nan, np.nan, _degrees_of_freedom(design, len(values)), nothing)
    answers = values[asked]
    # Where nobody differs, the last digits of a weighted sum would pass for a difference.
    value = float(answers[0]) if np.ptp(answers) == 0 else float(own @ np.nan_to_num(values) / total)
    differences = np.where(asked, values - value, 0.0)
    influence = own * differences / total
    variance = design_variance(influence, design)
    spread = float(own @ differences**2 / total)
    simple = spread / max(base - 1, 1) * (1.0 if design.population is None else 1 - base / total)
    effect = variance / simple if simple > 0 and variance > 0 else np.nan
    effective = float(total**2 / (own @ own)) if np.isnan(effect) else base / effect
    return WeightedMean(value, variance, base, effect, effective, _degrees_of_freedom(design, len(values)), influence)


def design_variance(influence: ArrayLike, design: SurveyDesign) -> float:
    """Variance of a sum over a sample, from the differences between clusters of a stratum.

    Parameters
    ----------
    influence
        What each record adds to the sum.
    design
        How the sample was drawn.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a stratum of several clusters was drawn with a single one.

    References
    ----------
    As :func:`weighted_mean`.
    """
    influence = np.asarray(influence, dtype=float)
    stratum_of, cluster, population = _clusters(design, len(influence))
    totals = np.bincount(cluster, influence)
    drawn = np.bincount(stratum_of)
    lonely = (drawn == 1) & ~(population == 1)
    if lonely.any():
        raise ValueError(f"strata must each hold two clusters or more, got: {int(lonely.sum())} with a single one")
    differences = totals - (np.bincount(stratum_of, totals) / drawn)[stratum_of]
    squares = np.bincount(stratum_of, differences**2)
    return float(((1 - drawn / population) * drawn / np.maximum(drawn - 1, 1) * squares).sum())


def _clusters(design: SurveyDesign, records: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Give the stratum of each cluster, the cluster of each record, and how many clusters each stratum has."""
    strata = np.zeros(records, int) if design.strata is None else np.unique(design.strata, return_inverse=True)[1]
    labels = np.arange(records) if design.clusters is None else np.unique(design.clusters, return_inverse=True)[1]
    pairs, cluster = np.unique(strata * records + labels, return_inverse=True)
    stratum_of = pairs // records
    population = np.full(strata.max(initial=-1) + 1, np.inf)
    if design.population is not None:
        given = np.broadcast_to(np.asarray(design.population, dtype=float), records)
        population[strata] = given
        if (population[strata] != given).any() or (population < np.bincount(stratum_of)).any():
            raise ValueError("population must be one number for each stratum, and no fewer than were drawn from it")
    return stratum_of, cluster, population


def _degrees_of_freedom(design: SurveyDesign, records: int) -> int:
    stratum_of, _, population = _clusters(design, records)
    return len(stratum_of) - len(population)
