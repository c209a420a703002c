import numpy as np
import pandas as pd
import pytest

from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.measures.fairness.funnel_lines import (
    LIMITS,
    chance_limits,
    funnel_lines,
    funnel_positions,
    funnel_sizes,
    limits_at,
)
from equity_metrics.measures.fairness.funnels import proportion_limits
from equity_metrics.measures.fairness.peer_funnels import peer_funnels


def places(spread: float, seed: int = 5) -> pd.DataFrame:
    """Draw counts of 30 places that differ by ``spread`` on the log scale."""
    random = np.random.default_rng(seed)
    rows = []
    for place in range(30):
        shift = np.exp(random.normal(0, spread))
        for group, n, p in (("White", 900 + 100 * place, 0.05), ("BME", 200 + 60 * place, 0.06 * shift)):
            rows.append((f"Place {place}", group, random.binomial(n, min(p, 0.9)), n))
    table = pd.DataFrame(rows, columns=["organisation", "group", "numerator", "denominator"])
    return table.assign(period="2025", indicator="3", grouping="White / BME", level="organisation")


def funnel(kind: str, spread: float) -> pd.DataFrame:
    counts = places(spread)
    bme = counts[counts["group"] == "BME"]
    return peer_funnels(bme if kind == "proportion" else relative_likelihoods(counts, "White"))


@pytest.mark.parametrize("kind", ["proportion", "ratio"])
@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_limits_at_the_places_are_those_of_their_funnel(kind, spread):
    """The lines must go through the limits by which places are judged."""
    placed = funnel(kind, spread)
    assert (placed["tau2"].iloc[0] > 0) == (spread > 0)
    target, tau2 = placed["target"].iloc[0], placed["tau2"].iloc[0]
    for held, columns in ((0.95, LIMITS[:2]), (0.998, LIMITS[2:])):
        limits = limits_at(funnel_sizes(placed), target, tau2, held, ratio=kind == "ratio")
        for limit, column in zip(limits, columns, strict=True):
            np.testing.assert_allclose(limit, placed[column], rtol=1e-12)


@pytest.mark.parametrize("kind", ["proportion", "ratio"])
def test_chance_alone_gives_narrower_limits_and_finds_more_outside(kind):
    placed = funnel(kind, 0.5)
    chance = chance_limits(placed)
    assert (chance["upper_95"] < placed["upper_95"]).all()
    assert (chance["position"] != "within the limits").sum() > (placed["position"] != "within the limits").sum()
    assert (chance["tau2"] == 0).all()
    assert chance["phi"].tolist() == placed["phi"].tolist()


@pytest.mark.parametrize("kind", ["proportion", "ratio"])
def test_where_chance_explains_the_spread_nothing_changes(kind):
    placed = funnel(kind, 0.0)
    pd.testing.assert_frame_equal(chance_limits(placed), placed)


def test_the_limits_of_a_proportion_by_chance_are_the_published_ones():
    placed = chance_limits(funnel("proportion", 0.5))
    lower, upper = proportion_limits(placed["denominator"], placed["target"].iloc[0], 0.998)
    np.testing.assert_allclose(placed["lower_998"], lower)
    np.testing.assert_allclose(placed["upper_998"], upper)


def test_effective_events_are_about_those_of_the_group_with_fewer():
    table = pd.DataFrame(
        {"value": [1.0, None], "measure": "relative likelihood", "numerator": [10.0, None], "denominator": 1e6}
    ).assign(reference_numerator=1e5, reference_denominator=1e7)
    sizes = funnel_sizes(table)
    assert sizes[0] == pytest.approx(10.5, rel=1e-3)
    assert np.isnan(sizes[1])


def test_withheld_places_have_no_limits_and_are_not_drawn():
    counts = places(0.5)
    counts.loc[0:1, ["numerator", "denominator"]] = np.nan
    placed = chance_limits(peer_funnels(relative_likelihoods(counts, "White")))
    assert placed["lower_95"].isna().tolist() == [True] + [False] * 29
    assert placed["position"].iloc[0] == ""
    lines = funnel_lines(placed)
    assert len(lines) == 80
    assert (lines["upper_95"].diff().dropna() < 0).all()


def test_without_limits_there_are_no_lines():
    one = places(0.0).iloc[1:2]
    placed = peer_funnels(one)
    assert funnel_lines(placed).empty
    assert chance_limits(placed)["lower_95"].isna().all()


@pytest.mark.parametrize("kind", ["proportion", "ratio"])
def test_positions_are_those_of_the_funnel_where_both_groups_have_events(kind):
    placed = funnel(kind, 0.5)
    assert funnel_positions(placed).tolist() == placed["position"].tolist()


def test_a_small_place_without_an_event_is_not_called_far_out():
    counts = places(0.1)
    small = (counts["organisation"] == "Place 0") & (counts["group"] == "BME")
    counts.loc[small, ["numerator", "denominator"]] = [0, 25]
    placed = peer_funnels(relative_likelihoods(counts, "White"))
    assert placed["value"].iloc[0] == 0
    assert funnel_positions(placed).iloc[0] == "within the limits"
    large = placed.assign(denominator=placed["denominator"].where(placed.index > 0, 3000.0))
    assert funnel_positions(large).iloc[0].startswith("below")
