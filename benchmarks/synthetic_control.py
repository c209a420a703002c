"""Time synthetic control with 200 donors and every placebo, beside a loop over scipy's general solver.

    python benchmarks/synthetic_control.py

The general solver (SLSQP) is timed on a few placebos and its time multiplied up; both optima are compared on those.
"""

import time

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from tqdm import tqdm

from equity_metrics.change.augmented_synthetic_control import augmented_synthetic_control
from equity_metrics.change.interventions import Intervention
from equity_metrics.change.simplex_weights import simplex_weights
from equity_metrics.change.synthetic_control import noise_ridge, synthetic_control

DONORS, PERIODS, BASELINE, GENERAL = 200, 60, 48, 20


def panel(seed: int = 0) -> pd.DataFrame:
    """Four common factors and noise, 201 places by 60 months."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 0.2, (DONORS + 1, 4)) @ rng.normal(0, 1, (4, PERIODS))
    values += rng.normal(0, 0.15, values.shape)
    months = pd.period_range("2020-01", periods=PERIODS, freq="M").astype(str)
    return pd.DataFrame(values, [f"Trust {place}" for place in range(DONORS + 1)], months)


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
    """Return the shortest of a few timings."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the timings and the largest disagreement."""
    table = panel()
    trial = Intervention("Trial", str(table.columns[BASELINE]), "Trust 0", "2", "higher")
    ridge = noise_ridge(table, trial)
    timings = {
        "exact simplex least squares": lambda: synthetic_control(table, trial, measure="m", logs=False),
        "with ridge": lambda: synthetic_control(table, trial, measure="m", logs=False, ridge=ridge),
        "ridge-augmented": lambda: augmented_synthetic_control(table, trial, measure="m", logs=False),
    }
    print(f"{DONORS} donors, {PERIODS} periods ({BASELINE} baseline), all {DONORS + 1} placebos and the earlier starts")
    for name, action in timings.items():
        print(f"{name:30s} {seconds(action):7.2f} s")
    fitted = table.to_numpy()[:, :BASELINE].T
    excess, spent = [], 0.0
    for place in tqdm(range(GENERAL), desc="general solver"):
        donors, target = np.delete(fitted, place, axis=1), fitted[:, place]
        start = time.perf_counter()
        general = general_solver(donors, target)
        spent += time.perf_counter() - start
        own = simplex_weights(donors, target)
        squares = [float(((donors @ weights - target) ** 2).sum()) for weights in (general, own)]
        excess.append(squares[0] - squares[1])
    whole = spent / GENERAL * (DONORS + 1)
    own_time = seconds(lambda: [simplex_weights(np.delete(fitted, p, axis=1), fitted[:, p]) for p in range(DONORS + 1)])
    print(f"{'all placebos, weights only':30s} {own_time:7.2f} s")
    print(
        f"{'loop over SLSQP, weights only':30s} {whole:7.1f} s (from {GENERAL} placebos): {whole / own_time:.0f} times"
    )
    print(f"sum of squares of SLSQP above the exact one: {min(excess):.1e} to {max(excess):.1e}")


if __name__ == "__main__":
    main()
