"""Released counts of one place and indicator in; the answer to "who stands behind BME?" out."""

from dataclasses import dataclass

import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, WHITE_BME
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.fairness.pooling import pooled_proportions
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import TURNED, presented
from equity_metrics.measures.proportions import proportions
from equity_metrics.views.answers import Answer
from equity_metrics.views.behind_bme.figure import behind_bme_figure
from equity_metrics.views.behind_bme.screen import Screen
from equity_metrics.views.behind_bme.words import TOGETHER, behind_bme_notes, behind_bme_sentence, behind_bme_table
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.verdict_signs import NO_VERDICT
from equity_metrics.views.words.missing_values import missing_notes
from equity_metrics.views.words.sentences import alt_text
from equity_metrics.views.words.wording import short_group

BME = "BME"
DIMENSIONS = {"band": "Pay band", "staff_group": "Staff group", "directorate": "Directorate"}
"""Columns that people may be told apart by beside their ethnic group."""
PARTS = (*DIMENSIONS, "ward")
RATIO = {"value": "ratio", "lower": "ratio_lower", "upper": "ratio_upper", "withheld": "ratio_withheld"}
"""What the columns of a comparison are called beside those of a rate."""
WHOLE = ("", ALL_STAFF, ALL_STAFF_GROUPS)


@dataclass(frozen=True)
class BehindBmeChoice:
    """What is looked at: one place, indicator and year, how groups are told apart, and by what else."""

    organisation: str
    indicator: str
    grouping: str
    reference: str
    period: str
    beside: str = ""
    """A column of ``DIMENSIONS``; empty for all groups side by side."""
    group: str = BME
    """The group that is followed through the parts of the second dimension."""

    @property
    def scales(self) -> tuple[Scale, Scale]:
        """The axes of rates and of comparisons, as WRES prints the indicator."""
        indicator, reference = INDICATORS[self.indicator], short_group(self.reference)
        rate = Scale("rate", f"% of the group's {indicator.people}", "rate")
        if indicator.shown_as == "gap":
            return rate, Scale("gap", f"group minus {reference}, points", "percentage points")
        sides = f"{reference} / group" if self.indicator in TURNED else f"group / {reference}"
        return rate, Scale("ratio", f"{sides} (log scale)", "relative likelihood")


def behind_bme_answer(counts: pd.DataFrame, screen: Screen, choice: BehindBmeChoice) -> Answer:
    """Answer for one place, indicator and year.

    Parameters
    ----------
    counts
        Released counts of it: every grouping and part, with all columns of ``PARTS``, ``made_of`` and ``left_out``.
    screen
        What the screen for opposite stories finds there over all indicators.
    choice
        What is looked at.

    Returns
    -------
    Answer
    """
    rows = behind_bme_rows(counts, choice)
    rates = rows.assign(verdict=NO_VERDICT, against="")
    compared = rows.drop(columns=[*RATIO]).rename(columns={new: old for old, new in RATIO.items()})
    # The reference is not compared with itself, nor BME where its own reference is not there.
    told = compared[compared["value"].notna() | (compared["withheld"] != "")]
    indicator, scales = INDICATORS[choice.indicator], choice.scales
    who = f"{short_group(choice.group)} by {DIMENSIONS[choice.beside].lower()}" if choice.beside else "Each group"
    titles = (f"{who}: rate (dot pooled, cross alone)", f"Compared with {short_group(choice.reference)}")
    place = f"{indicator.name}, {choice.organisation}, {choice.period}"
    table = behind_bme_table(rows, scales, choice)
    return Answer(
        behind_bme_sentence(rows, screen, choice, _years_together(counts)),
        table,
        say_synthetic(behind_bme_figure(rates, compared, scales, titles), counts["source"]),
        " ".join(alt_text(dots, scale, place) for dots, scale in zip((rates, told), scales, strict=True)),
        (*behind_bme_notes(counts, screen, choice), *missing_notes(table.to_numpy().ravel())),
    )


