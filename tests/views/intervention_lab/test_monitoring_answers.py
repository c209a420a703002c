"""Monthly looks: what was known when, the agreed decision, and only looks that may be shown."""

import pandas as pd
import pytest

from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.interventions import read_interventions
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.drawing.on_screen import OnScreenAnswer
from equity_metrics.views.intervention_lab.monitoring_answers import monitoring_answer
from equity_metrics.views.intervention_lab.monitoring_figure import evidence_words


@pytest.fixture(scope="module")
def counts(samples):
    files = ("monthly_recruitment_synthetic.csv.gz", "monthly_disciplinaries_synthetic.csv.gz")
    return roll_up(pd.concat([read_wres_return(samples / name) for name in files]), to="White / BME")


@pytest.fixture(scope="module")
def agreed(samples):
    return {i.where: i for i in read_interventions(samples.parent / "interventions")}


def test_what_worked_is_found_long_before_the_last_look(counts, agreed):
    answer = monitoring_answer(counts, agreed["Alderbrook Hospitals"])
    assert answer.sentence.startswith("It changed.")
    assert "The first look with enough evidence to call it changed was 2023-0" in answer.sentence
    assert answer.table["decision as agreed"].iloc[-1] == "spread it"
    assert len(answer.figure.data[2].x) == 24


def test_what_did_nothing_is_stopped_and_not_called_changed(counts, agreed):
    answer = monitoring_answer(counts, agreed["Cressley Hospitals"])
    assert answer.sentence.startswith("Not yet possible to tell.")
    assert "first look" not in answer.sentence
    assert answer.table["decision as agreed"].iloc[-1] == "stop"


def test_rare_events_are_looked_at_by_half_year_for_the_public_and_by_month_inside(counts, agreed):
    tried = agreed["Marlowe Cross Mental Health"]
    published = monitoring_answer(counts, tried)
    assert list(published.table["up to and with"]) == ["2023-09", "2024-03", "2024-09", "2025-03"]
    assert "One look a half-year, the shortest period that may be shown." in published.notes
    inside = monitoring_answer(counts, tried, audience="internal")
    assert len(inside.figure.data[1].x) == 21
    assert isinstance(monitoring_answer(counts.assign(source="ESR"), tried, audience="internal"), OnScreenAnswer)


def test_evidence_is_written_so_that_it_can_be_read():
    assert [evidence_words(v) for v in (0.1649, 23.4, 2e12, float("nan"))] == [
        "0.165", "23.4", "more than 1,000,000", "none",
    ]  # fmt: skip
