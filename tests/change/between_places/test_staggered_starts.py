import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.between_places.difference_in_differences import difference_in_differences_of_means
from equity_metrics.change.between_places.staggered_starts import event_study, group_time_effects, staggered_effects
from equity_metrics.change.interventions import EFFECT_COLUMNS, Intervention

CODE = Intervention("RACE code", "2014", "Several trusts", "1", "higher", smallest_worthwhile=0.5)
YEARS = [str(year) for year in range(2010, 2024)]


def panel(places=24, noise=0.3, seed=0):
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1, (places, 1)) + rng.normal(0, 1, len(YEARS)) + rng.normal(0, noise, (places, len(YEARS)))
    return pd.DataFrame(values, [f"T{place}" for place in range(places)], YEARS)


def growing(table, starts, a_year=0.5):
    table = table.copy()
    for place, start in starts.items():
        first = YEARS.index(start)
        table.loc[place, YEARS[first:]] += a_year * np.arange(1, len(YEARS) - first + 1)
    return table


STARTS = {"T0": "2014", "T1": "2014", "T2": "2014", "T3": "2018", "T4": "2018", "T5": "2021", "T6": "2021"}


def run(table, starts=STARTS):
    row = staggered_effects(table, starts, CODE, measure="points", logs=False).iloc[0]
    assert list(row.index[: len(EFFECT_COLUMNS)]) == list(EFFECT_COLUMNS)
    return row


def test_without_noise_every_effect_is_exact():
    table = group_time_effects(growing(panel(noise=0.0), STARTS), STARTS)
    after = table[table["since"] >= 0]
    np.testing.assert_allclose(after["effect"], 0.5 * (after["since"] + 1), atol=1e-12)
    np.testing.assert_allclose(table.loc[table["since"] < 0, "effect"], 0, atol=1e-12)
    assert table["comparisons"].min() == 17
    assert table.loc[table["start"] == "2014", "comparisons"].max() == 21


def test_one_start_is_the_difference_in_differences_from_the_year_before():
    starts = dict.fromkeys(["T0", "T1", "T2"], "2020")
    table = panel()
    base = table.loc[:, "2019":]
    expected = difference_in_differences_of_means(
        base, Intervention("x", "2020", "T0", "1", "higher"), measure="points", treated=list(starts)
    )
    assert run(table, starts).effect == pytest.approx(expected.iloc[0].effect)


def test_growing_effects_are_right_where_two_way_fixed_effects_are_wrong():
    everyone = {f"T{place}": YEARS[3 + 3 * (place % 3)] for place in range(24)}
    table = growing(panel(noise=0.05), everyone)
    treated = np.array([[year >= everyone[place] for year in YEARS] for place in table.index], float)
    within = [
        x - x.mean(0) - x.mean(1, keepdims=True) + x.mean()
        for x in (treated, table.to_numpy() - table.to_numpy().mean())
    ]
    two_way = (within[0] * within[1]).sum() / (within[0] ** 2).sum()
    row = run(table, everyone)
    seen = group_time_effects(table, everyone).query("since >= 0").dropna()
    truth = np.average(
        seen.groupby("start")["since"].mean() * 0.5 + 0.5, weights=seen.groupby("start")["places"].first()
    )
    assert row.lower < truth < row.upper
    assert abs(row.effect - truth) < 0.1 * abs(two_way - truth)


def test_a_planted_effect_is_found_and_none_is_not():
    found, none = run(growing(panel(), STARTS)), run(panel(seed=4))
    assert found.verdict == "changed"
    assert found.permutation_p_value == pytest.approx(0.001)
    assert none.verdict != "changed"
    assert none.observed - none.expected == pytest.approx(none.effect)


def test_the_event_study_rises_after_the_start_and_shows_nothing_before():
    study = event_study(growing(panel(), STARTS), STARTS).set_index("since")
    assert -1 not in study.index
    before = study.loc[:-2]
    assert ((before["lower"] < 0) & (before["upper"] > 0)).all()
    assert study.loc[3, "lower"] > 0
    assert (study["lower"] < study["effect"]).all()


def test_a_path_that_began_before_the_start_is_seen():
    table = panel(noise=0.1)
    table.loc[list(STARTS)] += 0.3 * np.arange(len(YEARS))
    assert run(table).pre_trend_p_value < 0.01
    assert run(panel(noise=0.1)).pre_trend_p_value > 0.05


def test_nobody_left_to_compare_with_cannot_tell():
    all_at_once = dict.fromkeys(panel().index, "2014")
    row = run(panel(), all_at_once)
    assert row.verdict == "cannot tell"
    assert "not started" in row.would_change_verdict


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ({"Oak": "2014"}, "starts must name places of the panel, got: Oak"),
        ({}, "starts must name places of the panel, got: none"),
        ({"T0": "2010"}, "starts must be from 2011 to 2023, got: 2010"),
        ({"T0": "2014"}, "starts must name at least 2 places, got: 1; use synthetic control"),
    ],
)
def test_refusals(starts, sentence):
    with pytest.raises(ValueError) as refusal:
        run(panel(), starts)
    assert str(refusal.value) == sentence
