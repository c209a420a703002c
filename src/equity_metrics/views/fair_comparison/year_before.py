"""Released counts of every year in; what the comparison was one year before, in one sentence, out."""

import numpy as np
import pandas as pd

from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.presentation import presented
from equity_metrics.views.fair_comparison.choice import ONE_YEAR, FairChoice
from equity_metrics.views.words.wording import interval, points, times

NO_TREND = "The year before stands beside this one. Two years cannot tell a trend from chance."


def year_before(totals: pd.DataFrame, choice: FairChoice) -> str:
    """Say the comparison of the year before.

    Parameters
    ----------
    totals
        Released counts of one organisation, indicator and grouping, all periods, none by band.
    choice
        What is looked at.

    Returns
    -------
    str
        Empty where years stand together, where it cannot be shown, or where the question was another one.
    """
    before = str(int(choice.period) - 1) if choice.period.isdigit() else ""
    pair = {choice.group, choice.reference}
    both = totals[totals["period"].isin([before, choice.period]) & totals["group"].isin(pair)]
    rows = both[both["period"] == before]
    asked = both["definition"].nunique(dropna=False) if "definition" in both.columns else 1
    if choice.years != ONE_YEAR or asked > 1 or set(rows["group"]) != pair:
        return ""
    row = presented((relative_likelihoods if choice.is_ratio else gaps)(rows, reference=choice.reference)).iloc[0]
    if row["withheld"] or not np.isfinite(row["value"]):
        return ""
    write = times if choice.is_ratio else points
    told = f"the relative likelihood was {write(row['value'])}"
    if not choice.is_ratio:
        told = f"the gap was {write(row['value'])} percentage points"
    return f"In {before} {told} (95 % interval {interval(row['lower'], row['upper'], write)})."
