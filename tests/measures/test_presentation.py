import numpy as np
import pytest

from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.intervals.ratios import koopman_ratio
from equity_metrics.measures.presentation import presented
from measures.small_tables import drawn

COUNTS = """
    indicator | group | numerator | denominator
    2         | White | 520       | 3600
    2         | BME   | 120       | 1450
    3         | White | 38        | 4200
    3         | BME   | 21        | 1300
    4         | White | 500       | 1000
    4         | BME   | 0         | 100
    q25f      | White | 50        | 100
    q25f      | BME   | 60        | 100
"""


def test_turns_2_and_4_round_and_names_both_groups():
    table = presented(relative_likelihoods(drawn(COUNTS), "White"))
    assert table["heading"].tolist() == ["White / BME", "BME / White", "White / BME", "BME / White"]
    np.testing.assert_allclose(table["value"], [1.7453703703703702, 1.78542510121457, np.inf, 1.2])
    turned = [koopman_ratio(520, 3600, 120, 1450), koopman_ratio(21, 1300, 38, 4200), koopman_ratio(500, 1000, 0, 100)]
    np.testing.assert_allclose(table.loc[:2, ["lower", "upper"]], turned, rtol=1e-12)


def test_zero_and_infinity_change_places():
    counts = drawn("indicator | group | numerator | denominator\n 2 | White | 0 | 90\n 2 | BME | 9 | 90")
    compared = relative_likelihoods(counts, "White")
    table = presented(compared)
    assert (compared["value"].item(), compared["upper"].item()) == (np.inf, np.inf)
    assert (table["value"].item(), table["lower"].item()) == (0, 0)
    assert table["upper"].item() == 1 / compared["lower"].item()


def test_gaps_stay_what_they_are():
    compared = gaps(drawn(COUNTS), "White")
    table = presented(compared)
    assert set(table["heading"]) == {"BME − White"}
    numbers = ["value", "lower", "upper"]
    np.testing.assert_array_equal(table[numbers], compared[numbers])


def test_headings_name_whichever_groups_are_compared():
    counts = drawn("indicator | group | numerator | denominator\n 2 | Indian | 9 | 90\n 2 | White | 9 | 90")
    assert presented(relative_likelihoods(counts, "White"))["heading"].item() == "White / Indian"
    assert presented(relative_likelihoods(counts, "Indian"))["heading"].item() == "Indian / White"


def test_refuses_to_turn_a_ratio_round_twice():
    with pytest.raises(ValueError) as refused:
        presented(presented(relative_likelihoods(drawn(COUNTS), "White")))
    assert str(refused.value) == "comparisons must be presented once, got: a table that has headings"
