import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.mergers import merged_counts
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.measures.roll_ups import roll_ups
from measures.small_tables import drawn

COUNTS = """
    organisation | ods_code | period | region | indicator | group | band | numerator | denominator
    Alder        | ZX01     | 2021   | Mids   | 3         | White |      | 10        | 1000
    Alder        | ZX01     | 2021   | Mids   | 3         | BME   |      | 5         | 200
    Birch        | ZX02     | 2021   | North  | 3         | White |      | 20        | 500
    Birch        | ZX02     | 2021   | North  | 3         | BME   |      | 12        | 300
    Cedar        | ZX03     | 2021   | Mids   | 3         | White |      | 7         | 700
    Cedar        | ZX03     | 2021   | Mids   | 3         | BME   |      | 7         | 350
    Alder        | ZX01     | 2021   | Mids   | 1         | White | VSM  | 6         | 8
    Alder        | ZX01     | 2021   | Mids   | 1         | BME   | VSM  | 2         | 8
    Birch        | ZX02     | 2021   | North  | 1         | White | VSM  | 5         | 5
    Birch        | ZX02     | 2021   | North  | 1         | BME   | VSM  | 0         | 5
    Alder & Co   | ZX01     | 2023   | Mids   | 3         | White |      | 31        | 1500
    Alder & Co   | ZX01     | 2023   | Mids   | 3         | BME   |      | 14        | 520
"""
MERGER = pd.DataFrame({"predecessor_ods_code": ["ZX02"], "successor_ods_code": ["ZX01"], "date": ["2022-04-01"]})


