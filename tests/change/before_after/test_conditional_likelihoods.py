import numpy as np
import pytest
from scipy.stats import binom, nchypergeom_fisher

from equity_metrics.change.before_after.conditional_likelihoods import (
    REACH,
    lattice,
    odds_ratio_information,
    odds_ratio_likelihoods,
    rate_ratio_information,
    rate_ratio_likelihoods,
)


@pytest.mark.parametrize(("a", "n", "c", "m"), [(3, 40, 20, 90), (0, 10, 2, 200), (150, 900, 610, 3_000)])
def test_odds_ratios_follow_the_non_central_hypergeometric(a, n, c, m):
    at = np.array([-1.3, 0.0, 0.4, 1.1])
    found = odds_ratio_likelihoods([a], [n], [c], [m], at)[0]
    expected = nchypergeom_fisher.logpmf(a, n + m, n, a + c, np.exp(at))
    np.testing.assert_allclose(found - found[1], expected - expected[1], atol=5e-4)


def test_rates_follow_the_binomial():
    at = np.array([-1.0, 0.0, 2.0])
    found = rate_ratio_likelihoods([[4, 0]], [[100, 100]], [[9, 1]], [[300, 300]], at)
    assert found.shape == (1, 2, 3)
    share = 100 * np.exp(at) / (100 * np.exp(at) + 300)
    expected = binom.logpmf(4, 13, share)
    np.testing.assert_allclose(found[0, 0] - found[0, 0, 1], expected - expected[1], atol=1e-12)


def test_information_is_the_variance_of_the_split_at_parity():
    assert odds_ratio_information(3, 40, 20, 90) == pytest.approx(nchypergeom_fisher.var(130, 40, 23, 1.0))
    assert rate_ratio_information(4, 100, 9, 300) == pytest.approx(binom.var(13, 0.25))


def test_the_lattice_holds_zero_and_is_finer_where_more_is_known():
    few, many = lattice(4.0), lattice(2_000.0)
    assert few[len(few) // 2] == many[len(many) // 2] == 0
    assert few[-1] >= REACH
    assert many[1] - many[0] < few[1] - few[0] == pytest.approx(0.05)
