"""Cells of the calibration for monitoring month by month; see calibration.py."""

from functools import partial

import numpy as np

from calibration_cells import FULL, Cell, chained, share
from equity_metrics.change.before_after.conditional_likelihoods import (
    ODDS_RATIO_GIVEN_TOTALS,
    RATE_RATIO_GIVEN_TOTALS,
    Conditional,
    lattice,
)
from equity_metrics.change.between_places.panels import ODDS_RATIO
from equity_metrics.change.monitored.evidence import (
    EFFECT_SPREAD,
    baseline_spread,
    log_e_values,
    log_excesses,
    log_threshold,
)
from equity_metrics.change.monitored.monitored_evidence import monitored_evidence
from equity_metrics.change.monitored.monitoring import REFUSED_ABOVE

LOOKS, FULL_ROUGH, CHUNK = 60, 2_000, 100
PEOPLE = 8
"""People for every event of the group; the reference is three times as large and has a lower rate."""
BASELINE_GAP = np.log(1.3)


def independent_cells() -> list[Cell]:
    """Independent counts: no inflation, which could only lower the alarms."""
    grid = [
        (RATE_RATIO_GIVEN_TOTALS, 2, 12),
        (RATE_RATIO_GIVEN_TOTALS, 5, 36),
        (RATE_RATIO_GIVEN_TOTALS, 20, 12),
        (RATE_RATIO_GIVEN_TOTALS, 20, 60),
        (RATE_RATIO_GIVEN_TOTALS, 100, 24),
        (ODDS_RATIO_GIVEN_TOTALS, 5, 12),
        (ODDS_RATIO_GIVEN_TOTALS, 20, 36),
    ]
    return [partial(_independent, *values) for values in grid]


def rough_cells() -> list[Cell]:
    """List counts that vary, and depend on the month before, beyond chance: with inflation and refusal."""
    grid = [
        (20, 12, 1.0, 0.0),
        (20, 12, 2.0, 0.0),
        (20, 36, 1.5, 0.3),
        (20, 36, 2.0, 0.3),
        (20, 36, 3.0, 0.5),
        (5, 24, 3.0, 0.5),
        (100, 36, 2.0, 0.5),
        (5, 36, 3.0, 0.5),
    ]
    return [partial(_rough, *values) for values in grid]


def _draw(rng: np.random.Generator, ratio: Conditional, events: int, shape: tuple[int, int], gap: np.ndarray) -> tuple:
    people, other = PEOPLE * events, 3 * PEOPLE * events
    if ratio is RATE_RATIO_GIVEN_TOTALS:
        rate = events / np.exp(BASELINE_GAP)
        return rng.poisson(rate * np.exp(gap), shape), people, rng.poisson(3 * rate, shape), other
    odds = 1 / (PEOPLE - 1) / np.exp(BASELINE_GAP)
    own = odds * np.exp(gap)
    return rng.binomial(people, own / (1 + own), shape), people, rng.binomial(other, odds / (1 + odds), shape), other


def _independent(ratio: Conditional, events: int, months: int, most: int) -> dict[str, str]:
    runs, rng = min(FULL, most), np.random.default_rng(events * months)
    points = lattice(events * (months + LOOKS) * 0.75)
    step = float(points[1] - points[0])
    inner = points[np.abs(points) <= 3]
    shift = round(np.log(1.5) / step)
    effect = shift * step
    alarms, covered, found, naive = [], [], [], []
    for truth in (0.0, effect):
        gap = BASELINE_GAP + truth * (np.arange(months + LOOKS) >= months)
        for size in [CHUNK] * (runs // CHUNK) + [runs % CHUNK] * (runs % CHUNK > 0):
            x1, n1, x0, n0 = _draw(rng, ratio, events, (size, months + LOOKS), gap)
            likelihoods = ratio.likelihoods(x1, n1, x0, n0, inner)
            known = ratio.information(x1, n1, x0, n0)[:, :months].sum(axis=1)
            old = likelihoods[:, :months].sum(axis=1)
            before = np.stack(
                [log_excesses(one, step, baseline_spread(float(much))) for one, much in zip(old, known, strict=True)]
            )[:, None]
            after = log_excesses(likelihoods[:, months:].cumsum(axis=1), step, EFFECT_SPREAD)
            ever = log_e_values(before, after).max(axis=1)
            if truth:
                true = log_e_values(before[..., :-shift], after[..., shift:]).max(axis=1)
                found.append(log_e_values(before, after)[:, :24].max(axis=1) >= log_threshold(0.95))
                covered.append(true < log_threshold(0.95))
                continue
            alarms.append(ever >= log_threshold(0.95))
            old_value, old_variance = ODDS_RATIO.logs(
                x1[:, :months].sum(1), n1 * months, x0[:, :months].sum(1), n0 * months
            )
            new_value, new_variance = ODDS_RATIO.logs(
                x1[:, months:].cumsum(1),
                n1 * np.arange(1, LOOKS + 1),
                x0[:, months:].cumsum(1),
                n0 * np.arange(1, LOOKS + 1),
            )
            z = (new_value - old_value[:, None]) / np.sqrt(new_variance + old_variance[:, None])
            naive.append((np.abs(z) > 1.96).any(axis=1))
    return {
        "ratio": ratio.name,
        "events a month": str(events),
        "baseline months": str(months),
        "runs": str(runs),
        "false alarms %": share(np.concatenate(alarms)),
        "sequence holds ratio 1.5 %": share(np.concatenate(covered)),
        "found by month 24 at 1.5 %": share(np.concatenate(found)),
        "commonly used (z every month): false alarms %": share(np.concatenate(naive)),
    }


def _rough(events: int, months: int, dispersion: float, correlation: float, most: int) -> dict[str, str]:
    runs, rng = min(FULL_ROUGH, most), np.random.default_rng(int(events * months * dispersion))
    ratio, size = RATE_RATIO_GIVEN_TOTALS, months + LOOKS
    after = np.arange(size) >= months
    phase = np.where(after, "after", "baseline")
    alarms, refused, found = [], [], []
    for truth in (0.0, np.log(1.5)):
        for _ in range(runs):
            shock = chained(rng, (size,), correlation) * np.sqrt((dispersion - 1) / events)
            x1, n1, x0, n0 = _draw(rng, ratio, events, (size,), BASELINE_GAP + shock + truth * after)
            seen = monitored_evidence(x1, np.full(size, n1 * 100), x0, np.full(size, n0 * 100), phase, ratio)
            told = seen.inflation <= REFUSED_ABOVE
            alarm = told & (seen.log_evidence / seen.inflation >= log_threshold(0.95))
            if truth:
                found.append(alarm[:24].any())
            else:
                alarms.append(alarm.any())
                refused.append(not told.all())
    return {
        "ratio": ratio.name,
        "events a month": str(events),
        "baseline months": str(months),
        "dispersion, AR(1)": f"{dispersion:g}, {correlation:g}",
        "runs": str(runs),
        "false alarms %": share(np.array(alarms)),
        "found by month 24 at 1.5 %": share(np.array(found)),
        "refused by month 60 %": share(np.array(refused)),
    }
