"""Released series of one group and its reference in; the answer to "where are we heading anyway?" out."""

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.views.answers import Answer
from equity_metrics.views.baseline_trend.choice import TrendChoice, calculated_trend
from equity_metrics.views.baseline_trend.figure import baseline_trend_figure
from equity_metrics.views.baseline_trend.notes import trend_notes, trend_table
from equity_metrics.views.baseline_trend.sentences import trend_alt, trend_sentence
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.on_screen import on_screen


def baseline_trend_answer(paired: pd.DataFrame, choice: TrendChoice, charts: int) -> Answer:
    """Chart one series, say what its latest point shows and where it was heading.

    Parameters
    ----------
    paired
        One group at one place for one indicator, from ``paired_rows`` of a released series.
    choice
        What is looked at, and how.
    charts
        Charts on the page, for its chance of a false flag.

    Returns
    -------
    Answer
        For the internal audience of real data one that is shown on screen only.
    """
    trend = calculated_trend(paired, choice, charts)
    figure = say_synthetic(baseline_trend_figure(trend.drawn), paired["source"])
    answer = Answer(trend_sentence(trend), trend_table(trend), figure, trend_alt(trend), trend_notes(trend))
    real = not paired["source"].str.startswith("Synthetic").all()
    return on_screen(answer) if real and (paired["audience"] == INTERNAL).any() else answer
