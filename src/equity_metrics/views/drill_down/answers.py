"""Released counts of a place and of what lies inside it in; the answer to "where inside, and who?" out."""

import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF
from equity_metrics.measures.fairness.decisions import Verdict
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drill_down.choice import DrillDownChoice, many
from equity_metrics.views.drill_down.comparisons import compared_places, nearest_above, two_years, wider_choice
from equity_metrics.views.drill_down.figure import drill_down_figure
from equity_metrics.views.drill_down.words import (
    drill_down_notes,
    drill_down_sentence,
    drill_down_table,
    still_said,
    too_few,
)
from equity_metrics.views.words.sentences import alt_text
from equity_metrics.views.words.wording import band_words, short_group


def drill_down_answer(rows: pd.DataFrame, above: pd.DataFrame, choice: DrillDownChoice) -> Answer:
    """Answer for one place: how it stands, and how each place inside it stands.

    Parameters
    ----------
    rows
        Released counts of the place and of the places inside it, with ``place``, ``name`` and ``level``: the chosen
        indicator and band, every grouping, the chosen period and the one before.
    above
        The same of the places above, the nearest first; may be empty.
    choice
        What is looked at.

    Returns
    -------
    Answer
    """
    compared = compared_places(rows, choice)
    inside = compared.iloc[1:].reset_index(drop=True)
    kinds = many(list(inside["level"]))
    group = short_group(choice.group)
    measured = choice.measured.name if not choice.is_share else f"{group} share of {_whole(choice)}"
    title = f"{measured}: the {kinds} of {choice.where}, {choice.period}"
    own = compared.iloc[0]
    dots = inside.assign(label=inside["name"], is_reference=False, reference_value=own["value"])
    known = "" if pd.isna(own["value"]) else f"{own['name']} {choice.scale.write(own['value'])}"
    figure = drill_down_figure(dots, choice.scale, title, own["value"], known)
    table = drill_down_table(compared, choice)
    notes = [
        _still_said(rows, above, compared, choice),
        *drill_down_notes(compared, _two_years(rows, compared, choice), table, choice),
    ]
    sources = rows.loc[rows["period"] == choice.period, "source"]
    first = [f"Source: {', '.join(sorted(set(sources)))}. Indicator {choice.indicator}: {choice.measured.name}."]
    if sources.str.startswith("Synthetic").any():
        first.insert(0, "Synthetic data: every organisation and every number is invented.")
    return Answer(
        drill_down_sentence(compared, choice),
        table,
        say_synthetic(figure, sources),
        alt_text(dots, choice.scale, f"{title}; {f'the line is {known}' if known else 'the whole is not shown'}"),
        tuple(filter(None, [*first, *notes])),
    )


def _still_said(rows: pd.DataFrame, above: pd.DataFrame, compared: pd.DataFrame, choice: DrillDownChoice) -> str:
    if not too_few(compared).any():
        return ""
    own = rows[rows["place"] == choice.place]
    known = nearest_above(pd.concat([own, above]), choice)
    wide = wider_choice(choice)
    return still_said(compared, known, compared_places(rows, wide) if wide else None, wide, choice)


def _two_years(rows: pd.DataFrame, compared: pd.DataFrame, choice: DrillDownChoice) -> pd.DataFrame:
    unsure = (compared["verdict"] == Verdict.NOT_ENOUGH).any()
    return two_years(rows, choice) if unsure else pd.DataFrame()


def _whole(choice: DrillDownChoice) -> str:
    return "all staff" if choice.band == ALL_STAFF else band_words(choice.band)
