import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.change.charts.chart_verdicts import variations
from equity_metrics.change.charts.control_charts import xmr_limits
from equity_metrics.change.charts.special_causes import (
    EARLIER_TREND_LENGTH,
    NHS_RULES,
    completed_runs,
    members_of_runs,
    special_causes,
    trends,
    two_of_three_windows,
)

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "xmr.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", GOLDEN["series"], ids=lambda case: case["id"])
def test_every_point_agrees_with_the_reference(case):
    edges = [0, *case["rebase"], len(case["values"])]
    rules, words = [], []
    for start, stop in itertools.pairwise(edges):
        values = np.array(case["values"][start:stop])
        found = special_causes(values, xmr_limits(values, baseline_points=case["baseline_points"]))
        rules += list(found.rule)
        words += list(variations(found.direction, case["better"]))
    assert rules == case["rule"]
    assert words == case["variation"]


@pytest.mark.parametrize("case", GOLDEN["rules"], ids=lambda case: case["id"])
def test_each_rule_agrees_with_the_reference(case):
    if case["rule"] == "seven_one_side":
        found = np.abs(completed_runs(case["relative_to_mean"], 7))
    elif case["rule"] == "part_of_seven":
        found = members_of_runs(case["v"], 7)
    elif case["rule"] == "two_in_three":
        found = two_of_three_windows(case["close_to_limits"], case["relative_to_mean"])
    else:
        steps = np.concatenate([[0], np.sign(np.diff(case["y"]))])
        found = completed_runs(steps, 6)
    np.testing.assert_array_equal(found, case["expected"])


def test_the_length_of_a_trend_is_a_policy():
    rising = [5, 1, 2, 3, 4, 5, 6, 2]
    assert not trends(rising).any()
    np.testing.assert_array_equal(trends(rising, EARLIER_TREND_LENGTH), [0, 1, 1, 1, 1, 1, 1, 0])


def test_rules_can_be_chosen():
    values = np.array([0.0, 1, 0, 1, 0, 1, 30, 1, 0, 1, 0, 1])
    limits = xmr_limits(values)
    assert special_causes(values, limits).rule[6] == "outside limits"
    assert set(special_causes(values, limits, rules=("trend", "shift")).rule) == {"common cause"}


@pytest.mark.parametrize(("rules", "got"), [(("drift",), "drift"), ((), "none")])
def test_an_unknown_rule_is_refused(rules, got):
    with pytest.raises(ValueError) as refused:
        special_causes([1.0, 2, 3], xmr_limits([1, 2, 3]), rules=rules)
    assert str(refused.value) == f"rules must be among outside limits, trend, two of three, shift, got: {got}"


@given(st.lists(st.integers(-20, 20), min_size=3, max_size=40))
def test_turning_the_values_over_turns_the_directions_over(values):
    series = np.array(values, float)
    for rule in NHS_RULES:
        up = special_causes(series, xmr_limits(series), rules=(rule,))
        down = special_causes(-series, xmr_limits(-series), rules=(rule,))
        np.testing.assert_array_equal(up.direction != 0, down.direction != 0)
        if rule != "trend":  # the top of a hill belongs to a rise and to a fall
            np.testing.assert_array_equal(up.direction, -down.direction)
