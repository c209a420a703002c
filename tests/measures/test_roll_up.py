import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.catalogue.ethnic_groups import groups_of
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_up import roll_up
from measures.small_tables import drawn

PLACES = """
    organisation | system | region | indicator | group     | band | numerator | denominator | source
    Alder        | North  | Mids   | 1         | White     | VSM  | 7         | 12          | Synthetic return
    Alder        | North  | Mids   | 1         | BME       | VSM  | 4         | 12          | Synthetic return
    Alder        | North  | Mids   | 1         | Not known | VSM  | 1         | 12          | Synthetic return
    Beech        | North  | Mids   | 1         | White     | VSM  | 5         | 5           | Return
    Cedar        | South  | Mids   | 1         | White     | VSM  | 6         | 8           | Return
    Cedar        | South  | Mids   | 1         | BME       | VSM  | 2         | 8           | Return
    Alder        | North  | Mids   | 3         | White     |      | 10        | 900         | Synthetic return
    Alder        | North  | Mids   | 3         | BME       |      | 5         | 300         | Synthetic return
    Beech        | North  | Mids   | 3         | White     |      | 4         | 500         | Return
    Beech        | North  | Mids   | 3         | BME       |      |           |             | Return
    Cedar        | South  | Mids   | 3         | White     |      | 1         | 100         | Return
"""


def cells(table, *keys):
    return {
        tuple(row[key] for key in keys): (row["numerator"], row["denominator"])
        for _, row in table.iterrows()
        if pd.notna(row["numerator"])
    }


def test_a_band_is_counted_once_for_each_organisation_also_where_a_group_has_no_row():
    table = roll_up(drawn(PLACES), "system")
    shares = table[table["indicator"] == "1"]
    assert cells(shares, "organisation", "group") == {
        ("North", "White"): (12, 17),
        ("North", "BME"): (4, 17),
        ("North", "Not known"): (1, 17),
        ("South", "White"): (6, 8),
        ("South", "BME"): (2, 8),
    }
    assert set(table["level"]) == {"system"}


def test_rates_add_their_own_denominators_and_a_missing_cell_makes_the_sum_missing():
    table = roll_up(drawn(PLACES), "England")
    rates = table[table["indicator"] == "3"]
    assert cells(rates, "organisation", "group") == {("England", "White"): (15, 1500)}
    bme = rates[rates["group"] == "BME"]
    assert bme[["numerator", "denominator"]].isna().all(axis=None)


def test_a_missing_share_makes_only_its_own_sum_missing():
    counts = drawn(PLACES)
    counts.loc[1, ["numerator", "denominator"]] = np.nan
    table = roll_up(counts, "system")
    north = table[(table["indicator"] == "1") & (table["organisation"] == "North")]
    assert cells(north, "group") == {("White",): (12, 17), ("Not known",): (1, 17)}
    assert north.loc[north["group"] == "BME", "denominator"].isna().all()


def test_a_band_without_any_number_makes_every_sum_over_it_missing():
    counts = drawn(PLACES)
    counts.loc[3, ["numerator", "denominator"]] = np.nan
    table = roll_up(counts, "system")
    north = table[(table["indicator"] == "1") & (table["organisation"] == "North")]
    assert north[["numerator", "denominator"]].isna().all(axis=None)


def test_what_rides_along_is_kept_where_it_agrees_and_invented_data_stays_named():
    table = roll_up(drawn(PLACES), "system").set_index(["organisation", "indicator", "group"])
    assert table.loc[("North", "1", "White"), "source"] == "Synthetic return; Return"
    assert table.loc[("South", "1", "White"), "source"] == "Return"
    assert set(table["region"]) == {"Mids"}
    region = roll_up(drawn(PLACES).assign(ods_code="RXX"), "region")
    assert set(region["system"]) == set(region["ods_code"]) == {""}
    assert set(region["region"]) == {"Mids"}
    assert list(roll_up(drawn(PLACES), "England").columns) == list(drawn(PLACES).columns)


def test_going_up_step_by_step_ends_where_going_at_once_does():
    counts = drawn(PLACES)
    at_once = roll_up(counts, "England")
    by_steps = roll_up(roll_up(roll_up(counts, "system"), "region"), "England")
    pd.testing.assert_frame_equal(at_once.drop(columns="source"), by_steps.drop(columns="source"))


def test_groups_add_over_a_shares_one_denominator():
    table = roll_up(
        drawn(
            """
            indicator | group                    | band | numerator | denominator
            1         | White - British          | 8a   | 20        | 40
            1         | White - Irish            | 8a   | 4         | 40
            1         | Asian or Asian British - Indian | 8a | 9     | 40
            1         | Chinese                  | 8a   | 5         | 40
            1         | Not stated               | 8a   | 2         | 40
            3         | White - British          |      | 2         | 400
            3         | White - Irish            |      | 1         | 50
            3         | Chinese                  |      | 3         | 60
            """,
            grouping="Workforce categories",
        ),
        "White / BME",
    )
    assert cells(table, "indicator", "group") == {
        ("1", "White"): (24, 40),
        ("1", "BME"): (14, 40),
        ("1", "Not stated"): (2, 40),
        ("3", "White"): (3, 450),
        ("3", "BME"): (3, 60),
    }
    assert set(table["grouping"]) == {"White / BME"}


