import numpy as np
import pandas as pd
import pytest

from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.funnels import likelihood_funnel, proportion_funnel
from equity_metrics.measures.fairness.peer_funnels import peer_funnels
from measures.small_tables import drawn

X, N = np.array([100, 105, 95, 98, 160, 40]), np.full(6, 1000)
LIMITS = ["target", "lower_95", "upper_95", "lower_998", "upper_998", "phi", "tau2", "places"]


def counts():
    places = [f"Trust {letter}" for letter in "ABCDEF"]
    white = pd.DataFrame({"organisation": places, "group": "White", "numerator": 200.0, "denominator": 2000.0})
    bme = pd.DataFrame({"organisation": places, "group": "BME", "numerator": X, "denominator": N}).astype(
        {"numerator": float, "denominator": float}
    )
    keys = {"period": "2025", "indicator": "3", "grouping": "White / BME", "level": "organisation"}
    return pd.concat([white, bme], ignore_index=True).assign(**keys, region=["North", "South"] * 6)


def test_each_group_has_its_own_funnel_of_proportions():
    table = peer_funnels(counts())
    bme, white = (table[table["group"] == group].reset_index(drop=True) for group in ("BME", "White"))
    made = proportion_funnel(X, N)
    np.testing.assert_allclose(bme[["value", "lower_95", "upper_998"]].T, (X / N, made.inner[0], made.outer[1]))
    np.testing.assert_allclose(bme[["target", "phi", "tau2", "places"]].iloc[0], (made.target, *made.spread, 6))
    assert set(white["position"]) == {"within the limits"}
    assert (white["tau2"] == 0).all()


def test_likelihoods_are_placed_as_they_lie():
    table = peer_funnels(relative_likelihoods(counts(), "White"), share=0.2)
    made = likelihood_funnel(X, N, np.full(6, 200), np.full(6, 2000), share=0.2)
    np.testing.assert_allclose(table[["lower_95", "upper_95"]].T, made.inner)
    within = (made.inner[0] <= X / N * 10) & (made.inner[1] >= X / N * 10)
    assert (table["position"] == "within the limits").tolist() == within.tolist()
    assert table["position"].str.startswith("above").tolist() == (made.inner[1] < X / N * 10).tolist()
    assert table["position"].str.startswith("below").tolist() == (made.inner[0] > X / N * 10).tolist()


def test_a_small_place_without_events_is_within_the_limits_and_a_large_one_is_not():
    table = counts()
    bme = table["group"] == "BME"
    table.loc[bme, "numerator"] = [100.0, 105, 95, 98, 0, 0]
    table.loc[bme, "denominator"] = [1000.0, 1000, 1000, 1000, 10, 1000]
    placed = peer_funnels(relative_likelihoods(table, "White"))
    assert placed["value"].tolist()[4:] == [0, 0]
    assert placed["position"].tolist()[4:] == ["within the limits", "below the outer limits"]
    assert "placed" not in placed.columns


def test_peers_part_the_funnels():
    table = peer_funnels(counts(), peers="region")
    north = table[(table["group"] == "BME") & (table["region"] == "North")]
    assert set(north["places"]) == {3}
    assert north["target"].iloc[0] == pytest.approx(X[::2].sum() / N[::2].sum())


def test_withheld_places_are_not_part_of_a_funnel():
    few = counts()
    few.loc[6, "numerator"] = 3
    table = peer_funnels(release(few))
    hidden = table[table["withheld"] != ""]
    assert hidden[["organisation", "group"]].to_numpy().tolist() == [["Trust A", "BME"]]
    assert hidden[["value", *LIMITS]].isna().all(axis=None)
    assert hidden["position"].tolist() == [""]
    assert set(table.loc[(table["group"] == "BME") & (table["withheld"] == ""), "places"]) == {5}


def test_one_place_alone_has_a_value_and_no_funnel():
    table = peer_funnels(counts(), peers="organisation")
    assert table["value"].notna().all()
    assert table[LIMITS].isna().all(axis=None)
    assert set(table["position"]) == {""}


def test_refuses_in_one_sentence():
    with pytest.raises(ValueError) as refused:
        peer_funnels(counts(), peers="system")
    assert str(refused.value) == "peers must be a column of the table, got: 'system'"
    with pytest.raises(ValueError) as refused:
        peer_funnels(gaps(counts(), "White"))
    assert str(refused.value) == "table must hold counts, or relative likelihoods before they are presented"
    with pytest.raises(ValueError) as refused:
        peer_funnels(drawn("group | numerator | denominator\nBME | 2 | 14", indicator="9", band="All members"))
    assert str(refused.value) == "table must be of rates, got: indicators 1 or 9, which are shares"
