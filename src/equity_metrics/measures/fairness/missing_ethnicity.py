"""Counts with people of unknown ethnicity in; what their ethnicity could make of each relative likelihood out."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, NUMBERS, rows_of
from equity_metrics.measures.estimates import reasons
from equity_metrics.measures.intervals.intervals import Floats, as_floats, check_events
from equity_metrics.measures.pairs import NOT_IN_DATA, both_reasons, pairs
from equity_metrics.measures.proportions import SHARES

UNKNOWN = "unknown ethnicity"


class AllottedRatios(NamedTuple):
    """Relative likelihoods (group / reference) for different ethnicities of those whose ethnicity is unknown.

    ``known`` leaves them out. ``lowest`` and ``highest`` hold whoever they are. ``all_reference`` and ``all_group``
    take all of them to be of one of the two groups; ``proportional`` shares those with and those without the event out
    as the known ones are.
    """

    known: Floats
    lowest: Floats
    highest: Floats
    all_reference: Floats
    all_group: Floats
    proportional: Floats


def allotted_ratios(
    x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike, unknown_x: ArrayLike, unknown_n: ArrayLike
) -> AllottedRatios:
    """Allot people of unknown ethnicity to a group and its reference, in every way that matters.

    Parameters
    ----------
    x1, n1
        Events and people of the group; scalars or arrays that broadcast.
    x0, n0
        Events and people of the reference.
    unknown_x, unknown_n
        Events and people of unknown ethnicity.

    Returns
    -------
    AllottedRatios
        The ratio rises with each unknown person with the event who is of the group and with each one without it who is
        of the reference; so the highest takes all of those, and the lowest the opposite. Infinite where only the
        reference then has no event; missing where neither has one or nobody is there.

    Raises
    ------
    ValueError
        If events are not between 0 and people.

    References
    ----------
    Manski C F (1989). Anatomy of the selection problem. Journal of Human Resources 24: 343-360: bounds that assume
    nothing of those who are missing.
    """
    x1, n1, x0, n0, xu, nu = as_floats(x1, n1, x0, n0, unknown_x, unknown_n)
    for x, n, names in ((x1, n1, ("x1", "n1")), (x0, n0, ("x0", "n0")), (xu, nu, ("unknown_x", "unknown_n"))):
        check_events(x, n, names)
    without = nu - xu
    with np.errstate(invalid="ignore", divide="ignore"):
        events_1 = np.where(xu > 0, xu * x1 / (x1 + x0), 0 * xu)
        others_1 = np.where(without > 0, without * (n1 - x1) / (n1 - x1 + n0 - x0), 0 * without)

        def ratio(events_to_group: Floats, others_to_group: Floats) -> Floats:
            a, b = x1 + events_to_group, x0 + xu - events_to_group
            m1, m0 = n1 + events_to_group + others_to_group, n0 + nu - events_to_group - others_to_group
            return np.asarray((a / m1) / (b / m0))

        return AllottedRatios(
            known=np.asarray((x1 / n1) / (x0 / n0) + 0 * nu),
            lowest=ratio(0 * xu, without),
            highest=ratio(xu, 0 * without),
            all_reference=ratio(0 * xu, 0 * without),
            all_group=ratio(xu, without),
            proportional=ratio(events_1, others_1),
        )


def missing_ethnicity(counts: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Give each comparison its declaration rate, and what unknown ethnicities could make of it.

    Parameters
    ----------
    counts
        Counts of rates, complete or released, with rows for people of unknown ethnicity.
    reference
        Name of the group that all others are compared with.

    Returns
    -------
    DataFrame
        One row for each known group but the reference: its keys and numbers, ``reference``, the reference's numbers,
        ``unknown_numerator, unknown_denominator``, ``declaration_rate`` (share of all people whose ethnicity is known,
        0-1), the fields of :class:`AllottedRatios`, and ``withheld``, which names whose number is missing and why.

    Raises
    ------
    ValueError
        If the table holds no counts, does not hold the reference, or holds indicators 1 or 9.

    References
    ----------
    See :func:`allotted_ratios`.
    """
    rows = rows_of(counts, COUNTS)
    shares = sorted(set(rows["indicator"]) & set(SHARES))
    if shares:
        raise ValueError(f"counts must be of rates, got: indicator {shares[0]}, a share")
    rows = rows.assign(withheld=reasons(rows, NUMBERS[COUNTS]))
    paired = pairs(rows[~rows["group"].isin(UNKNOWN_GROUPS)], reference, NUMBERS[COUNTS])
    keys = [key for key in keys_among(rows.columns) if key != "group"]
    paired = paired.merge(_everyone(rows, keys), on=keys, how="left", validate="many_to_one")
    theirs = paired.pop("unknown_withheld").fillna(NOT_IN_DATA)
    pair = "comparison of " + paired["group"] + " and " + paired["reference"]
    withheld = both_reasons(pair, paired["withheld"], UNKNOWN, theirs)
    shown = (withheld == "").to_numpy()
    x1, n1, x0, n0, xu, nu, everyone = (
        np.where(shown, paired[column].to_numpy(float), np.nan)
        for column in (
            *NUMBERS[COUNTS],
            *(f"reference_{number}" for number in NUMBERS[COUNTS]),
            *(f"unknown_{number}" for number in NUMBERS[COUNTS]),
            "everyone",
        )
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        declared = 1 - nu / everyone
    ratios = allotted_ratios(x1, n1, x0, n0, xu, nu)
    return paired.drop(columns="everyone").assign(declaration_rate=declared, **ratios._asdict(), withheld=withheld)


def _everyone(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add up, for each cell, the people of unknown ethnicity and everyone; a sum with a missing number is missing."""
    rows = rows.assign(**{key: rows[key].fillna("") for key in keys})
    everyone = rows.groupby(keys, observed=True, dropna=False)["denominator"].sum(skipna=False).rename("everyone")
    unknown = rows[rows["group"].isin(UNKNOWN_GROUPS)].groupby(keys, observed=True, dropna=False)
    sums = pd.DataFrame({f"unknown_{number}": unknown[number].sum(skipna=False) for number in NUMBERS[COUNTS]})
    named = unknown["withheld"].agg(lambda why: "; ".join(dict.fromkeys(reason for reason in why if reason)))
    return sums.assign(unknown_withheld=named).join(everyone).reset_index()
