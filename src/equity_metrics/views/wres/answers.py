"""Released counts of one WRES indicator in; the answer to "is it fair here, for whom, and where is it heading?" out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS, Indicator
from equity_metrics.catalogue.missing_values import NOT_COLLECTED
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.proportions import proportions
from equity_metrics.measures.representation import representation
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.dots_and_trend import dots_and_trend_figure
from equity_metrics.views.drawing.verdict_signs import SIGN_NOTE, verdict_words
from equity_metrics.views.groups_there import groups_there
from equity_metrics.views.words.missing_values import missing_notes, own_reasons, value_words
from equity_metrics.views.words.sentences import (
    GAP_RANGE_NOTE,
    alt_text,
    chance_sentence,
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
    of_group,
    people,
    people_in,
    percent,
    points,
    short_group,
)
from equity_metrics.views.wres.choice import RATE, WresChoice, parts_there


def wres_answer(counts: pd.DataFrame, choice: WresChoice) -> Answer:
    """Answer for one organisation and one indicator.

    Parameters
    ----------
    counts
        Released counts of the chosen organisation, indicator and grouping, all periods; for indicator 9 with the rows
        of indicator 1 that hold the workforce.
    choice
        What is looked at.

    Returns
    -------
    Answer
    """
    indicator = INDICATORS[choice.indicator]
    compared, own, decided = _measured(counts, choice, indicator)
    shown = own if choice.compare == RATE else compared
    dots = _dots(shown, decided, choice, indicator)
    trend = _trend(shown, choice, indicator)
    this = _chosen_row(decided, choice, indicator)
    band = f", {band_words(choice.band)}" if indicator.kind == "share" else ""
    titles = (
        f"{short_group(choice.group) if indicator.kind == 'share' else 'Each group'} in {choice.period}",
        f"{short_group(choice.group)}{band}, by year",
    )
    figure = dots_and_trend_figure(dots, trend, choice.scale, title=titles[0], trend_title=titles[1])
    figure = say_synthetic(figure, counts["source"])
    sentence, table = _sentence(this, choice, indicator), _table(dots, decided, choice, indicator)
    return Answer(
        sentence, table, figure,
        alt_text(dots, choice.scale, f"{indicator.name}, {choice.organisation}, {choice.period}"),
        (*_notes(counts, this, choice, trend), *missing_notes(table.to_numpy().ravel())),
    )  # fmt: skip


def _measured(
    counts: pd.DataFrame, choice: WresChoice, indicator: Indicator
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Compare all periods, estimate each group's own value, and decide on the comparisons of the chosen period."""
    rows = counts[counts["indicator"] == indicator.id]
    if indicator.kind == "share":
        compared = representation(counts)
        compared = compared[compared["indicator"] == indicator.id]
        now = compared[(compared["period"] == choice.period) & (compared["group"] == choice.group)]
        # Full counts: their interval says what chance alone could do, and no verdict is passed on them.
        return compared, proportions(rows), now.assign(verdict="", against="")
    ratio = choice.scale.kind == "ratio" or (choice.compare == RATE and indicator.shown_as != "gap")
    compared = (relative_likelihoods if ratio else gaps)(rows, reference=choice.reference)
    decided = verdicts(compared[compared["period"] == choice.period], enough_for=choice.group)
    # People of unknown ethnicity are not one group, so no verdict is passed on them.
    decided.loc[decided["group"].isin(UNKNOWN_GROUPS), ["verdict", "against"]] = ""
    return presented(compared), proportions(rows), presented(decided)


def _dots(shown: pd.DataFrame, decided: pd.DataFrame, choice: WresChoice, indicator: Indicator) -> pd.DataFrame:
    by, order = ("band", parts_there(shown)) if indicator.kind == "share" else ("group", groups_there(shown))
    now = shown[shown["period"] == choice.period]
    if indicator.kind == "share":
        now = now[now["group"] == choice.group]
        if choice.compare != RATE:
            now = now[now["band"] != ALL_STAFF]
    said = decided.set_index(by)[["verdict", "against"]].reindex(now[by]).fillna("")
    dots = pd.DataFrame(
        {
            "label": now[by],
            **{c: now[c] for c in ("value", "lower", "upper")},
            "withheld": own_reasons(now, by),
            **{c: said[c].to_numpy() for c in ("verdict", "against")},
            "is_reference": now[by].isin([choice.reference, ALL_STAFF]),
        }
    )
    return dots.sort_values("label", key=lambda labels: labels.map(order.index)).reset_index(drop=True)


