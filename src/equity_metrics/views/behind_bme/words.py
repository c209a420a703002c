"""What is known of each group in; sentence, small table and notes about who stands behind BME out."""

from math import isclose
from typing import TYPE_CHECKING

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.fairness.opposite_stories import LESS, MORE
from equity_metrics.views.behind_bme.screen import Screen
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.verdict_signs import SIGN_NOTE, verdict_words
from equity_metrics.views.words.missing_values import value_words
from equity_metrics.views.words.sentences import counts_words
from equity_metrics.views.words.wording import at, one_in, people_in, percent, short_group

TOGETHER = "BME, all together"

if TYPE_CHECKING:
    from equity_metrics.views.behind_bme.answers import BehindBmeChoice


def behind_bme_sentence(rows: pd.DataFrame, screen: Screen, choice: "BehindBmeChoice", together: str = "") -> str:
    """Say how far apart the groups are, how many are not shown, and whether BME hides opposite stories here."""
    indicator = INDICATORS[choice.indicator]
    start = f"In {choice.period}{f' ({together})' if together else ''} {at(choice.organisation)}"
    others = rows[~rows["is_reference"] & (rows["label"] != TOGETHER)]
    shown, hidden = others[others["value"].notna()], (others["withheld"] != "").sum()
    who = people_in(choice.group, indicator.people) if choice.beside else indicator.people
    parts = "parts" if choice.beside else "groups"
    if shown.empty:
        spread = f"{start}: no rate of {who} can be shown for {len(others)} {parts}."
    else:
        told = _rates_told(shown, parts, choice)
        against = rows.loc[rows["is_reference"], "value"]
        beside = (
            f" Of {people_in(choice.reference, indicator.people)} it was {percent(against.iloc[0])}."
            if len(against)
            else ""
        )
        spread = f"{start}, {told}{beside if len(shown) == 1 else ''}"
    missing = f" {hidden} of {len(others)} {parts} cannot be shown." if hidden and len(shown) else ""
    return f"{spread}{missing} {story_words(screen.stories, choice.indicator)}"


def _rates_told(shown: pd.DataFrame, parts: str, choice: "BehindBmeChoice") -> str:
    """Say the one rate that is shown, the one that all share, or the highest and the lowest."""
    indicator = INDICATORS[choice.indicator]
    least, most = shown.loc[shown["value"].idxmin()], shown.loc[shown["value"].idxmax()]

    def who(row: pd.Series) -> str:
        if choice.beside:
            return f"{people_in(choice.group, indicator.people)} in {row['label']}"
        return people_in(short_group(row["label"]), indicator.people)

    pooled = ", pooled" if shown["is_pooled"].any() else ""
    if len(shown) > 1 and isclose(least["value"], most["value"]):
        whom = people_in(choice.group, indicator.people) if choice.beside else indicator.people
        each = f"in each of the {len(shown)} {parts} shown"
        apart = f" These numbers cannot tell the {parts} apart." if shown["is_pooled"].all() else ""
        return f"{percent(most['value'])} of {whom} {indicator.phrase} ({one_in(most['value'])}{pooled}) {each}.{apart}"
    told = f"{percent(most['value'])} of {who(most)} {indicator.phrase} ({one_in(most['value'])}{pooled})."
    if len(shown) == 1:
        return told
    return (
        f"{told} Of {who(least)} it was {percent(least['value'])} ({one_in(least['value'])}{pooled}). "
        "These are the highest and the lowest rate shown."
    )


def story_words(stories: pd.DataFrame, indicator: str) -> str:
    """Say what the screen of opposite stories finds for one indicator."""
    here = stories[stories["indicator"] == indicator]
    if here.empty:
        return (
            "The screen finds no opposite stories below BME here that chance would not explain. "
            "That is no evidence that there are none."
        )
    sides = {side: " and ".join(map(short_group, here.loc[here["story"] == side, "group"])) for side in (MORE, LESS)}
    return (
        f"BME hides opposite stories here: {sides[MORE]} more likely, {sides[LESS]} less likely than "
        f"{here['reference'].iloc[0]} (adjusted for all that was screened)."
    )


def behind_bme_table(rows: pd.DataFrame, scales: tuple[Scale, Scale], choice: "BehindBmeChoice") -> pd.DataFrame:
    """Write each group's people, rate alone, rate pooled, comparison and verdict."""
    rate, ratio = scales
    pooled = [
        rate.written(r.value, r.lower, r.upper) if r.is_pooled else value_words(float("nan"), r.withheld, percent)
        for r in rows.itertuples()
    ]
    compared = [
        "reference" if r.is_reference
        else ratio.written(r.ratio, r.ratio_lower, r.ratio_upper) if pd.notna(r.ratio)
        else value_words(r.ratio, r.ratio_withheld, ratio.write)
        for r in rows.itertuples()
    ]  # fmt: skip
    against = choice.reference
    return pd.DataFrame(
        {
            "Part" if choice.beside else "Ethnic group": rows["label"],
            "People": [counts_words(r.numerator, r.denominator, r.withheld) for r in rows.itertuples()],
            "Alone": [value_words(r.raw, r.withheld, percent) for r in rows.itertuples()],
            "Pooled (95 % interval)": pooled,
            f"Against {short_group(against)} (95 % interval)": compared,
            "Verdict": [
                verdict_words(r.verdict, r.against, choice.group if choice.beside else short_group(r.label), against)
                for r in rows.itertuples()
            ],
            "Note": [r.withheld or r.ratio_withheld for r in rows.itertuples()],
        }
    )


def behind_bme_notes(counts: pd.DataFrame, screen: Screen, choice: "BehindBmeChoice") -> tuple[str, ...]:
    """Say where the numbers are from, what pooling does, what the screen found, and who is left out."""
    notes = [f"Source: {', '.join(sorted(set(counts['source'])))}."]
    if counts["source"].str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    notes.append(
        "Strokes with arms are pooled: a small group's rate is drawn towards what the groups here share, a large "
        "group's hardly. Crosses are each group's own rate. Where a pooled rate has no arms, these numbers cannot tell "
        "the groups apart. Then all have the shared rate, and how sure it is cannot be said. Where fewer than three "
        "groups are shown nothing can be pooled, and strokes are the rates themselves. What is withheld is withheld in "
        "both."
    )
    notes.append(SIGN_NOTE)
    found = [
        f"indicator {i}: {'; '.join(f'{short_group(r.group)} {r.story}' for r in rows.itertuples())}"
        for i, rows in screen.stories.groupby("indicator", sort=True)
    ]
    told = "; ".join(found) if found else "none found"
    notes.append(
        f"Screen of opposite stories over all indicators here, {screen.comparisons} comparisons adjusted together: "
        f"{told}. Both sides must be certain, so it misses much."
    )
    if "definition" in counts.columns and (defined := sorted(set(counts["definition"]) - {""})):
        notes.append(f"Definition: {', '.join(defined)}.")
    own = counts[(counts["grouping"] == choice.grouping) & (counts["made_of"] != "")]
    if len(own):
        made = own.drop_duplicates("group")
        pairs = [(g, m) for g, m in zip(made["group"], made["made_of"], strict=True) if g != m]
        listed = "; ".join(f"{group} = {categories.replace('; ', ' + ')}" for group, categories in pairs)
        notes.append(f"Own grouping: {listed}. In none of these groups: {own['left_out'].iloc[0] or 'nobody'}.")
    return tuple(notes)
