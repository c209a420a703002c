from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.planning.band_outlooks import ASSUMPTIONS, band_outlooks, flow_rates_of
from equity_metrics.change.planning.flow_levers import AS_NOW, LEVERS
from equity_metrics.change.planning.upper_bands import ALL_BANDS, UPPER, ladder_flows
from equity_metrics.change.planning.workforce_flows import projected_workforce

QUICK = replace(ASSUMPTIONS, years=6, runs=40)
STAFF = {"White": (600, 260, 195), "Asian or Asian British": (200, 60, 25), "Black or Black British": (100, 30, 12)}
FEW = {"Mixed or multiple ethnic groups": (40, 12, 2), "Not stated": (6, 4, 12), "Not known": (6, 4, 12)}


def flows(**few):
    rows = []
    for year in ("2023", "2024"):
        for group, heads in {**STAFF, **FEW, **few}.items():
            for band, head in zip(("5", "7", "8a"), heads, strict=True):
                up = 0 if band == "5" else round(0.04 * head)
                rows.append(("Ash", year, group, band, head, round(0.1 * head), up, round(0.12 * head)))
        rows.append(("Ash", year, "White", "Consultants", 80, 4, 0, 4))
    columns = ["organisation", "period", "group", "band", "headcount", "joiners", "promoted_in", "leavers"]
    return pd.DataFrame(rows, columns=columns).assign(source="Synthetic")


@pytest.fixture(scope="module")
def outlook():
    return band_outlooks(flows(), QUICK)


def ahead(outlook, group, lever=AS_NOW):
    table = outlook.ahead
    return table[(table["group"] == group) & (table["lever"] == lever)].drop_duplicates("period")


def test_bme_is_the_groups_together_and_doctors_are_left_out(outlook):
    rates, _ = flow_rates_of(ladder_flows(flows()), QUICK)
    alone = projected_workforce(rates, rates, QUICK.years, runs=2)
    upper, people = alone.expected[:, alone.bands.index("8a")], dict(enumerate(alone.groups))
    bme = [at for at, group in people.items() if group not in ("White", "Not known")]
    shown = ahead(outlook, "BME")
    np.testing.assert_allclose(shown["headcount"], upper[:, bme].sum(axis=1))
    np.testing.assert_allclose(shown["share"], upper[:, bme].sum(axis=1) / upper.sum(axis=1))
    assert shown["period"].tolist() == [str(year) for year in range(2025, 2032)]
    assert (shown["lower"] <= shown["upper"]).all()


def test_the_start_is_the_last_counted_year_moved_on_by_its_flows(outlook):
    counted = outlook.counted
    start = counted[(counted["period"] == "2025") & (counted["band"] == UPPER) & (counted["group"] == "BME")].iloc[0]
    assert outlook.start == 2025
    assert start.numerator == pytest.approx(ahead(outlook, "BME")["headcount"].iloc[0])
    assert set(counted["band"]) == {UPPER, ALL_BANDS}


def test_a_future_that_rests_on_a_withheld_number_is_withheld(outlook):
    mixed = ahead(outlook, "Mixed or multiple ethnic groups")
    assert (mixed["withheld"] != "").all()
    assert mixed[["headcount", "share", "lower", "upper"]].isna().all(axis=None)
    years = outlook.parity[outlook.parity["group"] == "Mixed or multiple ethnic groups"]
    assert years[["share", "year", "lower", "upper", "chance"]].isna().all(axis=None)
    assert (outlook.parity["group"] != "Not known").all()


def test_parity_is_the_share_of_all_bands_at_the_start(outlook):
    counted = outlook.counted
    whole = counted[(counted["period"] == "2025") & (counted["band"] == ALL_BANDS) & (counted["group"] == "BME")]
    bme = outlook.parity[outlook.parity["group"] == "BME"]
    assert bme["target"].unique().tolist() == pytest.approx((whole["numerator"] / whole["denominator"]).tolist())
    assert bme["lever"].tolist() == list(LEVERS)


def test_without_flows_rates_are_assumed_and_called_so():
    heads = flows().drop(columns=["joiners", "promoted_in", "leavers"])
    outlook = band_outlooks(heads, replace(QUICK, leaving=0.2))
    assert outlook.basis == "assumed"
    assert outlook.start == 2024
    rates, drawn = flow_rates_of(ladder_flows(heads), replace(QUICK, leaving=0.2))
    assert rates is drawn
    assert rates.leaving.min() == 0.2
    assert set(outlook.ahead["basis"]) == {"assumed"}


def test_nothing_to_show_still_gives_tables_that_say_why():
    small = band_outlooks(flows(**dict.fromkeys(STAFF, (3, 2, 1))), QUICK)
    bme = small.parity[small.parity["group"] == "BME"]
    assert (bme["withheld"] != "").all()
    assert bme["chance"].isna().all()
