import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, INTERNAL, PUBLISH
from equity_metrics.change.pooled_series import PERIOD_LENGTHS, period_names, pooled_series
from equity_metrics.change.publishable_series import (
    NONE_PASSES,
    ONLY_ONE_LEFT,
    publishable_series,
)
from equity_metrics.measures.release import check_released, primary_suppression

MONTHS = [str(m) for m in pd.period_range("2022-04", "2024-03", freq="M")]
FIVE = ["Mixed or multiple ethnic groups", "Asian or Asian British", "Black or Black British", "Other ethnic group"]


def monthly(groups, indicator="2", months=MONTHS):
    """Counts of one place: ``{group: (numerators, denominator)}``, each a number or one for every month."""
    frames = [
        pd.DataFrame({"period": months, "group": group, "numerator": x, "denominator": n}, index=range(len(months)))
        for group, (x, n) in groups.items()
    ]
    grouping = "White / BME" if set(groups) <= {"White", "BME", "Not known"} else "Five groups"
    keys = {"organisation": "Alder", "indicator": indicator, "grouping": grouping, "level": "organisation"}
    return pd.concat(frames, ignore_index=True).astype({"numerator": float, "denominator": float}).assign(**keys)


def lengths(shown):
    return shown.groupby("group")["period_length"].first().to_dict()


def fails(counts, length, audience=PUBLISH):
    pooled = pooled_series(counts, length).assign(table="counts")
    return (primary_suppression(pooled, DISCLOSURE_POLICY, audience) != "").any()


series = st.lists(st.integers(0, 9), min_size=24, max_size=24)


@settings(max_examples=40, deadline=None)
@given(white=series, bme=series)
def test_sums_are_kept_the_result_passes_and_a_shorter_period_fails(white, bme):
    counts = monthly({"White": (white, 40), "BME": (bme, 12)})
    shown = check_released(publishable_series(counts))
    for group, numbers in (("White", white), ("BME", bme)):
        own, rows = counts[counts["group"] == group], shown[shown["group"] == group]
        length = rows["period_length"].iloc[0]
        order = list(PERIOD_LENGTHS)
        shorter = order[: order.index(length)]
        if (rows["withheld"] != "").any():
            assert rows[["numerator", "denominator"]].isna().all(axis=None)
            assert length == "year"
            assert fails(own, "year")
        else:
            assert rows["numerator"].sum() == sum(numbers)
            assert not fails(own, length)
            assert not shorter or fails(own, shorter[-1])


@pytest.mark.parametrize(
    ("length", "first", "last", "number"),
    [("month", "2022-04", "2024-03", 24), ("quarter", "2022-23 Q1", "2023-24 Q4", 8),
     ("half-year", "2022-23 H1", "2023-24 H2", 4), ("year", "2023", "2024", 2)],
)  # fmt: skip
def test_periods_are_those_of_the_financial_year(length, first, last, number):
    periods = pooled_series(monthly({"White": (1, 40)}), length)["period"].tolist()
    assert (periods[0], periods[-1], len(periods)) == (first, last, number)
    assert periods == sorted(periods)


def test_shortlisted_people_add_but_staff_in_post_are_averaged():
    numbers = {"White": (2, np.arange(101, 125))}
    recruited = pooled_series(monthly(numbers, "2"), "quarter").iloc[0]
    disciplined = pooled_series(monthly(numbers, "3"), "quarter").iloc[0]
    assert recruited[["numerator", "denominator"]].tolist() == [6, 306]
    assert disciplined[["numerator", "denominator"]].tolist() == [6, 102]


def test_a_group_and_the_one_it_is_compared_with_share_one_length():
    counts = monthly({"White": (2, 40), "BME": (1, 12)})
    shown = publishable_series(counts, beside="White")
    assert set(shown.loc[shown["group"] == "BME", "period_length"]) == {"half-year"}
    assert set(shown.loc[shown["group"] == "White", "period_length"]) == {"quarter", "half-year"}
    longer = publishable_series(monthly({"White": (1, 40), "BME": (6, 12)}), beside="White")
    assert set(longer["period_length"]) == {"half-year"}
    with pytest.raises(ValueError, match="beside must be one of BME, White"):
        publishable_series(counts, beside="Whit")


