"""Cells of the calibration for series with few events: the conditional test, widened beforehand."""

from functools import partial
from itertools import product

import numpy as np
from scipy.special import logsumexp

from calibration_cells import FULL, Cell, share
from calibration_draws import EFFECT, PEOPLE, REFERENCE_TIMES, SEED, Circumstances, simulated
from calibration_today import LEVEL
from equity_metrics.change.conditional_events import events_after_given_all
from equity_metrics.change.event_tests import VARIATION_ALLOWED, beyond_chance
from equity_metrics.change.gap_models import RATE_GAP
from equity_metrics.change.paired_series import PairedSeries

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


def _events(cell: Circumstances, number: int, most: int) -> dict[str, str]:
    runs, rng = min(FULL, most), np.random.default_rng([SEED, 3_000 + number])
    answers: dict[float, list[tuple[bool, bool, bool, bool]]] = {1.0: [], EFFECT: []}
    for effect, found in answers.items():
        times, after, own, reference = simulated(cell, effect, runs, rng)
        people = np.full(len(times), float(PEOPLE))
        for events, others in zip(own, reference, strict=True):
            series = PairedSeries(times, after, "year", events, people, others, REFERENCE_TIMES * people)
            possible, weights = events_after_given_all(series, RATE_GAP)
            seen = possible, weights, float(events[after].sum())
            refused = len(possible) < 2 or bool(beyond_chance(series, RATE_GAP))
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