def _years_together(counts: pd.DataFrame) -> str:
    """Find how many years were counted together: ``2 years together``; empty for one."""
    definitions = counts["definition"] if "definition" in counts.columns else pd.Series(dtype="str")
    return next((text for text in definitions.unique() if text.endswith(" together")), "")


def behind_bme_rows(counts: pd.DataFrame, choice: BehindBmeChoice) -> pd.DataFrame:
    """Lay out what is known of each group, or of one group in each part of the second dimension.

    Parameters
    ----------
    counts, choice
        As for :func:`behind_bme_answer`.

    Returns
    -------
    DataFrame
        One row each: ``label``, ``numerator, denominator``, ``raw`` (the rate by itself), ``value, lower, upper``
        (pooled with the other groups; by itself with Wilson's interval where that cannot be done), ``is_pooled``,
        ``withheld``, ``is_reference``, and the comparison: ``ratio, ratio_lower, ratio_upper, ratio_withheld``,
        ``verdict, against, words``.
    """
    own = _rows_of_choice(counts, choice)
    label = choice.beside or "group"
    rates = _rates(own)
    compared = _compared(own, choice)
    if choice.beside:
        rates, compared = (table[table["group"] == choice.group] for table in (rates, compared))
    elif choice.grouping != WHITE_BME:
        together = _rows_of_choice(counts, choice, WHITE_BME)
        rates = _with_bme(_rates(together), rates)
        if choice.reference in set(together["group"]):
            compared = _with_bme(_compared(together, choice), compared)
    found = compared.rename(columns=RATIO)[[label, *RATIO.values(), "verdict", "against", "words"]]
    rows = rates.merge(found, on=label, how="left", validate="one_to_one").rename(columns={label: "label"})
    text = ["ratio_withheld", "verdict", "against", "words"]
    rows = rows.assign(**{column: rows[column].fillna("") for column in text})
    names = zip(rows["ratio_withheld"], rows["label"], strict=True)
    rows["ratio_withheld"] = [why.removeprefix(f"{name}: ").removeprefix(f"{BME}: ") for why, name in names]
    is_reference = rows["label"] == choice.reference
    if choice.beside == "band":
        rows["label"] = [f"Band {band}" if band[0].isdigit() else band for band in rows["label"]]
    return rows.assign(is_reference=is_reference)


def _rows_of_choice(counts: pd.DataFrame, choice: BehindBmeChoice, grouping: str = "") -> pd.DataFrame:
    """Select one grouping, without parts or with those of the second dimension alone."""
    rows = counts[counts["grouping"] == (grouping or choice.grouping)]
    for column in PARTS:
        is_whole = rows[column].isin(WHOLE)
        rows = rows[~is_whole if column == choice.beside else is_whole]
    return rows


def _with_bme(together: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Put BME as a whole above its groups."""
    return pd.concat([together[together["group"] == BME].assign(group=TOGETHER), table], ignore_index=True)


def _rates(own: pd.DataFrame) -> pd.DataFrame:
    """Pool each group's rate with those of the others; give its own interval where that cannot be done."""
    pooled = pooled_proportions(own)
    alone = proportions(own[~own["group"].isin(UNKNOWN_GROUPS)])
    is_pooled = pooled["value"].notna()
    limits = {c: pooled[c].where(is_pooled, alone[c]) for c in ("value", "lower", "upper")}
    columns = [*DIMENSIONS, "group", "numerator", "denominator", "raw", "withheld"]
    return pooled[columns].assign(**limits, is_pooled=is_pooled)


def _compared(own: pd.DataFrame, choice: BehindBmeChoice) -> pd.DataFrame:
    compare = gaps if INDICATORS[choice.indicator].shown_as == "gap" else relative_likelihoods
    wanted = [choice.group, choice.reference] if choice.beside else set(own["group"]) - set(UNKNOWN_GROUPS)
    known = own[own["group"].isin(wanted)]
    return presented(verdicts(compare(known, reference=choice.reference)))
