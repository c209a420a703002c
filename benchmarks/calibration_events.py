"""Cells of the calibration for series with few events: the conditional test, widened beforehand."""

from functools import partial
from itertools import product

import numpy as np
from scipy.special import gammaln, logsumexp

from calibration_cells import FULL, Cell, share
from calibration_draws import EFFECT, PEOPLE, REFERENCE_TIMES, SEED, Circumstances, simulated
from calibration_today import LEVEL
from equity_metrics.change.before_after.event_tests import VARIATION_ALLOWED, independence
from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.trends.gap_models import RATE_GAP

RARE = (("9 years", 1), ("9 years", 2), ("9 years", 4), ("36 months", 0.5), ("36 months", 1))
ROUGH = ((1, 0.0), (1.5, 0.25), (2, 0.0), (3, 0.0), (1, 0.5), (2, 0.5), (3, 0.5))


def event_cells() -> list[Cell]:
    """Few events, with dispersion and autocorrelation, apart and together."""
    grid = product(RARE, ROUGH)
    return [partial(_events, Circumstances(*rare, *rough), number) for number, (rare, rough) in enumerate(grid)]


def excluded(possible: np.ndarray, log_weights: np.ndarray, observed: float, truth: float, variation: float) -> bool:
    """Whether the interval of ``exact_gap_changes`` leaves out a ratio, without searching for its ends."""
    tilted = (log_weights + possible * np.log(truth)) / variation
    chances = np.exp(tilted - logsumexp(tilted))
    return bool(2 * min(chances[possible >= observed].sum(), chances[possible <= observed].sum()) <= LEVEL)


def ways(before: float, after: float, own: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the distribution of ``events_after_given_all`` where the numbers of people stay the same: hypergeometric.

    ``before`` and ``after`` are the events of both groups on each side of the start, ``own`` those of the group.
    """
    possible = np.arange(max(0.0, own - before), min(after, own) + 1)
    log_ways = _log_choose(after, possible) + _log_choose(before, own - possible)
    return possible, log_ways


def _log_choose(n: float, k: np.ndarray) -> np.ndarray:
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def _events(cell: Circumstances, number: int, most: int) -> dict[str, str]:
    runs, rng = min(FULL, most), np.random.default_rng([SEED, 3_000 + number])
    answers: dict[float, list[tuple[bool, bool, bool, bool]]] = {1.0: [], EFFECT: []}
    for effect, found in answers.items():
        times, after, own, reference = simulated(cell, effect, runs, rng)
        level = segmented_basis(times, after, trend=False).columns
        checks = independence(RATE_GAP.fit(own, PEOPLE, reference, REFERENCE_TIMES * PEOPLE, level).errors)
        both = own + reference
        sums = both[:, ~after].sum(axis=1), both[:, after].sum(axis=1), own.sum(axis=1), own[:, after].sum(axis=1)
        for rough, old, new, all_own, observed in zip(checks.rough | checks.following, *sums, strict=True):
            possible, weights = ways(old, new, all_own)
            seen = possible, weights, observed
            refused = len(possible) < 2 or bool(rough)
            found.append(
                (
                    not refused and excluded(*seen, 1.0, VARIATION_ALLOWED),
                    not refused and excluded(*seen, effect, VARIATION_ALLOWED),
                    refused,
                    excluded(*seen, 1.0, 1.0),
                )
            )
    none, some = (np.array(found) for found in answers.values())
    made = np.concatenate([none[~none[:, 2], 1], some[~some[:, 2], 1]])
    return cell.words() | {
        "runs": str(runs),
        "false positives %": share(none[:, 0]),
        "coverage, where made %": share(~made) if len(made) else "none made",
        f"power at ratio {EFFECT:g} %": share(some[:, 0]),
        "refused %": share(none[:, 2]),
        "today, exact test by chance alone: false positives %": share(none[:, 3]),
    }
