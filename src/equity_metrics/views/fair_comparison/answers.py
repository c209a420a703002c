"""Released counts of one indicator in; the answer to "is it fair here, for which group, and how sure are we?" out."""

import pandas as pd

from equity_metrics.measures.rolling_years import rolling_years
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.fair_comparison.choice import ONE_YEAR, RATES, UNKNOWN, VERDICTS, FairChoice, Picture
from equity_metrics.views.fair_comparison.figure import fair_comparison_figure
from equity_metrics.views.fair_comparison.rate_picture import rate_picture
from equity_metrics.views.fair_comparison.unknown_ethnicity_picture import declared, unknown_ethnicity_picture
from equity_metrics.views.fair_comparison.verdict_picture import verdict_picture
from equity_metrics.views.fair_comparison.within_bands import within_bands
from equity_metrics.views.fair_comparison.year_before import NO_TREND, year_before
from equity_metrics.views.words.missing_values import missing_notes
from equity_metrics.views.words.sentences import alt_text


def fair_comparison_answer(counts: pd.DataFrame, choice: FairChoice) -> Answer:
    """Compare every ethnic group of one organisation with a reference, and check what could mislead.

    Parameters
    ----------
    counts
        Released counts of one organisation, indicator and grouping, all periods; rows with a ``band`` are the strata.
    choice
        What is looked at.

    Returns
    -------
    Answer
    """
    by_band = counts["band"].fillna("") != "" if "band" in counts.columns else pd.Series(False, index=counts.index)
    totals, strata = counts[~by_band], counts[by_band & (counts["period"] == choice.period)]
    if choice.years != ONE_YEAR and not rolled(totals):
        totals = rolling_years(totals)
    now = totals[totals["period"] == choice.period]
    picture = _picture(now, choice)
    changed, checked = ("", "") if choice.picture == RATES else within_bands(strata, choice)
    before = year_before(totals, choice) if choice.picture == VERDICTS else ""
    told = [picture.sentence, *((before, changed, picture.next_step) if choice.picture == VERDICTS else ())]
    notes = (*_source(counts, choice), declared(now, choice), NO_TREND if before else "", *picture.notes, checked)
    title = f"{choice.what.name}, {choice.organisation}, {choice.period}"
    figure = fair_comparison_figure(picture.dots, picture.marks, picture.scale, choice.picture)
    return Answer(
        " ".join(filter(None, told)),
        picture.table,
        say_synthetic(figure, counts["source"]),
        f"{alt_text(picture.dots, picture.scale, title)}{_marks_in_words(picture)}",
        (*filter(None, notes), *missing_notes(picture.table.to_numpy().ravel())),
    )


def rolled(counts: pd.DataFrame) -> bool:
    """Tell whether counts were put together over several years before they were released."""
    return "definition" in counts.columns and bool(counts["definition"].str.endswith("years together").any())


def _picture(now: pd.DataFrame, choice: FairChoice) -> Picture:
    if choice.picture == UNKNOWN:
        return unknown_ethnicity_picture(now, choice)
    return rate_picture(now, choice) if choice.picture == RATES else verdict_picture(now, choice)


def _marks_in_words(picture: Picture) -> str:
    told = [
        f"{mark.name}: {', '.join(f'{r.label} {picture.scale.write(r.value)}' for r in mark.rows.itertuples())}"
        for mark in picture.marks
        if len(mark.rows)
    ]
    return f" Marked: {'; '.join(told)}." if told else ""


def _source(counts: pd.DataFrame, choice: FairChoice) -> list[str]:
    invented = counts["source"].str.startswith("Synthetic").any()
    notes = ["Synthetic data: every organisation and every number is invented."] if invented else []
    notes.append(
        f"Source: {', '.join(sorted(set(counts['source'])))}. Indicator {choice.indicator}: {choice.what.name}."
    )
    if choice.years != ONE_YEAR:
        notes.append(
            "Two years together: the events of both years over the staff of the last snapshot. Staff are counted once "
            "for each year, so the rate is a yearly average. A cell that is suppressed in one year is suppressed here "
            "too."
        )
    return notes
