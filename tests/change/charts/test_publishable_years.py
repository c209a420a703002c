"""Counts that come by year: released as they are, in the columns of a pooled series."""

import pandas as pd
import pytest

from equity_metrics.change.charts.charted_values import paired_rows
from equity_metrics.change.charts.publishable_years import publishable_years


def counts(periods=("2023", "2024", "2025"), respondents=40):
    rows = [
        ("Ash", period, "8", group, people // 5, people)
        for period in periods
        for group, people in (("White", 200), ("BME", respondents if period == periods[0] else 40), ("Not known", 3))
    ]
    columns = ["organisation", "period", "indicator", "group", "numerator", "denominator"]
    return pd.DataFrame(rows, columns=columns).assign(level="organisation", grouping="White / BME", source="Synthetic")


def test_each_year_is_a_step_and_groups_of_unknown_ethnicity_are_left_aside():
    released = publishable_years(counts())
    assert released["step"].unique().tolist() == [2022, 2023, 2024]
    assert set(released["period_length"]) == {"year"}
    assert set(released["group"]) == {"White", "BME"}
    assert (released["withheld"] == "").all()


@pytest.mark.parametrize("audience", ["publish", "internal"])
def test_a_year_of_few_respondents_is_withheld_from_everyone(audience):
    paired = paired_rows(publishable_years(counts(respondents=9), audience=audience), "White")
    assert paired["withheld"].tolist() == ["fewer than 10 respondents", "", ""]
    assert paired["numerator"].isna().tolist() == [True, False, False]


def test_months_are_refused():
    with pytest.raises(ValueError, match=r"counts must be by WRES year \(2025\), got: 2023-01"):
        publishable_years(counts(periods=("2023-01", "2023-02")))
