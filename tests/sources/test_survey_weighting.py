"""Which questions the notes of a workbook list as never weighted."""

import pytest

from equity_metrics.sources.survey_weighting import never_weighted

NOTES = """Weighting
Note that the following questions are never weighted as they ask for demographic or factual information: \
Q1, Q10a, Q26d, Q27-Q31a and Q32-Q35.
For Q99 please see the technical guidance"""


@pytest.mark.parametrize("listed", ["q1", "q10a", "q26d", "q27a", "q27c", "q28", "q30", "q31a", "q32a", "q34b", "q35"])
def test_listed_questions(listed: str) -> None:
    assert never_weighted(listed, NOTES)


@pytest.mark.parametrize("other", ["q2a", "q10b", "q26c", "q31b", "q36", "q99", "q15", "PP3_2", "E_1"])
def test_other_questions_and_scores(other: str) -> None:
    assert not never_weighted(other, NOTES)


def test_notes_without_a_list() -> None:
    assert not never_weighted("q1", "All results are weighted. Q1")
