"""From the intervention file and the counts to the verdict, the agreed decision and the rebound."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.change.agreed_effects import NO_DECISION, agreed_effects, effects_by_method, rebounds_beside
from equity_metrics.change.between_places.panels import paired_counts
from equity_metrics.change.method_choice import (
    CORRECTED_MIX,
    EVERY_MONTH,
    METHODS,
    MIX,
    OTHERS,
    OWN_LEVEL,
    OWN_TREND,
    STAGGERED,
    comparable_counts,
    method_choices,
)
from equity_metrics.change.monitored.decisions import decision
from equity_metrics.change.trends.expected_levels import expected_levels
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.interventions import read_interventions
from equity_metrics.sources.wres_return import read_wres_return


@pytest.fixture(scope="module")
def counts(samples):
    files = ("monthly_recruitment_synthetic.csv.gz", "monthly_disciplinaries_synthetic.csv.gz")
    return roll_up(pd.concat([read_wres_return(samples / name) for name in files]), to="White / BME")


@pytest.fixture(scope="module")
def agreed(samples):
    return {i.where: i for i in read_interventions(samples.parent / "interventions")}


@pytest.mark.parametrize("method", [None, *(name for name in METHODS if name not in (CORRECTED_MIX, STAGGERED))])
def test_every_method_tells_the_one_that_worked_from_the_two_that_did_not(counts, agreed, method):
    found = {where: agreed_effects(counts, i, method=method).iloc[0] for where, i in agreed.items()}
    assert {where: row["verdict"] for where, row in found.items()} == {
        "Alderbrook Hospitals": "changed",
        "Cressley Hospitals": "cannot tell",
        "Marlowe Cross Mental Health": "cannot tell",
    }
    assert found["Alderbrook Hospitals"]["agreed_decision"] == "spread it"
    assert found["Marlowe Cross Mental Health"]["agreed_decision"] == "continue"
    assert found["Cressley Hospitals"]["agreed_decision"] in ("continue", "stop")


def test_the_rebound_is_named_and_only_where_a_place_was_chosen_for_a_bad_year(counts, agreed):
    chosen = agreed["Marlowe Cross Mental Health"]
    row = rebounds_beside(comparable_counts(counts, chosen), chosen).iloc[0]
    assert row["is_rebound"]
    assert row["lower"] < row["seen"] < row["upper"]
    assert row["next_period"] == "2024"
    not_chosen = agreed["Alderbrook Hospitals"]
    assert rebounds_beside(comparable_counts(counts, not_chosen), not_chosen).empty


def test_a_year_that_was_not_counted_is_refused(counts, agreed):
    chosen = replace(agreed["Marlowe Cross Mental Health"], chosen_for="2019")
    with pytest.raises(ValueError, match="chosen_for must be one of the WRES years"):
        rebounds_beside(comparable_counts(counts, chosen), chosen)


def test_places_where_something_was_tried_and_places_with_gaps_are_no_comparison(counts, agreed):
    tried = agreed["Alderbrook Hospitals"]
    gap = (counts["organisation"] == "Bramwell Hospitals") & (counts["period"] == "2022-02")
    rows = comparable_counts(counts[~gap], tried, [i.where for i in agreed.values()])
    places = set(rows["organisation"])
    assert tried.where in places
    assert not places & {"Cressley Hospitals", "Marlowe Cross Mental Health", "Bramwell Hospitals"}
    assert len(places) == 37


def test_the_proposed_method_follows_from_the_data_and_refusals_say_why(counts, agreed):
    tried = agreed["Alderbrook Hospitals"]
    rows = comparable_counts(counts, tried)
    assert method_choices(rows, tried)["method"].iloc[0] == OTHERS
    alone = rows[rows["organisation"] == tried.where]
    choices = method_choices(alone, tried).set_index("method")
    assert choices.index[0] == OWN_TREND
    assert not choices.loc[[OTHERS, MIX, STAGGERED], "possible"].any()
    assert "only 0 other organisations" in choices.loc[MIX, "why"]
    assert "one place started" in choices.loc[STAGGERED, "why"]
    early = method_choices(rows, replace(tried, start="2020-06")).set_index("method")
    assert not early.loc[[OWN_TREND, OWN_LEVEL, EVERY_MONTH], "possible"].any()
    with pytest.raises(ValueError, match="one place started"):
        agreed_effects(counts, tried, method=STAGGERED)


def test_all_methods_together_are_those_one_by_one_without_what_the_data_refuse(counts, agreed):
    tried = agreed["Alderbrook Hospitals"]
    alone = counts[counts["organisation"] == tried.where]
    found = effects_by_method(alone, tried)
    assert list(found["compared_with"]) == [OWN_TREND, OWN_LEVEL, EVERY_MONTH]
    one = agreed_effects(alone, tried, method=OWN_LEVEL).iloc[0]
    assert found.loc[1, "effect"] == one["effect"]
    assert found["why"].str.len().min() > 0
    with pytest.raises(ValueError, match="counts must allow at least one method"):
        effects_by_method(alone, replace(tried, start="2020-06"))


@pytest.mark.parametrize("method", [OTHERS, OWN_TREND, OWN_LEVEL, MIX, EVERY_MONTH])
def test_the_band_and_the_interval_are_the_same_statement(counts, agreed, method):
    tried = agreed["Alderbrook Hospitals"]
    row = agreed_effects(counts, tried, method=method).iloc[0]
    own = counts[(counts["organisation"] == tried.where) & (counts["indicator"] == tried.indicator)]
    levels = expected_levels(paired_counts(own, "BME", "White"), tried, row)
    after = levels[levels["phase"] == "after"]
    assert np.allclose(after["expected"] / after["lower"], row["upper"] / row["effect"])
    assert np.allclose(after["upper"] / after["expected"], row["effect"] / row["lower"])
    assert levels.loc[levels["phase"] == "baseline", ["lower", "upper"]].isna().all(axis=None)


def test_without_a_smallest_worthwhile_effect_there_is_no_decision(counts, agreed):
    tried = replace(agreed["Alderbrook Hospitals"], smallest_worthwhile=None, stop_below=None, spread_from=None)
    assert agreed_effects(counts, tried).iloc[0]["agreed_decision"] == NO_DECISION


@pytest.mark.parametrize(
    ("stop_below", "spread_from", "decided"),
    [(None, None, "spread it"), (1.1, None, "spread it"), (None, 1.5, "continue"), (1.9, 2.0, "change it")],
)
def test_the_thresholds_agreed_apart_decide(stop_below, spread_from, decided):
    tried = Intervention(
        "Panels", "2023-04", "Ash", "2", "higher", smallest_worthwhile=1.25, stop_below=stop_below,
        spread_from=spread_from,
    )  # fmt: skip
    assert decision(1.4, 1.1, 1.8, tried) == decided


def test_a_place_that_would_stop_later_than_spread_is_refused():
    with pytest.raises(ValueError, match="stop_below must not exceed spread_from"):
        Intervention("Panels", "2023-04", "Ash", "2", "higher", smallest_worthwhile=1.25, stop_below=1.5)
