import numpy as np
import pytest

from equity_metrics.change.charts.control_charts import XMR_MULTIPLIER, xmr_limits
from equity_metrics.change.charts.false_flags import (
    false_flag_chance,
    flag_chance,
    held_multiplier,
    page_false_flag_chance,
)
from equity_metrics.change.charts.special_causes import EARLIER_TREND_LENGTH


@pytest.mark.parametrize(("points", "published"), [(10, 0.050), (24, 0.185), (36, 0.289)])
def test_the_known_chances_are_reproduced_within_one_percentage_point(points, published):
    assert false_flag_chance(points) == pytest.approx(published, abs=0.01)


def test_a_shorter_trend_and_more_rules_flag_more_often():
    assert false_flag_chance(24, trend_length=EARLIER_TREND_LENGTH) > false_flag_chance(24) + 0.01
    assert false_flag_chance(24, rules=("outside limits",)) < false_flag_chance(24) - 0.05
    assert false_flag_chance(24, screened=False) < false_flag_chance(24) - 0.01


def test_a_page_of_many_short_charts():
    assert page_false_flag_chance([0.05, 0.05]) == pytest.approx(0.0975)
    assert page_false_flag_chance([]) == 0
    assert 45 * false_flag_chance(10) == pytest.approx(2.3, abs=0.3)


@pytest.mark.parametrize(("points", "charts"), [(10, 9), (36, 1)])
def test_widened_limits_hold_the_page_on_fresh_data(points, charts):
    multiplier = held_multiplier(points, charts=charts, chance=0.05, runs=40_000)
    assert multiplier > XMR_MULTIPLIER
    values = np.random.default_rng(99).normal(size=(30_000, points))
    chance = flag_chance(values, xmr_limits(values, multiplier=multiplier), rules=("outside limits",))
    assert page_false_flag_chance([chance] * charts) == pytest.approx(0.05, abs=0.012)


def test_limits_are_not_narrowed():
    assert held_multiplier(10, charts=1, chance=0.5, runs=2_000) == XMR_MULTIPLIER


def test_rules_that_cannot_hold_the_chance_are_refused():
    with pytest.raises(ValueError) as refused:
        held_multiplier(36, rules=("outside limits", "shift"), runs=5_000)
    assert str(refused.value).startswith("rules must be able to hold 5.00% a chart at 36 points, got: 1")


def test_two_points_are_refused():
    with pytest.raises(ValueError) as refused:
        false_flag_chance(2)
    assert str(refused.value) == "points must be 3 or more, got: 2"
