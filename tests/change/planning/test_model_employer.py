import pandas as pd
import pytest

from equity_metrics.change.planning.model_employer import model_employer_trajectories


def counts():
    rows = [
        ("Ash", "2018", "8a", "BME", 6, 100),
        ("Ash", "2018", "VSM", "BME", 0, 10),
        ("Ash", "2018", "All staff", "BME", 600, 3_000),
        ("Ash", "2020", "8a", "BME", 8, 104),
        ("Ash", "2028", "8a", "BME", 25, 120),
    ]
    return pd.DataFrame(rows, columns=["organisation", "period", "band", "group", "numerator", "denominator"])


def test_a_straight_line_to_the_workforce_share():
    table = model_employer_trajectories(counts(), "BME", bands=["8a", "VSM"]).set_index(["band", "period"])
    assert table["target"].unique().tolist() == [0.2]
    assert table.loc[("8a", "2018"), "needed"] == pytest.approx(6)
    assert table.loc[("8a", "2020"), "needed"] == pytest.approx(6 + 14 * 0.2)
    assert table.loc[("8a", "2020"), "more"] == 1
    assert table.loc[("8a", "2028"), "needed"] == pytest.approx(20)
    assert table.loc[("8a", "2028"), "more"] == 0
    assert table.loc[("VSM", "2028"), "needed"] == pytest.approx(2)
    assert table["observed"].isna().sum() == 22 - 4


def test_every_assumption_is_an_argument():
    table = model_employer_trajectories(
        counts(), "BME", bands=["8a"], years=(2018, 2020), target=0.5, growth=0.02
    ).set_index("period")
    assert table.loc["2020", "needed"] == pytest.approx(0.5 * 100 * 1.02**2)
    assert list(table.index) == ["2018", "2019", "2020"]


def test_refusals():
    with pytest.raises(ValueError) as refusal:
        model_employer_trajectories(counts(), "BME")
    assert str(refusal.value) == "counts must hold every band in 2018, got: nothing for 8b, 8c, 8d, 9"
    with pytest.raises(ValueError, match="years must be in order, got: 2028 and 2018"):
        model_employer_trajectories(counts(), "BME", years=(2028, 2018))
    with pytest.raises(ValueError, match="one organisation, got: Ash, Elm"):
        model_employer_trajectories(counts().assign(organisation=["Ash", "Elm", "Ash", "Ash", "Ash"]), "BME")
