import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.release import check_released, release
from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.intervals.ratios import koopman_ratio
from measures.counts_strategies import CONFIDENCE, events_of
from measures.small_tables import drawn

COUNTS = """
    organisation | indicator | definition              | group     | numerator | denominator
    Alder        | 3         |                         | White     | 38        | 4200
    Alder        | 3         |                         | BME       | 21        | 1300
    Alder        | 3         |                         | Not known | 2         | 90
    Beech        | 3         |                         | BME       | 5         | 40
    Beech        | 3         |                         | White     | 6         | 30
    Alder        | 7         | Don't know in the base  | BME       | 50        | 100
    Alder        | 7         | Don't know in the base  | White     | 60        | 100
    Alder        | 7         | Don't know left out     | BME       | 50        | 70
    Alder        | 7         | Don't know left out     | White     | 60        | 70
"""
NUMBERS = ["numerator", "denominator", "reference_numerator", "reference_denominator"]


@pytest.mark.parametrize(
    ("compare", "measure", "limits", "value"),
    [
        (gaps, "gap", newcombe_gap, np.subtract),
        (relative_likelihoods, "relative likelihood", koopman_ratio, np.divide),
    ],
)
def test_compares_each_group_with_the_reference_of_the_same_keys(compare, measure, limits, value):
    table = compare(drawn(COUNTS), "White")
    pairs = [(21, 1300, 38, 4200), (2, 90, 38, 4200), (5, 40, 6, 30), (50, 100, 60, 100), (50, 70, 60, 70)]
    assert table[NUMBERS].to_numpy().tolist() == [list(pair) for pair in pairs]
    x1, n1, x0, n0 = np.array(pairs).T
    np.testing.assert_allclose(table["value"], value(x1 / n1, x0 / n0))
    np.testing.assert_array_equal(table[["lower", "upper"]].to_numpy().T, limits(x1, n1, x0, n0))
    np.testing.assert_allclose(table[["group_value", "reference_value"]].to_numpy().T, (x1 / n1, x0 / n0))
    assert set(table["measure"]) == {measure}
    assert set(table["reference"]) == {"White"}
    assert table["group"].tolist() == ["BME", "Not known", "BME", "BME", "BME"]


def test_methods_are_named():
    assert set(gaps(drawn(COUNTS), "White")["method"]) == {"Newcombe, from Wilson limits"}
    assert set(relative_likelihoods(drawn(COUNTS), "White")["method"]) == {"Koopman score"}


def test_says_whose_number_is_withheld_and_why():
    table = relative_likelihoods(
        release(
            drawn(
                """
                organisation | indicator | group     | numerator | denominator
                Alder        | 3         | White     | 30        | 300
                Alder        | 3         | BME       | 2         | 90
                Beech        | 3         | White     | 3         | 300
                Beech        | 3         | BME       | 20        | 90
                Cedar        | 3         | White     | 1         | 300
                Cedar        | 3         | BME       | 1         | 5
                Damson       | 3         | BME       | 9         | 90
                """
            )
        ),
        reference="White",
    )
    events = "1 to 4 staff of the group in the disciplinary process"
    assert table["withheld"].tolist() == [
        f"BME: {events}",
        f"White: {events}",
        f"BME: fewer than 10 staff of the group; White: {events}",
        "White: not in the data",
    ]
    assert table[["value", "lower", "upper", "confidence"]].isna().all(axis=None)
    assert set(table["audience"]) == {"publish"}
    check_released(table)


def test_a_cell_that_the_source_left_out_makes_the_comparison_missing():
    counts = drawn("indicator | group | numerator | denominator\n 5 | BME | | \n 5 | White | 6 | 30")
    table = gaps(counts, "White")
    assert table["withheld"].tolist() == ["BME: suppressed by the source"]
    assert table[["value", "lower", "upper"]].isna().all(axis=None)


def test_ratios_at_zero_and_with_nobody():
    table = relative_likelihoods(
        drawn(
            """
            organisation | indicator | group | numerator | denominator
            Alder        | 3         | BME   | 0         | 100
            Alder        | 3         | White | 5         | 100
            Beech        | 3         | BME   | 5         | 100
            Beech        | 3         | White | 0         | 100
            Cedar        | 3         | BME   | 0         | 100
            Cedar        | 3         | White | 0         | 100
            Damson       | 3         | BME   | 0         | 0
            Damson       | 3         | White | 5         | 100
            """
        ),
        "White",
    )
    np.testing.assert_array_equal(table["value"], [0, np.inf, np.nan, np.nan])
    assert table["lower"].tolist()[0] == table["lower"].tolist()[2] == 0
    assert table["upper"].tolist()[1] == table["upper"].tolist()[2] == np.inf
    assert table.loc[3, ["lower", "upper"]].isna().all()
    assert set(table["withheld"]) == {""}


def test_leaves_out_groupings_without_the_reference():
    detailed = drawn(
        "indicator | group | numerator | denominator\n 5 | Chinese | 9 | 90", grouping="Workforce categories"
    )
    wide = drawn("indicator | group | numerator | denominator\n 5 | BME | 90 | 900\n 5 | White | 60 | 900")
    assert gaps(release([detailed, wide]), "White")["group"].tolist() == ["BME"]


@pytest.mark.parametrize("compare", [gaps, relative_likelihoods])
@pytest.mark.parametrize(
    ("change", "reference", "sentence"),
    [
        (lambda t: t, "Whites", "reference must be one of the groups White, BME, Not known, got: 'Whites'"),
        (lambda t: pd.concat([t, t.head(1)]), "White", "rows must each stand once, got twice: Alder, 2025, 3, White"),
        (
            lambda t: t.assign(indicator="9"),
            "White",
            "counts must be of rates, got: indicator 9, a share; representation() compares it",
        ),
    ],
)
def test_refuses_in_one_sentence(compare, change, reference, sentence):
    with pytest.raises(ValueError) as refused:
        compare(change(drawn(COUNTS)), reference)
    assert str(refused.value) == sentence


@given(st.lists(st.tuples(events_of(), events_of()), min_size=1, max_size=8), CONFIDENCE, st.randoms())
def test_agrees_with_the_array_functions_whatever_the_order_of_rows(pairs, confidence, random):
    rows = [(f"place {k}", g, *cell) for k, pair in enumerate(pairs) for g, cell in zip("GR", pair, strict=True)]
    random.shuffle(rows)
    table = pd.DataFrame(rows, columns=["organisation", "group", "numerator", "denominator"])
    table = table.assign(period="2025", indicator="3", grouping="X", level="organisation")
    (x1, n1), (x0, n0) = (np.array([pair[k] for pair in pairs]).T for k in (0, 1))
    for compare, limits in ((gaps, newcombe_gap), (relative_likelihoods, koopman_ratio)):
        found = compare(table, "R", confidence).set_index("organisation")
        found = found.loc[[f"place {k}" for k in range(len(pairs))]]
        np.testing.assert_array_equal(found[["lower", "upper"]].to_numpy().T, limits(x1, n1, x0, n0, confidence))
