"""Cells of the calibration for methods that compare places; see calibration.py."""

from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import norm
from scipy.stats import t as student

from calibration_cells import FULL, Cell, chained, share
from equity_metrics.change.before_after.change_contrasts import contrast
from equity_metrics.change.between_places.panels import ODDS_RATIO
from equity_metrics.change.between_places.start_cohorts import NEVER, jackknife_errors, left_out, summaries
from equity_metrics.change.between_places.synthetic_control import noise_ridge, synthetic_control
from equity_metrics.change.interventions import Intervention

FULL_SYNTHETIC = 2_000


def difference_cells() -> list[Cell]:
    """Places, treated places, events of the group a place and period, differences between places, dispersion, AR(1)."""
    grid = [
        (5, 1, 5, 0.0, 1.0, 0.0),
        (5, 1, 50, 0.2, 1.0, 0.0),
        (10, 1, 5, 0.2, 1.0, 0.0),
        (10, 3, 5, 0.0, 1.0, 0.0),
        (10, 3, 20, 0.2, 2.0, 0.5),
        (10, 3, 500, 0.2, 3.0, 0.5),
        (30, 10, 20, 0.2, 2.0, 0.3),
        (30, 3, 5, 0.1, 3.0, 0.5),
    ]
    return [partial(_difference, *values) for values in grid]


