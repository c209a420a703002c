"""Answers in; whether they may be taken away, and what every document says of the numbers it withholds, out."""

from collections.abc import Sequence

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, INTERNAL, PUBLISH, SURVEY
from equity_metrics.catalogue.indicators import WRES_INDICATORS
from equity_metrics.catalogue.missing_values import MISSING_VALUES
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.on_screen import REFUSAL, OnScreenAnswer

CUT = "A ratio below 0.1 or above 10 is drawn at the edge of its axis; the table has it whole."


def check_to_take_away(answers: Sequence[Answer]) -> None:
    """Refuse what may not become a file.

    Parameters
    ----------
    answers
        To be exported.

    Raises
    ------
    ValueError
        In one sentence, if there is none, or one is for the internal audience and of real data.
    """
    if not answers:
        raise ValueError("answers must hold at least one answer, got: none")
    if any(isinstance(answer, OnScreenAnswer) for answer in answers):
        raise ValueError(f"answers must be for the publish audience. {REFUSAL}")


def check_audience(released: pd.DataFrame) -> None:
    """Refuse a table of real data that is for the internal audience.

    Parameters
    ----------
    released
        What a file would be made of.

    Raises
    ------
    ValueError
        In one sentence.
    """
    real = not released["source"].str.startswith("Synthetic").all()
    if real and (released["audience"] == INTERNAL).any():
        raise ValueError(f"released must be for the publish audience. {REFUSAL}")


def suppression_statement() -> tuple[str, ...]:
    """Say in plain sentences how small numbers are protected, for the foot of a document.

    Returns
    -------
    tuple of str
        First what is done; then for whom a number is withheld; then the words that stand in place of a number.
    """
    ours = [p for p in DISCLOSURE_POLICY.of(PUBLISH) if p.indicator in (*WRES_INDICATORS, SURVEY) and p.words]
    reasons = "; ".join(dict.fromkeys(p.reason for p in ours))
    return (
        "Small numbers were withheld before anything was drawn or written, and so was every number from which one of "
        "them could be worked out. This file holds nothing that was withheld.",
        f"Withheld from a file for everyone: {reasons}. A zero is shown.",
        *(f"In place of a number: {missing.words}." for missing in MISSING_VALUES.values()),
    )
