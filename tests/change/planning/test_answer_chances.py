from dataclasses import replace

import numpy as np
import pytest

from equity_metrics.change.between_places.panels import ODDS_RATIO, RELATIVE_LIKELIHOOD
from equity_metrics.change.planning.answer_chances import (
    POWER,
    SIZES,
    answer_chances,
    effect_of,
    months_until,
    ratio_of,
    smallest_effects,
)
from equity_metrics.change.planning.power import OwnBaseline, power_curves

QUARTERS = OwnBaseline(periods=8, people=(300, 900), shares=(0.12, 0.16), dispersion=1.0)


@pytest.fixture(scope="module")
def chances():
    return answer_chances(QUARTERS, "2")


def test_quarters_give_the_power_of_months(chances):
    months = replace(QUARTERS, periods=24, people=(100, 300))
    by_month = power_curves(months, [1.5], 60, ratio=ODDS_RATIO, runs=1_000, seed=3).set_index("periods")["power"]
    by_quarter = chances[chances["size"] == 1.5].set_index("months")["power"]
    assert by_quarter.to_numpy() == pytest.approx(by_month[by_quarter.index].to_numpy(), abs=0.07)


def test_larger_effects_and_more_places_are_found_sooner(chances):
    waits = [months_until(chances, size) for size in SIZES]
    known = [wait for wait in waits if not np.isnan(wait)]
    assert np.isnan(waits[0])
    assert known == sorted(known, reverse=True)
    several = answer_chances(QUARTERS, "2", places=5)
    assert months_until(several, 1.3) < months_until(chances, 1.3)


def test_good_events_should_become_more_and_others_fewer():
    assert (effect_of("2", 1.5), ratio_of("2")) == (1.5, ODDS_RATIO)
    assert (effect_of("3", 1.5), ratio_of("3")) == (1 / 1.5, RELATIVE_LIKELIHOOD)
    fewer = smallest_effects(QUARTERS, "3")
    assert fewer["effect"].dropna().lt(1).all()


def test_the_smallest_effect_and_the_waiting_time_agree(chances):
    wait = months_until(chances, 1.5)
    smallest = smallest_effects(QUARTERS, "2").set_index("months")["effect"]
    assert smallest[wait] == pytest.approx(1.5, abs=0.12)
    power = chances[(chances["size"] == 1.5) & (chances["months"] == wait)]["power"].iloc[0]
    assert power >= POWER


def test_no_place_is_refused():
    with pytest.raises(ValueError, match="places must be above 0, got: 0"):
        answer_chances(QUARTERS, "2", places=0)