def cell(table, **where):
    rows = table[(table[list(where)] == pd.Series(where)).all(axis=1)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_counts_of_both_add_and_carry_the_last_name():
    table = merged_counts(drawn(COUNTS), MERGER)
    bme = cell(table, ods_code="ZX01", period="2021", indicator="3", group="BME")
    assert (bme["organisation"], bme["numerator"], bme["denominator"]) == ("Alder & Co", 17, 500)
    assert bme["merged_from"] == "Alder; Birch"
    assert bme["region"] == "Mids"
    later = cell(table, ods_code="ZX01", period="2023", indicator="3", group="BME")
    assert (later["numerator"], later["denominator"], later["merged_from"]) == (14, 520, "")
    cedar = cell(table, ods_code="ZX03", group="BME")
    assert (cedar["numerator"], cedar["merged_from"]) == (7, "")
    assert "ZX02" not in set(table["ods_code"])


def test_a_band_holds_everyone_of_both():
    table = merged_counts(drawn(COUNTS), MERGER)
    bme = cell(table, indicator="1", group="BME")
    assert (bme["numerator"], bme["denominator"]) == (2, 13)


def test_a_ratio_is_that_of_the_sums_and_not_an_average():
    rates = merged_counts(drawn(COUNTS), MERGER)
    rates = rates[(rates["indicator"] == "3") & (rates["ods_code"] == "ZX01") & (rates["period"] == "2021")]
    ratio = relative_likelihoods(rates, reference="White")["value"].item()
    assert ratio == pytest.approx((17 / 500) / (30 / 1500))
    assert ratio != pytest.approx((2.5 + 1.0) / 2)


def test_successors_of_successors_are_followed_and_a_new_one_is_named():
    chain = pd.DataFrame(
        {
            "predecessor_ods_code": ["ZX02", "ZX03", "ZX08"],
            "successor_ods_code": ["ZX08", "ZX08", "ZX09"],
            "date": ["2021-10-01", "2021-10-01", "2022-04-01"],
            "successor": ["Dogwood", "Dogwood", "Elder"],
        }
    )
    table = merged_counts(drawn(COUNTS), chain)
    elder = cell(table, ods_code="ZX09", indicator="3", group="White")
    assert (elder["organisation"], elder["numerator"], elder["denominator"]) == ("Elder", 27, 1200)
    assert elder["merged_from"] == "Birch; Cedar"
    # The two lay in different regions: which one the successor lies in is not known.
    assert elder["region"] == ""


def test_a_missing_cell_makes_the_sum_missing():
    counts = drawn(COUNTS)
    counts.loc[3, ["numerator", "denominator"]] = np.nan
    bme = cell(merged_counts(counts, MERGER), ods_code="ZX01", period="2021", indicator="3", group="BME")
    assert np.isnan(bme["numerator"])


def test_the_merged_table_can_be_added_up_and_released():
    merged = merged_counts(drawn(COUNTS), MERGER)
    released = release(roll_ups(merged))
    assert {"Alder & Co", "Cedar", "All organisations"} == set(released["organisation"])


def test_means_of_scores_are_weighted_by_their_bases():
    scores = drawn(
        """
        organisation | ods_code | indicator | group | base | mean
        Alder        | ZX01     | PP3_2     | BME   | 100  | 6.0
        Birch        | ZX02     | PP3_2     | BME   | 300  | 7.0
        """
    ).assign(variance=4.0, period="2021")
    merged = merged_counts(scores, MERGER)
    assert merged["mean"].tolist() == [6.75]
    assert merged["base"].tolist() == [400]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_nobody_is_lost_whatever_merges_into_what(targets):
    counts = pd.DataFrame(
        {
            "organisation": [f"Place {i}" for i in range(5)],
            "ods_code": [f"Z{i}" for i in range(5)],
            "numerator": [1.0, 2, 4, 8, 16],
            "denominator": 100.0,
        }
    ).assign(period="2020", indicator="3", grouping="White / BME", level="organisation", group="BME")
    # Only towards lower numbers, so that nothing runs in a circle.
    moves = [(i, min(i - 1, to)) for i, to in enumerate(targets) if i and to != i]
    successors = pd.DataFrame(
        [(f"Z{i}", f"Z{to}", "2021-04-01") for i, to in moves],
        columns=["predecessor_ods_code", "successor_ods_code", "date"],
    )
    merged = merged_counts(counts, successors)
    assert merged["numerator"].sum() == 31
    assert merged["denominator"].sum() == 500
    assert len(merged) == 5 - len(moves)


def one(old, new, date="2022-04-01"):
    return pd.DataFrame({"predecessor_ods_code": [old], "successor_ods_code": [new], "date": [date]})


@pytest.mark.parametrize(
    ("successors", "sentence"),
    [
        (
            pd.concat([MERGER, one("ZX01", "ZX02")]),
            "successors must not run in a circle, got: ZX02 → ZX01 → ZX02",
        ),
        (one("ZX99", "ZX01"), "predecessor_ods_code must be a code of the counts, got: 'ZX99'"),
        (
            one("ZX02", "ZX77"),
            "successor_ods_code must be a code of the counts, or have its name in the column successor, got: 'ZX77'",
        ),
        (
            pd.concat([MERGER, one("ZX02", "ZX03")]),
            "predecessor_ods_code must have one successor, got several for ZX02: counts cannot be divided",
        ),
        (
            one("ZX02", "ZX01", "2020-04-01"),
            "counts must not hold an organisation after it has merged, got: Birch in 2021, merged on 2020-04-01",
        ),
        (one("ZX02", "ZX01", "April"), "date must be a date as 2022-04-01, got: 'April'"),
        (
            MERGER.drop(columns="date"),
            "successors must have the columns predecessor_ods_code, successor_ods_code and date, missing: date",
        ),
    ],
)
def test_says_in_one_sentence_what_cannot_be_merged(successors, sentence):
    with pytest.raises(ValueError) as refused:
        merged_counts(drawn(COUNTS), successors)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (release, "counts must be complete, got: a released table; merge before release"),
        (
            lambda t: t[["organisation", "period", "indicator", "grouping", "level", "group"]].assign(
                value=1.0, base=9
            ),
            "counts must not be published values: weighted percentages do not add; use records or counts",
        ),
        (lambda t: roll_up(t, "region"), "level must be organisation, got: region; merge first, then roll_up"),
        (lambda t: t.drop(columns="ods_code"), "counts must have the column ods_code, got: none"),
        (
            lambda t: t.assign(ods_code=t["ods_code"].replace("ZX03", "")),
            "ods_code must be given for every row, got: none for Cedar",
        ),
    ],
)
def test_takes_only_complete_counts_of_organisations(change, sentence):
    with pytest.raises(ValueError) as refused:
        merged_counts(change(drawn(COUNTS)), MERGER)
    assert str(refused.value) == sentence
