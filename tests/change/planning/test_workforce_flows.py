from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.change.planning.flow_rates import assumed_rates
from equity_metrics.change.planning.workforce_flows import parity_years, projected_workforce, workforce_trajectories

HEADCOUNT = pd.DataFrame({"BME": [200.0, 40.0, 5.0], "White": [600.0, 260.0, 95.0]}, index=["5", "7", "8a"])


def rates(**change):
    given = {"leaving": 0.1, "promotion": 1.0, "inside": 0.5, "joining": [0.4, 0.6]} | change
    return assumed_rates(HEADCOUNT, 2025, **given)


def test_one_year_by_hand():
    """8a: 10 leave, 5 promoted from 7 (13.3 % BME there), 5 join; 7: 30 leave, 5 go up, 17.5 from 5, 17.5 join."""
    year = projected_workforce(rates(), rates(), 1, runs=2).expected[1]
    top = [5 * 0.9 + 5 * (36 / 270) + 5 * 0.4, 95 * 0.9 + 5 * (234 / 270) + 5 * 0.6]
    np.testing.assert_allclose(year[2], top)
    middle = [36 - 5 * 36 / 270 + 17.5 * 0.25 + 17.5 * 0.4, 234 - 5 * 234 / 270 + 17.5 * 0.75 + 17.5 * 0.6]
    np.testing.assert_allclose(year[1], middle)
    np.testing.assert_allclose(year.sum(axis=1), [800, 300, 100])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999), inside=st.floats(0, 1), leaving=st.floats(0, 0.5), growth=st.floats(0, 0.05))
def test_nobody_is_lost_and_bands_keep_their_size(seed, inside, leaving, growth):
    given_rates = rates(inside=inside, leaving=leaving, growth=growth)
    projection = projected_workforce(given_rates, given_rates, 6, runs=20, seed=seed)
    sizes = np.array([800, 300, 100]) * (1 + growth) ** np.arange(7)[:, None]
    np.testing.assert_allclose(projection.expected.sum(axis=2), sizes)
    np.testing.assert_allclose(projection.simulated.sum(axis=3), np.broadcast_to(np.rint(sizes), (20, 7, 3)))
    assert projection.simulated.min() >= 0
    np.testing.assert_array_equal(projection.simulated, np.rint(projection.simulated))


def test_simulated_futures_surround_the_expected_one():
    table = workforce_trajectories(projected_workforce(rates(), rates(), 8, runs=600))
    inside = (table["lower"] <= table["share"]) & (table["share"] <= table["upper"])
    assert inside.all()
    late = table[(table["period"] == "2033") & (table["group"] == "BME") & (table["band"] == "8a")].iloc[0]
    assert 0.01 < late.upper - late.lower < 0.4
    assert late.basis == "assumed"
    means = projected_workforce(rates(), rates(), 8, runs=600)
    np.testing.assert_allclose(means.simulated.mean(axis=0), means.expected, rtol=0.1, atol=1.5)


def test_uncertain_rates_widen_the_limits():
    known = rates()
    rng = np.random.default_rng(0)
    shares = rng.beta(4, 6, (300, 3))
    unsure = replace(
        known,
        leaving=np.repeat(known.leaving, 300, 0),
        promotion=np.repeat(known.promotion, 300, 0),
        inside=np.repeat(known.inside, 300, 0),
        joining=np.stack([shares, 1 - shares], axis=2),
    )
    narrow, wide = (workforce_trajectories(projected_workforce(known, drawn, 8, runs=600)) for drawn in (known, unsure))
    last = narrow["period"] == "2033"
    width = [(table["upper"] - table["lower"])[last].mean() for table in (narrow, wide)]
    assert width[1] > 1.4 * width[0]


def test_parity_comes_sooner_when_joiners_mirror_it():
    slow, fast = (
        parity_years(projected_workforce(one, one, 25, runs=300), "BME").set_index("band")
        for one in (rates(joining=[0.25, 0.75]), rates(joining=[0.5, 0.5]))
    )
    assert fast.loc["8a", "target"] == pytest.approx(245 / 1_200)
    assert fast.loc["8a", "year"] < slow.loc["8a", "year"]
    assert fast.loc["8a", "lower"] <= fast.loc["8a", "year"] <= fast.loc["8a", "upper"]
    assert fast.loc["8a", "chance"] == 1


def test_parity_that_never_comes_is_missing_with_its_chance():
    stuck = rates(joining=[0.02, 0.98])
    table = parity_years(projected_workforce(stuck, stuck, 10, runs=200), "BME", target=0.5)
    assert table["year"].isna().all()
    assert table["upper"].isna().all()
    assert (table["chance"] == 0).all()


def test_refusals():
    with pytest.raises(ValueError, match="years must be above 0, got: 0"):
        projected_workforce(rates(), rates(), 0)
    with pytest.raises(ValueError, match="group must be one of BME, White, got: Asian"):
        parity_years(projected_workforce(rates(), rates(), 1, runs=2), "Asian")
    several = replace(rates(), leaving=np.zeros((2, 3, 2)))
    with pytest.raises(ValueError, match="rates must hold one draw, got: 2"):
        projected_workforce(several, several, 1)
