import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.before_after.conditional_likelihoods import ODDS_RATIO_GIVEN_TOTALS, RATE_RATIO_GIVEN_TOTALS
from equity_metrics.change.interventions import EFFECT_COLUMNS, Intervention
from equity_metrics.change.monitored.monitoring import monitoring_effects, monitoring_looks

PANELS = Intervention("Panels", "2023-01", "Ash", "2", "higher", smallest_worthwhile=1.25)


def counts(effect=1.0, people=400, before=24, after=24, seed=0, noise=0.0):
    rng = np.random.default_rng(seed)
    months = pd.period_range(pd.Period("2023-01", "M") - before, periods=before + after, freq="M").astype(str)
    started = np.arange(before + after) >= before
    rows = []
    for group, size, gap in (("White", 3 * people, 0.0), ("BME", people, -0.4)):
        change = np.where(started, np.log(effect), 0.0) + rng.normal(0, noise, before + after)
        log_odds = -1.8 + gap + (group == "BME") * change
        numerators = rng.binomial(size, 1 / (1 + np.exp(-log_odds)))
        rows += [("Ash", month, "2", group, k, size) for month, k in zip(months, numerators, strict=True)]
    return pd.DataFrame(rows, columns=["organisation", "period", "indicator", "group", "numerator", "denominator"])


def look(table, intervention=PANELS, ratio=ODDS_RATIO_GIVEN_TOTALS):
    return monitoring_looks(table, intervention, "BME", "White", ratio=ratio)


@pytest.mark.parametrize("ratio", [ODDS_RATIO_GIVEN_TOTALS, RATE_RATIO_GIVEN_TOTALS])
def test_an_effect_is_found_early_and_recommended(ratio):
    table = look(counts(effect=1.8), ratio=ratio)
    assert len(table) == 24
    assert table["e_value"].iloc[5] > 20
    row = monitoring_effects(table, PANELS, ratio=ratio).iloc[0]
    assert row.verdict == "changed"
    assert row.decision == "spread it"
    assert row.observed > row.expected
    assert row.p_value == pytest.approx(1 / row.e_value)


def test_no_effect_with_many_events_is_stopped_for_falling_short():
    table = look(counts(people=1_000, before=36, after=36))
    assert table["decision"].iloc[0] == "continue"
    assert table["decision"].iloc[-1] == "stop"
    assert (table["e_value"] < 20).all()
    row = monitoring_effects(table, PANELS, ratio=ODDS_RATIO_GIVEN_TOTALS).iloc[0]
    assert list(row.index[: len(EFFECT_COLUMNS)]) == list(EFFECT_COLUMNS)
    assert row.verdict == "no meaningful change"


def test_intervals_narrow_as_months_pass_and_hold_the_effect():
    table = look(counts(effect=1.5, seed=3))
    width = np.log(table["upper"] / table["lower"])
    assert width.iloc[-1] < 0.7 * width.iloc[2]
    assert ((table["lower"] < 1.5) & (table["upper"] > 1.5)).all()


def test_months_that_vary_beyond_chance_weaken_the_evidence_and_far_beyond_are_refused():
    calm, rough = (look(counts(effect=1.5, noise=noise, seed=1)).iloc[-1] for noise in (0.0, 0.2))
    assert rough["dispersion"] > 1.2 > calm["dispersion"]
    wild = look(counts(noise=0.8, seed=1))
    row = monitoring_effects(wild, PANELS, ratio=ODDS_RATIO_GIVEN_TOTALS).iloc[0]
    assert row.verdict == "cannot tell"
    assert "Refused" in row.assumptions
    refused = wild["e_value"].isna().to_numpy()
    assert refused[refused.argmax() :].all()
    assert row.decision == "continue"


def test_variation_once_seen_is_not_forgotten():
    table = look(counts(effect=1.5, noise=0.25, seed=2))
    now = table["dispersion"] * table["dependence"]
    assert (now < now.cummax() - 0.01).any()
    assert table["inflation"].to_numpy() == pytest.approx(now.cummax().to_numpy())


def test_a_change_found_in_rough_counts_says_by_how_much_the_evidence_was_divided():
    table = look(counts(effect=2.5, noise=0.12, seed=1))
    row = monitoring_effects(table, PANELS, ratio=ODDS_RATIO_GIVEN_TOTALS).iloc[0]
    assert row.verdict == "changed"
    assert row.inflation > 1.2
    assert f"Warning: counts vary {row.inflation:.2f} times as much as chance" in row.assumptions


def test_no_events_cannot_tell():
    table = counts().assign(numerator=0)
    row = monitoring_effects(look(table), PANELS, ratio=ODDS_RATIO_GIVEN_TOTALS).iloc[0]
    assert row.verdict == "cannot tell"
    assert (row.lower, row.upper) == (0, np.inf)
    assert "More events" in row.would_change_verdict


def test_refusals():
    with pytest.raises(ValueError, match=r"where must be one of the organisations \(Ash\), got: Oak"):
        look(counts(), Intervention("x", "2023-01", "Oak", "2", "higher", smallest_worthwhile=1.25))
    with pytest.raises(ValueError, match="agreed beforehand"):
        look(counts(), Intervention("x", "2023-01", "Ash", "2", "higher"))
