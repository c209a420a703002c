"""Released counts by band in; whether bands tell another story than the totals, in one sentence, out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.measures.fairness.mantel_haenszel import within_strata
from equity_metrics.views.fair_comparison.choice import ONE_YEAR, FairChoice
from equity_metrics.views.words.wording import interval, times

NO_BANDS = "This source holds no counts by band here, so whether bands explain a difference cannot be checked."


def within_bands(strata: pd.DataFrame, choice: FairChoice) -> tuple[str, str]:
    """Compare within bands, and say so where that reverses, makes or removes what the totals show.

    Parameters
    ----------
    strata
        Released counts by ``band`` of one organisation, indicator, grouping and period; may be empty.
    choice
        What is looked at.

    Returns
    -------
    sentence, note : str
        The sentence is empty unless the two ratios disagree. The note always says what was found, or why nothing was.
    """
    if strata.empty or choice.years != ONE_YEAR:
        return "", NO_BANDS
    known = strata[~strata["group"].isin(UNKNOWN_GROUPS)]
    rows = within_strata(known, reference=choice.reference).set_index("group")
    if choice.group not in rows.index:
        return "", NO_BANDS
    row = rows.loc[choice.group]
    if row["withheld"]:
        # One reason for both groups is said once.
        why = dict.fromkeys(reason.partition(": ")[2] or reason for reason in row["withheld"].split("; "))
        reason = row["withheld"] if len(why) > 1 else next(iter(why))
        return "", f"Whether bands explain a difference cannot be shown: {reason}."
    value, lower, upper, crude = (row[c] for c in ("value", "lower", "upper", "crude"))
    sides = (choice.group, choice.reference)
    if choice.is_turned:
        value, lower, upper, crude, sides = 1 / value, 1 / upper, 1 / lower, 1 / crude, sides[::-1]
    found = (
        f"Within {row['strata']} bands the relative likelihood, {' / '.join(sides)}, is {times(value)} "
        f"(95 % interval {interval(lower, upper)}). In total it is {times(crude)}."
    )
    if row["disagree"]:
        return f"{row['words']} {found}", "Within bands: Mantel-Haenszel's ratio."
    return "", f"Bands do not change the story. {found} Mantel-Haenszel's ratio puts the bands together."
