import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from equity_metrics.catalogue.ethnic_groups import NOT_KNOWN, UNKNOWN_GROUPS, WORKFORCE_CATEGORIES, groups_of
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.own_grouping import own_grouping
from equity_metrics.measures.roll_up import roll_up
from measures.small_tables import drawn

INDIAN, PAKISTANI = "Asian or Asian British - Indian", "Asian or Asian British - Pakistani"
AFRICAN, BRITISH = "Black or Black British - African", "White - British"
COUNTS = f"""
    indicator | group       | band | numerator | denominator
    3         | {BRITISH}   |      | 30        | 3000
    3         | {INDIAN}    |      | 6         | 400
    3         | {PAKISTANI} |      | 4         | 100
    3         | {AFRICAN}   |      | 12        | 500
    3         | Not known   |      | 0         | 40
    9         | {BRITISH}   | All members | 9 | 13
    9         | {INDIAN}    | All members | 2 | 13
    9         | {PAKISTANI} | All members | 0 | 13
    9         | {AFRICAN}   | All members | 1 | 13
    9         | Not known   | All members | 1 | 13
"""
MINE = {"South Asian": [INDIAN, PAKISTANI], "African": [AFRICAN]}


@pytest.fixture
def counts():
    table = drawn(COUNTS, grouping=WORKFORCE_CATEGORIES, source="Synthetic return")
    rest = [g for g in groups_of(WORKFORCE_CATEGORIES) if g not in set(table["group"])]
    nobody = table.iloc[5].to_dict()
    rows = pd.DataFrame([{**nobody, "group": group, "numerator": 0.0} for group in rest])
    return pd.concat([table, rows], ignore_index=True)


def cells(table):
    return {(r.indicator, r.group): (r.numerator, r.denominator) for r in table.itertuples()}


def test_categories_add_up_and_unknown_ethnicity_stays_what_it_is(counts):
    table = own_grouping(counts, MINE, name="Ours")
    assert cells(table) == {
        ("3", "South Asian"): (10, 500),
        ("3", "African"): (12, 500),
        ("3", "Not known"): (0, 40),
        ("9", "South Asian"): (2, 13),
        ("9", "African"): (1, 13),
        ("9", "Not known"): (1, 13),
        ("9", "Not stated"): (0, 13),
    }
    assert set(table["grouping"]) == {"Ours"}


def test_it_says_what_is_in_each_group_and_what_is_in_none(counts):
    table = own_grouping(counts, MINE, name="Ours")
    assert set(table.loc[table["group"] == "South Asian", "made_of"]) == {f"{INDIAN}; {PAKISTANI}"}
    left_out = set(table["left_out"])
    assert len(left_out) == 1
    named = left_out.pop().split("; ")
    assert {BRITISH, "Chinese"} <= set(named)
    assert not set(named) & {INDIAN, PAKISTANI, AFRICAN, *UNKNOWN_GROUPS}


def test_a_missing_category_makes_its_group_missing(counts):
    counts.loc[counts["group"] == PAKISTANI, ["numerator", "denominator"]] = None
    table = own_grouping(counts, MINE, name="Ours").set_index(["indicator", "group"])
    assert table.loc[("3", "South Asian"), ["numerator", "denominator"]].isna().all()
    assert table.loc[("3", "African"), "denominator"] == 500


def test_it_can_be_released_beside_the_categories_it_is_made_of(counts):
    rates = counts[counts["indicator"] == "3"]
    released = release([rates, own_grouping(rates, MINE, name="Ours")])
    assert set(released["grouping"]) == {WORKFORCE_CATEGORIES, "Ours"}


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"Mine": ["Asian/Asian British - Indian"]}, f"the nearest is '{INDIAN}'"),
        ({"A": [INDIAN], "B": [PAKISTANI, INDIAN]}, f"twice: '{INDIAN}'"),
        ({"A": [INDIAN, INDIAN]}, "twice"),
        ({"A": []}, "none for 'A'"),
        ({" ": [INDIAN]}, "a name of their own"),
        ({"Not known": [INDIAN]}, "a name of their own"),
        ({"A": [NOT_KNOWN]}, "stays what it is"),
        ({"BME": [INDIAN]}, "another meaning"),
        ({"White": [BRITISH]}, "another meaning"),
        ({}, "at least one"),
    ],
)
def test_groups_that_would_mislead_are_refused_in_one_sentence(counts, groups, said):
    with pytest.raises(ValueError, match="groups must") as refused:
        own_grouping(counts, groups, name="Ours")
    assert said in str(refused.value)


def test_a_published_name_may_be_used_for_what_it_means(counts):
    white = [g for g in groups_of(WORKFORCE_CATEGORIES) if g.startswith("White")]
    table = own_grouping(counts, {"White": white, **MINE}, name="Ours")
    assert cells(table)["3", "White"] == (30, 3000)


def test_only_complete_detailed_counts_and_new_names_are_taken(counts):
    rates = counts[counts["indicator"] == "3"]
    with pytest.raises(ValueError, match="detailed categories, got: Five groups"):
        own_grouping(roll_up(rates, to="Five groups"), MINE, name="Ours")
    with pytest.raises(ValueError, match="before release"):
        own_grouping(release(rates), MINE, name="Ours")
    with pytest.raises(ValueError, match="new name"):
        own_grouping(rates, MINE, name="White / BME")


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_nobody_is_lost_or_counted_twice(data):
    """Whatever the groups: those in them, those left out and the unknown are everyone."""
    names = [g for g in groups_of(WORKFORCE_CATEGORIES) if g not in UNKNOWN_GROUPS]
    people = data.draw(st.lists(st.integers(0, 500), min_size=len(names), max_size=len(names)))
    into = data.draw(st.lists(st.sampled_from(["", "A", "B", "C"]), min_size=len(names), max_size=len(names)))
    lines = [f"3 | {name} | {n // 3} | {n}" for name, n in zip(names, people, strict=True)]
    counts = drawn("\n".join(["indicator | group | numerator | denominator", *lines]), grouping=WORKFORCE_CATEGORIES)
    groups = {g: [n for n, i in zip(names, into, strict=True) if i == g] for g in "ABC" if g in into}
    assume(groups)
    table = own_grouping(counts, groups, name="Ours")
    left_out = counts[counts["group"].isin(table["left_out"].iloc[0].split("; "))]
    for column in ("numerator", "denominator"):
        assert table[column].sum() + left_out[column].sum() == counts[column].sum()
