from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY
from equity_metrics.measures.disclosure.dominance import dominated
from equity_metrics.measures.disclosure.release import release
from measures.small_tables import drawn

PLACES = """
    organisation | system | level        | numerator | denominator
    Alder        | North  | organisation | 90        | 400
    Birch        | North  | organisation | 10        | 300
    Cedar        | South  | organisation | 50        | 350
    Dogwood      | South  | organisation | 50        | 250
    North        | North  | system       | 100       | 700
    South        | South  | system       | 100       | 600
    All          |        | England      | 200       | 1300
"""


def places(**columns):
    return drawn(PLACES, indicator="3", group="BME", **columns)


def test_nine_of_ten_in_one_hospital_give_the_rest_away():
    found = dominated(places(), 0.8)
    assert places()[found]["organisation"].tolist() == ["North"]


def test_the_share_itself_is_allowed():
    assert not dominated(places(), 0.9).any()
    assert dominated(places(), 0.4999).sum() == 2


def test_of_shares_everyone_is_no_sum_of_one_group():
    rows = drawn(PLACES, indicator="1", group="BME", band="8a")
    assert dominated(rows.assign(denominator=[1, 299, 350, 250, 300, 600, 900.0]), 0.95).sum() == 0


def test_a_sum_of_nobody_is_not_dominated():
    assert not dominated(places().assign(numerator=0.0), 0.8).any()


@settings(deadline=None)
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=6), st.floats(0.05, 0.99))
def test_it_is_the_largest_part_that_counts(parts, most):
    rows = pd.DataFrame({"organisation": [*map(str, range(len(parts))), "All"], "numerator": [*parts, sum(parts)]})
    rows = rows.assign(
        level=["organisation"] * len(parts) + ["England"], denominator=1e6, period="2025", indicator="1", group="BME"
    ).assign(grouping="White / BME")
    assert dominated(rows, most).tolist() == [False] * len(parts) + [max(parts) > most * sum(parts)]


def test_a_release_withholds_it_where_it_is_asked_for():
    tables = [table for _, table in places().groupby("level", sort=False)]
    asked = release(tables, policy=replace(DISCLOSURE_POLICY, most_of_one=0.8))
    why = asked.set_index("organisation")["withheld"]
    assert why["North"] == "one organisation makes up more than 80% of this number"
    assert (release(tables)["withheld"] == "").all()


@pytest.mark.parametrize("most", [0, -0.1, 1.1])
def test_a_share_outside_of_nothing_to_all_is_refused(most):
    with pytest.raises(ValueError) as refused:
        replace(DISCLOSURE_POLICY, most_of_one=most)
    assert str(refused.value) == f"most_of_one must be more than 0 and at most 1, got: {most}"
