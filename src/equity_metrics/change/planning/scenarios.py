"""Counts or scores of two groups in; what parity, or closing part of a gap, would take, with its limits, out."""

import numpy as np
import pandas as pd

from equity_metrics.change.between_places.panels import PAIR_COLUMNS, paired_counts
from equity_metrics.measures.intervals.differences import newcombe_gap, welch_gap

MORE_IN_ALL = "the reference stays as it is"
SAME_IN_ALL = "as many events in all as now"


def events_to_parity(counts: pd.DataFrame, group: str, reference: str, *, confidence: float = 0.95) -> pd.DataFrame:
    """How many more (or fewer) events the group would have had if it were as likely as the reference.

    For indicator 2: how many more appointments; for indicator 3: how many fewer disciplinary cases. Given twice: with
    the reference's events untouched, and with as many events in all as there were (a post that goes to one group does
    not go to the other).

    Parameters
    ----------
    counts
        One indicator, complete, one row an organisation, period and group.
    group, reference
        The two groups.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        ``organisation, period, condition, observed, at_parity, more, lower, upper, confidence, direction_known``;
        ``more`` is negative where parity means fewer, and ``direction_known`` is false where the interval holds nought.

    Raises
    ------
    ValueError
        If counts are incomplete or a group has nobody.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17: 873-890, method 10, times the group's people.
    """
    pairs = paired_counts(counts, group, reference)
    x1, n1, x0, n0 = (pairs[column].to_numpy() for column in PAIR_COLUMNS)
    if min(n1.min(), n0.min()) <= 0:
        raise ValueError(f"denominator must be above 0 in both groups, got: {min(n1.min(), n0.min()):g}")
    gap = x1 / n1 - x0 / n0
    lower, upper = newcombe_gap(x1, n1, x0, n0, confidence)
    tables = []
    for condition, people in ((MORE_IN_ALL, n1), (SAME_IN_ALL, n1 * n0 / (n1 + n0))):
        tables.append(
            pairs.index.to_frame(index=False).assign(
                condition=condition,
                observed=x1,
                at_parity=x1 - people * gap,
                more=-people * gap,
                lower=-people * upper,
                upper=-people * lower,
            )
        )
    return _said(pd.concat(tables, ignore_index=True), confidence)


def experience_to_move(
    counts: pd.DataFrame, group: str, reference: str, *, part: float = 0.5, confidence: float = 0.95
) -> pd.DataFrame:
    """How far a group's experience must move to close part of the gap, in points and in people.

    Parameters
    ----------
    counts
        Answers to one question, complete.
    group, reference
        The two groups.
    part
        Of the gap to be closed; 0.5 for half.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        ``organisation, period, part, move, lower, upper, people, confidence, direction_known``: ``move`` in proportions
        to be added to the group's (negative: to be taken away), ``people`` how many of its respondents that is.

    Raises
    ------
    ValueError
        If counts are incomplete or ``part`` is not above 0 and at most 1.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17: 873-890, method 10.
    """
    _check_part(part)
    pairs = paired_counts(counts, group, reference)
    x1, n1, x0, n0 = (pairs[column].to_numpy() for column in PAIR_COLUMNS)
    lower, upper = newcombe_gap(x1, n1, x0, n0, confidence)
    move = -part * (x1 / n1 - x0 / n0)
    table = pairs.index.to_frame(index=False).assign(
        part=part, move=move, lower=-part * upper, upper=-part * lower, people=move * n1
    )
    return _said(table, confidence)


def score_to_move(
    scores: pd.DataFrame, group: str, reference: str, *, part: float = 0.5, confidence: float = 0.95
) -> pd.DataFrame:
    """How far a group's mean score must move to close part of the gap.

    Parameters
    ----------
    scores
        One score: ``organisation, period, group, base, mean, variance``.
    group, reference
        The two groups.
    part
        Of the gap to be closed; 0.5 for half.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        ``organisation, period, part, move, lower, upper, confidence, direction_known`` in score points; limits missing
        where the variance is not known.

    Raises
    ------
    ValueError
        If ``part`` is not above 0 and at most 1.

    References
    ----------
    Welch (1947), Biometrika 34: 28-35.
    """
    _check_part(part)
    keys = ["organisation", "period"]
    columns = ["mean", "variance", "base"]
    own, other = (scores[scores["group"] == name].set_index(keys)[columns].astype(float) for name in (group, reference))
    both = pd.concat([own, other], axis=1, join="inner", keys=["own", "other"])
    (mean1, variance1, n1), (mean0, variance0, n0) = (both[side].to_numpy().T for side in ("own", "other"))
    lower, upper = welch_gap(mean1, variance1, n1, mean0, variance0, n0, confidence)
    table = both.index.to_frame(index=False).assign(
        part=part,
        move=-part * (mean1 - mean0),
        lower=-part * upper,
        upper=-part * lower,
    )
    return _said(table, confidence)


def _check_part(part: float) -> None:
    if not 0 < part <= 1:
        raise ValueError(f"part must be above 0 and at most 1, got: {part}")


def _said(table: pd.DataFrame, confidence: float) -> pd.DataFrame:
    excludes = (np.sign(table["lower"]) * np.sign(table["upper"])).eq(1)
    return table.assign(confidence=confidence, direction_known=excludes)
