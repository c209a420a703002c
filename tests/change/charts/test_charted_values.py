import numpy as np
import pandas as pd
import pytest

from change.series_examples import MONTHS, monthly
from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.change.charts.charted_values import (
    paired_rows,
    rate_values,
    ratio_values,
    spread_dates,
    wait_values,
)
from equity_metrics.change.charts.publishable_series import publishable_series


def paired(white, bme, audience="publish", indicator="2"):
    counts = monthly({"White": white, "BME": bme}, indicator)
    return paired_rows(publishable_series(counts, audience=audience, beside="White"), "White")


def test_rates_and_ratios_are_those_of_the_pooled_counts():
    rows = paired((2, 40), (1, 10))
    assert set(rows["period_length"]) == {"half-year"}
    rates, ratios = rate_values(rows), ratio_values(rows)
    assert rates["value"].tolist() == pytest.approx([0.1] * 4)
    assert rates["reference_value"].tolist() == pytest.approx([0.05] * 4)
    assert ratios["value"].tolist() == pytest.approx([2.0] * 4)


def test_a_period_without_events_has_no_ratio_and_one_without_people_no_rate():
    rows = paired((6, 40), ([0, 6] * 12, [0, 20] * 12))
    assert len(rows) == 24
    assert rate_values(rows)["period"].tolist() == MONTHS[1::2]
    assert ratio_values(rows)["period"].tolist() == MONTHS[1::2]


def test_a_withheld_series_has_no_values():
    hidden = paired((6, 40), ([1.0] + [0.0] * 23, 20))
    assert all(values(hidden).empty for values in (rate_values, ratio_values, wait_values))
    reference_hidden = paired(([1.0] + [0.0] * 23, 40), (6, 20))
    assert rate_values(reference_hidden)["reference_value"].isna().all()
    assert ratio_values(reference_hidden).empty


def test_events_are_spread_evenly_over_their_month():
    dates = spread_dates(["2023-04", "2023-05", "2023-06"], [1, 0, 2])
    assert dates.astype(str).tolist() == ["2023-04-16", "2023-06-08", "2023-06-23"]


def test_days_between_events_need_months_and_rare_events():
    rare = paired((9, 900), ([1, 0] * 12, 300), INTERNAL, "3")
    waits = wait_values(rare)
    assert len(waits) == 11
    assert waits["value"].sum() == (np.datetime64(waits["period"].iloc[-1]) - np.datetime64("2022-04-16")).astype(int)
    assert wait_values(paired((9, 900), ([1, 0] * 12, 300), "publish", "3")).empty
    assert wait_values(paired((9, 900), (2, 300), INTERNAL, "3")).empty
    assert wait_values(paired((9, 900), ([1, 0, 0] * 8, 300), INTERNAL, "3")).empty
    assert isinstance(waits, pd.DataFrame)
