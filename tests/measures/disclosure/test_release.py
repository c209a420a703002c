from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.catalogue.disclosure_policies import AUDIENCES, DISCLOSURE_POLICY
from equity_metrics.measures.disclosure.release import release
from measures.small_tables import drawn

SMALL = """
    indicator | group      | band      | numerator | denominator
    1         | BME        | 8a        | 4         | 60
    1         | White      | 8a        | 56        | 60
    1         | Not stated | 8a        | 0         | 60
    2         | BME        |           | 0         | 10
    2         | White      |           | 4         | 200
    2         | Not stated |           | 2         | 9
    3         | BME        |           | 5         | 10
    3         | White      |           | 1         | 900
    4         | BME        |           | 0         | 9
    4         | White      |           | 0         | 0
    5         | BME        |           | 1         | 10
    5         | White      |           | 9         | 9
    9         | BME        | All members | 1       | 3
    q25f      | BME        |           | 2         | 9
    q25f      | White      |           | 0         | 0
"""
AT_RISK = "fewer than 10 staff of the group"
REASONS = [
    "fewer than 5 staff of the group", "", "",
    "", "1 to 4 people of the group appointed", "fewer than 10 people of the group shortlisted",
    "", "1 to 4 staff of the group in the disciplinary process",
    AT_RISK, "",
    "", "fewer than 10 respondents",
    "",
    "fewer than 10 respondents", "",
]  # fmt: skip


def test_publish_withholds_each_indicators_own_small_numbers():
    released = release(drawn(SMALL), together=False)
    assert released["withheld"].tolist() == REASONS
    assert set(released["audience"]) == {"publish"}
    assert released["numerator"].isna().tolist() == [bool(reason) for reason in REASONS]
    assert released["denominator"].isna().tolist() == [bool(reason) for reason in REASONS]
    kept = released["withheld"] == ""
    pd.testing.assert_frame_equal(
        released.loc[kept, ["group", "numerator", "denominator"]],
        drawn(SMALL).loc[kept, ["group", "numerator", "denominator"]],
    )


def test_what_is_released_together_withholds_more_and_never_less():
    alone, together = release(drawn(SMALL), together=False), release(drawn(SMALL))
    more = (together["withheld"] != "") & (alone["withheld"] == "")
    assert (together.loc[alone["withheld"] != "", "withheld"] != "").all()
    assert together.loc[more, ["indicator", "group"]].to_numpy().tolist() == [["1", "White"], ["1", "Not stated"]]
    assert together.loc[more, ["numerator", "denominator"]].isna().all(axis=None)


def test_the_order_of_rows_does_not_matter_together():
    table = drawn(SMALL)
    turned = release(table.iloc[::-1])
    pd.testing.assert_frame_equal(turned.iloc[::-1].reset_index(drop=True), release(table))


def test_survey_tables_are_released_together_with_counts():
    scores = drawn("indicator | group | base | mean | variance\n PP1 | BME | 9 | 7.1 | 3\n PP1 | White | 80 | 7.4 |")
    released = release([drawn(SMALL), scores])
    assert released["withheld"].tolist()[-2:] == ["fewer than 10 respondents", ""]
    assert release(scores)["withheld"].tolist() == ["fewer than 10 respondents", ""]


def test_internal_shows_staff_but_keeps_the_promise_to_respondents():
    table = drawn(
        """
        indicator | group | band | numerator | denominator
        1         | BME   | 8a   | 1         | 60
        2         | BME   |      | 1         | 5
        3         | BME   |      | 1         | 4
        8         | BME   |      | 1         | 9
        """
    )
    released = release(table, audience="internal")
    assert released["withheld"].tolist() == ["", "", AT_RISK.replace("10", "5"), "fewer than 10 respondents"]


def test_one_released_table_holds_counts_scores_and_published_values():
    counts = drawn("indicator | group | numerator | denominator\n 5 | BME | 20 | 90")
    scores = drawn("indicator | group | base | mean | variance\n PP1 | BME | 9 | 7.1 | 3\n PP1 | White | 80 | 7.4 |")
    published = drawn(
        """
        indicator | group | base | value | unit        | answer
        q25f      | BME   | 12   | 55.2  | %           | Agree
        q25f      | White | 9    | 48.0  | %           | Agree
        q25e      | BME   |      |       | %           | Agree
        q16c_1    | BME   | 300  |       | %           | Ticked
        PP3_2     | White |      | 6.41  | score 0-10  |
        PP3_2     | BME   | 0    |       | score 0-10  |
        """,
        level="England",
    )
    released = release([counts, scores, published])
    few = "fewer than 10 respondents"
    assert released["withheld"].tolist() == [
        "", few, "", "", few, "suppressed by the source", "no usable value in the source", "", ""
    ]  # fmt: skip
    assert released["table"].tolist() == ["counts", *["scores"] * 2, *["published"] * 6]
    assert released.loc[released["withheld"] != "", ["base", "mean", "variance", "value"]].isna().all(axis=None)
    assert released["mean"].tolist()[2] == 7.4
    assert released["value"].tolist()[7] == 6.41
    assert released.loc[0, "unit"] == ""


