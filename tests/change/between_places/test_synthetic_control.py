import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.between_places.augmented_synthetic_control import (
    augmented_synthetic_control,
    augmented_weights,
)
from equity_metrics.change.between_places.simplex_weights import simplex_weights
from equity_metrics.change.between_places.synthetic_control import noise_ridge, synthetic_control, synthetic_paths
from equity_metrics.change.interventions import EFFECT_COLUMNS, Intervention

GOLDEN = Path(__file__).parents[2] / "golden"
ASH = Intervention("Panels", "2022", "Ash", "2", "higher", smallest_worthwhile=1.25)


def proposition_99():
    panel = json.loads((GOLDEN / "synthetic_control_panel.json").read_text(encoding="utf-8"))
    years = len(panel["packs"]["California"])
    columns = [str(panel["first_year"] + year) for year in range(years)]
    return pd.DataFrame.from_dict(panel["packs"], orient="index", columns=columns)


def panel(donors=30, periods=16, start=2010, effect=0.0, seed=0):
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 0.1, (donors + 1, 2)) @ rng.normal(0, 1, (2, periods)) + rng.normal(
        0, 0.05, (donors + 1, periods)
    )
    columns = [str(start + period) for period in range(periods)]
    table = pd.DataFrame(values, ["Ash"] + [f"D{donor}" for donor in range(donors)], columns)
    table.loc["Ash", [period for period in columns if period >= "2022"]] += effect
    return table


def one(table):
    assert len(table) == 1
    assert list(table.columns)[: len(EFFECT_COLUMNS)] == list(EFFECT_COLUMNS)
    return table.iloc[0]


def test_proposition_99_reaches_the_exact_optimum():
    golden = json.loads((GOLDEN / "synthetic_control.json").read_text(encoding="utf-8"))
    law = Intervention("Proposition 99", "1989", "California", "packs", "lower")
    row = one(synthetic_control(proposition_99(), law, measure="packs per head", logs=False))
    assert row.effect == pytest.approx(golden["effect"], abs=golden["effect_tolerance"])
    assert row.smallest_p_value == pytest.approx(1 / 39)
    paths, weights = synthetic_paths(proposition_99(), law)
    for state, weight in golden["weights"].items():
        assert weights[state] == pytest.approx(weight, abs=golden["weights_tolerance"])
    after = paths[paths["phase"] == "after"]
    assert (after["observed"] - after["expected"]).mean() == pytest.approx(row.effect)


def test_an_effect_is_found_and_given_as_a_ratio():
    row = one(synthetic_control(panel(effect=np.log(2)), ASH, measure="odds ratio", logs=True))
    assert row.verdict == "changed"
    assert row.lower < 2 < row.upper
    assert row.lower > 1
    assert row.effect == pytest.approx(row.observed / row.expected)


def test_no_effect_is_not_found():
    row = one(synthetic_control(panel(seed=1), ASH, measure="odds ratio", logs=True))
    assert row.verdict in {"cannot tell", "no meaningful change"}
    assert row.lower < 1 < row.upper


@pytest.mark.parametrize("donors", [5, 18, 19])
def test_below_twenty_donors_never_yields_changed(donors):
    row = one(synthetic_control(panel(donors, effect=5.0), ASH, measure="odds ratio", logs=True))
    assert row.p_value == pytest.approx(row.smallest_p_value) == pytest.approx(1 / (donors + 1))
    assert row.verdict == "cannot tell"
    assert (row.lower, row.upper) == (0, np.inf)
    assert f"{20 - donors} more donors" in row.would_change_verdict


def test_twenty_donors_can_yield_changed():
    assert one(synthetic_control(panel(20, effect=5.0), ASH, measure="odds ratio", logs=True)).verdict == "changed"


def test_a_perfect_fit_cannot_tell_and_a_ridge_can():
    short = panel(donors=80, periods=8, start=2017, effect=3.0)
    exact = one(synthetic_control(short, ASH, measure="odds ratio", logs=True))
    assert exact.verdict == "cannot tell"
    assert "reproduce the baseline exactly" in exact.would_change_verdict
    ridge = noise_ridge(short, ASH)
    assert one(synthetic_control(short, ASH, measure="odds ratio", logs=True, ridge=ridge)).verdict == "changed"


def test_every_place_is_a_placebo_once_so_p_values_are_a_rank():
    table, ranks = panel(donors=24, seed=5), []
    for place in table.index:
        treated = Intervention("x", "2022", place, "2", "higher")
        ranks.append(one(synthetic_control(table, treated, measure="m", logs=False)).p_value)
    np.testing.assert_allclose(sorted(ranks), np.arange(1, 26) / 25)


def test_the_correction_vanishes_as_its_ridge_grows():
    rng = np.random.default_rng(4)
    donors, target = rng.normal(0, 1, (8, 12)), rng.normal(3, 1, 8)
    np.testing.assert_allclose(augmented_weights(donors, target, 1e12), simplex_weights(donors, target), atol=1e-9)
    corrected = augmented_weights(donors, target, 0.01)
    assert corrected.sum() == pytest.approx(1)
    plain = np.abs(target - donors @ simplex_weights(donors, target)).sum()
    assert np.abs(target - donors @ corrected).sum() < 0.1 * plain


def test_the_augmented_form_mends_a_place_outside_the_donors():
    table = panel(donors=25, effect=0.8, seed=2)
    trend = np.linspace(0.0, 1.5, table.shape[1])
    table = table + np.outer(np.append(1.3, np.linspace(0, 1, 25)), trend)
    plain = one(synthetic_control(table, ASH, measure="m", logs=False))
    mended = one(augmented_synthetic_control(table, ASH, measure="m", logs=False))
    assert mended.baseline_error < plain.baseline_error
    assert abs(mended.effect - 0.8) < abs(plain.effect - 0.8)


def test_earlier_starts_are_tried():
    row = one(synthetic_control(panel(effect=2.0), ASH, measure="m", logs=False))
    assert row.smallest_time_p_value == row.time_p_value == pytest.approx(1 / 4)
    assert "3 earlier starts" in row.assumptions


def test_refusals():
    with pytest.raises(ValueError, match="where must be one of the places, got: Oak"):
        synthetic_control(panel(), Intervention("x", "2022", "Oak", "2", "higher"), measure="m", logs=False)
    with pytest.raises(ValueError, match="at least two donors, got: 1"):
        synthetic_control(panel().iloc[:2], ASH, measure="m", logs=False)
    with pytest.raises(ValueError, match="complete, got: 1 missing"):
        synthetic_control(panel().replace({"2010": {panel().loc["D3", "2010"]: np.nan}}), ASH, measure="m", logs=False)
