"""Released counts of one organisation and grouping in; each indicator compared as published, with verdicts, out."""

from collections.abc import Callable

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.representation import representation

FORMS = {i.id: i.kind if i.kind == "share" else i.shown_as for i in INDICATORS.values()}
"""How each indicator is compared: ``share``, ``gap`` or one of the two ways round of a ratio."""
NOT_DECIDED = {"verdict": "", "against": "", "words": ""}
"""Of full counts: nobody was sampled, so no verdict is passed on them."""


def compared_as_published(counts: pd.DataFrame, reference: str, *, decide: str = "") -> pd.DataFrame:
    """Compare each group with a reference, each indicator in the form in which WRES publishes it.

    Parameters
    ----------
    counts
        Released counts of one organisation and grouping, any periods and indicators; for representation with the rows
        of indicator 1 that hold the workforce.
    reference
        Whom groups are compared with in indicators 2 to 8; representation compares with all staff.
    decide
        The only period that needs verdicts; empty: all do.

    Returns
    -------
    DataFrame
        Comparisons as presented, with verdicts; empty where there is nothing to compare.
    """

    def decided(compared: pd.DataFrame) -> pd.DataFrame:
        if not decide:
            return verdicts(compared)
        now = compared["period"] == decide
        told = [verdicts(compared[now])] if now.any() else []
        return pd.concat([compared[~now].assign(**NOT_DECIDED), *told], ignore_index=True)

    forms = counts["indicator"].map(FORMS)
    ways: tuple[tuple[Callable[[pd.DataFrame], pd.DataFrame], pd.Series], ...] = (
        (lambda rows: representation(rows).assign(**NOT_DECIDED), forms == "share"),
        (lambda rows: decided(relative_likelihoods(rows, reference=reference)), ~forms.isin(["share", "gap"])),
        (lambda rows: decided(gaps(rows, reference=reference)), forms == "gap"),
    )
    parts = [compare(counts[chosen]) for compare, chosen in ways if chosen.any()]
    return presented(pd.concat(parts, ignore_index=True)) if parts else pd.DataFrame()
