from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from equity_metrics.change.interventions import (
    EFFECT_COLUMNS,
    VERDICTS,
    Intervention,
    effects,
    verdict,
    worthwhile_band,
)

CHECKLIST = Intervention(
    "Decision-tree checklist", "2023-04", "Exampleshire", "3", "lower", smallest_worthwhile=1.25, agreed="2023-03-01"
)
FOUND = {
    "observed": 12.0, "expected": 20.0, "effect": 0.6, "lower": 0.4, "upper": 0.9, "confidence": 0.95, "p_value": 0.01,
    "method": "interrupted series", "measure": "ratio of rate ratios", "no_effect": 1.0,
    "assumptions": "the gap would have kept its trend", "would_change_verdict": "a wider interval",
}  # fmt: skip


def test_effects_has_the_documented_columns_and_one_row():
    table = effects(CHECKLIST, **FOUND)
    assert tuple(table.columns) == EFFECT_COLUMNS
    assert table.loc[0, "verdict"] == "changed"
    assert table.loc[0, "where"] == "Exampleshire"


@pytest.mark.parametrize(
    ("lower", "upper", "p_value", "expected"),
    [
        (0.85, 1.2, 0.6, "no meaningful change"),
        (0.7, 1.2, 0.6, "cannot tell"),
        (1.05, 1.15, 0.02, "changed"),
        (0.3, 0.7, 0.001, "changed"),
        (nan, nan, nan, "cannot tell"),
        (nan, nan, 0.05, "changed"),
        (0.0, inf, 1.0, "cannot tell"),
    ],
)
def test_verdict_by_interval(lower, upper, p_value, expected):
    assert verdict(lower, upper, p_value, 0.95, 1.0, 1.25) == expected


def test_without_an_agreed_threshold_nothing_is_called_no_meaningful_change():
    assert verdict(0.999, 1.001, 0.9, 0.95, 1.0, None) == "cannot tell"


@given(
    estimate=st.floats(-3, 3),
    error=st.floats(0.01, 2),
    df=st.integers(2, 60),
    confidence=st.sampled_from([0.8, 0.9, 0.95, 0.99]),
    worthwhile=st.one_of(st.none(), st.floats(0.01, 2)),
)
def test_verdict_interval_and_p_value_never_contradict(estimate, error, df, confidence, worthwhile):
    half = stats.t.ppf((1 + confidence) / 2, df) * error
    p_value = 2 * stats.t.sf(abs(estimate) / error, df)
    said = verdict(estimate - half, estimate + half, p_value, confidence, 0.0, worthwhile)
    assert said in VERDICTS
    assert (said == "changed") == (estimate - half > 0 or estimate + half < 0)
    if said != "changed":
        assert p_value > 1 - confidence - 1e-6
    if said == "no meaningful change":
        assert worthwhile is not None
        assert abs(estimate) + half <= worthwhile


def test_a_contradiction_is_refused():
    with pytest.raises(ValueError) as refused:
        effects(CHECKLIST, **{**FOUND, "p_value": 0.4})
    assert str(refused.value) == "p_value must agree with its interval, got: 0.4 with 0.4 to 0.9"


def test_a_row_without_what_would_change_it_is_refused():
    with pytest.raises(ValueError) as refused:
        effects(CHECKLIST, **{**FOUND, "would_change_verdict": ""})
    assert str(refused.value) == "would_change_verdict must say what would change the verdict, got: ''"


def test_the_band_of_a_ratio_is_symmetric_on_the_log_scale():
    assert worthwhile_band(1.25, 1.0) == pytest.approx((0.8, 1.25))
    assert worthwhile_band(2.0, 0.0) == (-2.0, 2.0)
    with pytest.raises(ValueError) as refused:
        worthwhile_band(0.8, 1.0)
    assert str(refused.value) == "smallest_worthwhile must be above 1 where the effect is a ratio, got: 0.8"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("expected_direction", "down", "expected_direction must be 'higher' or 'lower', got: 'down'"),
        ("lead_in", -1, "lead_in must be 0 or more periods, got: -1"),
        ("smallest_worthwhile", 0.0, "smallest_worthwhile must be above 0, got: 0.0"),
    ],
)
def test_an_intervention_is_checked(field, value, sentence):
    given_fields = {"name": "n", "start": "2023", "where": "w", "indicator": "2", "expected_direction": "higher"}
    with pytest.raises(ValueError) as refused:
        Intervention(**{**given_fields, field: value})
    assert str(refused.value) == sentence
