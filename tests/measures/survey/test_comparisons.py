import numpy as np
import pytest

from equity_metrics.measures.disclosure.release import check_released, release
from equity_metrics.measures.intervals.differences import newcombe_gap, welch_gap
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.survey.comparisons import published_gaps, score_gaps
from measures.small_tables import drawn

SCORES = """
    indicator | group | base | mean | variance
    PP1       | White | 90   | 7.4  | 3.5
    PP1       | BME   | 40   | 7.1  | 3.2
    PP2       | White | 90   | 6.0  | 3.0
    PP2       | BME   | 40   | 6.5  |
    PP3       | White | 9    | 6.0  | 3.0
    PP3       | BME   | 40   | 6.5  | 3.0
"""
PUBLISHED = """
    indicator | group | answer | unit       | base   | value | breakdown
    q16b      | White | Yes    | %          | 526236 | 6.77  | Ethnic background (summary)
    q16b      | BME   | Yes    | %          | 197656 | 15.20 | Ethnic background (summary)
    q16b      | BME   | No     | %          | 197656 | 84.80 | Ethnic background (summary)
    q16b      | White | No     | %          | 526236 | 93.23 | Ethnic background (summary)
    q16b      |       | Yes    | %          | 9000   | 9.0   | Region
    PP3_2     | White | score  | score 0-10 | 529917 | 6.41  | Ethnic background (summary)
    PP3_2     | BME   | score  | score 0-10 | 199297 | 6.62  | Ethnic background (summary)
"""


def test_scores_are_compared_by_the_difference_of_means():
    table = score_gaps(drawn(SCORES), "White")
    np.testing.assert_allclose(table["value"], [-0.3, 0.5, 0.5])
    np.testing.assert_allclose(table.loc[0, ["lower", "upper"]].tolist(), welch_gap(7.1, 3.2, 40, 7.4, 3.5, 90))
    assert table["method"].tolist()[0] == "Welch's t"


def test_without_a_variance_there_is_no_interval_and_it_says_why():
    row = score_gaps(drawn(SCORES), "White").iloc[1]
    assert np.isnan([row["lower"], row["upper"], row["confidence"]]).all()
    assert row["method"] == "difference of published means; no interval: the variance is not published"


def test_scores_of_too_few_respondents_stay_withheld():
    table = score_gaps(release(drawn(SCORES)), "White")
    assert table["withheld"].tolist() == ["", "", "White: fewer than 10 respondents"]
    assert table.loc[2, ["value", "lower", "upper"]].isna().all()
    check_released(table)


def test_published_percentages_have_an_approximate_interval_from_their_bases():
    table = published_gaps(release(drawn(PUBLISHED)), "White")
    np.testing.assert_allclose(table["value"], [0.0843, -0.0843, 0.21])
    limits = newcombe_gap(0.152 * 197656, 197656, 0.0677 * 526236, 526236)
    np.testing.assert_allclose(table.loc[0, ["lower", "upper"]].tolist(), limits)
    assert table["method"].tolist()[:2] == ["approximate: the survey's weights are not published"] * 2
    assert table["unit"].tolist() == ["proportion", "proportion", "score 0-10"]
    assert table[["group_value", "reference_value"]].iloc[0].tolist() == [0.152, 0.0677]


def test_published_scores_have_no_interval_and_say_why():
    row = published_gaps(drawn(PUBLISHED), "White").iloc[2]
    assert np.isnan([row["lower"], row["upper"]]).all()
    assert row["method"] == "difference of published means; no interval: the variance is not published"


def test_values_of_two_weightings_are_not_compared():
    published = drawn(PUBLISHED).iloc[:2].assign(weighting=["Organisation Size", "Unweighted"])
    table = published_gaps(published, "White")
    assert table["withheld"].tolist() == ["White: not in the data"]
    assert np.isnan(table["value"].item())


def test_headings_of_gaps_name_both_groups():
    assert set(presented(published_gaps(drawn(PUBLISHED), "White"))["heading"]) == {"BME − White"}


@pytest.mark.official
def test_the_official_workbook_gives_the_published_gap(official_data):
    from equity_metrics.sources.staff_survey import read_staff_survey

    published = read_staff_survey(official_data / "NSS24_detailed_national_results.xlsx", progress=False)
    table = published_gaps(release(published[published["indicator"] == "q16b"]), "White")
    gap = table[(table["answer"] == "Yes") & (table["group"] == "BME")]
    assert round(100 * gap["value"].item(), 2) == round(15.20 - 6.77, 2)
