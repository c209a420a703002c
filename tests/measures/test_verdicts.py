import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from equity_metrics.catalogue.policies import FOUR_FIFTHS
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.decisions import Decision, Verdict
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.ratios import koopman_ratio
from equity_metrics.measures.release import release
from equity_metrics.measures.verdicts import chance_outside_range, decisions, verdicts
from measures.counts_strategies import events_of
from measures.small_tables import drawn

COUNTS = """
    organisation | group | numerator | denominator
    Alder        | White | 1000      | 10000
    Alder        | BME   | 500       | 10000
    Beech        | White | 5000      | 50000
    Beech        | BME   | 4600      | 50000
    Cedar        | White | 1000      | 10000
    Cedar        | BME   | 1300      | 10000
    Dogwood      | White | 5000      | 50000
    Dogwood      | BME   | 5000      | 50000
    Elder        | White | 38        | 4200
    Elder        | BME   | 14        | 1300
    Fir          | White | 20        | 100
    Fir          | BME   | 4         | 9
"""
EXPECTED = {
    "Alder": Verdict.BEYOND,
    "Beech": Verdict.INSIDE,
    "Cedar": Verdict.UNCERTAIN,
    "Dogwood": Verdict.PARITY,
    "Elder": Verdict.NOT_ENOUGH,
}


def ratios(text=COUNTS):
    return relative_likelihoods(release(drawn(text, indicator="3")), "White")


def test_gives_the_first_verdict_that_fits_and_withholds_what_is_withheld():
    table = verdicts(ratios()).set_index("organisation")
    assert table["verdict"].drop("Fir").to_dict() == EXPECTED
    fir = table.loc["Fir"]
    assert fir["withheld"] != ""
    assert (fir["verdict"], fir["words"]) == ("", "")
    hidden = ["lower_95", "upper_95", "lower_90", "upper_90", "times_as_many", "chance_outside_range"]
    assert fir[hidden].isna().all()


def test_words_name_both_groups_and_the_way():
    words = verdicts(ratios()).set_index("organisation")["words"]
    assert words["Alder"] == "BME less likely than White, by more than the range 0.8-1.25 allows."
    assert words["Cedar"].startswith("BME more likely than White; whether by more than")
    assert words["Dogwood"] == "BME and White about equally likely: the ratio lies inside the range 0.8-1.25."
    assert not words.str.contains("no difference").any()


def test_says_what_would_be_enough_and_no_less_is():
    elder = verdicts(ratios()).set_index("organisation").loc["Elder"]
    times = elder["times_as_many"]
    assert times > 1
    assert f"About {times:,.0f} times as many" in elder["words"]
    pair = np.array([14, 1300, 38, 4200])
    assert decisions(*(pair * times))[0].verdict != Verdict.NOT_ENOUGH
    assert decisions(*(pair * (times - 1)))[0].verdict == Verdict.NOT_ENOUGH


def test_no_multiple_is_enough_without_events():
    table = verdicts(relative_likelihoods(drawn(COUNTS, indicator="3").assign(numerator=0.0), "White"))
    assert set(table["verdict"]) == {"not enough to tell"}
    assert table["times_as_many"].isna().all()
    assert (table["chance_outside_range"] == 0).all()


def test_does_not_depend_on_the_confidence_of_the_table():
    loose = verdicts(relative_likelihoods(drawn(COUNTS, indicator="3"), "White", 0.5))
    strict = verdicts(relative_likelihoods(drawn(COUNTS, indicator="3"), "White", 0.998))
    assert loose["verdict"].tolist() == strict["verdict"].tolist()


@pytest.mark.parametrize(
    ("n1", "n0", "rate", "percent"), [(60, 300, 0.1, 58.5), (300, 900, 0.1, 26.6), (1300, 4200, 0.009, 50.8)]
)
def test_chance_outside_the_range_at_true_parity(n1, n0, rate, percent):
    assert round(100 * float(chance_outside_range(n1, n0, rate)), 1) == percent


