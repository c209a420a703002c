"""Released counts of a place and of what lies inside it in; one comparison a place, the place itself first, out."""

from dataclasses import replace

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS, FIVE_GROUPS, WHITE_BME, wider_groups
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.parts_of_whole import gaps_from_whole
from equity_metrics.measures.fairness.decisions import NOBODY, Verdict
from equity_metrics.measures.fairness.many_comparisons import many_comparisons
from equity_metrics.measures.fairness.pooling import pooled
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.rolling_years import rolling_years
from equity_metrics.views.drawing.verdict_signs import BEYOND_CHANCE, NO_VERDICT
from equity_metrics.views.drill_down.choice import DrillDownChoice

NOBODY_COUNTED = "nobody of the group was counted here"
KEPT = ("value", "lower", "upper", "verdict", "against", "words", "p_value", "p_value_adjusted", "heading", "measure")
COUNTED = ("numerator", "denominator", "reference_numerator", "reference_denominator")


def compared_places(rows: pd.DataFrame, choice: DrillDownChoice) -> pd.DataFrame:
    """Compare the chosen group with the reference in a place and in each place inside it.

    Parameters
    ----------
    rows
        Released counts of the place and of the places inside it, with ``place``, ``name`` and ``level``: the chosen
        indicator, band, grouping and period.
    choice
        What is looked at.

    Returns
    -------
    DataFrame
        One row a place, the chosen one first, then in order of appearance: ``place, name, level, withheld``, value
        and limits as WRES presents them (of shares the share itself), ``verdict``, ``against``, ``words``, the counts,
        p-values of the places inside (missing of shares) and ``pooled``, the group's own rate drawn towards what the
        places inside share (missing where fewer than three can be shown).
    """
    places = rows[rows["period"] == choice.period].drop_duplicates("place")[["place", "name", "level"]]
    own = places["place"] == choice.place
    places = pd.concat([places[own], places[~own]], ignore_index=True)
    measured = (_shares if choice.is_share else _rates)(rows, choice)
    columns = ["place", "withheld", *COUNTED, *(c for c in KEPT if c in measured.columns)]
    found = places.merge(measured[columns], on="place", how="left", validate="one_to_one")
    found = found.assign(**{c: np.nan for c in ("p_value", "p_value_adjusted") if c not in found.columns})
    texts = [c for c in ("verdict", "against", "words", "heading", "measure") if c in found.columns]
    found = found.assign(**{c: found[c].fillna("") for c in texts})
    withheld = [
        why if pd.isna(why) else why.removeprefix(f"{name}: ")
        for name, why in zip(found["name"], found["withheld"], strict=True)
    ]
    found["withheld"] = pd.Series(withheld, index=found.index, dtype="str").fillna(NOBODY_COUNTED)
    x, n = found["numerator"].to_numpy(float), found["denominator"].to_numpy(float)
    drawn = np.full(len(found), np.nan)
    if not choice.is_share:
        drawn[1:] = pooled(x[1:], n[1:]).value
    return found.assign(pooled=drawn, group=choice.group, reference=choice.reference)


def wider_choice(choice: DrillDownChoice) -> DrillDownChoice | None:
    """Widen the groups as far as there is still a comparison: a small group's figure as part of a larger group's."""
    if choice.grouping not in (*DETAILED_GROUPINGS, FIVE_GROUPS):
        return None
    wider = wider_groups(choice.grouping, WHITE_BME)
    group, reference = wider.get(choice.group, ""), wider.get(choice.reference, "")
    if not group or (group == reference and not choice.is_share):
        return None
    return replace(choice, grouping=WHITE_BME, group=group, reference=reference)


def of_the_choice(rows: pd.DataFrame, choice: DrillDownChoice) -> pd.DataFrame:
    """Select the rows of the chosen grouping, groups and period."""
    groups = [choice.group] if choice.is_share else [choice.group, choice.reference]
    wanted = (rows["grouping"] == choice.grouping) & (rows["period"] == choice.period) & rows["group"].isin(groups)
    return rows[wanted]


