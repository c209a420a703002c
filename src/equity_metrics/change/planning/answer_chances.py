"""A baseline in; for effects of several sizes the chance of an answer by month, and the way to it, out."""

from dataclasses import replace

import numpy as np
import pandas as pd

from equity_metrics.catalogue.good_events import GOOD_EVENTS
from equity_metrics.change.between_places.panels import ODDS_RATIO, RELATIVE_LIKELIHOOD, Ratio
from equity_metrics.change.planning.power import OwnBaseline, detectable_effects, power_curves
from equity_metrics.change.planning.released_baselines import MONTHS

SIZES = (1.1, 1.2, 1.3, 1.5, 1.75, 2.0, 3.0)
"""Effects worth having: times as likely where the event is good for a person, divided by where it is not."""
LONGEST = 20
"""Quarters that anybody would wait: five years."""
POWER = 0.8
RUNS = 1_000


def ratio_of(indicator: str) -> Ratio:
    """Odds ratio for events as common as an appointment, relative likelihood for rare ones."""
    return ODDS_RATIO if GOOD_EVENTS[indicator] else RELATIVE_LIKELIHOOD


def effect_of(indicator: str, size: float) -> float:
    """Turn a size into the ratio of ratios that it is: more of a good event, less of another."""
    return size if GOOD_EVENTS[indicator] else 1 / size


def answer_chances(baseline: OwnBaseline, indicator: str, *, places: int = 1, runs: int = RUNS) -> pd.DataFrame:
    """Simulate how likely an effect of each size is to be found, quarter by quarter.

    Parameters
    ----------
    baseline
        From ``own_baseline``, in quarters.
    indicator
        Gives direction and kind of ratio.
    places
        So many places like this one, looked at together.
    runs
        Of each simulation.

    Returns
    -------
    pandas.DataFrame
        ``size, months, power, monte_carlo_error``.

    Raises
    ------
    ValueError
        If ``places`` is not above 0.
    """
    if places < 1:
        raise ValueError(f"places must be above 0, got: {places}")
    several = replace(baseline, people=(baseline.people[0] * places, baseline.people[1] * places))
    effects = [effect_of(indicator, size) for size in SIZES]
    curves = power_curves(several, effects, LONGEST, ratio=ratio_of(indicator), runs=runs)
    return curves.assign(size=np.repeat(SIZES, LONGEST), months=curves["periods"] * MONTHS).drop(
        columns=["effect", "periods"]
    )


def smallest_effects(baseline: OwnBaseline, indicator: str, *, runs: int = 300) -> pd.DataFrame:
    """Find the smallest effect that would be seen with 80 % power after each quarter.

    Parameters
    ----------
    baseline, indicator, runs
        As for ``answer_chances``.

    Returns
    -------
    pandas.DataFrame
        ``months, effect``: missing where not even a tenfold change would be seen.
    """
    higher = GOOD_EVENTS[indicator]
    table = detectable_effects(baseline, LONGEST, ratio=ratio_of(indicator), higher=higher, power=POWER, runs=runs)
    return table.assign(months=table["periods"] * MONTHS).drop(columns="periods")


def months_until(chances: pd.DataFrame, size: float) -> float:
    """Months until an effect of one size is found with 80 % power; missing where five years are not enough."""
    enough = chances[(chances["size"] == size) & (chances["power"] >= POWER)]
    return float(enough["months"].min()) if len(enough) else float("nan")
