import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.planning.power import LEAST_EVENTS, own_baseline
from equity_metrics.change.planning.released_baselines import TOO_FEW, released_baselines

STAFF = {
    "White": (900, 40),
    "Asian or Asian British": (300, 12),
    "Black or Black British": (120, 4),
    "Not known": (9, 0),
}


def counts(few=None, quarters=4):
    rng, rows = np.random.default_rng(5), []
    for month in pd.period_range("2024-04", periods=3 * quarters, freq="M").astype(str):
        for group, (people, events) in {**STAFF, **(few or {})}.items():
            rows.append(("Ash", month, "3", group, rng.poisson(events), people))
    columns = ["organisation", "period", "indicator", "group", "numerator", "denominator"]
    return pd.DataFrame(rows, columns=columns).assign(grouping="Five groups", level="organisation", source="Synthetic")


@pytest.fixture(scope="module")
def baselines():
    return released_baselines(counts())


def test_totals_hold_all_events_and_the_mean_of_staff_in_post(baselines):
    own = baselines.totals.set_index("group").loc["Asian or Asian British"]
    table = counts()
    assert own.numerator == table.loc[table["group"] == "Asian or Asian British", "numerator"].sum()
    assert own.denominator == 300
    assert own.period == "2024-25 Q1 to 2024-25 Q4"
    assert "Not known" not in set(baselines.totals["group"])
    assert set(baselines.totals["group"]) > {"BME", "White"}


def test_a_baseline_is_learned_from_the_quarters(baselines):
    found, why = baselines.own("Ash", "3", "BME")
    assert why == ""
    assert found == own_baseline(baselines.quarters["Ash", "3", "White / BME"], "Ash", "BME", "White")
    assert found.periods == 4
    assert found.people == (420, 900)


def test_what_is_withheld_is_not_simulated_and_says_why():
    few = {"Mixed or multiple ethnic groups": (40, 0.2), "Other ethnic group": (40, 0.2)}
    baselines = released_baselines(counts(few))
    small = baselines.totals.set_index("group").loc["Other ethnic group"]
    found, why = baselines.own("Ash", "3", "Other ethnic group")
    assert found is None
    assert why == (f"Other ethnic group: {small.withheld}" if small.withheld else TOO_FEW)
    assert np.isnan(small.numerator) or small.numerator == 0
    assert baselines.own("Ash", "3", "Nobody")[1] == "Nobody: not in the data"


def test_nothing_tells_how_few_events_there_are():
    few = {"Other ethnic group": (40, 0.0)}
    assert released_baselines(counts(few)).own("Ash", "3", "Other ethnic group")[0] is None
    assert str(LEAST_EVENTS) in TOO_FEW
