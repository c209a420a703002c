import numpy as np
import pandas as pd
import pytest

from change.paired_counts_examples import MONTHS, YEARS, panels, two_groups
from equity_metrics.change.before_after.paired_series import paired_series, period_numbers, rows_of


def test_the_lead_in_is_left_out():
    series = paired_series(two_groups(range(9), 50, 20, 200, YEARS), panels("2020", lead_in=2), "BME", "White")
    np.testing.assert_array_equal(series.times, [2016, 2017, 2018, 2019, 2022, 2023, 2024])
    np.testing.assert_array_equal(series.after, [False] * 4 + [True] * 3)
    np.testing.assert_array_equal(series.events, [0, 1, 2, 3, 6, 7, 8])
    np.testing.assert_array_equal(series.reference_people, [200] * 7)
    assert series.unit == "year"


def test_months_are_in_order_of_time_whatever_the_order_of_rows():
    table = two_groups(range(36), 50, 20, 200, MONTHS)
    shuffled = pd.concat([table, two_groups(1, 5, 2, 20, MONTHS, where="Elsewhere")]).sample(frac=1, random_state=2)
    series = paired_series(shuffled, panels("2023-01"), "BME", "White")
    np.testing.assert_array_equal(series.events, range(36))
    np.testing.assert_array_equal(np.diff(series.times), 1)
    assert series.unit == "month"


def test_december_and_january_are_neighbours():
    numbers, unit = period_numbers(["2023-12", "2024-01"])
    assert (np.diff(numbers)[0], unit) == (1, "month")


@pytest.mark.parametrize("periods", [["2023", "2024-01"], ["spring"], ["2024-01-31"]])
def test_other_periods_are_refused(periods):
    with pytest.raises(ValueError) as refused:
        period_numbers(periods)
    assert str(refused.value) == (
        f"periods must be all years (2025) or all months (2025-03), got: {', '.join(periods)}"
    )


def test_an_absent_place_is_refused():
    with pytest.raises(ValueError) as refused:
        rows_of(two_groups(1, 5, 2, 20, YEARS, where="Elsewhere"), panels("2020"))
    assert str(refused.value) == "where must be one of the organisations (Elsewhere), got: Exampleshire"