def _trend(shown: pd.DataFrame, choice: WresChoice, indicator: Indicator) -> pd.DataFrame:
    def through(group: str) -> pd.DataFrame:
        rows = shown[shown["group"] == group]
        rows = rows[rows["band"] == choice.band] if indicator.kind == "share" else rows
        return rows.sort_values("period")

    rows = through(choice.group)
    line = rows["definition"] if "definition" in rows.columns else pd.Series("", index=rows.index)
    reference = (
        through(choice.reference).set_index("period")["value"] if choice.compare == RATE else pd.Series(dtype=float)
    )
    return pd.DataFrame(
        {
            **{c: rows[c] for c in ("period", "value", "lower", "upper")},
            "line": line,
            "reference_value": rows["period"].map(reference).astype(float) if len(reference) else np.nan,
        }
    ).reset_index(drop=True)


def _chosen_row(decided: pd.DataFrame, choice: WresChoice, indicator: Indicator) -> pd.Series:
    rows = decided[decided["group"] == choice.group]
    rows = rows[rows["band"] == choice.band] if indicator.kind == "share" else rows
    return rows.iloc[0]


def _sentence(row: pd.Series, choice: WresChoice, indicator: Indicator) -> str:
    place = f"In {choice.period} {at(choice.organisation)}"
    if row["withheld"]:
        who = f"{choice.group} in {band_words(choice.band)}" if indicator.kind == "share" else choice.group
        return withheld_sentence(row, place, who)
    if indicator.form == "9":
        return _board_sentence(row, place, indicator.people)
    if indicator.form == "1":
        share = row["numerator"] / row["denominator"]
        whole = row["reference_numerator"] / row["reference_denominator"]
        return (
            f"{place}, {people_in(row['group'])} were {percent(share)} of {band_words(choice.band)} "
            f"and {percent(whole)} of all staff. {_share_gap(row)}"
        )
    told = ratio_sentence(row) if row["measure"] == "relative likelihood" else gap_sentence(row)
    return f"{rate_sentence(row, indicator, place)} {told}"


def _share_gap(row: pd.Series) -> str:
    limits = "" if pd.isna(row["lower"]) else f" (95 % interval {interval(row['lower'], row['upper'], points)})"
    return f"That is {points(row['value'])} percentage points{limits}."


def _board_sentence(row: pd.Series, place: str, members: str) -> str:
    whole = row["reference_numerator"] / row["reference_denominator"]
    return (
        f"{place}, {people(row['numerator'])} of {people(row['denominator'])} {members} were {of_group(row['group'])} "
        f"({percent(row['numerator'] / row['denominator'], 0)}), against {percent(whole)} of all staff. "
        f"That is {points(row['value'])} percentage points. One appointment would change it by "
        f"{points(row['one_appointment'])} points. Board members are counted in full, so there is no sampling interval."
    )


def _table(dots: pd.DataFrame, decided: pd.DataFrame, choice: WresChoice, indicator: Indicator) -> pd.DataFrame:
    by = "band" if indicator.kind == "share" else "group"
    rows = decided.set_index(by)
    scale = choice.scale
    counts = {label: counts_words(r["numerator"], r["denominator"], r["withheld"]) for label, r in rows.iterrows()}
    if len(rows) and by == "group":
        theirs = (rows.iloc[0][c] for c in ("reference_numerator", "reference_denominator", "withheld"))
        counts[choice.reference] = counts_words(*theirs)
    return pd.DataFrame(
        {
            "Band" if by == "band" else "Ethnic group": dots["label"],
            f"{first_up(indicator.numerator)} of {indicator.denominator}": [
                counts.get(x, NOT_COLLECTED.sign) for x in dots["label"]
            ],
            first_up(scale.short_title): [value_words(r.value, r.withheld, scale.write) for r in dots.itertuples()],
            "95 % interval": [
                interval(lo, up, scale.write) for lo, up in zip(dots["lower"], dots["upper"], strict=True)
            ],
            **({} if by == "band" else {"Verdict": _verdicts(dots, choice)}),
            "Note": dots["withheld"],
        }
    )


def _verdicts(dots: pd.DataFrame, choice: WresChoice) -> list[str]:
    return [verdict_words(r.verdict, r.against, str(r.label), choice.reference) for r in dots.itertuples()]


def _notes(counts: pd.DataFrame, this: pd.Series, choice: WresChoice, trend: pd.DataFrame) -> tuple[str, ...]:
    indicator = INDICATORS[choice.indicator]
    notes = [f"Source: {', '.join(sorted(set(counts['source'])))}. Indicator {indicator.id}: {indicator.name}."]
    if counts["source"].str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    if len(trend["line"].unique()) > 1:
        kinds = " and ".join(f"“{x}”" for x in trend["line"].drop_duplicates())
        notes.append(f"The line is broken where the question's base changes ({kinds}); the two parts are not compared.")
    if indicator.kind == "rate":
        notes += [SIGN_NOTE, chance_sentence(this)]
    if choice.scale.kind == "ratio":
        notes.append("Shaded: 0.8 to 1.25, the range that WRES reads as not adverse.")
    if choice.scale.kind == "gap" and indicator.kind == "rate":
        notes.append(GAP_RANGE_NOTE)
    return tuple(note for note in notes if note)
