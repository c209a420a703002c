import numpy as np
import pytest

from equity_metrics.measures.fairness.standardising import direct_rate, indirect_ratio
from measures.golden import golden_cases

CASES = golden_cases("standardising.json")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_agrees_with_figures_calculated_elsewhere(case):
    for confidence, suffix in ((0.95, "95"), (0.998, "998")):
        if case[f"lower_{suffix}"] is None:
            continue
        if case["kind"] == "dsr":
            made = direct_rate(case["count"], case["pop"], case["std"], confidence)
        else:
            made = indirect_ratio(case["count"], case["pop"], case["ref_count"], case["ref_pop"], confidence)
        expected = (case["value"], case[f"lower_{suffix}"], case[f"upper_{suffix}"])
        np.testing.assert_allclose(np.array(made) * case["scale"], expected, rtol=1e-10)


def test_many_groups_at_once_are_each_as_alone():
    x, n = [[5, 10, 20], [1, 2, 3], [4, np.nan, 30]], [[50, 40, 60], [50, 40, 60], [9, 9, 90]]
    made = direct_rate(x, n, [1, 2, 3])
    np.testing.assert_allclose(np.array(made)[:, 0], direct_rate(x[0], n[0], [1, 2, 3]))
    assert np.isnan(np.array(made)[:, 1:]).all()
    assert np.isnan(indirect_ratio(x, n, [1, 2, 3], [9, 9, 9]).value).tolist() == [False, False, True]


def test_with_its_own_mix_the_rate_is_the_crude_one():
    made = direct_rate([5, 10, 20], [50, 40, 60], [50, 40, 60])
    assert made.value == pytest.approx(35 / 150)
    assert made.lower < made.value < made.upper


def test_at_the_references_own_rates_the_ratio_is_1():
    assert indirect_ratio([5, 10], [50, 40], [50, 100], [500, 400]).value == 1
    assert np.isnan(indirect_ratio([0, 0], [5, 4], [0, 0], [50, 40]).value)
    assert np.isnan(indirect_ratio([1, 0], [5, 4], [1, 0], [50, 0]).value)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: direct_rate([5, -1], 9, 1), "x must be 0 or more, got: -1"),
        (lambda: direct_rate(5, 9, [1, -2]), "standard must be 0 or more, got: -2"),
        (lambda: indirect_ratio(5, 9, 1, -3), "reference_n must be 0 or more, got: -3"),
    ],
)
def test_refuses_in_one_sentence(make, sentence):
    with pytest.raises(ValueError) as refused:
        make()
    assert str(refused.value) == sentence
