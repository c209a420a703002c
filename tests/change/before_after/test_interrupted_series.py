import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from change.paired_counts_examples import MONTHS, YEARS, panels, two_groups
from equity_metrics.change.before_after.interrupted_series import interrupted_gaps
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP

AFTER = np.arange(36) >= 24


def effect_of(counts, intervention, ratio=ODDS_GAP, **options):
    return interrupted_gaps(counts, intervention, "BME", "White", ratio=ratio, **options).iloc[0]


def test_counts_that_follow_the_model_exactly_give_back_the_effect():
    drift = np.exp(0.02 * np.arange(36))
    events = 100 * drift * np.where(AFTER, 1.5, 1.0)
    found = effect_of(two_groups(events, 100_000, 400 * drift, 400_000, MONTHS), panels("2023-01"), RATE_GAP)
    assert found["effect"] == pytest.approx(1.5)
    assert found["observed"] == pytest.approx(events[AFTER].sum())
    assert found["expected"] == pytest.approx(events[AFTER].sum() / 1.5)
    assert found["verdict"] == "changed"


def test_a_gap_that_was_closing_anyway_is_not_credited():
    closing = np.exp(0.03 * np.arange(36))
    random = np.random.default_rng(5)
    counts = two_groups(random.poisson(2000 * closing), 50_000, random.poisson(8000, 36), 100_000, MONTHS)
    against_trend = effect_of(counts, panels("2023-01"), RATE_GAP)
    against_level = effect_of(counts, panels("2023-01"), RATE_GAP, trend=False)
    assert against_trend["effect"] == pytest.approx(1, abs=0.1)
    assert against_level["effect"] > 1.5
    assert against_level["verdict"] == "cannot tell"  # the trend left out shows as autocorrelation
    assert against_level["method"] == "interrupted series of the rate ratio, against its level"


def test_a_change_to_both_groups_alike_is_not_a_change_of_the_gap():
    random = np.random.default_rng(8)
    both = np.where(AFTER, 0.5, 1.0)
    counts = two_groups(random.poisson(300 * both), 10_000, random.poisson(1200 * both), 20_000, MONTHS)
    found = effect_of(counts, panels("2023-01"), RATE_GAP)
    assert found["lower"] < 1 < found["upper"]


def test_a_precise_nothing_is_no_meaningful_change():
    counts = two_groups([400_000, 400_040] * 18, 1_000_000, 400_000, 1_000_000, MONTHS)
    assert effect_of(counts, panels("2023-01", 1.25))["verdict"] == "no meaningful change"


def test_nine_years_with_a_small_effect_cannot_tell_and_say_what_would():
    random = np.random.default_rng(3)
    counts = two_groups(random.binomial(200, 0.2, 9), 200, random.binomial(800, 0.22, 9), 800, YEARS)
    found = effect_of(counts, panels("2022"))
    assert found["verdict"] == "cannot tell"
    assert "more sites like this one would" in found["would_change_verdict"]
    assert "from one year to the next" in found["assumptions"]


@pytest.mark.parametrize(
    ("start", "events", "sentence"),
    [
        ("2019", 30, "The baseline is too short: 3 periods before the start, 4 are needed. Recover earlier figures, or "
         "compare with other organisations."),
        ("2022", 3, "Too few events for this test: 27 where they are fewest, 40 are needed, some of them after the "
         "start. Use the exact conditional test."),
    ],
)  # fmt: skip
def test_a_test_that_cannot_be_made_is_refused_not_failed(start, events, sentence):
    found = effect_of(two_groups(events, 200, 90, 800, YEARS), panels(start))
    assert found["verdict"] == "cannot tell"
    assert np.isnan(found["effect"])
    assert found["would_change_verdict"] == sentence


def test_too_few_periods_in_all():
    counts = two_groups(30, 200, 90, 800, YEARS[:5])
    said = effect_of(counts, panels("2020"))["would_change_verdict"]
    assert said == "1 more periods are needed: 5 cannot carry 3 terms and an interval."


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.8, 0.95]), st.booleans())
def test_verdict_interval_and_p_value_never_contradict(seed, confidence, trend):
    random = np.random.default_rng(seed)
    shares = np.where(AFTER, random.uniform(0.1, 0.4), 0.2)
    counts = two_groups(random.binomial(300, shares), 300, random.binomial(900, 0.2, 36), 900, MONTHS)
    found = effect_of(counts, panels("2023-01", 1.5), trend=trend, confidence=confidence)
    outside = found["lower"] > 1 or found["upper"] < 1
    assert (found["verdict"] == "changed") == outside == (found["p_value"] <= 1 - confidence)
    assert (found["effect"] > 1) == (found["observed"] > found["expected"]) or not outside