def nearest_above(above: pd.DataFrame, choice: DrillDownChoice) -> tuple[str, pd.Series] | None:
    """Find the nearest place above whose figure can be shown: how it is written, and its row.

    Parameters
    ----------
    above
        As for :func:`compared_places`, of the places above, the nearest first.
    choice
        What is looked at.
    """
    for place in above["place"].unique():
        there = replace(choice, place=place)
        row = compared_places(above[above["place"] == place], there).iloc[0]
        if not row["withheld"] and np.isfinite(row["value"]):
            return there.where, row
    return None


def two_years(rows: pd.DataFrame, choice: DrillDownChoice) -> pd.DataFrame:
    """Compare over the chosen year and the one before, from what was released of both; empty where there is none."""
    last = choice.period
    if choice.is_share or len(last) != len("2025"):
        return pd.DataFrame()
    wanted = rows["period"].isin([last, str(int(last) - 1)]) & (rows["grouping"] == choice.grouping)
    both = rows[wanted & rows["group"].isin([choice.group, choice.reference])]
    # Two definitions of indicator 7 are never joined.
    definitions = set(both["definition"]) if "definition" in both.columns else {""}
    if len(set(both["period"])) < 2 or len(definitions) > 1:
        return pd.DataFrame()
    together = rolling_years(both)
    return _rates(together, choice) if choice.reference in set(together["group"]) else pd.DataFrame()


def _rates(rows: pd.DataFrame, choice: DrillDownChoice) -> pd.DataFrame:
    rows = of_the_choice(rows, choice)
    if choice.reference not in set(rows["group"]):
        return pd.DataFrame(columns=["place", "withheld", *COUNTED, *KEPT])
    compare = gaps if choice.measured.shown_as == "gap" else relative_likelihoods
    compared = compare(rows, reference=choice.reference)
    own = (compared["place"] == choice.place).to_numpy()
    # What would be enough to tell is costly to find and said of the place itself alone.
    decided = verdicts(compared, enough_for="")
    if (decided.loc[own, "verdict"] == Verdict.NOT_ENOUGH).any():
        decided.loc[own, "words"] = verdicts(compared[own])["words"]
    # What is shown at once are the places inside; the place itself is their sum.
    adjusted = many_comparisons(decided[~own]).reindex(decided.index)
    return presented(decided.assign(**{c: adjusted[c] for c in ("p_value", "p_value_adjusted")}))


def _shares(rows: pd.DataFrame, choice: DrillDownChoice) -> pd.DataFrame:
    rows = of_the_choice(rows, choice)
    rows = rows[rows["band"] == choice.band]
    own = rows["place"] == choice.place
    if not own.any():
        return pd.DataFrame(columns=["place", "withheld", *COUNTED, *KEPT])
    whole = rows[own].iloc[0]
    gaps_of_parts = gaps_from_whole(rows[~own].reset_index(drop=True), whole)
    # What chance alone could do to the gap, laid around the share of the whole place.
    around = gaps_of_parts["reference_value"]
    parts = gaps_of_parts.assign(
        value=gaps_of_parts["group_value"],
        lower=(around + gaps_of_parts["lower"]).clip(0, 1),
        upper=(around + gaps_of_parts["upper"]).clip(0, 1),
        verdict=[
            Verdict.NOT_ENOUGH if row.lower <= 0 <= row.upper else BEYOND_CHANCE for row in gaps_of_parts.itertuples()
        ],
    )
    share = whole["numerator"] / whole["denominator"]
    itself = rows[own].assign(value=share, lower=np.nan, upper=np.nan, verdict=NO_VERDICT)
    itself = itself.assign(reference_numerator=np.nan, reference_denominator=np.nan)
    return pd.concat([itself, parts], ignore_index=True).assign(against=NOBODY, words="")
