import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.catalogue.policies import FOUR_FIFTHS, NO_SCORE_RANGE, TWO_POINTS
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.decisions import Decision, Verdict
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.intervals.ratios import koopman_ratio
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.representation import representation
from equity_metrics.measures.survey.comparisons import score_gaps
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
BANDS = """
    group | band      | numerator | denominator
    White | All staff | 60        | 100
    BME   | All staff | 40        | 100
    White | 5         | 6         | 10
    BME   | 5         | 4         | 10
"""
SCORES = """
    organisation | group | base | mean | variance
    Alder        | White | 900  | 8.3  | 4
    Alder        | BME   | 300  | 7.5  | 4
    Beech        | White | 900  | 8.3  | 4
    Beech        | BME   | 300  | 8.2  | 4
"""
EXPECTED = {
    "Alder": Verdict.BEYOND,
    "Beech": Verdict.INSIDE,
    "Cedar": Verdict.UNCERTAIN,
    "Dogwood": Verdict.PARITY,
    "Elder": Verdict.NOT_ENOUGH,
}


def decided(a, n, b, m, limits=koopman_ratio, within=FOUR_FIFTHS, good=False):
    """Make one decision of four numbers."""
    wide, narrow = limits(a, n, b, m, 0.95), limits(a, n, b, m, 0.9)
    return Decision(*(float(limit) for limit in (*wide, *narrow)), within, good)


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
    assert words["Alder"] == (
        "Disparity beyond the range 0.8-1.25: BME less likely than White, to the disadvantage of White."
    )
    assert words["Cedar"] == (
        "A difference of uncertain size: BME more likely than White, to the disadvantage of BME. "
        "Whether it lies beyond the range 0.8-1.25 cannot be told."
    )
    assert words["Dogwood"] == (
        "Parity: BME and White are about equally likely; the ratio lies inside the range 0.8-1.25."
    )
    assert "no evidence of equality" in words["Elder"]
    assert not words.str.contains("no difference").any()


def test_says_what_would_be_enough_and_no_less_is():
    elder = verdicts(ratios()).set_index("organisation").loc["Elder"]
    times = elder["times_as_many"]
    assert times > 1
    assert f"About {times:,.0f} times as many" in elder["words"]
    assert decided(14 * times, 1300 * times, 38 * times, 4200 * times).verdict != Verdict.NOT_ENOUGH
    fewer = times - 1
    assert decided(14 * fewer, 1300 * fewer, 38 * fewer, 4200 * fewer).verdict == Verdict.NOT_ENOUGH


def test_no_multiple_is_enough_without_events():
    table = verdicts(relative_likelihoods(drawn(COUNTS, indicator="3").assign(numerator=0.0), "White"))
    assert set(table["verdict"]) == {"not enough to tell"}
    assert table["times_as_many"].isna().all()
    assert (table["chance_outside_range"] == 0).all()


def test_does_not_depend_on_the_confidence_of_the_table():
    loose = verdicts(relative_likelihoods(drawn(COUNTS, indicator="3"), "White", 0.5))
    strict = verdicts(relative_likelihoods(drawn(COUNTS, indicator="3"), "White", 0.998))
    assert loose["verdict"].tolist() == strict["verdict"].tolist()


def test_refuses_other_tables():
    with pytest.raises(ValueError) as refused:
        verdicts(presented(ratios()))
    assert str(refused.value) == "comparisons must not be presented yet, got: a table that has headings"
    both = pd.concat([gaps(drawn(COUNTS, indicator="3"), "White"), ratios()])
    with pytest.raises(ValueError) as refused:
        verdicts(both)
    assert (
        str(refused.value) == "comparisons must hold relative likelihoods or gaps alone, got: gap, relative likelihood"
    )
    with pytest.raises(ValueError) as refused:
        verdicts(representation(drawn(BANDS, indicator="1")))
    assert str(refused.value) == "comparisons must be of rates, got: indicator 1, a full count"


@pytest.mark.parametrize(
    ("indicator", "against"),
    [("2", "group"), ("4", "group"), ("7", "group"), *((i, "reference") for i in ("3", "5", "6", "8"))],
)
@pytest.mark.parametrize("compare", [gaps, relative_likelihoods])
def test_less_of_what_is_good_is_a_disadvantage_and_less_of_what_is_bad_is_none(compare, indicator, against):
    """Of 10,000 each, 500 BME and 1,000 White: fewer appointments, but also fewer disciplinary cases."""
    table = verdicts(compare(drawn(COUNTS, indicator=indicator), "White")).set_index("organisation")
    assert table.loc["Alder", "against"] == against
    assert table.loc["Dogwood", "against"] == ""
    whose = {"group": "BME", "reference": "White"}[against]
    assert f"to the disadvantage of {whose}" in table.loc["Alder", "words"]


