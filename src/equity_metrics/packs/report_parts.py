"""Released counts, an organisation and a year in; for each WRES indicator its answer and the numbers behind it out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS, UNKNOWN_GROUPS, WHITE_BME, groups_of
from equity_metrics.catalogue.indicators import BOARD_PARTS, INDICATORS, WRES_INDICATORS
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.release import check_released
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.representation import representation
from equity_metrics.views.answers import Answer
from equity_metrics.views.wres.answers import wres_answer
from equity_metrics.views.wres.choice import WresChoice

BAND, BOARD = "8a", BOARD_PARTS[0]
"""The band and the part of the board whose years are drawn, where the return has them."""
LIMITS_OF_VERDICTS = ["lower_95", "upper_95", "lower_90", "upper_90"]
"""Not in a pack: they are group / reference, also where WRES prints the ratio the other way round."""


@dataclass(frozen=True)
class ReportPart:
    """One answer of a pack: the ``name`` of its table, what was chosen, the answer, and the numbers behind it."""

    name: str
    choice: WresChoice
    answer: Answer
    numbers: pd.DataFrame


def report_parts(released: pd.DataFrame, organisation: str, year: str) -> Iterator[ReportPart]:
    """Answer each WRES indicator that there is for White / BME, then for every group that the source records.

    Parameters
    ----------
    released
        Counts after ``release``, with all their groupings.
    organisation, year
        Whose answers, and of which WRES year; earlier and later years stand in the numbers and the pictures.

    Yields
    ------
    ReportPart
        In the order of the indicators. A sentence is about the group with the most people beside the reference,
        because its figure is the surest; table and numbers hold every group.

    Raises
    ------
    TypeError, ValueError
        In one sentence, if the table was not released.
    """
    check_released(released)
    place = released[(released["organisation"] == organisation) & (released["level"] == "organisation")]
    if "staff_group" in place.columns:
        place = place[(place["indicator"] != "1") | place["staff_group"].isin(["", ALL_STAFF_GROUPS])]
    for indicator in WRES_INDICATORS:
        for grouping in (WHITE_BME, *DETAILED_GROUPINGS):
            wanted = (indicator, "1") if indicator == "9" else (indicator,)
            rows = place[place["indicator"].isin(wanted) & (place["grouping"] == grouping)]
            if ((rows["indicator"] == indicator) & (rows["period"] == year)).any():
                choice = _choice(rows, organisation, indicator, grouping, year)
                name = re.sub(r"\W+", "_", f"indicator_{indicator}_{grouping}".lower())
                yield ReportPart(name, choice, wres_answer(rows, choice), _numbers(rows, choice))


def _choice(rows: pd.DataFrame, organisation: str, indicator: str, grouping: str, year: str) -> WresChoice:
    now = rows[(rows["indicator"] == indicator) & (rows["period"] == year)]
    share = INDICATORS[indicator].kind == "share"
    whole = rows[(rows["period"] == year) & (rows["band"] == ALL_STAFF)] if share else now
    people = whole.groupby("group")["numerator" if share else "denominator"].max().fillna(0)
    known = [group for group in groups_of(grouping) if group in set(now["group"]) and group not in UNKNOWN_GROUPS]
    reference, *others = known
    group = max(others or known, key=lambda name: people.get(name, 0))
    bands = list(dict.fromkeys(now["band"])) if share else [""]
    band = next((b for b in (BAND, BOARD) if b in bands), next(b for b in bands if b != ALL_STAFF))
    return WresChoice(organisation, indicator, grouping, year, group, reference, band=band)


def _numbers(rows: pd.DataFrame, choice: WresChoice) -> pd.DataFrame:
    """Compare every group in every year, as WRES publishes it; verdicts are passed on the year asked for."""
    indicator = INDICATORS[choice.indicator]
    if indicator.kind == "share":
        compared = representation(rows)
        compared = compared[compared["indicator"] == indicator.id]
    else:
        compare = gaps if indicator.shown_as == "gap" else relative_likelihoods
        compared = compare(rows[rows["indicator"] == indicator.id], reference=choice.reference)
        asked = compared["period"] == choice.period
        decided = verdicts(compared[asked], enough_for=choice.group)
        decided.loc[decided["group"].isin(UNKNOWN_GROUPS), ["verdict", "against", "words"]] = ""
        compared = pd.concat([decided, compared[~asked]], ignore_index=True)
    shown = check_released(presented(compared.drop(columns=LIMITS_OF_VERDICTS, errors="ignore")))
    # The order of a file must not depend on that of the return.
    return shown.sort_values(keys_among(shown.columns), kind="stable").reset_index(drop=True)
