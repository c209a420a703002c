"""Interrupted series over 2,000 series of 60 points: all at once beside a loop over statsmodels, same numbers.

Run: python benchmarks/interrupted_series.py
"""

from time import perf_counter

import numpy as np
import statsmodels.api as sm
from tqdm import tqdm

from equity_metrics.change.newey_west import default_lags, newey_west
from equity_metrics.change.segments import segmented_basis

SERIES, PERIODS, START, SEED = 2_000, 60, 40, 20_250_331
TURNS = 20


def main() -> None:
    """Print the two times, their ratio and the largest difference."""
    times = np.arange(PERIODS)
    design = segmented_basis(times, times >= START).columns
    values = np.random.default_rng(SEED).normal(6.5, 0.4, size=(SERIES, PERIODS)).cumsum(axis=1) / 10
    lags = default_lags(PERIODS)
    newey_west(values, design, lags=lags)

    started = perf_counter()
    for _ in range(TURNS):
        together = newey_west(values, design, lags=lags)
        errors = np.sqrt(np.diagonal(together.covariances, axis1=1, axis2=2))
    at_once = (perf_counter() - started) / TURNS

    started = perf_counter()
    options = {"maxlags": lags, "use_correction": True}
    one_by_one = [
        (fitted.params, fitted.bse)
        for row in tqdm(values, desc="statsmodels OLS-HAC", leave=False)
        for fitted in [sm.OLS(row, design).fit(cov_type="HAC", cov_kwds=options)]
    ]
    loop = perf_counter() - started

    coefficients, standard_errors = (np.array(part) for part in zip(*one_by_one, strict=True))
    off = max(np.abs(together.coefficients - coefficients).max(), np.abs(errors - standard_errors).max())
    print(f"{SERIES} series of {PERIODS} points, {design.shape[1]} terms, {lags} lags")
    print(f"at once {at_once * 1e3:.1f} ms, loop over statsmodels {loop * 1e3:.0f} ms: ratio {loop / at_once:.0f}")
    print(f"largest difference of coefficients and standard errors {off:.1e}")


if __name__ == "__main__":
    main()
