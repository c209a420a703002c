"""Released counts of one organisation in; every comparison that bears on a leaders' question, with its verdict, out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import INDICATOR, LeadersQuestion
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.views.summary.variation import SERIES, variation
from equity_metrics.views.wres.compared import compared_as_published

SENIOR = ("8a", "8b", "8c", "8d", "9", "VSM", "All members")
"""Bands 8a to VSM and the board: where the question is who leads."""
ANOTHER = "another definition"
"""Said of the year before where the question had another base then."""
COLUMNS = ["indicator", "band", "group", "reference", "measure", "heading", "value", "lower", "upper", "verdict",
           "against", "words", "withheld", "definition"]  # fmt: skip
BEFORE = {"value": "before", "withheld": "before_withheld", "definition": "before_definition"}
EMPTY = [*COLUMNS, "before", "before_withheld", "variation", "assurance"]


def evidence(counts: pd.DataFrame, reference: str, period: str) -> pd.DataFrame:
    """Compare every ethnic group with a reference on every indicator, this year, last year and through the years.

    Parameters
    ----------
    counts
        Released counts of one organisation and grouping, any periods.
    reference
        Whom the groups are compared with.
    period
        The year that is asked about.

    Returns
    -------
    DataFrame
        Comparisons of that year as WRES presents them, each with its verdict (empty for full counts), the value of the
        ``before`` year (missing where that was of another definition; ``before_withheld`` says why it is missing), and
        its ``variation`` and ``assurance``; in the order of the groups.
    """
    known = counts[~counts["group"].isin(UNKNOWN_GROUPS) & (counts["period"] <= period)]
    compared = compared_as_published(known, reference, decide=period)
    if compared.empty:
        return pd.DataFrame(columns=EMPTY)
    compared = compared.reindex(columns=[*COLUMNS, "period"]).fillna({"band": "", "definition": ""})
    share = compared["indicator"].map({i.id: i.kind == "share" for i in INDICATORS.values()})
    compared = compared[~share | compared["band"].isin(SENIOR)]
    now = compared[compared["period"] == period]
    last = compared[compared["period"] == str(int(period) - 1)]
    found = now[COLUMNS].merge(last[[*SERIES, *BEFORE]].rename(columns=BEFORE), on=SERIES, how="left")
    other = found["before_definition"].notna() & (found["before_definition"] != found["definition"])
    found = found.assign(
        before=found["before"].astype(float).mask(other),
        before_withheld=found["before_withheld"].fillna("not in the data").mask(other, ANOTHER),
    )
    found = found.merge(variation(compared), on=SERIES, how="left").fillna({"variation": "", "assurance": ""})
    order = {group: place for place, group in enumerate(groups_of(str(counts["grouping"].iloc[0])))}
    ranks = found["group"].map(order).sort_values(kind="stable")
    return found.loc[ranks.index, EMPTY].reset_index(drop=True)


def bearing_on(found: pd.DataFrame, question: LeadersQuestion) -> pd.DataFrame:
    """Keep what bears on one question, in the order in which the catalogue names it."""
    wanted = [e.evidence for e in question.evidence if e.kind == INDICATOR]
    rows = found[found["indicator"].isin(wanted)]
    ranks = rows["indicator"].map({indicator: place for place, indicator in enumerate(wanted)})
    return rows.loc[ranks.sort_values(kind="stable").index].reset_index(drop=True)


def adverse(comparisons: pd.DataFrame) -> pd.Series:
    """Say how far each comparison lies to the group's disadvantage, on a scale of its own kind; larger is worse."""
    signs = comparisons["indicator"].map(lambda i: -1.0 if INDICATORS[i].better != "lower" else 1.0)
    ratio = comparisons["measure"] == RELATIVE_LIKELIHOOD
    value = comparisons["value"].astype(float)
    return (value - 1).where(ratio, value * signs)
