from itertools import product
from math import comb

import numpy as np
import pytest
from scipy import stats

from change.paired_counts_examples import YEARS, panels, two_groups
from equity_metrics.change.before_after.conditional_events import events_after_given_all, exact_ratio
from equity_metrics.change.before_after.paired_series import paired_series
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP


def test_two_periods_of_rates_are_fishers_exact_test():
    # Given each year's total, 9 of 14 and then 3 of 13: a fourfold table when the number of staff does not change.
    counts = two_groups([9, 3], 1000, [5, 10], 1000, YEARS[:2])
    possible, weights = events_after_given_all(paired_series(counts, panels(YEARS[1]), "BME", "White"), RATE_GAP)
    effect, lower, upper, p_value = exact_ratio(possible, weights, 3, 0.95)
    table = stats.contingency.odds_ratio([[3, 10], [9, 5]], kind="conditional")
    interval = table.confidence_interval(0.95)
    assert effect == pytest.approx(table.statistic, rel=1e-6)
    assert (lower, upper) == pytest.approx((interval.low, interval.high), rel=1e-5)
    tails = [stats.fisher_exact([[3, 10], [9, 5]], alternative=side).pvalue for side in ("less", "greater")]
    assert p_value == pytest.approx(2 * min(tails))


def test_four_periods_of_odds_agree_with_full_enumeration():
    events, people = [2, 1, 3, 4], [6, 5, 7, 6]
    others, other_people = [3, 4, 2, 1], [9, 8, 9, 7]
    counts = two_groups(events, people, others, other_people, YEARS[:4])
    possible, weights = events_after_given_all(paired_series(counts, panels(YEARS[2]), "BME", "White"), ODDS_GAP)
    totals = [a + c for a, c in zip(events, others, strict=True)]
    ways = dict.fromkeys(possible, 0)
    for split in product(*(range(total + 1) for total in totals)):
        if sum(split) == sum(events):
            each = [comb(n, k) * comb(m, t - k) for n, m, t, k in zip(people, other_people, totals, split, strict=True)]
            if product_of_all := int(np.prod(each, dtype=object)):
                ways[split[2] + split[3]] += product_of_all
    np.testing.assert_allclose(np.exp(weights), list(ways.values()), rtol=1e-10)


def test_the_ends_of_the_possible_have_open_intervals():
    possible, weights = np.arange(4.0), np.log([1, 3, 3, 1])
    assert exact_ratio(possible, weights, 0, 0.95)[:2] == (0.0, 0.0)
    assert exact_ratio(possible, weights, 3, 0.95)[2] == np.inf
    assert exact_ratio(possible, weights, 2, 0.95)[3] == pytest.approx(1.0)
