from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

from equity_metrics.catalogue.policies import FOUR_FIFTHS
from equity_metrics.measures.fairness.chance_outside_range import chance_outside_range


@pytest.mark.parametrize(
    ("n1", "n0", "rate", "percent"), [(60, 300, 0.1, 58.5), (300, 900, 0.1, 26.6), (1300, 4200, 0.009, 50.8)]
)
def test_chance_outside_the_range_at_true_parity(n1, n0, rate, percent):
    assert round(100 * float(chance_outside_range(n1, n0, rate)), 1) == percent


@pytest.mark.parametrize(
    ("n1", "n0", "rate", "percent"), [(60, 300, 0.1, 59), (300, 900, 0.1, 27), (1300, 4200, 0.009, 51)]
)
def test_chance_with_a_ratio_of_exactly_four_fifths_counted_as_outside(n1, n0, rate, percent):
    narrower = replace(FOUR_FIFTHS, lower=FOUR_FIFTHS.lower + 1e-7)
    assert round(100 * float(chance_outside_range(n1, n0, rate, narrower))) == percent


@pytest.mark.parametrize(("n1", "n0", "rate"), [(7, 11, 0.3), (20, 25, 0.5), (5, 5, 1.0), (5, 5, 0.0), (30, 8, 0.97)])
def test_chance_agrees_with_counting_every_outcome(n1, n0, rate):
    total = 0.0
    for a in range(n1 + 1):
        for b in range(n0 + 1):
            inside = 5 * a * n0 >= 4 * b * n1 and 4 * a * n0 <= 5 * b * n1
            total += (not inside) * binom.pmf(a, n1, rate) * binom.pmf(b, n0, rate)
    np.testing.assert_allclose(chance_outside_range(n1, n0, rate), total, atol=1e-11)


def test_chance_of_many_is_that_of_each():
    n1, n0, rate = [60, 300, 1300, 0, np.nan], [300, 900, 4200, 5, 5], [0.1, 0.1, 0.009, 0.1, 0.1]
    each = [float(chance_outside_range(*row)) for row in zip(n1, n0, rate, strict=True)]
    np.testing.assert_allclose(chance_outside_range(n1, n0, rate), each)
    assert np.isnan(each[3:]).all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [((5, -1, 0.1), "n1 and n0 must be 0 or more, got: -1"), ((5, 5, 1.1), "rate must be between 0 and 1, got: 1.1")],
)
def test_chance_refuses_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError) as refused:
        chance_outside_range(*arguments)
    assert str(refused.value) == sentence
