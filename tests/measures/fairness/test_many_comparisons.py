import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.many_comparisons import (
    benjamini_hochberg,
    chance_words,
    many_comparisons,
    score_p_values,
)
from equity_metrics.measures.intervals.ratios import koopman_ratio
from equity_metrics.measures.representation import representation
from measures.counts_strategies import events_of
from measures.golden import golden_cases
from measures.small_tables import drawn

COUNTS = """
    organisation | group | numerator | denominator
    Alder        | White | 38        | 4200
    Alder        | BME   | 21        | 1300
    Beech        | White | 40        | 400
    Beech        | BME   | 40        | 200
    Cedar        | White | 40        | 400
    Cedar        | BME   | 3         | 200
"""


def test_adjusted_p_values_agree_with_figures_calculated_elsewhere():
    (case,) = golden_cases("many_comparisons.json")
    np.testing.assert_allclose(benjamini_hochberg(case["p"]), case["BH"], rtol=1e-12)
    missing = benjamini_hochberg([*case["p"], np.nan])
    np.testing.assert_allclose(missing, [*case["BH"], np.nan], rtol=1e-12)


@pytest.mark.parametrize("compare", [gaps, relative_likelihoods])
def test_a_withheld_comparison_has_no_p_value_and_is_not_counted(compare):
    table = many_comparisons(compare(release(drawn(COUNTS, indicator="3")), "White"))
    p = [chi2_contingency([[21, 1279], [38, 4162]], correction=False).pvalue]
    p += [chi2_contingency([[40, 160], [40, 360]], correction=False).pvalue, np.nan]
    np.testing.assert_allclose(table["p_value"], p, rtol=1e-10)
    np.testing.assert_allclose(table["p_value_adjusted"], [p[0], 2 * p[1], np.nan], rtol=1e-10)
    assert chance_words(table) == (
        "Of 2 comparisons 2 differ at 95 %. If no group differed from its reference, about 0.1 would by chance. "
        "After adjusting for that, 2 still do."
    )


def test_no_sentence_without_a_comparison():
    table = many_comparisons(relative_likelihoods(release(drawn(COUNTS, indicator="3")), "White"))
    assert chance_words(table[table["organisation"] == "Cedar"]) == ""


@given(events_of(), events_of())
def test_p_value_and_koopman_interval_agree(group, reference):
    p = score_p_values(*group, *reference)
    lower, upper = koopman_ratio(*group, *reference)
    assert 0 <= p <= 1
    if abs(p - 0.05) > 1e-6:
        assert (p < 0.05) == (lower > 1 or upper < 1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_values_are_no_smaller_and_keep_their_order(p):
    adjusted = benjamini_hochberg(p)
    assert (adjusted >= np.array(p)).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()


def test_p_value_where_nothing_can_differ_or_nobody_is_there():
    np.testing.assert_array_equal(score_p_values([0, 5, 1, np.nan], [5, 5, 1, 5], 0, [9, 0, 0, 9]), [1] + [np.nan] * 3)
    assert score_p_values(5, 5, 9, 9) == 1
    assert np.isnan(benjamini_hochberg([np.nan])).all()


def test_refuses_in_one_sentence():
    with pytest.raises(ValueError) as refused:
        benjamini_hochberg([0.1, 1.2])
    assert str(refused.value) == "p_values must be between 0 and 1, got: 1.2"
    board = drawn("group | numerator | denominator\nBME | 2 | 14\nWhite | 12 | 14", indicator="9", band="All members")
    staff = drawn("group | numerator | denominator\nBME | 20 | 90\nWhite | 70 | 90", indicator="1", band="All staff")
    with pytest.raises(ValueError) as refused:
        many_comparisons(representation(pd.concat([board, staff], ignore_index=True)))
    assert str(refused.value) == "comparisons must be of rates, got: indicator 9, a share"
    with pytest.raises(ValueError) as refused:
        many_comparisons(pd.DataFrame({"indicator": ["PP3_2"], "withheld": [""]}))
    assert str(refused.value) == "comparisons must be of counts, got: none of their numbers"