def test_a_withheld_reference_leaves_a_group_its_own_length():
    shown = publishable_series(monthly({"White": ([1.0] + [0.0] * 23, 40), "BME": (6, 12)}), beside="White")
    assert lengths(shown) == {"White": "year", "BME": "month"}
    assert shown.loc[shown["group"] == "White", "numerator"].isna().all()


@pytest.mark.parametrize("length", list(PERIOD_LENGTHS))
def test_steps_name_their_periods(length):
    pooled = pooled_series(monthly({"White": (1, 40)}), length)
    assert (np.diff(pooled["step"]) == 1).all()
    assert period_names(pooled["step"], length).tolist() == pooled["period"].tolist()


def test_months_that_do_not_fill_a_period_are_left_out():
    months = [str(m) for m in pd.period_range("2022-05", "2022-10", freq="M")]
    pooled = pooled_series(monthly({"White": (1, 40)}, months=months), "quarter")
    assert pooled["period"].tolist() == ["2022-23 Q2"]


def test_the_internal_audience_sees_small_events_by_month():
    counts = monthly({"White": (2, 40), "BME": (1, 12)})
    assert lengths(publishable_series(counts, audience=INTERNAL)) == {"White": "month", "BME": "month"}
    assert lengths(publishable_series(counts)) == {"White": "quarter", "BME": "half-year"}


def test_where_no_period_passes_the_reason_is_given():
    lonely = [1.0] + [0.0] * 23
    shown = publishable_series(monthly({"White": (6, 40), "BME": (lonely, 12)}))
    reason = f"{NONE_PASSES}: 1 to 4 people of the group appointed"
    assert set(shown.loc[shown["group"] == "BME", "withheld"]) == {reason}
    assert set(shown.loc[shown["group"] == "White", "withheld"]) == {""}


def test_a_group_alone_in_being_withheld_or_pooled_longest_could_be_found_by_subtraction():
    mixed, asian, black, other = FIVE
    groups = {"White": (9, 40), asian: (6, 40), black: (6, 40), mixed: (2, 40)}
    withheld = publishable_series(monthly({**groups, other: ([1.0] + [0.0] * 23, 12)}))
    reasons = withheld.groupby("group")["withheld"].first()
    assert reasons[other].startswith(NONE_PASSES)
    assert reasons[mixed] == ONLY_ONE_LEFT
    assert withheld.loc[withheld["group"] == mixed, "numerator"].isna().all()
    longer = lengths(publishable_series(monthly({**groups, other: (1, 12)})))
    assert longer == {"White": "month", asian: "month", black: "month", mixed: "half-year", other: "half-year"}


def test_a_number_missing_in_the_source_withholds_the_series():
    counts = monthly({"White": (6, 40)})
    counts.loc[3, "numerator"] = np.nan
    assert set(publishable_series(counts)["withheld"]) == {"suppressed by the source"}


def test_groups_of_unknown_ethnicity_are_left_aside():
    counts = monthly({"White": (6, 40), "Not known": (6, 40)})
    assert set(publishable_series(counts)["group"]) == {"White"}


def test_what_cannot_be_pooled_is_refused():
    counts = monthly({"White": (6, 40)})
    for table, fault in (
        (counts.drop(index=4), "a gap in Alder, 2"),
        (pd.concat([counts, counts.head(1)]), "got twice"),
        (counts.head(1).assign(period="2024"), "by month"),
        (counts.assign(withheld=""), "complete"),
        (counts.drop(columns="group"), "group"),
    ):
        with pytest.raises(ValueError, match=fault):
            publishable_series(table)
    with pytest.raises(ValueError, match="length must be one of month"):
        pooled_series(counts, "week")
