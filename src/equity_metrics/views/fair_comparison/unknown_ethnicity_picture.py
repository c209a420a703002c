"""Released counts of one indicator and period in; what unknown ethnicities could make of each ratio out."""

from collections.abc import Callable

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.measures.fairness.missing_ethnicity import missing_ethnicity
from equity_metrics.views.drawing import palette
from equity_metrics.views.fair_comparison.choice import FairChoice, Marks, Picture
from equity_metrics.views.groups_there import groups_there
from equity_metrics.views.words.missing_values import own_reasons, value_words
from equity_metrics.views.words.sentences import counts_words, withheld_sentence
from equity_metrics.views.words.wording import percent, times

ALLOTTED = ("known", "lowest", "highest", "all_reference", "all_group", "proportional")


def unknown_ethnicity_picture(counts: pd.DataFrame, choice: FairChoice) -> Picture:
    """Allot people of unknown ethnicity to each group and the reference, in every way that matters.

    Parameters
    ----------
    counts
        Released counts of one organisation, indicator, grouping and period, unknown ethnicity among them.
    choice
        What is looked at.

    Returns
    -------
    Picture
        Ratios, also for indicators that WRES compares by gaps.
    """
    rows = _presented(missing_ethnicity(counts, reference=choice.reference), choice)
    rows = rows.sort_values("group", key=lambda names: names.map(groups_there(counts).index))
    this = rows[rows["group"] == choice.group].iloc[0]
    shown = rows[rows["withheld"] == ""]
    marks = tuple(
        Marks(name, symbol, colour, pd.DataFrame({"label": shown["group"], "value": shown[column]}))
        for name, symbol, colour, column in (
            ("known only", "circle", palette.INK, "known"),
            (f"all {choice.reference}", "triangle-left", palette.REFERENCE, "all_reference"),
            ("all of the group", "triangle-right", palette.GROUP, "all_group"),
            ("in proportion", "cross-thin", palette.INK, "proportional"),
        )
    )
    dots = pd.DataFrame(
        {
            "label": rows["group"], "value": float("nan"), "lower": rows["lowest"], "upper": rows["highest"],
            "withheld": own_reasons(rows), "verdict": "", "against": "", "is_reference": False,
        }
    )  # fmt: skip
    notes = (
        "Broad band: whoever they are, the ratio lies in it. It holds no chance: the interval comes on top.",
        "The ends take those with the event to be of one group and those without it of the other.",
    )
    return Picture(_sentence(this, choice), _table(rows, choice), dots, choice.ratio_scale, marks, notes)


def declared(counts: pd.DataFrame, choice: FairChoice) -> str:
    """Say for how many people of an indicator ethnicity is known."""
    unknown = counts["group"].isin(UNKNOWN_GROUPS)
    if not unknown.any():
        return "The source does not count people of unknown ethnicity here."
    known, everyone = (rows["denominator"].sum(skipna=False) for rows in (counts[~unknown], counts))
    if pd.isna(everyone):
        return "For how many people ethnicity is known cannot be shown: a group's number is withheld."
    return f"Ethnicity is known for {percent(known / everyone)} of the {choice.what.people} that are counted here."


def _presented(rows: pd.DataFrame, choice: FairChoice) -> pd.DataFrame:
    """Turn the ratios round where WRES prints reference / group; the ends change places."""
    if not choice.is_turned:
        return rows
    turned = {column: 1 / rows[column] for column in ALLOTTED}
    return rows.assign(**{**turned, "lowest": turned["highest"], "highest": turned["lowest"]})


def _sentence(this: pd.Series, choice: FairChoice) -> str:
    if this["withheld"]:
        return withheld_sentence(this, choice.place, choice.group)
    turned = (choice.reference, choice.group) if choice.is_turned else (choice.group, choice.reference)
    span = this["lowest"], this["highest"]
    claim = (
        "They could turn the difference round, so it rests on who they are."
        if span[0] < 1 < span[1]
        else "Whoever they are, they cannot turn the difference round."
    )
    return (
        f"{choice.place}, the ethnicity of {percent(1 - this['declaration_rate'])} of the {choice.what.people} is "
        f"unknown. With the known alone the relative likelihood, {' / '.join(turned)}, is {times(this['known'])}. "
        f"With the unknown it lies between {times(span[0])} and {times(span[1])}. {claim}"
    )


def _table(rows: pd.DataFrame, choice: FairChoice) -> pd.DataFrame:
    def column(name: str, write: Callable[[float], str] = times) -> list[str]:
        return [value_words(v, w, write) for v, w in zip(rows[name], rows["withheld"], strict=True)]

    unknown = zip(rows["unknown_numerator"], rows["unknown_denominator"], rows["withheld"], strict=True)
    return pd.DataFrame(
        {
            "Ethnic group": rows["group"],
            "Unknown: counted and everyone": [counts_words(*row) for row in unknown],
            "Known ethnicity": column("declaration_rate", percent),
            "Known only": column("known"),
            "Lowest": column("lowest"),
            "Highest": column("highest"),
            f"All {choice.reference}": column("all_reference"),
            "All of the group": column("all_group"),
            "In proportion": column("proportional"),
            "Note": own_reasons(rows),
        }
    )