@pytest.mark.parametrize(
    ("n1", "n0", "rate", "percent"), [(60, 300, 0.1, 59), (300, 900, 0.1, 27), (1300, 4200, 0.009, 51)]
)
def test_chance_with_a_ratio_of_exactly_four_fifths_counted_as_outside(n1, n0, rate, percent):
    narrower = replace(FOUR_FIFTHS, lower=FOUR_FIFTHS.lower + 1e-7)
    assert round(100 * float(chance_outside_range(n1, n0, rate, narrower))) == percent


@pytest.mark.parametrize(("n1", "n0", "rate"), [(7, 11, 0.3), (20, 25, 0.5), (5, 5, 1.0), (5, 5, 0.0), (30, 8, 0.97)])
def test_chance_agrees_with_counting_every_outcome(n1, n0, rate):
    total = 0.0
    for a in range(n1 + 1):
        for b in range(n0 + 1):
            inside = 5 * a * n0 >= 4 * b * n1 and 4 * a * n0 <= 5 * b * n1
            total += (not inside) * binom.pmf(a, n1, rate) * binom.pmf(b, n0, rate)
    np.testing.assert_allclose(chance_outside_range(n1, n0, rate), total, atol=1e-11)


def test_chance_of_many_is_that_of_each():
    n1, n0, rate = [60, 300, 1300, 0, np.nan], [300, 900, 4200, 5, 5], [0.1, 0.1, 0.009, 0.1, 0.1]
    each = [float(chance_outside_range(*row)) for row in zip(n1, n0, rate, strict=True)]
    np.testing.assert_allclose(chance_outside_range(n1, n0, rate), each)
    assert np.isnan(each[3:]).all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [((5, -1, 0.1), "n1 and n0 must be 0 or more, got: -1"), ((5, 5, 1.1), "rate must be between 0 and 1, got: 1.1")],
)
def test_chance_refuses_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError) as refused:
        chance_outside_range(*arguments)
    assert str(refused.value) == sentence


def test_refuses_other_tables():
    with pytest.raises(ValueError) as refused:
        verdicts(gaps(drawn(COUNTS, indicator="3"), "White"))
    assert str(refused.value) == "comparisons must be relative likelihoods, got: gap"
    with pytest.raises(ValueError) as refused:
        verdicts(presented(ratios()))
    assert str(refused.value) == "comparisons must not be presented yet, got: a table that has headings"


@settings(max_examples=60)
@given(group=events_of(), reference=events_of())
def test_verdict_words_and_intervals_never_contradict(group, reference):
    made = decisions(*group, *reference)[0]
    (lower, upper), (lower_90, upper_90) = (koopman_ratio(*group, *reference, c) for c in (0.95, 0.9))
    apart = upper < 1 or lower > 1
    inside = lower_90 >= 0.8 and upper_90 <= 1.25
    assert (made.verdict in (Verdict.BEYOND, Verdict.INSIDE, Verdict.UNCERTAIN)) == apart
    assert (made.verdict in (Verdict.INSIDE, Verdict.PARITY)) == inside
    assert (made.verdict == Verdict.BEYOND) == (upper < 0.8 or lower > 1.25)
    words = made.words("BME", "White")
    assert ("less likely" in words) == (upper < 1)
    assert ("more likely" in words) == (lower > 1)
    assert ("about equally likely" in words) == (inside and not apart)
    assert ("Not enough" in words) == (not apart and not inside)


@given(st.lists(st.floats(0.01, 100), min_size=4, max_size=4))
def test_turning_the_ratio_round_keeps_the_verdict(limits):
    lower, lower_90, upper_90, upper = sorted(limits)
    made = Decision(lower, upper, lower_90, upper_90)
    turned = Decision(1 / upper, 1 / lower, 1 / upper_90, 1 / lower_90)
    edge = any(math.isclose(x, y, rel_tol=1e-9) for x in limits for y in (FOUR_FIFTHS.lower, 1, FOUR_FIFTHS.upper))
    assert edge or made.verdict == turned.verdict


def test_a_missing_interval_is_not_enough():
    assert Decision(*[math.nan] * 4).verdict == Verdict.NOT_ENOUGH
