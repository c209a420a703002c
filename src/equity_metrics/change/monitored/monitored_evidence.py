"""Counts of one place in; evidence after every look that its ratio changed, and by how much to divide it, out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from equity_metrics.change.before_after.conditional_likelihoods import Conditional, lattice
from equity_metrics.change.monitored.evidence import (
    EFFECT_SPREAD,
    baseline_spread,
    inflation,
    log_e_values,
    log_excesses,
)

Array = NDArray[np.float64]


class MonitoredEvidence(NamedTuple):
    """What each look knows, before anything is ruled out.

    ``points`` (lattice,) are log ratios; ``before`` (lattice,) and ``after`` (looks, lattice) the excesses of
    `log_excesses`; ``log_evidence``, ``dispersion``, ``dependence`` and ``inflation`` (looks,), the last the largest
    product of the two before it so far; ``effect`` (looks,) the likeliest change of the log ratio, nan where nothing
    is known of it; ``usual`` (looks,) the group's events in the look's period at the baseline's ratio.
    """

    points: Array
    before: Array
    after: Array
    log_evidence: Array
    dispersion: Array
    dependence: Array
    inflation: Array
    effect: Array
    usual: Array


def monitored_evidence(
    x1: Array, n1: Array, x0: Array, n0: Array, phase: NDArray[np.str_], ratio: Conditional
) -> MonitoredEvidence:
    """Weigh the periods since the start against the baseline, after each of them.

    Parameters
    ----------
    x1, n1, x0, n0
        Events and people of the group and of the reference, shape (periods,).
    phase
        "baseline", "lead-in" or "after", same shape.
    ratio
        How the groups are compared.

    Returns
    -------
    MonitoredEvidence
        One look for each period after the start.

    References
    ----------
    As for `log_e_values` and `inflation`.
    """
    information = ratio.information(x1, n1, x0, n0)
    points = lattice(float(information[phase != "lead-in"].sum()))
    step, known = float(points[1] - points[0]), float(information[phase == "baseline"].sum())
    likelihoods = ratio.likelihoods(x1, n1, x0, n0, points)
    old, since = likelihoods[phase == "baseline"].sum(axis=0), likelihoods[phase == "after"].cumsum(axis=0)
    before, after = log_excesses(old, step, baseline_spread(known)), log_excesses(since, step, EFFECT_SPREAD)
    base, now = int(_likeliest(old[None, :])[0]), _likeliest(since)
    scores = np.gradient(likelihoods, step, axis=1)
    curvatures = -np.gradient(scores, step, axis=1)
    rough = np.array([_inflation(scores, curvatures, phase, base, at, look) for look, at in enumerate(now.tolist())])
    dispersion, dependence, known_periods = rough.T
    effect = np.where(known_periods > 0, points[now] - points[base], np.nan)
    return MonitoredEvidence(
        points=points,
        before=before,
        after=after,
        log_evidence=log_e_values(before, after),
        dispersion=dispersion,
        dependence=dependence,
        inflation=np.maximum.accumulate(dispersion * dependence),
        effect=effect,
        usual=x1[phase == "after"] - scores[phase == "after", base],
    )


def _likeliest(likelihoods: Array) -> NDArray[np.int64]:
    """Point of the lattice with the largest likelihood times the root of its information (finite without events)."""
    bend = np.maximum(-np.gradient(np.gradient(likelihoods, axis=1), axis=1), 1e-12)
    return np.asarray((likelihoods + 0.5 * np.log(bend)).argmax(axis=1), dtype=np.int64)


def _inflation(
    scores: Array, curvatures: Array, phase: NDArray[np.str_], base: int, now: int, look: int
) -> tuple[float, float, int]:
    """Dispersion and dependence of the periods so far, and how many of them say anything of the ratio."""
    used = np.flatnonzero(phase != "lead-in")
    used = used[: int((phase == "baseline").sum()) + look + 1]
    where = np.where(phase[used] == "baseline", base, now)
    bend = curvatures[used, where]
    informed = bend > 1e-6
    residuals = scores[used, where][informed] / np.sqrt(bend[informed])
    return *inflation(residuals, len(residuals) - 2), len(residuals)
