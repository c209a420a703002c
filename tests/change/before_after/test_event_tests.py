import re
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from change.paired_counts_examples import YEARS, panels, two_groups
from equity_metrics.change.before_after.event_tests import exact_gap_changes
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP

TWO_YEARS = ["2021", "2022"]


def effect_of(counts, intervention, ratio=RATE_GAP, **options):
    return exact_gap_changes(counts, intervention, "BME", "White", ratio=ratio, **options).iloc[0]


def test_exposure_that_changes_is_allowed_for():
    even = effect_of(two_groups([9, 3], 1000, [5, 10], 1000, TWO_YEARS), panels("2022"))
    doubled = effect_of(two_groups([9, 3], [1000, 2000], [5, 10], 1000, TWO_YEARS), panels("2022"))
    assert doubled["effect"] == pytest.approx(even["effect"] / 2)
    assert doubled["upper"] == pytest.approx(even["upper"] / 2)


def test_interval_and_p_value_allow_for_twice_the_variation_of_chance():
    counts = two_groups([9, 9, 8, 1], 1000, [50, 51, 49, 50], 1000, YEARS[:4])
    found = effect_of(counts, panels(YEARS[3]))
    by_chance = binomtest(1, 27, 50 / 200)  # the group's 27 events fall in proportion to the reference's 200
    said = float(re.search(r"by chance alone: (0\.\d{3})", found["assumptions"])[1])
    # 50 reference events among 200 are themselves chance, so the binomial p-value is near it and not the same
    assert said == pytest.approx(2 * binomtest(1, 27, 50 / 200, "less").pvalue, abs=0.02)
    assert by_chance.pvalue < 0.05 < found["p_value"]
    assert found["verdict"] == "cannot tell"
    assert "vary at most 2 times as much as chance" in found["assumptions"]


def test_a_change_that_is_found_asks_for_a_second_opinion():
    counts = two_groups([9, 11, 9, 10, 10, 0, 0, 1], 1000, [50] * 8, 1000, YEARS[:8])
    found = effect_of(counts, panels(YEARS[5]))
    assert found["verdict"] == "changed"
    assert "Compare with other organisations before it is spread" in found["would_change_verdict"]
    assert "10 in 100 such tests" in found["assumptions"]


def test_no_event_after_the_start_has_no_lower_end():
    found = effect_of(two_groups([4, 5, 0], 1000, [3, 5, 4], 1000, YEARS[:3]), panels(YEARS[2]))
    assert (found["effect"], found["lower"]) == (0.0, 0.0)
    assert 0 < found["upper"] < inf


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([1, 14, 1, 14, 1, 14, 1, 14, 1], "times as much as chance allows"),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0], "All events fall on one side of the start"),
    ],
)
def test_counts_that_break_its_assumptions_are_refused(events, sentence):
    found = effect_of(two_groups(events, 500, 10, 500, YEARS), panels("2022"))
    assert found["verdict"] == "cannot tell"
    assert sentence in found["would_change_verdict"]


def test_false_positives_stay_below_five_per_cent():
    random = np.random.default_rng(12)
    p_values = [
        effect_of(two_groups(random.poisson(3, 9), 300, random.poisson(6, 9), 900, YEARS), panels("2022"))["p_value"]
        for _ in range(120)
    ]
    assert np.mean(np.array(p_values) < 0.05) < 0.05


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=6, max_size=6), st.lists(st.integers(0, 6), min_size=6, max_size=6))
def test_verdict_interval_and_p_value_never_contradict(events, others):
    for ratio in (ODDS_GAP, RATE_GAP):
        found = effect_of(two_groups(events, 12, others, 15, YEARS[:6]), panels(YEARS[3], 3.0), ratio)
        excludes = found["lower"] > 1 or found["upper"] < 1
        assert (found["verdict"] == "changed") == excludes
        assert not excludes or found["p_value"] <= 0.05 + 1e-6
        assert not found["effect"] < found["lower"]
        assert not found["effect"] > found["upper"]
