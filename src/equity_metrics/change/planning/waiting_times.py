"""Baselines and an effect worth having in; how long until an answer, and the risk of deciding today, out."""

from math import log, nan

import numpy as np
import pandas as pd

from equity_metrics.change.between_places.panels import Ratio
from equity_metrics.change.planning.power import OwnBaseline, own_baseline, power_curves, simulated_tests


def waiting_times(
    counts: pd.DataFrame,
    place: str,
    group: str,
    reference: str,
    *,
    effect: float,
    ratio: Ratio,
    longest: int = 60,
    power: float = 0.8,
    confidence: float = 0.95,
    runs: int = 2_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Rank indicators by how soon they would tell: what to measure meanwhile.

    Parameters
    ----------
    counts
        Complete, one or several indicators with the same kind of period.
    place, group, reference
        Where, and the two groups.
    effect
        True ratio of ratios that is worth finding, in the direction it should go.
    ratio
        `ODDS_RATIO` or `RELATIVE_LIKELIHOOD`.
    longest
        Periods that anybody would wait.
    power, confidence, runs, seed
        As in `power_curves`.

    Returns
    -------
    pandas.DataFrame
        ``indicator, periods, power, events, why``, soonest first: periods until the power is reached (missing where it
        is not, and then ``why`` says so), the power reached then or at last, and the group's events a period.
    """
    rows = []
    for indicator, own in counts.groupby("indicator", observed=True, dropna=False):
        try:
            baseline = own_baseline(own, place, group, reference)
        except ValueError as refusal:
            rows.append({"indicator": indicator, "periods": nan, "power": nan, "events": nan, "why": str(refusal)})
            continue
        curve = power_curves(baseline, [effect], longest, ratio=ratio, confidence=confidence, runs=runs, seed=seed)[
            "power"
        ].to_numpy()
        enough = np.flatnonzero(curve >= power)
        rows.append(
            {
                "indicator": indicator,
                "periods": float(enough[0] + 1) if len(enough) else nan,
                "power": curve[enough[0]] if len(enough) else curve[-1],
                "events": baseline.people[0] * baseline.shares[0],
                "why": "" if len(enough) else f"{longest} periods would not be enough: a longer baseline or more sites",
            }
        )
    return pd.DataFrame(rows).sort_values(["periods", "power"], ascending=[True, False], ignore_index=True)


def risks_today(
    baseline: OwnBaseline,
    periods: int,
    *,
    worthwhile: float,
    ratio: Ratio,
    runs: int = 4_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Say how often a decision after so many periods, by the estimate alone, would be wrong.

    The rule: go on if the estimate is beyond half the smallest worthwhile effect (on the log scale), else stop.

    Parameters
    ----------
    baseline
        From `own_baseline`.
    periods
        Periods after the start at hand.
    worthwhile
        Smallest worthwhile ratio of ratios, in the direction it should go; not 1.
    ratio, runs, seed
        As in `simulated_tests`.

    Returns
    -------
    pandas.DataFrame
        ``truth, wrong_decision, risk, monte_carlo_error``: one row if there is truly no effect, one if it is exactly
        the smallest worthwhile.

    Raises
    ------
    ValueError
        If ``worthwhile`` is 1 or not above 0.

    References
    ----------
    Claxton (1999), The irrelevance of inference, Journal of Health Economics 18: 341-364.
    """
    if worthwhile <= 0 or worthwhile == 1:
        raise ValueError(f"worthwhile must be a ratio other than 1, got: {worthwhile}")
    sign, rows = (1 if worthwhile > 1 else -1), []
    for truth, effect, decision in (
        ("no effect", 1.0, "going on"),
        (f"the smallest worthwhile effect, {worthwhile:g}", worthwhile, "stopping"),
    ):
        estimates, _ = simulated_tests(baseline, effect, periods, ratio=ratio, runs=runs, seed=seed)
        on = sign * estimates[:, -1] > abs(log(worthwhile)) / 2
        risk = float((on if effect == 1 else ~on).mean())
        rows.append(
            {
                "truth": truth,
                "wrong_decision": decision,
                "risk": risk,
                "monte_carlo_error": float(np.sqrt(risk * (1 - risk) / runs)),
            }
        )
    return pd.DataFrame(rows)
