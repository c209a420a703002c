from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.planning.band_outlooks import ASSUMPTIONS
from equity_metrics.change.planning.flow_levers import AS_NOW, JOINING_ALIKE, LEVERS
from equity_metrics.views.what_would_it_take.bands_ahead_explorer import BandsAheadExplorer

QUICK = replace(ASSUMPTIONS, years=8, runs=40)
STAFF = {"White": (600, 260, 195), "Asian or Asian British": (200, 60, 25), "Black or Black British": (100, 30, 12)}
FEW = {"Mixed or multiple ethnic groups": (40, 12, 2), "Not known": (12, 12, 12)}


@pytest.fixture(scope="module")
def flows():
    rows = [
        (
            place,
            year,
            group,
            band,
            head,
            round(0.1 * head),
            0 if band == "5" else round(0.04 * head),
            round(0.12 * head),
        )
        for place, size in (("Ash", 1.0), ("Elm", 0.1))
        for year in ("2018", "2024")
        for group, heads in {**STAFF, **FEW}.items()
        for band, head in zip(("5", "7", "8a"), (round(size * head) for head in heads), strict=True)
    ]
    columns = ["organisation", "period", "group", "band", "headcount", "joiners", "promoted_in", "leavers"]
    return pd.DataFrame(rows, columns=columns).assign(source="Synthetic")


@pytest.fixture(scope="module")
def explorer(flows):
    return BandsAheadExplorer(flows, assumptions=QUICK, organisation="Ash")


def test_the_sentence_says_where_it_stands_where_it_goes_and_how_sure(explorer):
    explorer.lever, explorer.year, explorer.group = AS_NOW, "2030", "BME"
    sentence = explorer.answer.sentence
    assert "At Ash, " in sentence
    assert "staff in bands 8a to VSM were BME in 2025" in sentence
    assert "it would be about" in sentence
    assert "in 2030 (95 % of futures:" in sentence
    assert "Its share of all bands" in sentence
    assert explorer.answer.table["What if"].tolist() == list(LEVERS)


def test_every_assumption_is_printed(explorer):
    notes = " ".join(explorer.answer.notes)
    for words in (
        "estimated from 2 years of flows",
        "Bands keep their size",
        "40 simulated futures",
        "from 2018",
        "2028",
    ):
        assert words in notes
    assert "more would be on it" in notes


def test_a_lever_moves_picture_and_sentence_and_not_the_past(explorer):
    explorer.lever, explorer.year, explorer.group = AS_NOW, "2030", "BME"
    before = explorer.answer
    explorer.lever = JOINING_ALIKE
    after = explorer.answer
    np.testing.assert_array_equal(before.figure.data[3].y, after.figure.data[3].y)
    assert after.figure.data[1].y[-1] > before.figure.data[1].y[-1]
    assert len(before.figure.data) == len(after.figure.data) == 6
    shown = after.table.set_index("What if").loc[JOINING_ALIKE, "Share"]
    assert f"about {shown} in 2030" in after.sentence


def test_a_group_whose_start_is_withheld_has_no_future_anywhere(explorer):
    explorer.group = "Mixed or multiple ethnic groups"
    answer = explorer.answer
    assert "cannot be shown" in answer.sentence
    assert set(answer.table["Share"]) == {"suppressed"}
    assert np.isnan(np.array(answer.figure.data[1].y, float)).all()
    assert answer.figure.data[5].text[0].startswith("not shown: ")


def test_the_year_is_kept_and_nothing_is_drawn_twice(explorer):
    explorer.group, explorer.year = "BME", "2031"
    drawn = explorer._computed["Ash"]
    explorer.organisation = "Elm"
    assert explorer.answer.sentence.startswith("Elm: what bands 8a to VSM would look like for BME cannot be shown")
    explorer.organisation = "Ash"
    assert explorer._computed["Ash"] is drawn
    assert explorer.year == "2031"


def test_without_flows_every_rate_is_called_assumed(flows):
    heads = flows.drop(columns=["joiners", "promoted_in", "leavers"])
    answer = BandsAheadExplorer(heads, assumptions=replace(QUICK, leaving=0.15), organisation="Ash").answer
    assert any("Rates are assumed, not measured. In a year 15 % leave" in note for note in answer.notes)


def test_real_data_for_the_internal_audience_are_on_screen_only(flows):
    real = flows[flows["organisation"] == "Ash"].assign(source="our records")
    assert "on screen only" in repr(BandsAheadExplorer(real, assumptions=QUICK, audience="internal").answer)
    assert "on screen only" not in repr(BandsAheadExplorer(real, assumptions=QUICK).answer)


def test_a_line_that_cannot_be_drawn_says_why(flows):
    late = BandsAheadExplorer(flows[flows["period"] > "2018"], assumptions=QUICK, organisation="Ash")
    assert any("It is not drawn here: the numbers of 2018" in note for note in late.answer.notes)
    assert len(late.answer.figure.data[2].x) == 0
