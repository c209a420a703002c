import numpy as np
import pytest

from equity_metrics.change.before_after.conditional_likelihoods import ODDS_RATIO_GIVEN_TOTALS, RATE_RATIO_GIVEN_TOTALS
from equity_metrics.change.monitored.monitored_evidence import monitored_evidence

PEOPLE, OTHERS = np.full(30, 400.0), np.full(30, 1200.0)
PHASE = np.array(["baseline"] * 16 + ["lead-in"] * 2 + ["after"] * 12)


def drawn(noise=0.0, effect=1.0):
    random = np.random.default_rng(5)
    change = np.where(PHASE == "after", np.log(effect), 0.0) + random.normal(0, noise, 30)
    return random.binomial(400, 1 / (1 + np.exp(2.2 - change))).astype(float), random.binomial(1200, 0.14, 30) * 1.0


@pytest.mark.parametrize("ratio", [ODDS_RATIO_GIVEN_TOTALS, RATE_RATIO_GIVEN_TOTALS])
def test_a_look_depends_on_nothing_that_came_later(ratio):
    events, others = drawn(noise=0.3)
    every = monitored_evidence(events, PEOPLE, others, OTHERS, PHASE, ratio)
    early = monitored_evidence(events[:24], PEOPLE[:24], others[:24], OTHERS[:24], PHASE[:24], ratio)
    # the lattice is finer where there is more information, so the two agree to its precision
    assert every.log_evidence[:6] == pytest.approx(early.log_evidence, abs=0.05)
    assert every.inflation[:6] == pytest.approx(early.inflation, rel=0.05)


def test_inflation_never_falls_and_begins_at_one():
    events, others = drawn(noise=0.3)
    seen = monitored_evidence(events, PEOPLE, others, OTHERS, PHASE, ODDS_RATIO_GIVEN_TOTALS)
    assert (np.diff(seen.inflation) >= 0).all()
    assert (seen.inflation >= 1).all()
    assert seen.inflation == pytest.approx(np.maximum.accumulate(seen.dispersion * seen.dependence))


def test_periods_of_the_lead_in_say_nothing():
    events, others = drawn(effect=1.6)
    seen = monitored_evidence(events, PEOPLE, others, OTHERS, PHASE, RATE_RATIO_GIVEN_TOTALS)
    moved = np.where(PHASE == "lead-in", 0.0, events)
    again = monitored_evidence(moved, PEOPLE, others, OTHERS, PHASE, RATE_RATIO_GIVEN_TOTALS)
    assert again.log_evidence == pytest.approx(seen.log_evidence)
    assert seen.effect[-1] == pytest.approx(np.log(1.6), abs=0.25)


def test_without_events_nothing_is_known():
    none = np.zeros(30)
    seen = monitored_evidence(none, PEOPLE, none, OTHERS, PHASE, RATE_RATIO_GIVEN_TOTALS)
    assert np.isnan(seen.effect).all()
    assert (seen.log_evidence <= 1e-9).all()
