"""The nine questions name evidence that exists, each with its reason."""

import re

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import INDICATOR, LEADERS_QUESTIONS, PLAN, TOPIC
from equity_metrics.catalogue.race_equality_code import RACE_EQUALITY_CODE
from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS


def test_there_are_nine_questions_each_with_evidence():
    assert list(LEADERS_QUESTIONS) == [f"Q{number}" for number in range(1, 10)]
    assert all(question.evidence and question.question.endswith("?") for question in LEADERS_QUESTIONS.values())


def test_all_evidence_exists_and_has_a_reason():
    for question in LEADERS_QUESTIONS.values():
        for evidence in question.evidence:
            known = {INDICATOR: INDICATORS, TOPIC: SURVEY_TOPICS, PLAN: {evidence.evidence}}[evidence.kind]
            assert evidence.evidence in known, evidence
            assert evidence.reason


def test_everything_to_stop_and_to_do_is_asked_somewhere():
    asked = LEADERS_QUESTIONS.values()
    assert {stop for question in asked for stop in question.stops} == {f"S{n}" for n in range(1, 10)}
    assert {do for question in asked for do in question.does} == {f"D{n}" for n in range(1, 10)}
    assert all(re.fullmatch(r"[SD]\d", x) for question in asked for x in (*question.stops, *question.does))


def test_the_four_parts_of_the_race_equality_code_are_all_served():
    assert {question.code for question in LEADERS_QUESTIONS.values()} == set(RACE_EQUALITY_CODE)
    assert "".join(part[0] for part in RACE_EQUALITY_CODE) == "RACE"
