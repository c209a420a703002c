"""What was found about an intervention in; the answer to "did it work?" out."""

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.change.intervention_findings import InterventionFindings
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.on_screen import on_screen
from equity_metrics.views.intervention_lab.event_study_figure import event_study_figure
from equity_metrics.views.intervention_lab.figure import intervention_figure
from equity_metrics.views.intervention_lab.notes import effect_table, event_time_rows, intervention_notes, picture_words
from equity_metrics.views.intervention_lab.words import verdict_sentence


def intervention_answer(found: InterventionFindings, agreed: Intervention | None) -> Answer:
    """Say whether something worked: sentence, table and picture made of one row of effects.

    Parameters
    ----------
    found
        What was found, for one audience.
    agreed
        The intervention as its file has it; None where one was made by hand.

    Returns
    -------
    Answer
        For the internal audience of real data one that is shown on screen only.
    """
    tried, effect = found.intervention, found.effect
    measure = effect["measure"].removeprefix("ratio of ").removesuffix("s")
    headings = [
        f"{tried.where}: {INDICATORS[tried.indicator].name}",
        f"{measure}, {tried.group} / {tried.reference}",
    ]
    table = effect_table(effect, found.rebound)
    if tried.starts:
        headings[1] += ", since the start / expected without it"
        figure = event_study_figure(effect, found.event_times, headings)
        table = pd.concat([table, event_time_rows(found)]).fillna("")
    else:
        figure = intervention_figure(effect, found.points, found.levels, found.rebound, tried.start, headings)
    answer = Answer(
        verdict_sentence(effect, tried.group, tried.reference),
        table,
        say_synthetic(figure, found.sources),
        picture_words(found),
        intervention_notes(found, agreed),
    )
    real = not found.sources.str.startswith("Synthetic").all()
    return on_screen(answer) if real and found.audience == INTERNAL else answer
