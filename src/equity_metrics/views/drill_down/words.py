"""Compared places in; the sentence, the small table and the notes of a drill-down out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF
from equity_metrics.measures.fairness.decisions import Verdict
from equity_metrics.measures.fairness.many_comparisons import chance_words
from equity_metrics.views.drawing.verdict_signs import BEYOND_CHANCE, SIGN_NOTE, verdict_words
from equity_metrics.views.drill_down.choice import DrillDownChoice, many
from equity_metrics.views.drill_down.comparisons import NOBODY_COUNTED
from equity_metrics.views.words.missing_values import missing_notes, value_words
from equity_metrics.views.words.sentences import (
    GAP_RANGE_NOTE,
    counts_words,
    gap_sentence,
    rate_sentence,
    ratio_sentence,
    withheld_sentence,
)
from equity_metrics.views.words.wording import (
    at,
    band_words,
    first_up,
    interval,
    p_value,
    people,
    people_in,
    percent,
    short_group,
)


def drill_down_sentence(compared: pd.DataFrame, choice: DrillDownChoice) -> str:
    """Say how the place stands, and where inside it the figure lies furthest from fair."""
    own, inside = compared.iloc[0], compared.iloc[1:]
    place = f"In {choice.period} {at(choice.where)}"
    return f"{_of_the_place(own, place, choice)} {_inside(inside, choice)}"


def drill_down_table(compared: pd.DataFrame, choice: DrillDownChoice) -> pd.DataFrame:
    """Lay out the place and what lies inside it, as the picture draws them."""
    rows = list(compared.itertuples())
    scale, write = choice.scale, choice.scale.write
    own = [f"{row.name} (the whole)" if row.Index == 0 else row.name for row in rows]
    table = {
        "Place": own,
        short_group(choice.group): [counts_words(r.numerator, r.denominator, r.withheld) for r in rows],
    }
    if not choice.is_share:
        theirs = [counts_words(r.reference_numerator, r.reference_denominator, r.withheld) for r in rows]
        table[short_group(choice.reference)] = theirs
    table[first_up(scale.short_title)] = [value_words(r.value, r.withheld, write) for r in rows]
    limits = "Chance alone" if choice.is_share else "95 % interval"
    table[limits] = [interval(r.lower, r.upper, write) for r in rows]
    if not choice.is_share:
        # A withheld row has no verdict: its reason stands there, and the table stays narrow enough for a screen.
        table["Verdict"] = [verdict_words(r.verdict, r.against, r.group, r.reference) or r.withheld for r in rows]
        table["p, adjusted"] = ["" if pd.isna(r.p_value_adjusted) else p_value(r.p_value_adjusted) for r in rows]
    if compared["pooled"].notna().any():
        table["Rate → drawn together"] = [
            "" if pd.isna(r.pooled) else f"{percent(r.numerator / r.denominator)} → {percent(r.pooled)}" for r in rows
        ]
    if choice.is_share and (compared["withheld"] != "").any():
        table["Note"] = list(compared["withheld"])
    return pd.DataFrame(table)


def drill_down_notes(
    compared: pd.DataFrame, together: pd.DataFrame, table: pd.DataFrame, choice: DrillDownChoice
) -> list[str]:
    """Say what must be known beside the picture: chance, signs, and what helps where numbers are small."""
    inside = compared.iloc[1:]
    kinds = many(list(inside["level"]))
    if choice.is_share:
        notes = [
            f"The dashed line is {choice.where} as a whole. Everybody was counted. The bar around it in each row says "
            "what chance alone could do. A dot is open where chance alone could place staff so."
        ]
    else:
        notes = [f"The dashed line is {choice.where} as a whole.", SIGN_NOTE, chance_words(inside)]
        if choice.scale.kind == "ratio":
            notes.append("Shaded: 0.8 to 1.25, the range that WRES reads as not adverse.")
        else:
            notes.append(GAP_RANGE_NOTE)
    if compared["pooled"].notna().any():
        notes.append(
            f"Rate → drawn together: each place's own rate of {choice.group} people is drawn towards what the {kinds} "
            "inside share (empirical Bayes). The fewer people it has, the more it is drawn. Read it where a rate rests "
            "on few people. There is none for what is withheld."
        )
    notes.append(_of_two_years(together, compared, choice))
    return [note for note in [*notes, *missing_notes(table.to_numpy().ravel())] if note]


def too_few(compared: pd.DataFrame) -> "pd.Series[bool]":
    """Mark the places whose numbers were withheld, not those where nobody of the group was counted."""
    return ~compared["withheld"].isin(["", NOBODY_COUNTED])


def still_said(
    compared: pd.DataFrame,
    above: tuple[str, pd.Series] | None,
    wider: pd.DataFrame | None,
    wide: DrillDownChoice | None,
    choice: DrillDownChoice,
) -> str:
    """Say of places whose numbers are too few to show what can be said all the same.

    Parameters
    ----------
    compared
        The places as chosen, some of them withheld.
    above
        The nearest place that holds them and can be shown: how it is written, and its row; none where there is none.
    wider, wide
        The same places with wider groups, and those groups; none where there are none.
    choice
        What is looked at.

    Returns
    -------
    str
    """
    hidden, write, said = compared[too_few(compared)], choice.scale.written, []
    if above:
        place, row = above
        said.append(f"of {place} as a whole {write(row['value'], row['lower'], row['upper'])}")
    if wider is not None and wide is not None:
        shown = wider[wider["place"].isin(hidden["place"]) & wider["value"].notna()]
        against = wide.group if choice.is_share else f"{wide.group} against {wide.reference}"
        said += [f"of {against} in {r.name} {write(r.value, r.lower, r.upper)}" for r in shown.itertuples()]
    named = [choice.where if row == 0 else name for row, name in hidden["name"].items()]
    names = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
    can = f"What can still be said: {'; '.join(said)}." if said else "Of this group nothing can be said here."
    told = f"{names}: not shown, because numbers are too few or would give others away. {can}"
    if choice.is_share:
        return told
    return f"{told} Two years counted together before release, in place of single years, may be enough to show more."


def _of_the_place(own: pd.Series, place: str, choice: DrillDownChoice) -> str:
    if own["withheld"]:
        return withheld_sentence(own, place, choice.group)
    if not choice.is_share:
        told = ratio_sentence(own) if own["measure"] == "relative likelihood" else gap_sentence(own)
        return f"{rate_sentence(own, choice.measured, place)} {told}"
    whole = "all staff" if choice.band == ALL_STAFF else band_words(choice.band)
    return (
        f"{place}, {people_in(choice.group)} were {percent(own['value'])} of {whole} "
        f"({people(own['numerator'])} of {people(own['denominator'])})."
    )


def _inside(inside: pd.DataFrame, choice: DrillDownChoice) -> str:
    kinds, shown = many(list(inside["level"])), inside[np.isfinite(inside["value"].astype(float))]
    if shown.empty:
        return f"None of the {len(inside)} {kinds} inside can be shown by itself: what is said here is of the whole."
    told = f"{len(shown)} of {len(inside)} {kinds} inside can be shown"
    if choice.is_share:
        low, high = (shown.loc[shown["value"].astype(float).agg(end)] for end in ("idxmin", "idxmax"))
        beyond = int((shown["verdict"] == BEYOND_CHANCE).sum())
        far = (
            f"{beyond} of them lie further"
            if beyond > 1
            else "One of them lies further"
            if beyond
            else "None lies further"
        )
        return (
            f"{told}: from {percent(low['value'])} ({low['name']}) to {percent(high['value'])} ({high['name']}). "
            f"{far} from the whole than chance alone would easily place it."
        )
    # Presented ratios lie above 1, and gaps of what is good below 0, where they are to the group's disadvantage.
    turn = -1.0 if choice.measured.better == "higher" else 1.0
    row = shown.loc[(shown["value"].astype(float) * turn).idxmax()]
    if not row["value"] * turn > (choice.scale.parity or 0) * turn:
        return f"{told}. In none of them does the figure lie to the disadvantage of {choice.group}."
    return (
        f"{told}. Furthest to the disadvantage of {choice.group} lies {row['name']}, "
        f"{choice.scale.written(row['value'], row['lower'], row['upper'])}: {row['verdict']}."
    )


def _of_two_years(together: pd.DataFrame, compared: pd.DataFrame, choice: DrillDownChoice) -> str:
    """Offer two years together for the places of which one year cannot tell."""
    unsure = compared[compared["verdict"] == Verdict.NOT_ENOUGH]
    if together.empty or unsure.empty:
        return ""
    known = together[together["place"].isin(unsure["place"]) & together["value"].notna()]
    names = compared.set_index("place")["name"]
    told = [
        f"{names[row.place]} {choice.scale.written(row.value, row.lower, row.upper)}, {row.verdict}"
        for row in known.itertuples()
    ]
    if not told:
        return ""
    return f"Where one year is not enough to tell, {choice.period} and the year before together: {'; '.join(told)}."
