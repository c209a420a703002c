import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.change.charts.control_charts import mean_moving_ranges, upper_range_limits, xmr_limits

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "xmr.json").read_text(encoding="utf-8"))
COUNT_CHARTS = json.loads((Path(__file__).parents[2] / "golden" / "xmr_count_charts.json").read_text(encoding="utf-8"))


def segments(case):
    edges = [0, *case["rebase"], len(case["values"])]
    return [slice(start, stop) for start, stop in itertools.pairwise(edges)]


@pytest.mark.parametrize("case", GOLDEN["series"], ids=lambda case: case["id"])
def test_limits_agree_with_the_reference(case):
    for number, part in enumerate(segments(case)):
        limits = xmr_limits(case["values"][part], baseline_points=case["baseline_points"])
        for line in ("centre", "lower", "upper"):
            np.testing.assert_allclose(getattr(limits, line), case[line][number], rtol=1e-12)


@pytest.mark.parametrize("case", GOLDEN["limits"], ids=lambda case: case["id"])
def test_both_treatments_of_large_moving_ranges(case):
    limits = xmr_limits(case["values"], screened=case["screened"])
    for line in ("centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(limits, line), case[line], atol=case["tolerance"])


def test_individuals_and_ranges_of_a_proportion_agree_with_the_reference():
    charts = {chart["id"]: chart for chart in COUNT_CHARTS["charts"]}
    individuals, ranges = charts["powerbi_spc_i"], charts["powerbi_spc_mr"]
    values = np.array(individuals["numerators"]) / individuals["denominators"]
    limits = xmr_limits(values, screened=False)
    for line, key in (("upper", "ul99"), ("near_upper", "ul95"), ("near_lower", "ll95"), ("lower", "ll99")):
        np.testing.assert_allclose(getattr(limits, line), individuals[key], atol=5.1e-5)
    np.testing.assert_allclose(upper_range_limits(values), ranges["ul99"][0], atol=5.1e-5)


@given(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=20), st.floats(-100, 100), st.floats(0.1, 10))
def test_limits_move_with_the_unit(values, shift, scale):
    series = np.round(np.array(values), 3)
    before, after = xmr_limits(series, screened=False), xmr_limits(scale * series + shift, screened=False)
    np.testing.assert_allclose(after.upper, scale * before.upper + shift, atol=1e-6)
    np.testing.assert_allclose(after.near_lower, scale * before.near_lower + shift, atol=1e-6)


def test_many_series_at_once_are_each_on_its_own():
    rows = np.random.default_rng(1).normal(size=(5, 12))
    together = xmr_limits(rows)
    for row in range(5):
        np.testing.assert_allclose(together.upper[row], xmr_limits(rows[row]).upper)


def test_a_constant_series_has_limits_at_its_value():
    np.testing.assert_array_equal(xmr_limits([4, 4, 4]).upper, [4, 4, 4])
    np.testing.assert_array_equal(mean_moving_ranges([4, 4, 4], screened=True), [0])


def test_one_point_is_refused():
    with pytest.raises(ValueError) as refused:
        xmr_limits([3.0])
    assert str(refused.value) == "values must have at least 2 points to calculate limits from, got: 1"
