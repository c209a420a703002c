"""Released counts of one organisation in; every comparison that bears on a leaders' question, with its verdict, out."""

from collections.abc import Callable

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import INDICATOR, LeadersQuestion
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD, gaps, relative_likelihoods
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.representation import representation

SENIOR = ("8a", "8b", "8c", "8d", "9", "VSM", "All members")
"""Bands 8a to VSM and the board: where the question is who leads."""
COLUMNS = ["indicator", "band", "group", "reference", "measure", "heading", "value", "lower", "upper", "verdict",
           "against", "words", "withheld", "period"]  # fmt: skip


def evidence(counts: pd.DataFrame, question: LeadersQuestion, reference: str) -> pd.DataFrame:
    """Compare every ethnic group with a reference on every indicator that bears on a question.

    Parameters
    ----------
    counts
        Released counts of one organisation and grouping, any periods.
    question
        Which of the nine.
    reference
        Whom the groups are compared with.

    Returns
    -------
    DataFrame
        Comparisons as WRES presents them, each with its verdict (empty for full counts), in the order of the
        catalogue and of the groups.
    """
    wanted = [e.evidence for e in question.evidence if e.kind == INDICATOR]
    known = counts[~counts["group"].isin(UNKNOWN_GROUPS)]
    kinds = known["indicator"].map({i.id: i.kind if i.kind == "share" else i.shown_as for i in INDICATORS.values()})
    compare: dict[bool, Callable[[pd.DataFrame], pd.DataFrame]] = {
        True: lambda rows: verdicts(gaps(rows, reference=reference)),
        False: lambda rows: verdicts(relative_likelihoods(rows, reference=reference)),
    }
    parts = []
    for is_gap, compared in compare.items():
        rows = known[known["indicator"].isin(wanted) & (kinds != "share") & ((kinds == "gap") == is_gap)]
        parts += [compared(rows)] if len(rows) else []
    shares = known[known["indicator"].isin(["1", *wanted]) & (kinds == "share")]
    if len(shares) and {"1", "9"} & set(wanted):
        whole = representation(shares)
        whole = whole[whole["indicator"].isin(wanted) & whole["band"].isin(SENIOR)]
        parts.append(whole.assign(verdict="", against="", words=""))
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    found = presented(pd.concat(parts, ignore_index=True))
    order = {indicator: place for place, indicator in enumerate(wanted)}
    groups = groups_of(str(counts["grouping"].iloc[0]))
    ranks = found["indicator"].map(order) * len(groups) + found["group"].map(groups.index)
    return found.loc[ranks.sort_values(kind="stable").index].reset_index(drop=True)


def adverse(comparisons: pd.DataFrame) -> pd.Series:
    """Say how far each comparison lies to the group's disadvantage, on a scale of its own kind; larger is worse."""
    signs = comparisons["indicator"].map(lambda i: -1.0 if INDICATORS[i].better != "lower" else 1.0)
    ratio = comparisons["measure"] == RELATIVE_LIKELIHOOD
    value = comparisons["value"].astype(float)
    return (value - 1).where(ratio, value * signs)