def test_a_question_that_the_catalogue_does_not_know_has_a_direction_only_if_told():
    table = gaps(drawn(COUNTS, indicator="q99"), "White")
    assert set(verdicts(table)["against"]) == {""}
    assert set(verdicts(table, good=True)["against"]) == {"", "group", "reference"}


def test_gaps_are_judged_by_two_percentage_points_and_say_so():
    table = verdicts(gaps(drawn(COUNTS, indicator="8"), "White")).set_index("organisation")
    assert table.loc["Alder", "words"] == (
        "Disparity beyond the range −2 to +2 percentage points: BME less likely than White, "
        "to the disadvantage of White."
    )
    assert table.loc["Dogwood", "verdict"] == "parity"
    assert table["chance_outside_range"].isna().all()


def test_no_range_is_named_for_scores():
    table = verdicts(score_gaps(drawn(SCORES, indicator="PP1_3"), "White")).set_index("organisation")
    assert table["verdict"].to_dict() == {"Alder": "a difference of uncertain size", "Beech": "not enough to tell"}
    assert table.loc["Alder", "words"] == (
        "A difference of uncertain size: BME lower than White, to the disadvantage of BME. "
        "No range is named to judge its size."
    )


@settings(max_examples=60)
@given(group=events_of(), reference=events_of())
def test_gaps_never_contradict_their_words(group, reference):
    made = decided(*group, *reference, limits=newcombe_gap, within=TWO_POINTS, good=True)
    (lower, upper), (lower_90, upper_90) = (newcombe_gap(*group, *reference, c) for c in (0.95, 0.9))
    apart, inside = upper < 0 or lower > 0, lower_90 >= -0.02 and upper_90 <= 0.02
    words = made.words("BME", "White")
    assert made.verdict in words.lower()
    assert ("less likely" in words) == (upper < 0) == (made.against == "group")
    assert ("more likely" in words) == (lower > 0) == (made.against == "reference")
    assert (made.verdict in (Verdict.INSIDE, Verdict.PARITY)) == inside
    assert (made.verdict in (Verdict.PARITY, Verdict.NOT_ENOUGH)) != apart
    assert (made.verdict == Verdict.BEYOND) == (upper < -0.02 or lower > 0.02)


@settings(max_examples=60)
@given(group=events_of(), reference=events_of())
def test_verdict_words_and_intervals_never_contradict(group, reference):
    made = decided(*group, *reference)
    (lower, upper), (lower_90, upper_90) = (koopman_ratio(*group, *reference, c) for c in (0.95, 0.9))
    apart = upper < 1 or lower > 1
    inside = lower_90 >= 0.8 and upper_90 <= 1.25
    assert (made.verdict in (Verdict.BEYOND, Verdict.INSIDE, Verdict.UNCERTAIN)) == apart
    assert (made.verdict in (Verdict.INSIDE, Verdict.PARITY)) == inside
    assert (made.verdict == Verdict.BEYOND) == (upper < 0.8 or lower > 1.25)
    words = made.words("BME", "White")
    assert made.verdict in words.lower()
    assert ("less likely" in words) == (upper < 1) == (made.against == "reference")
    assert ("more likely" in words) == (lower > 1) == (made.against == "group")
    assert ("are about equally likely" in words) == (inside and not apart)
    assert ("Not enough" in words) == (not apart and not inside)


@given(st.lists(st.floats(0.01, 100), min_size=4, max_size=4))
def test_turning_the_ratio_round_keeps_the_verdict(limits):
    lower, lower_90, upper_90, upper = sorted(limits)
    made = Decision(lower, upper, lower_90, upper_90)
    turned = Decision(1 / upper, 1 / lower, 1 / upper_90, 1 / lower_90)
    edge = any(math.isclose(x, y, rel_tol=1e-9) for x in limits for y in (FOUR_FIFTHS.lower, 1, FOUR_FIFTHS.upper))
    assert edge or made.verdict == turned.verdict


@pytest.mark.parametrize("within", [FOUR_FIFTHS, TWO_POINTS, NO_SCORE_RANGE])
def test_a_missing_interval_is_not_enough(within):
    made = Decision(*[math.nan] * 4, within, True)
    assert (made.verdict, made.direction, made.against) == (Verdict.NOT_ENOUGH, "", "")


def test_what_would_be_enough_is_found_for_one_group_alone():
    every, alone = verdicts(ratios()), verdicts(ratios(), enough_for="BME")
    pd.testing.assert_frame_equal(every, alone)
    none = verdicts(ratios(), enough_for="Asian")
    assert none["times_as_many"].isna().all()
    assert none["verdict"].tolist() == every["verdict"].tolist()
