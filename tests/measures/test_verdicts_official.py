"""The verdicts that docs/official_workbooks.md tells of, from the official national results of 2024."""

import pytest

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.survey.answers import survey_percentages
from equity_metrics.measures.survey.comparisons import published_gaps
from equity_metrics.sources.staff_survey import read_staff_survey

BRITISH = "White - English / Welsh / Scottish / Northern Irish / British"
BEYOND, UNCERTAIN, INSIDE, PARITY = (
    "disparity beyond the range",
    "a difference of uncertain size",
    "a difference inside the range",
    "parity",
)


@pytest.fixture(scope="module")
def national(official_data):
    return survey_percentages(read_staff_survey(official_data / "NSS24_detailed_national_results.xlsx", progress=False))


def decided(national, question, grouping, reference, good):
    rows = national[(national["indicator"] == question) & (national["grouping"] == grouping)]
    return verdicts(published_gaps(release(rows), reference), good=good)


@pytest.mark.parametrize(("question", "good", "gap"), [("q14a", False, 5.1), ("q15", True, -9.3), ("q16b", False, 8.4)])
def test_white_and_bme_staff_differ_beyond_the_range(national, question, good, gap):
    (row,) = decided(national, question, "White / BME", "White", good).itertuples()
    assert (round(100 * row.value, 1), row.verdict, row.against) == (gap, BEYOND, "group")


@pytest.mark.parametrize(
    ("question", "good", "expected"),
    [
        ("q14a", False, {BEYOND: 9, UNCERTAIN: 6, INSIDE: 1, PARITY: 1}),
        ("q15", True, {BEYOND: 16, UNCERTAIN: 1}),
        ("q16b", False, {BEYOND: 15, UNCERTAIN: 2}),
    ],
)
def test_the_17_other_groups_against_white_british_staff(national, question, good, expected):
    table = decided(national, question, "Survey categories 2018-2024", BRITISH, good)
    assert table["verdict"].value_counts().to_dict() == expected
    assert (table["against"] == "reference").sum() == (question == "q14a")
