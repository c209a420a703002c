"""Cells of the calibration for series before and after a start, and what is in use today on the same draws."""

from functools import partial
from itertools import product

import numpy as np
from scipy import stats

from calibration_cells import FULL, Cell, chained, share
from calibration_draws import EFFECT, LENGTHS, PEOPLE, REFERENCE_TIMES, SEED, Circumstances, log_gaps, simulated
from calibration_today import LEVEL, extrapolated, segmented, structural, t_test
from equity_metrics.change.before_after.interrupted_scores import SHORT_SERIES, SHORT_SERIES_WIDENING
from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.trends.autocorrelation import contrast_errors
from equity_metrics.change.trends.gap_models import RATE_GAP

CHUNK = 2_000
FULL_STRUCTURAL = 300
EVENTS, DISPERSIONS, CORRELATIONS = (5, 50, 500), (1, 2, 3), (0.0, 0.25, 0.5)
COUNTED = ("9 years", "36 months", "60 months")


def series_cells() -> list[Cell]:
    """Lengths, events, dispersion and autocorrelation, each with each."""
    grid = product(COUNTED, EVENTS, DISPERSIONS, CORRELATIONS)
    return [partial(_series, Circumstances(*values), number) for number, values in enumerate(grid)]


def score_cells() -> list[Cell]:
    """Scores without a published variance: lengths and autocorrelation."""
    return [partial(_scores, *values, n) for n, values in enumerate(product(LENGTHS, CORRELATIONS))]


def structural_cells() -> list[Cell]:
    """Few circumstances, for what takes long: a model fitted to each series."""
    grid = product(COUNTED, (50,), (1, 2), (0.0, 0.5))
    return [partial(_structural, Circumstances(*values), number) for number, values in enumerate(grid)]


def judged(size, error, freedom, truth):
    """Which intervals exclude no effect, and which hold the truth."""
    half = stats.t.ppf(1 - LEVEL / 2, freedom) * error
    return np.abs(size) > half, np.abs(size - truth) <= half


def interrupted(times, after, own, reference, effect, *, trend):
    """Apply the library's interrupted series, as ``interrupted_gaps`` does, to every run at once."""
    basis = segmented_basis(times, after, trend=trend)
    found = RATE_GAP.fit(own, PEOPLE, reference, REFERENCE_TIMES * PEOPLE, basis.columns)
    errors = contrast_errors(basis.columns, found.weights, found.errors, basis.contrast, times)
    size = found.coefficients @ basis.contrast
    return judged(size, errors.standard_error, errors.degrees_of_freedom, np.log(effect))


def _series(cell: Circumstances, number: int, most: int) -> dict[str, str]:
    runs, rng = min(FULL, most), np.random.default_rng([SEED, number])
    rows = []
    for size in [CHUNK] * (runs // CHUNK) + [runs % CHUNK] * (runs % CHUNK > 0):
        null = simulated(cell, 1.0, size, rng)
        after, gaps = null[1], log_gaps(*null[2:])
        rows.append(
            [
                interrupted(*null, 1.0, trend=True)[0],
                *reversed(interrupted(*simulated(cell, EFFECT, size, rng), EFFECT, trend=True)),
                interrupted(*null, 1.0, trend=False)[0],
                t_test(gaps, after),
                segmented(gaps, after, robust=False),
                segmented(gaps, after, robust=True),
                extrapolated(gaps, after)[2] < LEVEL,
            ]
        )
    names = (
        "false positives %", "coverage %", f"power at ratio {EFFECT:g} %", "false positives against its level %",
        "today, t-test: false positives %", "today, segmented without autocorrelation: false positives %",
        "today, segmented with Newey-West errors: false positives %",
        "today, CausalPy's scikit-learn series: false positives %",
    )  # fmt: skip
    shares = (share(np.concatenate(part)) for part in zip(*rows, strict=True))
    return cell.words() | {"runs": str(runs)} | dict(zip(names, shares, strict=True))


def _scores(length: str, correlation: float, number: int, most: int) -> dict[str, str]:
    runs, rng = min(FULL, most), np.random.default_rng([SEED, 1_000 + number])
    periods, before = LENGTHS[length]
    times = np.arange(periods)
    after = times >= before
    gaps = chained(rng, (runs, periods), correlation)
    found = []
    for trend in (True, False):
        basis = segmented_basis(times, after, trend=trend)
        coefficients = gaps @ np.linalg.pinv(basis.columns).T
        residuals = gaps - coefficients @ basis.columns.T
        errors = contrast_errors(
            basis.columns, np.ones_like(gaps), residuals, basis.contrast, times, smallest_dispersion=0.0
        )
        error = errors.standard_error * (SHORT_SERIES_WIDENING if periods < SHORT_SERIES else 1.0)
        found.append(judged(coefficients @ basis.contrast, error, errors.degrees_of_freedom, 0.0))
    return {
        "length": length,
        "AR(1)": f"{correlation:g}",
        "runs": str(runs),
        "false positives %": share(found[0][0]),
        "coverage %": share(found[0][1]),
        "false positives against its level %": share(found[1][0]),
        "today, t-test: false positives %": share(t_test(gaps, after)),
        "today, segmented without autocorrelation: false positives %": share(segmented(gaps, after, robust=False)),
        "today, CausalPy's scikit-learn series: false positives %": share(extrapolated(gaps, after)[2] < LEVEL),
    }


def _structural(cell: Circumstances, number: int, most: int) -> dict[str, str]:
    runs, rng = min(FULL_STRUCTURAL, most), np.random.default_rng([SEED, 2_000 + number])
    reach = stats.norm.ppf(1 - LEVEL / 2)
    today, library, causalpy = {}, {}, {}
    for effect in (1.0, EFFECT):
        times, after, own, reference = simulated(cell, effect, runs, rng)
        lines = [np.log((events + 0.5) / PEOPLE) for events in (own, reference / REFERENCE_TIMES)]
        sizes, errors = np.array([structural(*both, after) for both in zip(*lines, strict=True)]).T
        today[effect] = np.abs(sizes) > reach * errors, np.abs(sizes - np.log(effect)) <= reach * errors
        library[effect] = interrupted(times, after, own, reference, effect, trend=True)
        mean, half, p_value = extrapolated(log_gaps(own, reference), after)
        causalpy[effect] = p_value < LEVEL, np.abs(mean - np.log(effect)) <= half
    row = cell.words() | {"runs": str(runs)}
    for name, found in (
        ("", library), ("today, CausalImpact-style: ", today), ("today, CausalPy's scikit-learn series: ", causalpy),
    ):  # fmt: skip
        row |= {
            f"{name}false positives %": share(found[1.0][0]),
            f"{name}coverage %": share(found[EFFECT][1]),
            f"{name}power at ratio {EFFECT:g} %": share(found[EFFECT][0]),
        }
    return row
