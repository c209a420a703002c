"""What must hold for effects of several starts, whatever the panel."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.change.between_places.staggered_starts import event_study, group_time_effects, staggered_effects
from equity_metrics.change.between_places.start_cohorts import NEVER, jackknife_errors, left_out, summaries
from equity_metrics.change.interventions import Intervention

YEARS = [str(year) for year in range(2012, 2024)]
TRIED = Intervention("Panels", "2015", "Several trusts", "2", "higher", smallest_worthwhile=0.5)
RESULT = ["effect", "lower", "upper"]
SEEDS = st.integers(0, 2**32 - 1)


def panel(seed, places=10):
    values = np.random.default_rng(seed).normal(0, 0.3, (places, len(YEARS)))
    return pd.DataFrame(values, [f"T{place}" for place in range(places)], YEARS)


def dealt(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 8))
    return {f"T{place}": YEARS[at] for place, at in enumerate(rng.integers(1, len(YEARS), count))}


def row(table, starts):
    found = staggered_effects(table, starts, TRIED, measure="log ratio", logs=False).iloc[0]
    return found[[*RESULT, "p_value", "pre_trend_p_value"]].to_numpy(float)


@settings(max_examples=5, deadline=None)
@given(SEEDS)
def test_the_order_of_the_places_changes_nothing(seed):
    table, starts = panel(seed), dealt(seed)
    turned = table.sample(frac=1, random_state=seed % 1000)
    np.testing.assert_allclose(row(turned, starts), row(table, starts), atol=1e-9)
    first, second = (event_study(rows, starts).set_index("since") for rows in (table, turned))
    np.testing.assert_allclose(first["effect"], second["effect"], atol=1e-9)


@settings(max_examples=5, deadline=None)
@given(SEEDS)
def test_levels_of_places_and_a_path_that_all_share_change_nothing(seed):
    table, starts = panel(seed), dealt(seed)
    rng = np.random.default_rng(seed)
    moved = table + rng.normal(0, 3, (len(table), 1)) + rng.normal(0, 3, len(YEARS))
    np.testing.assert_allclose(row(moved, starts), row(table, starts), atol=1e-8)
    pd.testing.assert_frame_equal(event_study(moved, starts), event_study(table, starts), rtol=1e-6, atol=1e-8)


@settings(max_examples=5, deadline=None)
@given(SEEDS)
def test_changing_group_and_reference_over_turns_effect_and_limits_round(seed):
    table, starts = panel(seed), dealt(seed)
    effect, lower, upper, *p_values = row(table, starts)
    np.testing.assert_allclose(row(-table, starts), [-effect, -upper, -lower, *p_values], atol=1e-9)


@settings(max_examples=5, deadline=None)
@given(SEEDS, st.floats(-3, 3))
def test_a_planted_effect_moves_the_result_by_itself(seed, planted):
    table, starts = panel(seed), dealt(seed)
    raised = table.copy()
    for place, start in starts.items():
        raised.loc[place, start:] += planted
    seen = group_time_effects(raised, starts)["effect"] - group_time_effects(table, starts)["effect"]
    after = group_time_effects(table, starts)["since"] >= 0
    np.testing.assert_allclose(seen[after], planted, atol=1e-9)
    np.testing.assert_allclose(seen[~after], 0, atol=1e-9)
    np.testing.assert_allclose(row(raised, starts)[:3] - row(table, starts)[:3], planted, atol=1e-9)


def test_without_an_effect_the_limits_hold_none_as_often_as_they_say():
    rng = np.random.default_rng(8)
    first = np.array([4] * 4 + [6] * 4 + [9] * 4 + [NEVER] * 12)
    values = rng.normal(size=(400, len(first), len(YEARS))).cumsum(axis=2)
    missed = 0
    for drawn in values:
        error = jackknife_errors(np.array([summaries(*left)[:1] for left in left_out(drawn, first)]))[0]
        missed += abs(summaries(drawn, first)[0]) > 2.201 * error
    assert missed / len(values) < 0.05 + 2 * np.sqrt(0.05 * 0.95 / len(values))


def test_the_last_to_start_have_no_effect_of_their_own_where_everyone_starts():
    starts = {f"T{place}": "2016" if place < 5 else "2019" for place in range(10)}
    found = group_time_effects(panel(1), starts)
    assert found.loc[found["start"] == "2019", "effect"].isna().all()
    assert found.loc[(found["start"] == "2016") & (found["period"] >= "2019"), "effect"].isna().all()
    assert event_study(panel(1), starts)["since"].max() == 2


def test_where_all_start_at_once_there_are_no_effects_to_show():
    study = event_study(panel(1), dict.fromkeys(panel(1).index, "2016"))
    assert study.columns.tolist() == ["since", "effect", "lower", "upper", "places"]
    assert study.empty


def test_a_start_in_the_second_period_leaves_no_path_before_it():
    starts = {"T0": "2013", "T1": "2013", "T2": "2013"}
    assert event_study(panel(1), starts)["since"].min() == 0
    assert np.isnan(row(panel(1), starts)[-1])


def test_a_missing_cell_is_refused():
    holed = panel(1)
    holed.iloc[3, 4] = np.nan
    with pytest.raises(ValueError, match=r"^outcomes must be complete, got: 1 missing$"):
        event_study(holed, {"T0": "2015", "T1": "2016"})
