"""Comparisons in; what can be claimed of each, against whom, and what would be enough to tell, out."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.catalogue.good_events import GOOD_EVENTS
from equity_metrics.catalogue.policies import NonAdverseRange
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.measures.fairness.chance_outside_range import chance_outside_range
from equity_metrics.measures.fairness.decisions import Decision, Verdict
from equity_metrics.measures.fairness.verdict_intervals import PAIR, LimitsAt, limits_of
from equity_metrics.measures.intervals.intervals import Floats

MOST_TIMES = 1024
"""How many times as many people are looked at, at most, for what would be enough."""
STEP = 32


def verdicts(
    comparisons: pd.DataFrame,
    within: NonAdverseRange | None = None,
    good: bool | None = None,
    enough_for: str | None = None,
) -> pd.DataFrame:
    """Say of each comparison what can be claimed of it.

    Parameters
    ----------
    comparisons
        Relative likelihoods or gaps of one measure (group / reference, group − reference), before they are presented.
    within
        Values that are not read as adverse. By default 0.8-1.25 for ratios; ±2 percentage points for gaps, this
        project's own choice because none is published; none for scores.
    good
        Whether what is counted is good for a person; by default as the catalogue has it for WRES indicators.
    enough_for
        The one group for which to find out what would be enough to tell, the costly part; by default every group.

    Returns
    -------
    DataFrame
        ``comparisons`` + ``lower_95, upper_95, lower_90, upper_90`` (whatever the table's confidence), ``verdict``,
        ``against`` (whose disadvantage: ``group``, ``reference`` or empty), ``words``, ``times_as_many`` (how many
        times as many people in both groups would be enough to tell, if both figures stayed what they are; missing
        where there is enough, or where even 1,024 times as many would not do) and, of ratios,
        ``chance_outside_range`` (see the function of that name; the rate is that of both groups together).
        All are empty or missing where the comparison is withheld.

    Raises
    ------
    ValueError
        If the table has been presented, holds several measures, or holds shares (indicators 1 and 9).

    References
    ----------
    See :class:`equity_metrics.measures.fairness.decisions.Decision`.
    """
    limits, usual = limits_of(comparisons)
    within = within or usual
    shown = (comparisons["withheld"] == "").to_numpy()
    directions = [GOOD_EVENTS.get(i) if good is None else good for i in comparisons["indicator"]]
    decided = decisions(limits, np.ones(len(comparisons)), within, directions)
    wanted = shown & (True if enough_for is None else (comparisons["group"] == enough_for).to_numpy())
    times = _times_as_many(limits, decided, within, wanted)
    rows = zip(decided, comparisons["group"], comparisons["reference"], times, shown, strict=True)
    index = comparisons.index
    return comparisons.assign(
        lower_95=[d.lower for d in decided],
        upper_95=[d.upper for d in decided],
        lower_90=[d.lower_90 for d in decided],
        upper_90=[d.upper_90 for d in decided],
        verdict=pd.Series([str(d.verdict) for d in decided], index=index, dtype="str").where(shown, ""),
        against=pd.Series([d.against for d in decided], index=index, dtype="str").where(shown, ""),
        words=pd.Series([d.words(a, b, k) if known else "" for d, a, b, k, known in rows], index=index, dtype="str"),
        times_as_many=times,
        chance_outside_range=_chance(comparisons, within, shown),
    )


def decisions(limits: LimitsAt, times: Floats, within: NonAdverseRange, good: list[bool | None]) -> list[Decision]:
    """Make one decision for each comparison, from its intervals at 95 % and 90 %.

    Parameters
    ----------
    limits
        As :func:`equity_metrics.measures.fairness.verdict_intervals.limits_of` returns them.
    times
        How many times as many people, of each comparison; further multiples may stand along a first axis.
    within
        Values that are not read as adverse.
    good
        Of each comparison, whether what is counted is good for a person.

    Returns
    -------
    list of Decision
        One multiple after the other.
    """
    rows = np.stack([*limits(times, 0.95), *limits(times, 0.90)], axis=-1).reshape(-1, 4).tolist()
    every = good * (len(rows) // max(len(good), 1))
    return [Decision(a, b, c, d, within, g) for (a, b, c, d), g in zip(rows, every, strict=True)]


def _chance(comparisons: pd.DataFrame, within: NonAdverseRange, shown: NDArray[np.bool_]) -> Floats:
    if not (comparisons["measure"] == RELATIVE_LIKELIHOOD).all():
        return np.full(len(comparisons), np.nan)
    x1, n1, x0, n0 = (np.where(shown, comparisons[column].to_numpy(float), np.nan) for column in PAIR)
    with np.errstate(invalid="ignore", divide="ignore"):
        return chance_outside_range(n1, n0, (x1 + x0) / (n1 + n0), within)


def _times_as_many(
    limits: LimitsAt, decided: list[Decision], within: NonAdverseRange, wanted: NDArray[np.bool_]
) -> Floats:
    """Find the smallest whole multiple of both groups that is enough."""
    short = np.array([d.verdict == Verdict.NOT_ENOUGH for d in decided], dtype=bool) & wanted
    times = np.where(short, 0.0, np.nan)
    # Two looks, coarse and then fine: intervals narrow with numbers, and many multiples cost little more than one.
    for step in (STEP, 1):
        if not np.isfinite(times).any():
            break
        multiples = times + step * np.arange(1.0, MOST_TIMES // STEP + 1)[:, None]
        scaled = decisions(limits, multiples, within, [None] * len(decided))
        enough = np.array([d.verdict != Verdict.NOT_ENOUGH for d in scaled]).reshape(multiples.shape)
        first = np.where(enough.any(axis=0), enough.argmax(axis=0), np.nan)
        times += step * (first if step > 1 else first + 1)
    return times