def test_indicators_that_are_already_in_the_wider_grouping_pass_through():
    counts = drawn(PLACES)
    fine = drawn("indicator | group | numerator | denominator\n 5 | Chinese | 3 | 60", grouping="Workforce categories")
    rolled = roll_up(pd.concat([counts, fine]), "White / BME")
    assert cells(rolled[rolled["indicator"] == "5"], "group") == {("BME",): (3, 60)}
    assert cells(rolled[rolled["indicator"] != "5"], "organisation", "indicator", "group") == cells(
        counts, "organisation", "indicator", "group"
    )


def test_definitions_and_periods_stay_apart():
    counts = drawn(
        """
        organisation | period | indicator | definition             | group | numerator | denominator
        Alder        | 2024   | 7         | Don't know left out    | BME   | 5         | 10
        Alder        | 2025   | 7         | Don't know in the base | BME   | 5         | 12
        Beech        | 2025   | 7         | Don't know in the base | BME   | 1         | 12
        """
    )
    table = roll_up(counts, "England")
    assert cells(table, "period", "definition") == {
        ("2024", "Don't know left out"): (5, 10),
        ("2025", "Don't know in the base"): (6, 24),
    }


@given(st.lists(st.lists(st.sampled_from([0, 2.5, 5, 7.5, 10]), max_size=12), min_size=1, max_size=6))
def test_scores_combine_to_the_mean_and_variance_of_all_respondents(cells_of_answers):
    rows = [
        (f"place {k}", len(a), np.mean(a) if a else np.nan, np.var(a, ddof=1) if len(a) > 1 else np.nan)
        for k, a in enumerate(cells_of_answers)
    ]
    scores = pd.DataFrame(rows, columns=["organisation", "base", "mean", "variance"])
    scores = scores.assign(period="2025", indicator="PP1", grouping="White / BME", level="organisation", group="BME")
    row = roll_up(scores, "England").iloc[0]
    everyone = np.concatenate([np.array(a, float) for a in cells_of_answers])
    assert row["base"] == len(everyone)
    expected = [everyone.mean() if len(everyone) else np.nan, everyone.var(ddof=1) if len(everyone) > 1 else np.nan]
    np.testing.assert_allclose([row["mean"], row["variance"]], expected, atol=1e-9)


def test_scores_without_a_variance_still_have_a_mean_and_without_a_base_have_nothing():
    scores = drawn(
        """
        organisation | indicator | group | base | mean | variance
        Alder        | PP1       | BME   | 10   | 6    | 2
        Beech        | PP1       | BME   | 30   | 8    |
        Alder        | PP2       | BME   | 10   | 6    | 2
        Beech        | PP2       | BME   |      |      |
        """
    )
    table = roll_up(scores, "England")
    assert table["mean"].tolist()[0] == 7.5
    assert table["variance"].isna().all()
    assert table.loc[1, ["base", "mean"]].isna().all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=18, max_size=18), st.randoms())
def test_nobody_is_lost_or_counted_twice_whatever_the_order_of_rows(people, random):
    groups = list(groups_of("Workforce categories"))
    rows = [(g, min(p), max(p)) for g, p in zip(groups, people, strict=True)]
    random.shuffle(rows)
    counts = pd.DataFrame(rows, columns=["group", "numerator", "denominator"]).assign(
        organisation="Alder", period="2025", indicator="3", grouping="Workforce categories", level="organisation"
    )
    for to in ("Five groups", "White / BME"):
        rolled = roll_up(counts, to)
        assert set(rolled["group"]) == set(groups_of(to))
        assert (
            rolled[["numerator", "denominator"]].sum().tolist() == counts[["numerator", "denominator"]].sum().tolist()
        )
    assert cells(roll_up(roll_up(counts, "Five groups"), "White / BME"), "group") == cells(rolled, "group")


@pytest.mark.parametrize(
    ("change", "to", "sentence"),
    [
        (
            lambda t: t,
            "trust",
            "to must be one of Five groups, White / BME, directorate, organisation, system, region, England, "
            "got: 'trust'",
        ),
        (lambda t: t, "Five groups", "to must be a wider grouping than 'White / BME', got: 'Five groups'"),
        (release, "England", "counts must be complete, got: a released table; roll up before release"),
        (
            lambda t: t.assign(level="region"),
            "system",
            "level must be organisation to be rolled up to system, got: region",
        ),
        (lambda t: t.drop(columns="region"), "region", "counts must have the column region, got: none"),
        (
            lambda t: t.assign(system=t["system"].replace("South", "")),
            "system",
            "system must be given for every place, got: none for Cedar",
        ),
        (
            lambda t: pd.concat([t, t.head(1)]),
            "England",
            "rows must each stand once, got twice: Alder, 2025, 1, White",
        ),
        (
            lambda t: t.assign(denominator=t["denominator"].mask(t["group"] == "Not known", 11.0)),
            "England",
            "denominator must be everyone in the band or on the board, the same for each group, got several: "
            "Alder, 2025, indicator 1, VSM",
        ),
        (
            lambda t: t.assign(denominator=t["denominator"].mask(t["organisation"] == "Beech", 6.0)),
            "England",
            "counts must have a row for every group where people would be lost otherwise, "
            "got: people in no group's row, Beech, 2025, indicator 1, VSM",
        ),
        (
            lambda t: t.assign(base=100, value=5.0).drop(columns=["numerator", "denominator"]),
            "England",
            "counts must not be published values: weighted percentages do not add; read the higher level",
        ),
    ],
)
def test_refuses_where_the_result_would_be_wrong(change, to, sentence):
    with pytest.raises(ValueError) as refused:
        roll_up(change(drawn(PLACES)), to)
    assert str(refused.value) == sentence
