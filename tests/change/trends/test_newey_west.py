import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from equity_metrics.change.before_after.segments import segmented_basis
from equity_metrics.change.trends.newey_west import default_lags, interrupted_lines, newey_west

TIMES = np.arange(60)
BASIS = segmented_basis(TIMES, TIMES >= 40)
LINES = np.random.default_rng(6).normal(size=(25, 60)).cumsum(axis=1)
MONTHS = [f"{2020 + month // 12}-{month % 12 + 1:02d}" for month in range(60)]


@pytest.mark.parametrize("lags", [0, 3, 8])
def test_all_at_once_is_statsmodels_one_by_one(lags):
    together = newey_west(LINES, BASIS.columns, lags=lags)
    for row, line in enumerate(LINES):
        alone = sm.OLS(line, BASIS.columns).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
        np.testing.assert_allclose(together.coefficients[row], alone.params, atol=1e-8)
        np.testing.assert_allclose(together.covariances[row], alone.cov_params(), atol=1e-8)


def test_lines_are_screened_for_the_mean_change_after_the_start():
    step = np.where(TIMES >= 40, 2.0, 0.0)
    lines = pd.DataFrame(
        [step + 0.01 * TIMES + 0.1 * LINES[0] / 10, 0.1 * np.sin(TIMES)], index=["changed", "steady"], columns=MONTHS
    )
    found = interrupted_lines(lines, "2023-05")
    assert found.loc["changed", "effect"] == pytest.approx(2.0, abs=0.3)
    assert found.loc["changed", "p_value"] < 0.001
    assert found.loc["steady", "lower"] < 0 < found.loc["steady", "upper"]
    assert found["too_few_periods"].all()


@pytest.mark.parametrize(("periods", "lags"), [(9, 2), (60, 3), (100, 4)])
def test_the_usual_number_of_lags(periods, lags):
    assert default_lags(periods) == lags


@pytest.mark.parametrize(
    ("columns", "start", "sentence"),
    [
        (MONTHS, "2020-01", "start must leave periods on both sides, got: 2020-01"),
        (MONTHS[:3], "2020-03", "values must have more periods than terms, got: 3"),
    ],
)
def test_lines_without_enough_periods_are_refused(columns, start, sentence):
    with pytest.raises(ValueError) as refused:
        interrupted_lines(pd.DataFrame([np.arange(len(columns))], columns=columns), start)
    assert str(refused.value) == sentence
