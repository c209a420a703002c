import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.measures.disclosure.release import check_released, release
from equity_metrics.measures.rolling_years import rolling_years
from measures.small_tables import drawn

COUNTS = """
    period | group | numerator | denominator
    2023   | White | 40        | 4000
    2023   | BME   | 20        | 1000
    2024   | White | 30        | 4200
    2024   | BME   | 3         | 1100
    2025   | White | 20        | 4400
    2025   | BME   | 15        | 1300
"""
COMPLETE = drawn(COUNTS, indicator="3")


def test_the_average_of_two_years_stands_over_the_last_snapshot():
    table = rolling_years(COMPLETE).set_index(["period", "group"])
    assert table.index.unique("period").tolist() == ["2024", "2025"]
    assert table.loc[("2025", "BME"), ["numerator", "denominator"]].tolist() == [18, 2600]
    average, staff = (15 + 3) / 2, 1300
    np.testing.assert_allclose(18 / 2600, average / staff)
    assert set(table["definition"]) == {"2 years together"}


def test_three_years_need_three_years():
    table = rolling_years(COMPLETE, years=3)
    assert table["period"].tolist() == ["2025", "2025"]
    assert table["numerator"].tolist() == [90, 38]


def test_what_was_withheld_in_one_year_is_withheld_in_the_sum():
    table = rolling_years(release(COMPLETE)).set_index(["period", "group"])
    cell = table.loc[("2025", "BME")]
    assert np.isnan(cell["numerator"])
    assert np.isnan(cell["denominator"])
    assert cell["withheld"] == "2024: 1 to 4 staff of the group in the disciplinary process"
    assert table.loc[("2024", "BME"), "withheld"] == "1 to 4 staff of the group in the disciplinary process"
    check_released(table.reset_index())
    assert relative_likelihoods(table.reset_index(), "White")["withheld"].ne("").all()


def test_a_group_that_was_not_there_before_has_no_sum():
    newcomer = drawn(COUNTS + "    2025   | Not known | 0 | 50\n", indicator="3")
    cell = rolling_years(release(newcomer)).set_index(["period", "group"]).loc[("2025", "Not known")]
    assert cell["withheld"] == "2024: not in the data"
    assert rolling_years(newcomer).set_index(["period", "group"]).loc[("2025", "Not known")][["numerator"]].isna().all()


@pytest.mark.parametrize(
    ("table", "years", "sentence"),
    [
        (COMPLETE, 1, "years must be a whole number, 2 or more, got: 1"),
        (COMPLETE.assign(indicator="9"), 2, "counts must be of rates, got: indicator 9, a share"),
        (COMPLETE.assign(period="2025-03"), 2, "period must be a WRES year, got: 2025-03"),
    ],
)
def test_refuses_in_one_sentence(table, years, sentence):
    with pytest.raises(ValueError) as refused:
        rolling_years(table, years)
    assert str(refused.value) == sentence


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 500)), min_size=2, max_size=6), st.integers(2, 4))
def test_every_sum_is_that_of_its_years(cells, years):
    events, people = (np.array(column, dtype=float) for column in zip(*cells, strict=True))
    counts = pd.DataFrame(
        {
            "organisation": "Alder", "period": [str(2015 + i) for i in range(len(cells))], "indicator": "3",
            "grouping": "White / BME", "level": "organisation", "group": "BME",
            "numerator": events, "denominator": people,
        }
    )  # fmt: skip
    table = rolling_years(counts.sample(frac=1, random_state=1), years).sort_values("period")
    expected = [events[i - years + 1 : i + 1].sum() for i in range(years - 1, len(cells))]
    assert table["numerator"].tolist() == expected
    assert table["denominator"].tolist() == (years * people[years - 1 :]).tolist()
