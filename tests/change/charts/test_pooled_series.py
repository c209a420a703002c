import numpy as np
import pandas as pd
import pytest

from change.series_examples import monthly
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS, period_names, pooled_series


@pytest.mark.parametrize(
    ("length", "first", "last", "number"),
    [("month", "2022-04", "2024-03", 24), ("quarter", "2022-23 Q1", "2023-24 Q4", 8),
     ("half-year", "2022-23 H1", "2023-24 H2", 4), ("year", "2023", "2024", 2)],
)  # fmt: skip
def test_periods_are_those_of_the_financial_year(length, first, last, number):
    periods = pooled_series(monthly({"White": (1, 40)}), length)["period"].tolist()
    assert (periods[0], periods[-1], len(periods)) == (first, last, number)
    assert periods == sorted(periods)


def test_shortlisted_people_add_but_staff_in_post_are_averaged():
    numbers = {"White": (2, np.arange(101, 125))}
    recruited = pooled_series(monthly(numbers, "2"), "quarter").iloc[0]
    disciplined = pooled_series(monthly(numbers, "3"), "quarter").iloc[0]
    assert recruited[["numerator", "denominator"]].tolist() == [6, 306]
    assert disciplined[["numerator", "denominator"]].tolist() == [6, 102]


@pytest.mark.parametrize("length", list(PERIOD_LENGTHS))
def test_steps_name_their_periods(length):
    pooled = pooled_series(monthly({"White": (1, 40)}), length)
    assert (np.diff(pooled["step"]) == 1).all()
    assert period_names(pooled["step"], length).tolist() == pooled["period"].tolist()


def test_months_that_do_not_fill_a_period_are_left_out():
    months = [str(m) for m in pd.period_range("2022-05", "2022-10", freq="M")]
    pooled = pooled_series(monthly({"White": (1, 40)}, months=months), "quarter")
    assert pooled["period"].tolist() == ["2022-23 Q2"]


def test_an_unknown_length_is_refused():
    with pytest.raises(ValueError, match="length must be one of month"):
        pooled_series(monthly({"White": (1, 40)}), "week")