def _difference(
    places: int, treated: int, events: int, between: float, dispersion: float, correlation: float, most: int
) -> dict[str, str]:
    runs, rng, periods = min(FULL, most), np.random.default_rng(places * events), 12
    people, log_odds, effect = events * 8, np.log(1 / 7), np.log(1.5)
    chosen = np.arange(places) < treated
    answers: dict[float, list[tuple[bool, bool, bool]]] = {0.0: [], effect: []}
    for truth, found in answers.items():
        for _ in range(runs):
            moved = np.concatenate([np.zeros(periods // 2), np.ones(periods // 2)])
            gap = rng.normal(-0.3, 0.3, (places, 1)) + moved * (
                rng.normal(0, between, (places, 1)) + truth * chosen[:, None]
            )
            shock = chained(rng, (places, periods), correlation) * np.sqrt((dispersion - 1) / events)
            own = rng.binomial(people, 1 / (1 + np.exp(-(log_odds + gap + shock))))
            other = rng.binomial(3 * people, 1 / (1 + np.exp(-log_odds)), (places, periods))
            sides = [slice(0, periods // 2), slice(periods // 2, periods)]
            sums = [(own[:, side].sum(1), other[:, side].sum(1)) for side in sides]
            size = people * periods // 2
            (old, old_v), (new, new_v) = (ODDS_RATIO.logs(a, size, c, 3 * size) for a, c in sums)
            change, variance = new - old, new_v + old_v
            row = contrast(change, variance, chosen)
            weights = 1 / variance
            naive = np.average(change[chosen], weights=weights[chosen]) - np.average(
                change[~chosen], weights=weights[~chosen]
            )
            error = np.sqrt(1 / weights[chosen].sum() + 1 / weights[~chosen].sum())
            found.append(
                (row.p_value <= 0.05, row.lower <= truth <= row.upper, 2 * norm.sf(abs(naive) / error) <= 0.05)
            )
    none, some = np.array(answers[0.0]), np.array(answers[effect])
    return {
        "places (treated)": f"{places} ({treated})",
        "events a period": str(events),
        "SD between places": f"{between:g}",
        "dispersion, AR(1)": f"{dispersion:g}, {correlation:g}",
        "runs": str(runs),
        "false positives %": share(none[:, 0]),
        "coverage %": share(np.concatenate([none[:, 1], some[:, 1]])),
        "power at ratio 1.5 %": share(some[:, 0]),
        "commonly used (pooled z): false positives %": share(none[:, 2]),
    }


def synthetic_cells() -> list[Cell]:
    """Donors, baseline periods, periods after, AR(1), with ridge."""
    grid = [
        (19, 24, 12, 0.0, False),
        (20, 24, 12, 0.0, False),
        (20, 24, 12, 0.5, False),
        (39, 9, 3, 0.3, True),
        (39, 36, 12, 0.5, False),
        (60, 36, 24, 0.5, True),
    ]
    return [partial(_synthetic, *values) for values in grid]


def _synthetic(donors: int, before: int, after: int, correlation: float, ridged: bool, most: int) -> dict[str, str]:
    runs, rng, effect = min(FULL_SYNTHETIC, most), np.random.default_rng(donors * before), 0.4
    months = [f"{2000 + month // 12}-{month % 12 + 1:02d}" for month in range(before + after)]
    trial = Intervention("Trial", months[before], "P0", "2", "higher", smallest_worthwhile=0.2)
    answers: dict[float, list[tuple[bool, bool, bool]]] = {0.0: [], effect: []}
    for truth, found in answers.items():
        for _ in range(runs):
            common = rng.normal(0, 0.2, (donors + 1, 2)) @ chained(rng, (2, before + after), 0.5)
            values = common + 0.15 * chained(rng, (donors + 1, before + after), correlation)
            values[0, before:] += truth
            table = pd.DataFrame(values, [f"P{place}" for place in range(donors + 1)], months)
            ridge = noise_ridge(table, trial) if ridged else 0.0
            row = synthetic_control(table, trial, measure="m", logs=False, ridge=ridge).iloc[0]
            change = values[0, before:].mean() - values[0, :before].mean()
            error = values[0].std() * np.sqrt(1 / before + 1 / after)
            found.append((row.verdict == "changed", row.lower <= truth <= row.upper, abs(change) / error > 1.96))
    none, some = np.array(answers[0.0]), np.array(answers[effect])
    return {
        "donors": str(donors),
        "periods before, after": f"{before}, {after}",
        "AR(1)": f"{correlation:g}",
        "ridge": "from the noise" if ridged else "none",
        "runs": str(runs),
        'false "changed" %': share(none[:, 0]),
        "coverage %": share(np.concatenate([none[:, 1], some[:, 1]])),
        "power at 0.4 %": share(some[:, 0]),
        "commonly used (before/after z): false positives %": share(none[:, 2]),
    }


def staggered_cells() -> list[Cell]:
    """Places, places that start, periods, AR(1), SD of effects between places."""
    grid = [
        (10, 4, 12, 0.0, 0.0),
        (30, 3, 24, 0.3, 0.0),
        (30, 9, 9, 0.5, 0.0),
        (30, 9, 24, 0.5, 0.3),
        (12, 12, 12, 0.0, 0.0),
    ]
    return [partial(_staggered, *values) for values in grid]


def _staggered(
    places: int, starting: int, periods: int, correlation: float, varied: float, most: int
) -> dict[str, str]:
    runs, rng, effect = min(FULL, most), np.random.default_rng(places * periods), 0.5
    first = np.full(places, NEVER)
    first[:starting] = periods // 2 - 1 + 2 * (np.arange(starting) % 3)
    since = np.arange(periods) - first[:, None].astype(float)
    started = since >= 0
    reach = student.ppf(0.975, starting - 1)
    answers: dict[float, list[tuple[bool, bool, bool, bool]]] = {0.0: [], effect: []}
    for truth, found in answers.items():
        for _ in range(runs):
            noise = 0.3 * chained(rng, (places, periods), correlation)
            values = rng.normal(0, 1, (places, 1)) + rng.normal(0, 0.3, periods) + noise
            values += started * (truth + rng.normal(0, varied, (places, 1)))
            own = np.array(summaries(values, first))
            error = jackknife_errors(np.stack([summaries(*left) for left in left_out(values, first)]))
            within = [x - x.mean(0) - x.mean(1, keepdims=True) + x.mean() for x in (started.astype(float), values)]
            slope = (within[0] * within[1]).sum() / (within[0] ** 2).sum()
            spread = within[1] - slope * within[0]
            free = (places - 1) * (periods - 1) - 1
            plain = np.sqrt((spread**2).sum() / free / (within[0] ** 2).sum())
            found.append(
                (
                    abs(own[0]) > reach * error[0],
                    abs(own[0] - truth) <= reach * error[0],
                    abs(own[1]) > reach * error[1],
                    abs(slope) > 1.96 * plain,
                )
            )
    none, some = np.array(answers[0.0]), np.array(answers[effect])
    return {
        "places (starting)": f"{places} ({starting})",
        "periods": str(periods),
        "AR(1)": f"{correlation:g}",
        "SD of effects": f"{varied:g}",
        "runs": str(runs),
        "false positives %": share(none[:, 0]),
        "coverage %": share(np.concatenate([none[:, 1], some[:, 1]])),
        "power at 0.5 %": share(some[:, 0]),
        "false pre-trend %": share(none[:, 2]),
        "commonly used (two-way fixed effects, plain errors): false positives %": share(none[:, 3]),
    }
