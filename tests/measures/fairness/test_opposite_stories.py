import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.many_comparisons import score_p_values
from equity_metrics.measures.fairness.opposite_stories import opposite_stories
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.wres_return import read_wres_return
from measures.small_tables import drawn

ASIAN, BLACK, MIXED = "Asian or Asian British", "Black or Black British", "Mixed or multiple ethnic groups"
FIVE = f"""
    organisation | group   | numerator | denominator
    Alder        | White   | 200       | 10000
    Alder        | {ASIAN} | 20        | 3000
    Alder        | {BLACK} | 80        | 2000
    Alder        | {MIXED} | 10        | 500
    Alder        | Not known | 90      | 500
    Beech        | White   | 200       | 10000
    Beech        | {ASIAN} | 90        | 3000
    Beech        | {BLACK} | 80        | 2000
"""
WHOLE = """
    organisation | group | numerator | denominator
    Alder        | White | 200       | 10000
    Alder        | BME   | 110       | 5500
    Beech        | White | 200       | 10000
    Beech        | BME   | 170       | 5000
"""


def table(five=FIVE, whole=WHOLE):
    tables = [drawn(five, indicator="3", grouping=FIVE_GROUPS), drawn(whole, indicator="3", grouping=WHITE_BME)]
    return pd.concat(tables, ignore_index=True)


def screened(compare=relative_likelihoods, five=FIVE, whole=WHOLE, **kwargs):
    return opposite_stories(compare(table(five, whole), "White"), **kwargs)


@pytest.mark.parametrize("compare", [gaps, relative_likelihoods])
def test_lists_the_groups_on_both_sides_and_what_bme_would_say(compare):
    listed = screened(compare)
    assert listed["organisation"].tolist() == ["Alder", "Alder"]
    assert listed["group"].tolist() == [BLACK, ASIAN]
    assert listed["story"].tolist() == ["more likely", "less likely"]
    parity = {gaps: 0.0, relative_likelihoods: 1.0}[compare]
    assert listed["bme_value"].tolist() == pytest.approx([parity, parity])
    assert (listed["bme_lower"] < parity).all()
    assert (listed["bme_withheld"] == "").all()


def test_both_on_one_side_is_no_opposite_story():
    assert screened(five=FIVE.replace("20        | 3000", "95        | 3000")).empty


def test_a_difference_that_chance_explains_is_no_story():
    assert screened(five=FIVE.replace("20        | 3000", "55        | 3000")).empty
    assert screened(confidence=0.999999).empty


def test_is_adjusted_for_everything_that_is_screened():
    # 43 of 3,000 alone has p = 0.04, which is not certain once three groups of Alder are looked at.
    five = FIVE.replace("20        | 3000", "43        | 3000").split("    Beech")[0]
    assert 0.03 < score_p_values(43, 3_000, 200, 10_000) < 0.05
    assert screened(five=five).empty
    without_mixed = "\n".join(line for line in five.splitlines() if MIXED not in line)
    assert len(screened(five=without_mixed)) == 2


def test_unknown_ethnicity_is_not_screened():
    without_black = "\n".join(line for line in FIVE.splitlines() if BLACK not in line)
    assert screened(five=without_black).empty


def test_bme_is_never_added_up_from_its_groups():
    whole = "\n".join(line for line in WHOLE.splitlines() if "Alder        | BME" not in line)
    listed = screened(whole=whole)
    assert listed["bme_value"].isna().all()
    assert set(listed["bme_withheld"]) == {"not in the data"}


def test_a_withheld_group_tells_nothing_and_a_withheld_whole_says_so():
    released = release([part for _, part in table().groupby("grouping")])
    hidden = released.assign(withheld=released["withheld"].mask(released["group"] == ASIAN, "too few"))
    hidden.loc[hidden["withheld"] != "", ["numerator", "denominator"]] = np.nan
    assert opposite_stories(relative_likelihoods(hidden, "White")).empty
    hidden = released.assign(withheld=released["withheld"].mask(released["group"] == "BME", "too few"))
    hidden.loc[hidden["withheld"] != "", ["numerator", "denominator"]] = np.nan
    listed = opposite_stories(relative_likelihoods(hidden, "White"))
    assert listed["bme_value"].isna().all()
    assert set(listed["bme_withheld"]) == {"BME: too few"}


def test_detailed_groups_are_screened_too():
    rename = {"White": "White - British", ASIAN: "Asian or Asian British - Indian"}
    rename |= {BLACK: "Black or Black British - African", MIXED: "Chinese"}
    detailed = drawn(FIVE, indicator="3", grouping="Workforce categories")
    detailed = detailed.assign(group=detailed["group"].replace(rename))
    listed = opposite_stories(relative_likelihoods(detailed, "White - British"))
    assert listed["group"].tolist() == ["Black or Black British - African", "Asian or Asian British - Indian"]
    assert set(listed["bme_withheld"]) == {"not in the data"}


def test_finds_the_planted_organisation_and_no_other(samples):
    counts = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    counts = counts[counts["indicator"] == "3"]
    keys = [column for column in counts.columns if column not in ("period", "numerator", "denominator")]
    years = counts.groupby(keys, dropna=False, observed=True, sort=False)[["numerator", "denominator"]].sum()
    years = years.reset_index().assign(period="2025")
    released = release([roll_up(years, to) for to in (FIVE_GROUPS, WHITE_BME)], together=False)
    listed = opposite_stories(relative_likelihoods(released, "White"))
    assert listed["organisation"].tolist() == ["Birchcombe Hospitals", "Birchcombe Hospitals"]
    assert listed["group"].tolist() == [BLACK, ASIAN]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(200, 2_000)), min_size=5, max_size=5))
def test_whatever_is_listed_lies_on_both_sides_of_the_reference(numbers):
    groups = ["White", ASIAN, BLACK, MIXED, "Other ethnic group"]
    counts = pd.DataFrame(numbers, columns=["numerator", "denominator"]).assign(group=groups, organisation="Alder")
    counts = counts.assign(period="2025", indicator="3", grouping=FIVE_GROUPS, level="organisation")
    compared = relative_likelihoods(counts, "White")
    listed = opposite_stories(compared)
    more, less = (listed["story"] == story for story in ("more likely", "less likely"))
    assert more.any() == less.any()
    assert (listed.loc[more, "lower"] > 1).all()
    assert (listed.loc[less, "upper"] < 1).all()


@pytest.mark.parametrize(
    ("comparisons", "sentence"),
    [
        (
            relative_likelihoods(drawn(FIVE, indicator="3", grouping="Our own groups"), "White"),
            "grouping must be one of Five groups, Workforce categories, Survey categories 2018-2024, "
            "Survey categories 2025, got: 'Our own groups'",
        ),
        (
            pd.concat([gaps(table(), "White"), relative_likelihoods(table(), "White")]),
            f"rows must each stand once, got twice: Alder, 2025, 3, {ASIAN}",
        ),
        (
            relative_likelihoods(table(), "White").drop(columns="reference_numerator"),
            "comparisons must be of counts, got: none of their numbers",
        ),
    ],
)
def test_refuses_in_one_sentence(comparisons, sentence):
    with pytest.raises(ValueError) as refused:
        opposite_stories(comparisons)
    assert str(refused.value) == sentence
