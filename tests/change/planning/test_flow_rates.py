import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.planning.flow_rates import assumed_rates, estimated_rates


def flows():
    rows = [
        ("2024", "5", "BME", 200, 40, 0, 20),
        ("2024", "5", "White", 600, 60, 0, 60),
        ("2024", "8a", "BME", 10, 1, 1, 1),
        ("2024", "8a", "White", 90, 9, 4, 9),
        ("2025", "5", "BME", 219, 40, 0, 22),
        ("2025", "5", "White", 596, 60, 0, 60),
        ("2025", "8a", "BME", 11, 1, 3, 1),
        ("2025", "8a", "White", 94, 9, 2, 9),
    ]
    return pd.DataFrame(rows, columns=["period", "band", "group", "headcount", "joiners", "promoted_in", "leavers"])


def test_rates_are_events_over_heads():
    rates = estimated_rates(flows())
    assert rates.bands == ("5", "8a")
    assert rates.groups == ("BME", "White")
    assert rates.start == 2026
    np.testing.assert_allclose(rates.leaving[0, 0], [42 / 419, 120 / 1_196])
    np.testing.assert_allclose(rates.promotion[0, 0], [4 / 419, 6 / 1_196])
    np.testing.assert_allclose(rates.inside[0], [0, 10 / 30])
    np.testing.assert_allclose(rates.joining[0, 1], [0.1, 0.9])
    np.testing.assert_allclose(rates.headcount, [[219 + 40 - 22 - 3, 596 + 60 - 60 - 2], [14, 96]])
    assert rates.basis == "estimated from 2 years of flows"


def test_draws_surround_the_estimates_and_repeat():
    one, many, again = (estimated_rates(flows(), draws=draws, seed=1) for draws in (None, 4_000, 4_000))
    np.testing.assert_allclose(many.leaving[:, 0].mean(axis=0), one.leaving[0, 0], rtol=0.05)
    np.testing.assert_allclose(many.inside[:, 1].mean(), one.inside[0, 1], rtol=0.1)
    np.testing.assert_allclose(many.joining.sum(axis=2), 1)
    assert many.joining[:, 1, 0].std() > 0.03
    np.testing.assert_array_equal(many.promotion, again.promotion)


def test_a_band_without_joiners_shares_vacancies_equally():
    table = flows().assign(joiners=lambda own: own["joiners"].where(own["band"] == "5", 0))
    np.testing.assert_allclose(estimated_rates(table).joining[0, 1], [0.5, 0.5])


def test_assumed_rates_are_called_assumed():
    headcount = pd.DataFrame({"BME": [10, 200], "White": [90, 600]}, index=["8a", "5"])
    rates = assumed_rates(headcount, 2025, leaving=0.1, promotion=1.0, inside=0.4, joining=[0.3, 0.7])
    assert rates.basis == "assumed"
    assert rates.bands == ("5", "8a")
    assert rates.inside[0].tolist() == [0, 0.4]
    for change, sentence in (
        ({"leaving": 1.2}, "leaving must be between 0 and 1, got: 1.2 to 1.2"),
        ({"joining": [0.3, 0.3]}, "joining must add up to 1 in every band, got: 0.6"),
        ({"promotion": -1.0}, "promotion must not be negative, got: -1"),
    ):
        given = {"leaving": 0.1, "promotion": 1.0, "inside": 0.4, "joining": [0.3, 0.7]} | change
        with pytest.raises(ValueError) as refusal:
            assumed_rates(headcount, 2025, **given)
        assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda table: table.drop(columns="leavers"), "flows must have the columns leavers"),
        (lambda table: table.iloc[1:], "flows must be complete, got: nothing for ('2024', '5', 'BME')"),
        (lambda table: table.replace({"band": {"8a": "Consultants"}}), "band must be on the pay ladder"),
        (lambda table: table.replace({"period": {"2024": "2024-01"}}), "period must be a year, got: 2024-01"),
        (lambda table: table.assign(promoted_in=1), "promoted_in must be 0 in the lowest band (5)"),
        (lambda table: table.assign(joiners=-1), "flows must not be negative, got: -1"),
        (lambda table: table.assign(leavers=900), "flows must not take more people from a band than are there"),
        (lambda table: table.assign(organisation=list("AABBAABB")), "flows must hold one organisation, got: A, B"),
    ],
)
def test_refusals(change, sentence):
    with pytest.raises(ValueError) as refusal:
        estimated_rates(change(flows()))
    assert str(refusal.value).startswith(sentence)
