import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.intervals.intervals import wilson
from equity_metrics.measures.proportions import proportions
from measures.counts_strategies import CONFIDENCE, events_of
from measures.small_tables import drawn

COUNTS = """
    indicator | group | band        | numerator | denominator
    2         | BME   |             | 30        | 300
    2         | White |             | 3         | 200
    1         | BME   | 8a          | 15        | 60
    9         | BME   | All members | 1         | 14
    5         | BME   |             |           |
    4         | BME   |             | 0         | 0
"""


def test_gives_each_cell_its_proportion_and_wilson_interval():
    table = proportions(drawn(COUNTS))
    np.testing.assert_allclose(table["value"], [0.1, 0.015, 0.25, 1 / 14, np.nan, np.nan])
    np.testing.assert_allclose(table.loc[0, ["lower", "upper"]].to_list(), wilson(30, 300))
    assert (
        table["method"].tolist()
        == ["Wilson score"] * 2 + ["full count: no sampling interval"] * 2 + ["Wilson score"] * 2
    )
    assert table["withheld"].tolist() == ["", "", "", "", "suppressed by the source", ""]


def test_a_full_count_has_no_interval_and_no_confidence():
    full = proportions(drawn(COUNTS)).loc[[2, 3]]
    assert full[["lower", "upper", "confidence"]].isna().all(axis=None)


def test_what_release_withheld_stays_withheld_with_its_reason():
    table = proportions(release(drawn(COUNTS)))
    assert table["withheld"].tolist()[1] == "1 to 4 people of the group appointed"
    assert table.loc[1, ["value", "lower", "upper", "numerator", "denominator"]].isna().all()
    assert set(table["audience"]) == {"publish"}


def test_nothing_is_estimated_where_a_reason_stands_even_if_a_number_was_left():
    table = proportions(drawn(COUNTS).assign(withheld="a reason"))
    assert table[["value", "lower", "upper", "confidence"]].isna().all(axis=None)


def test_picks_the_counts_out_of_a_released_table():
    scores = drawn("indicator | group | base | mean | variance\n PP1 | BME | 90 | 7.1 | 3")
    table = proportions(release([drawn(COUNTS), scores]))
    assert len(table) == 6
    assert not {"base", "mean", "variance"} & set(table.columns)


def test_refuses_a_table_without_counts():
    with pytest.raises(ValueError) as refused:
        proportions(drawn("indicator | group | base | mean\n PP1 | BME | 90 | 7.1"))
    assert str(refused.value) == "table must hold counts, got: scores"


@given(st.lists(events_of(), min_size=1, max_size=20), CONFIDENCE)
def test_agrees_with_the_array_function_cell_by_cell(cells, confidence):
    x, n = np.array(cells).T
    table = pd.DataFrame({"numerator": x, "denominator": n, "group": [f"g{k}" for k in range(len(x))]})
    table = table.assign(organisation="Alder", period="2025", indicator="3", grouping="G", level="organisation")
    found = proportions(table, confidence)
    np.testing.assert_array_equal(found[["lower", "upper"]].to_numpy().T, wilson(x, n, confidence))
    np.testing.assert_array_equal(found["value"], x / n)
    assert set(found["confidence"]) == {confidence}
