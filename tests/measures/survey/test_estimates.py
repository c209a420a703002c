import numpy as np
import pytest
from scipy.stats import t

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.intervals.intervals import wilson
from equity_metrics.measures.survey.estimates import mean_scores, published_estimates
from measures.small_tables import drawn

PUBLISHED = """
    indicator | group | answer | unit       | base   | value
    q16b      | BME   | Yes    | %          | 197656 | 15.2
    q16b      | White | Yes    | %          |        | 6.8
    q25f      | Arab  | Agree  | %          | 9      | 55.5
    q25f      | Roma  | Agree  | %          |        |
    PP3_2     | BME   | score  | score 0-10 | 199297 | 6.62
"""


def test_percentages_become_proportions_with_an_approximate_interval():
    table = published_estimates(drawn(PUBLISHED))
    np.testing.assert_allclose(table["value"], [0.152, 0.068, 0.555, np.nan, 6.62])
    assert table["unit"].tolist() == ["proportion"] * 4 + ["score 0-10"]
    np.testing.assert_allclose(table.loc[0, ["lower", "upper"]].tolist(), wilson(0.152 * 197656, 197656))
    assert table["method"].tolist()[0] == "approximate: the survey's weights are not published"


def test_without_base_or_variance_there_is_no_interval_and_it_says_why():
    table = published_estimates(drawn(PUBLISHED))
    assert table.loc[[1, 3, 4], ["lower", "upper", "confidence"]].isna().all(axis=None)
    assert table["method"].tolist()[1] == "as published; no interval: the base is not published"
    assert table["method"].tolist()[4] == "as published; no interval: the variance is not published"


def test_withheld_values_stay_withheld():
    table = published_estimates(release(drawn(PUBLISHED)))
    assert table["withheld"].tolist() == ["", "", "fewer than 10 respondents", "suppressed by the source", ""]
    assert table.loc[[2, 3], ["value", "lower", "upper", "base"]].isna().all(axis=None)


def test_bounds_stay_bounds():
    bounds = drawn("indicator | group | unit | base\n q14b or q14c | BME | % | 900\n q14b or q14c | White | % | 9")
    table = published_estimates(release([drawn(PUBLISHED), bounds.assign(lower=[20.9, 16.0], upper=[31.0, 25.0])]))
    np.testing.assert_allclose(table.loc[5, ["lower", "upper"]].tolist(), [0.209, 0.31])
    assert table["method"].tolist()[5] == "bounds from two published percentages, not an interval"
    assert np.isnan(table["value"].tolist()[5])
    assert np.isnan(table["confidence"].tolist()[5])
    assert table.loc[6, ["lower", "upper"]].isna().all()


def test_scores_have_students_interval_where_the_variance_is_known():
    table = mean_scores(
        drawn(
            """
            indicator | group | base | mean | variance
            PP1       | BME   | 40   | 7.1  | 3.2
            PP1       | White | 90   | 7.4  |
            PP2       | BME   | 1    | 7.4  | 3
            PP2       | White | 20   | 10   | 0
            """
        ),
        confidence=0.9,
    )
    np.testing.assert_allclose(table.loc[0, ["lower", "upper"]].tolist(), t.interval(0.9, 39, 7.1, np.sqrt(3.2 / 40)))
    assert table.loc[1:, ["lower", "upper"]].isna().all(axis=None)
    assert table["value"].tolist() == [7.1, 7.4, 7.4, 10]
    assert table["method"].tolist()[:2] == ["Student's t", "published mean; no interval: the variance is not published"]


@pytest.mark.parametrize("estimate", [mean_scores, published_estimates])
def test_refuses_counts(estimate):
    with pytest.raises(ValueError) as refused:
        estimate(drawn("indicator | group | numerator | denominator\n 2 | BME | 3 | 9"))
    kind = "scores" if estimate is mean_scores else "published"
    assert str(refused.value) == f"table must hold {kind}, got: counts"