def test_a_cell_that_came_suppressed_says_so():
    released = release(drawn("indicator | group | numerator | denominator\n 2 | BME | | \n 2 | White | 40 | 90"))
    assert released["withheld"].tolist() == ["suppressed by the source", ""]


def test_bounds_without_a_value_are_released_like_values():
    bounds = drawn("indicator | group | base\n q14b or q14c | BME | 9\n q14b or q14c | White | 90")
    released = release(bounds.assign(lower=[20.9, 16.0], upper=[31.0, 25.0]))
    assert released["withheld"].tolist() == ["fewer than 10 respondents", ""]
    assert released["lower"].isna().tolist() == released["upper"].isna().tolist() == [True, False]


def test_rounding_is_an_option_and_says_so():
    table = drawn("indicator | group | numerator | denominator\n 2 | BME | 12 | 93\n 2 | White | 3 | 90")
    released = release(table, policy=replace(DISCLOSURE_POLICY, round_to=5))
    assert released["numerator"].tolist()[0] == 10
    assert released["denominator"].tolist()[0] == 95
    assert released["numerator"].isna().tolist() == [False, True]
    assert released["rounded_to"].tolist() == [5, 5]
    assert "rounded_to" not in release(table).columns


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("123456789"), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=25),
    st.sampled_from(AUDIENCES),
)
def test_what_is_withheld_never_leaks_and_what_is_shown_is_unchanged(cells, audience):
    table = pd.DataFrame(
        [(i, f"group {k}", min(a, b), max(a, b)) for k, (i, a, b) in enumerate(cells)],
        columns=["indicator", "group", "numerator", "denominator"],
    ).assign(organisation="Alder", period="2025", grouping="G", level="organisation", band="x")
    released = release(table, audience=audience)
    withheld = released["withheld"] != ""
    numbers = ["numerator", "denominator"]
    assert released.loc[withheld, numbers].isna().all(axis=None)
    np.testing.assert_array_equal(released.loc[~withheld, numbers], table.loc[~withheld, numbers])
    for protection in DISCLOSURE_POLICY.of(audience):
        shown = released.loc[released["indicator"] == protection.indicator]
        if protection.cell in shown.columns:
            assert not shown[protection.cell].between(1, protection.below - 1).any()


@settings(deadline=None, max_examples=10)
@given(st.permutations(range(15)))
def test_the_order_of_rows_does_not_matter(order):
    released = release(drawn(SMALL))
    shuffled = release(drawn(SMALL).iloc[list(order)])
    pd.testing.assert_frame_equal(shuffled, released.iloc[list(order)].reset_index(drop=True))


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda _: 5, TypeError, "tables must be counts, scores or published tables, got: int"),
        (lambda _: [], ValueError, "tables must hold at least one table, got: none"),
        (
            lambda t: release(t),
            ValueError,
            "tables must not have been released before, got: one that was; release all tables together",
        ),
        (
            lambda t: t.assign(method="Wilson score", value=0.5),
            ValueError,
            "tables must be counts, scores or published tables, got: estimates made of them",
        ),
        (
            lambda t: t.drop(columns=["level", "period"]),
            ValueError,
            "tables must have the key columns organisation, period, indicator, grouping, level, group, "
            "missing: period, level",
        ),
        (
            lambda t: t.drop(columns="denominator"),
            ValueError,
            "tables must have the columns numerator and denominator, base and mean, or base and value, "
            "got: none of these",
        ),
        (
            lambda t: pd.concat([t, t.assign(level="region")]),
            ValueError,
            "tables must each hold one level, got: organisation, region; roll_up makes a table for each",
        ),
        (
            lambda t: pd.concat([t, t.assign(grouping="Five groups")]),
            ValueError,
            "tables must each hold one grouping for indicator 1, got: Five groups, White / BME",
        ),
    ],
)
def test_refuses_in_one_sentence(make, error, sentence):
    with pytest.raises(error) as refused:
        release(make(drawn(SMALL)))
    assert str(refused.value) == sentence


def test_refuses_an_audience_that_the_policy_does_not_know():
    with pytest.raises(ValueError) as refused:
        release(drawn(SMALL), audience="board")
    assert str(refused.value) == "audience must be one of publish, internal, got: 'board'"
