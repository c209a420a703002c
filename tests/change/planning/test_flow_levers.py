import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.planning.flow_levers import (
    ALL_THREE,
    AS_NOW,
    JOINING_ALIKE,
    LEVERS,
    PROMOTED_ALIKE,
    STAYING_ALIKE,
    pulled,
)
from equity_metrics.change.planning.flow_rates import assumed_rates
from equity_metrics.change.planning.workforce_flows import projected_workforce

HEADCOUNT = pd.DataFrame({"BME": [200.0, 40.0, 5.0], "White": [600.0, 260.0, 95.0]}, index=["5", "7", "8a"])


@pytest.fixture
def rates():
    leaving = [[0.2, 0.1], [0.2, 0.1], [0.2, 0.1]]
    promotion = [[0.5, 1.0], [0.5, 1.0], [0.5, 1.0]]
    return assumed_rates(HEADCOUNT, 2025, leaving=leaving, promotion=promotion, inside=0.5, joining=[0.1, 0.9])


def test_present_flows_are_left_as_they_are(rates):
    assert pulled(rates, AS_NOW) is rates


def test_leaving_alike_keeps_the_number_of_leavers(rates):
    alike = pulled(rates, STAYING_ALIKE)
    np.testing.assert_allclose(alike.leaving[0, 0], [(40 + 60) / 800] * 2)
    before, after = ((one.leaving * one.headcount).sum(axis=2) for one in (rates, alike))
    np.testing.assert_allclose(before, after)
    np.testing.assert_array_equal(alike.promotion, rates.promotion)


def test_joiners_mirror_the_workforce_in_the_upper_bands_alone(rates):
    joining = pulled(rates, JOINING_ALIKE).joining[0]
    np.testing.assert_allclose(joining[:2], [[0.1, 0.9]] * 2)
    np.testing.assert_allclose(joining[2], [245 / 1_200, 955 / 1_200])


def test_all_three_are_the_three_one_after_the_other(rates):
    one_by_one = rates
    for lever in (PROMOTED_ALIKE, STAYING_ALIKE, JOINING_ALIKE):
        one_by_one = pulled(one_by_one, lever)
    together = pulled(rates, ALL_THREE)
    for name in ("leaving", "promotion", "joining", "inside", "headcount"):
        np.testing.assert_array_equal(getattr(together, name), getattr(one_by_one, name))


def test_each_lever_brings_more_of_the_group_that_was_held_back(rates):
    shares = {lever: _share_of_8a(pulled(rates, lever)) for lever in LEVERS}
    assert min(shares, key=shares.get) == AS_NOW
    assert max(shares, key=shares.get) == ALL_THREE


def _share_of_8a(rates):
    last = projected_workforce(rates, rates, 5, runs=2).expected[-1, 2]
    return last[0] / last.sum()


def test_an_unknown_lever_is_refused(rates):
    with pytest.raises(ValueError, match=r"lever must be one of present flows go on, .*, got: luck"):
        pulled(rates, "luck")
