import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from change.series_examples import monthly
from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, INTERNAL, PUBLISH
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS, pooled_series
from equity_metrics.change.charts.publishable_series import (
    BY_SUBTRACTION,
    NONE_PASSES,
    publishable_series,
)
from equity_metrics.measures.disclosure.release import check_released, primary_suppression

FIVE = ["Mixed or multiple ethnic groups", "Asian or Asian British", "Black or Black British", "Other ethnic group"]


def lengths(shown):
    return shown.groupby("group")["period_length"].first().to_dict()


def fails(counts, length, audience=PUBLISH):
    pooled = pooled_series(counts, length).assign(table="counts")
    return (primary_suppression(pooled, DISCLOSURE_POLICY, audience) != "").any()


series = st.lists(st.integers(0, 9), min_size=24, max_size=24)


@settings(max_examples=20, deadline=None)
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
    assert reasons[mixed] == BY_SUBTRACTION
    assert withheld.loc[withheld["group"] == mixed, "numerator"].isna().all()


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_nothing_small_is_left_when_groups_are_subtracted_from_bme(data):
    rates = data.draw(st.lists(st.sampled_from([0.1, 0.5, 2, 6, 12]), min_size=4, max_size=4))
    seed = data.draw(st.integers(0, 10_000))
    events = {group: np.random.default_rng([seed, i]).poisson(rates[i], 24) for i, group in enumerate(FIVE)}
    counts = monthly({"White": (9, 100), **{group: (x, 50) for group, x in events.items()}})
    shown = publishable_series(counts)
    order = list(PERIOD_LENGTHS)
    rows = shown[shown["group"] != "White"].drop_duplicates("group")
    rank = {r.group: len(order) if r.withheld else order.index(r.period_length) for r in rows.itertuples()}
    bme = counts[counts["group"].isin(FIVE)]
    for at, length in enumerate(order):
        left = [group for group in FIVE if rank[group] > at]
        if not left or len(left) == len(FIVE) or any(fails(total(bme), longer) for longer in order[at:]):
            continue
        assert len(left) > 1
        assert not fails(total(counts[counts["group"].isin(left)]), length)


def total(counts):
    keys = ["organisation", "period", "indicator", "grouping", "level", "source"]
    return counts.groupby(keys, as_index=False)[["numerator", "denominator"]].sum().assign(group="Other ethnic group")


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
