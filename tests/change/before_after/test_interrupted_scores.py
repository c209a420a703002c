import numpy as np
import pandas as pd
import pytest

from change.paired_counts_examples import MONTHS, YEARS
from equity_metrics.change.before_after.interrupted_scores import interrupted_scores
from equity_metrics.change.interventions import Intervention

AFTER = np.arange(36) >= 24


def scores(means, reference_means, periods, base=400, variance=None):
    size = len(periods)
    return pd.DataFrame(
        {
            "organisation": "Exampleshire",
            "period": [*periods, *periods],
            "indicator": "PP3_2",
            "group": ["BME"] * size + ["White"] * size,
            "base": base,
            "mean": [*np.broadcast_to(means, size), *np.broadcast_to(reference_means, size)],
            "variance": np.nan if variance is None else variance,
        }
    )


def speaking_up(start, smallest_worthwhile=0.2):
    return Intervention("Champions", start, "Exampleshire", "PP3_2", "higher", 0, smallest_worthwhile)


def effect_of(table, intervention, **options):
    return interrupted_scores(table, intervention, "BME", "White", **options).iloc[0]


def test_a_planted_change_of_the_gap_is_found_beside_a_shared_season():
    season = 0.3 * np.sin(np.arange(36) / 2)
    noise = np.random.default_rng(4).normal(0, 0.05, 36)
    found = effect_of(
        scores(6.2 + season + noise + np.where(AFTER, 0.5, 0.0), 6.6 + season, MONTHS), speaking_up("2023-01")
    )
    assert found["effect"] == pytest.approx(0.5, abs=0.12)
    assert found["observed"] - found["expected"] == pytest.approx(found["effect"])
    assert found["verdict"] == "changed"


def test_known_variances_are_a_floor():
    noise = np.random.default_rng(4).normal(0, 0.001, 36)
    unknown = effect_of(scores(6.2 + noise, 6.6, MONTHS), speaking_up("2023-01"))
    known = effect_of(scores(6.2 + noise, 6.6, MONTHS, variance=4.0), speaking_up("2023-01"))
    assert unknown["verdict"] == "no meaningful change"
    assert known["upper"] - known["lower"] > 20 * (unknown["upper"] - unknown["lower"])
    assert "baseline is too short" in known["would_change_verdict"]


def test_periods_weigh_by_their_respondents():
    means = np.where(AFTER, 6.0, 6.2) + np.where(np.arange(36) == 30, 3.0, 0.0)
    few = np.where(np.arange(36) == 30, 1, 1000)
    odd = effect_of(scores(means, 6.6, MONTHS, base=[*few, *few]), speaking_up("2023-01"), trend=False)
    assert odd["effect"] == pytest.approx(-0.2, abs=0.01)


def test_short_series_without_variances_are_widened_and_warned_of():
    shape = 6.2 + 0.1 * np.sin(np.arange(36))
    assert "widened by a further 15%" in effect_of(scores(shape[:9], 6.6, YEARS), speaking_up("2022"))["assumptions"]
    known = effect_of(scores(shape[:9], 6.6, YEARS, variance=4.0), speaking_up("2022"))
    assert "Warning" not in known["assumptions"]
    assert "Warning" not in effect_of(scores(shape, 6.6, MONTHS), speaking_up("2023-01"))["assumptions"]


def test_the_widened_interval_is_that_of_the_plain_test_times_its_factor(monkeypatch):
    yearly = scores(6.2 + 0.1 * np.sin(np.arange(9)), 6.6, YEARS)
    widened = effect_of(yearly, speaking_up("2022"))
    monkeypatch.setattr("equity_metrics.change.before_after.interrupted_scores.SHORT_SERIES_WIDENING", 1.0)
    plain = effect_of(yearly, speaking_up("2022"))
    assert widened["upper"] - widened["lower"] == pytest.approx(1.15 * (plain["upper"] - plain["lower"]))
    assert widened["effect"] == pytest.approx(plain["effect"])
    assert widened["p_value"] > plain["p_value"]


def test_widened_p_value_and_interval_meet_at_the_same_point():
    yearly = scores(6.2 + 0.1 * np.sin(np.arange(9)), 6.6, YEARS)
    found = effect_of(yearly, speaking_up("2022"))
    edge = effect_of(yearly, speaking_up("2022"), confidence=1 - found["p_value"])
    assert min(abs(edge["lower"]), abs(edge["upper"])) == pytest.approx(0, abs=1e-6)


def test_three_years_before_are_too_few():
    found = effect_of(scores(6.2, 6.6, YEARS), speaking_up("2019"))
    assert found["verdict"] == "cannot tell"
    assert found["would_change_verdict"].startswith("The baseline is too short: 3 periods before the start")


def test_a_missing_mean_is_refused():
    table = scores(6.2, 6.6, YEARS)
    table.loc[2, "mean"] = np.nan
    with pytest.raises(ValueError) as refused:
        effect_of(table, speaking_up("2021"))
    assert str(refused.value) == "scores must hold one complete row a period of 'BME', got: 9 rows"
