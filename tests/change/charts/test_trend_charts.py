import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.charts.count_charts import p_prime_limits
from equity_metrics.change.charts.false_flags import false_flag_chance
from equity_metrics.change.charts.trend_charts import P_PRIME, XMR, P, T, proposed_chart, trend_chart, why_no_chart


def rates(events, people=100):
    events = np.asarray(events, float)
    periods = [str(m) for m in pd.period_range("2022-04", periods=len(events), freq="M")]
    rows = pd.DataFrame({"period": periods, "numerator": events, "denominator": float(people)})
    return rows.assign(value=rows["numerator"] / rows["denominator"])


STABLE = np.random.default_rng(1).binomial(100, 0.2, 24)


def test_counts_that_vary_beyond_chance_get_a_p_prime_chart():
    assert proposed_chart(rates(STABLE)) is P
    assert proposed_chart(rates(np.where(np.arange(24) % 2, 32, 8))) is P_PRIME


def test_limits_and_chance_are_those_of_the_kind():
    charted = trend_chart(rates(STABLE), P_PRIME, better="equal")
    np.testing.assert_allclose(charted["process_upper"], p_prime_limits(STABLE, np.full(24, 100)).upper)
    assert charted["false_flag_chance"].iloc[0] == false_flag_chance(24, screened=False)
    assert not charted["held"].any()


@pytest.mark.parametrize("kind", [XMR, P_PRIME])
def test_a_page_is_held_at_the_chosen_chance(kind):
    charted = trend_chart(rates(STABLE), kind, better="equal", chance=0.05, page=10)
    assert charted["held"].all()
    chance = charted["false_flag_chance"].iloc[0]
    assert 1 - (1 - chance) ** 10 <= 0.05
    wider = charted["process_upper"] - charted["centre"]
    as_it_is = trend_chart(rates(STABLE), kind, better="equal")
    assert (wider > as_it_is["process_upper"] - as_it_is["centre"]).all()


def test_a_kind_that_cannot_be_held_says_so():
    assert not trend_chart(rates(STABLE), P, better="equal", chance=0.05, page=10)["held"].any()


def test_ratios_are_charted_on_logarithms_so_that_double_and_half_weigh_alike():
    ratios = rates(STABLE).assign(value=np.tile([2.0, 0.5, 1.0], 8)).drop(columns=["numerator", "denominator"])
    charted = trend_chart(ratios, XMR, better="equal", parity=1.0, logs=True)
    assert charted["centre"].iloc[0] == pytest.approx(1.0)
    np.testing.assert_allclose(charted["process_lower"] * charted["process_upper"], 1.0)


@pytest.mark.parametrize(("level", "better"), [(0.6, "higher"), (1.7, "lower")])
def test_what_comes_closer_to_parity_is_better(level, better):
    values = level * np.exp(np.random.default_rng(2).normal(0, 0.1, 24))
    values[-7:] = 1.0
    frame = rates(STABLE).assign(value=values)
    charted = trend_chart(frame, XMR, better="equal", parity=1.0, logs=True)
    assert set(charted["better"]) == {better}
    assert charted["variation"].iloc[-1] == "improvement"


def test_rebasing_starts_limits_and_chance_afresh():
    moved = np.where(np.arange(24) < 12, STABLE, STABLE + 30)
    charted = trend_chart(rates(moved), P, better="lower", rebase="2023-04")
    assert charted.groupby("part")["centre"].first().diff().iloc[1] > 0.2
    assert charted["variation"].iloc[-1] == "common cause"
    assert len(charted.groupby("part")["false_flag_chance"].first()) == 2


def test_what_cannot_be_charted_says_why():
    assert why_no_chart(rates([1, 2])) == "fewer than 3 points"
    assert "nobody" in why_no_chart(rates([0, 0, 0, 0]))
    assert why_no_chart(rates(STABLE)) == ""
    with pytest.raises(ValueError, match="at least 3 points"):
        trend_chart(rates(STABLE).head(2), T, better="equal")
