"""Time synthetic control with 200 donors and every placebo, beside a loop over scipy's general solver.

    python benchmarks/synthetic_control.py
    python benchmarks/synthetic_control.py --runs 20      # a quick look with 20 donors

`change_speeds.py` runs this and writes the page. The general solver (SLSQP) is timed on a few placebos and its time
multiplied up; both optima are compared on those.
"""

import argparse
import os
import time
from collections.abc import Sequence

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"  # small matrices: threads only get in the way

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from tqdm import tqdm

from equity_metrics.change.between_places.augmented_synthetic_control import augmented_synthetic_control
from equity_metrics.change.between_places.simplex_weights import simplex_weights
from equity_metrics.change.between_places.synthetic_control import noise_ridge, synthetic_control
from equity_metrics.change.interventions import Intervention

DONORS, PERIODS, BASELINE, GENERAL = 200, 60, 48, 20


def panel(donors: int, seed: int = 0) -> pd.DataFrame:
    """Four common factors and noise, one place more than donors by 60 months."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 0.2, (donors + 1, 4)) @ rng.normal(0, 1, (4, PERIODS))
    values += rng.normal(0, 0.15, values.shape)
    months = pd.period_range("2020-01", periods=PERIODS, freq="M").astype(str)
    return pd.DataFrame(values, [f"Trust {place}" for place in range(donors + 1)], months)


def general_solver(donors: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Solve by sequential quadratic programming with the gradient given: the plain way in scipy."""
    found = minimize(
        lambda weights: float(((donors @ weights - target) ** 2).sum()),
        np.full(donors.shape[1], 1 / donors.shape[1]),
        jac=lambda weights: 2 * donors.T @ (donors @ weights - target),
        bounds=[(0, 1)] * donors.shape[1],
        constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1, "jac": np.ones_like},
        options={"ftol": 1e-12, "maxiter": 1000},
    )
    return found.x


def seconds(action, repeats: int = 3) -> float:
    """Return the shortest of a few processor times, which other work on the machine hardly lengthens."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def measured(donors: int = DONORS, repeats: int = 3) -> list[str]:
    """Say the timings and the largest disagreement, one line each."""
    table = panel(donors)
    trial = Intervention("Trial", str(table.columns[BASELINE]), "Trust 0", "2", "higher")
    ridge = noise_ridge(table, trial)
    timings = {
        "exact simplex least squares": lambda: synthetic_control(table, trial, measure="m", logs=False),
        "with ridge": lambda: synthetic_control(table, trial, measure="m", logs=False, ridge=ridge),
        "ridge-augmented": lambda: augmented_synthetic_control(table, trial, measure="m", logs=False),
    }
    lines = [f"{donors} donors, {PERIODS} periods ({BASELINE} baseline), every placebo, earlier starts; processor time"]
    lines += [f"{name}: {seconds(action, repeats):.2f} s" for name, action in timings.items()]
    fitted = table.to_numpy()[:, :BASELINE].T
    excess, spent = [], 0.0
    general_places = range(min(GENERAL, donors))
    for place in tqdm(general_places, desc="general solver", leave=False):
        others, target = np.delete(fitted, place, axis=1), fitted[:, place]
        start = time.process_time()
        general = general_solver(others, target)
        spent += time.process_time() - start
        own = simplex_weights(others, target)
        squares = [float(((others @ weights - target) ** 2).sum()) for weights in (general, own)]
        excess.append(squares[0] - squares[1])
    whole = spent / len(general_places) * (donors + 1)

    def weights_only() -> None:
        for place in range(donors + 1):
            simplex_weights(np.delete(fitted, place, axis=1), fitted[:, place])

    own_time = seconds(weights_only, repeats)
    return [
        *lines,
        f"all placebos, weights only: {own_time:.2f} s",
        f"loop over SLSQP, weights only: {whole:.1f} s (from {len(general_places)} placebos): "
        f"{whole / own_time:.0f} times as long",
        f"sum of squares of SLSQP above the exact one: {min(excess):.1e} to {max(excess):.1e}",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, help="number of donors for a quick look, at least 20")
    runs = parser.parse_args(arguments).runs
    print("\n".join(measured(runs, repeats=1) if runs else measured()))


if __name__ == "__main__":
    main()
