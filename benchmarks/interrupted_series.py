"""Interrupted series over 2,000 series of 60 points: all at once beside a loop over statsmodels, same numbers.

    python benchmarks/interrupted_series.py
    python benchmarks/interrupted_series.py --runs 5      # a quick look at 5 series

`change_speeds.py` runs this and writes the page.
"""

import argparse
import os
from collections.abc import Sequence
from time import process_time

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"  # both sides on one thread, whatever else runs

import numpy as np
import statsmodels.api as sm
from tqdm import tqdm

from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.trends.newey_west import default_lags, newey_west

SERIES, PERIODS, START, SEED = 2_000, 60, 40, 20_250_331
TURNS, TURNS_OF_THE_LOOP = 50, 3


def best_time(work, turns):
    """Return the shortest of several processor times, in seconds, which other work on the machine hardly lengthens."""
    times = []
    for _ in range(turns):
        started = process_time()
        work()
        times.append(process_time() - started)
    return min(times)


def measured(series: int = SERIES, turns: int = TURNS) -> list[str]:
    """Say the two times, their ratio and the largest difference, one line each."""
    times = np.arange(PERIODS)
    design = segmented_basis(times, times >= START).columns
    values = np.random.default_rng(SEED).normal(6.5, 0.4, size=(series, PERIODS)).cumsum(axis=1) / 10
    lags = default_lags(PERIODS)

    def at_once():
        together = newey_west(values, design, lags=lags)
        return together.coefficients, np.sqrt(np.diagonal(together.covariances, axis1=1, axis2=2))

    def one_by_one():
        options = {"maxlags": lags, "use_correction": True}
        rows = tqdm(values, desc="statsmodels OLS-HAC", leave=False)
        fitted = [sm.OLS(row, design).fit(cov_type="HAC", cov_kwds=options) for row in rows]
        return np.array([fit.params for fit in fitted]), np.array([fit.bse for fit in fitted])

    fast, slow = best_time(at_once, turns), best_time(one_by_one, min(turns, TURNS_OF_THE_LOOP))
    off = max(np.abs(ours - theirs).max() for ours, theirs in zip(at_once(), one_by_one(), strict=True))
    return [
        f"{series} series of {PERIODS} points, {design.shape[1]} terms, {lags} lags, processor time of one thread",
        f"at once {fast * 1e3:.1f} ms, loop over statsmodels {slow * 1e3:.0f} ms: ratio {slow / fast:.0f}",
        f"largest difference of coefficients and standard errors {off:.1e}",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, help="number of series for a quick look")
    runs = parser.parse_args(arguments).runs
    print("\n".join(measured(runs, turns=1) if runs else measured()))


if __name__ == "__main__":
    main()
