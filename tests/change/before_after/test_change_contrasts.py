from math import comb

import numpy as np
import pytest
from scipy.stats import ttest_ind

from equity_metrics.change.before_after.change_contrasts import between_variance, contrast


def test_without_known_variances_it_is_the_two_sample_t_test():
    rng = np.random.default_rng(1)
    changes, treated = rng.normal(0, 1, 11), np.arange(11) < 4
    found = contrast(changes, np.zeros(11), treated)
    expected = ttest_ind(changes[treated], changes[~treated])
    interval = expected.confidence_interval(0.95)
    assert found.p_value == pytest.approx(expected.pvalue, rel=1e-6)
    assert (found.lower, found.upper) == pytest.approx((interval.low, interval.high), rel=1e-6)
    assert found.degrees == 9
    assert found.smallest_p_value == pytest.approx(1 / comb(11, 4))


def test_places_with_more_chance_weigh_less():
    changes = np.array([0.0, 0.0, 1.0, 0.0, 4.0])
    found = contrast(changes, [0.1, 0.1, 0.1, 100.0, 0.1], [False, False, False, False, True])
    assert found.effect == pytest.approx(4 - 1 / 3, abs=0.02)


def test_chance_alone_leaves_no_variance_between_places():
    sides = np.ones((4, 1), bool)
    assert between_variance(np.array([0.1, -0.1, 0.05, 0.0]), np.full(4, 1.0), sides) == 0
    y, v = np.array([3.0, -3.0, 2.0, -2.0]), np.full(4, 0.1)
    between = between_variance(y, v, sides)
    assert (y**2 / (v + between)).sum() == pytest.approx(3)


def test_permutation_ranks_the_treated_place():
    changes = np.array([0.1, -0.2, 0.3, 0.0, 9.0])
    found = contrast(changes, np.full(5, 0.01), changes > 5)
    assert found.permutation_p_value == found.smallest_p_value == pytest.approx(1 / 5)


def test_many_assignments_are_drawn_the_same_way_again():
    rng = np.random.default_rng(2)
    changes, treated = rng.normal(0, 1, 40), np.arange(40) < 20
    first, again = (contrast(changes, np.full(40, 0.2), treated, seed=5) for _ in range(2))
    assert first == again
    assert first.smallest_p_value == pytest.approx(1 / 10_000)


@pytest.mark.parametrize(
    ("changes", "treated"),
    [([1.0, 2.0], [True, False]), ([1.0, 2.0, 3.0], [False] * 3), ([1.0, 1.0, 1.0], [True, False, False])],
)
def test_no_interval_where_there_is_none(changes, treated):
    assert contrast(changes, np.zeros(len(changes)), treated) is None


def test_no_false_findings_with_one_treated_place_among_few():
    rng = np.random.default_rng(8)
    treated = np.arange(6) == 0
    sizes = rng.uniform(0.02, 0.2, (1_000, 6))
    changes = rng.normal(0, np.sqrt(sizes + 0.05))
    found = [contrast(y, v, treated) for y, v in zip(changes, sizes, strict=True)]
    rate = np.mean([one.p_value <= 0.05 for one in found])
    assert rate <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 1_000)
    assert rate > 0.01
