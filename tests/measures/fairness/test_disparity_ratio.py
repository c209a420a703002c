import numpy as np
import pytest

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.disparity_ratio import TIERS, disparity_ratio, disparity_ratios
from measures.small_tables import drawn

COUNTS = """
    organisation | band        | group | numerator | denominator
    Alder        | 2           | White | 300       | 500
    Alder        | 5           | White | 500       | 800
    Alder        | 6           | White | 400       | 520
    Alder        | 8a          | White | 180       | 200
    Alder        | Consultants | White | 90        | 150
    Alder        | 2           | BME   | 200       | 500
    Alder        | 5           | BME   | 300       | 800
    Alder        | 6           | BME   | 120       | 520
    Alder        | 8a          | BME   | 20        | 200
    Alder        | Consultants | BME   | 60        | 150
    Beech        | 5           | White | 100       | 150
    Beech        | 6           | White | 50        | 60
    Beech        | 8a          | White | 30        | 33
    Beech        | 5           | BME   | 50        | 150
    Beech        | 6           | BME   | 10        | 60
    Beech        | 8a          | BME   | 3         | 33
"""


def made(counts, **more):
    return disparity_ratios(counts, "White", **more).set_index(["organisation", "step"])


def test_hand_worked_table():
    table = made(drawn(COUNTS, indicator="1"))
    alder = table.loc["Alder", "value"]
    assert alder["lower to middle"] == pytest.approx((400 / 800) / (120 / 500))
    assert alder["middle to upper"] == pytest.approx((180 / 400) / (20 / 120))
    assert alder["lower to upper"] == pytest.approx(alder["lower to middle"] * alder["middle to upper"])
    assert set(table["measure"]) == {"race disparity ratio"}
    people = table.loc[("Alder", "lower to upper")]
    numbers = ["people_higher", "people_lower", "reference_people_higher", "reference_people_lower"]
    assert people[numbers].tolist() == [20, 500, 180, 800]


def test_tiers_are_a_parameter_and_doctors_are_in_none():
    assert "Consultants" not in {band for bands in TIERS.values() for band in bands}
    table = made(drawn(COUNTS, indicator="1"), tiers={"to 6": ("2", "5", "6"), "doctors": ("Consultants",)})
    assert table.loc[("Alder", "to 6 to doctors"), "value"] == pytest.approx((90 / 1200) / (60 / 620))


def test_a_withheld_band_withholds_the_steps_of_its_tier_only():
    table = made(release(drawn(COUNTS, indicator="1"))).loc["Beech"]
    assert table["value"].notna().to_dict() == {
        "lower to middle": True,
        "lower to upper": False,
        "middle to upper": False,
    }
    hidden = table.loc["lower to upper"]
    assert hidden["withheld"].startswith("BME: ")
    assert hidden[["lower", "upper", "people_higher", "people_lower", "reference_people_lower"]].isna().all()


def test_limits_are_those_of_a_bootstrap():
    rng = np.random.default_rng(20250331)
    higher_1, lower_1, higher_0, lower_0 = 120, 500, 400, 800
    group = rng.multinomial(620, np.array([higher_1, lower_1]) / 620, 40_000)
    others = rng.multinomial(1200, np.array([higher_0, lower_0]) / 1200, 40_000)
    drawn_again = (others[:, 0] / others[:, 1]) / (group[:, 0] / group[:, 1])
    ratio = disparity_ratio(higher_1, lower_1, higher_0, lower_0)
    np.testing.assert_allclose((ratio.lower, ratio.upper), np.quantile(drawn_again, [0.025, 0.975]), rtol=0.015)


def test_no_limits_without_people():
    value, lower, upper = disparity_ratio([0, 5, np.nan], [5, 0, 5], 5, 5)
    assert np.isinf(value[0])
    assert value[1] == 0
    assert np.isnan([lower, upper]).all()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: disparity_ratio(1, 2, -3, 4), "people must be 0 or more, got: -3"),
        (
            lambda: disparity_ratios(drawn(COUNTS, indicator="2"), "White"),
            "counts must hold indicator 1 by band, got: no row in the tiers",
        ),
        (
            lambda: disparity_ratios(drawn(COUNTS, indicator="1"), "White", {"a": ("2",), "b": ("2", "5")}),
            "tiers must hold each band once, got: a band in two tiers",
        ),
    ],
)
def test_refuses_in_one_sentence(make, sentence):
    with pytest.raises(ValueError) as refused:
        make()
    assert str(refused.value) == sentence
