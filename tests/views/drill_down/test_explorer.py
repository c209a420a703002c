from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.records.count_records import count_records
from equity_metrics.sources.samples import sample
from equity_metrics.views.drill_down.explorer import DrillDownExplorer

STAFF = {
    # directorate, ward: (White staff, White cases, BME staff, BME cases)
    ("Medicine", "Ward 1"): (400, 6, 200, 12),
    ("Medicine", "Ward 2"): (380, 8, 190, 9),
    ("Medicine", "Ward 3"): (390, 7, 180, 2),
    ("Medicine", "Ward 4"): (350, 9, 210, 10),
    ("Surgery", "Ward 1"): (300, 6, 100, 6),
    ("Surgery", "Theatres"): (500, 10, 250, 11),
}

BELOW_TEN = replace(
    DISCLOSURE_POLICY,
    protections=tuple(
        replace(p, below=10) if p.indicator == "1" and p.below else p for p in DISCLOSURE_POLICY.protections
    ),
)
"""Hides some wards of the sample, which the project's own threshold does not."""


def cases(year: str, more: int) -> pd.DataFrame:
    rows = [
        (directorate, ward, group, x + more, n)
        for (directorate, ward), (white, white_x, bme, bme_x) in STAFF.items()
        for group, x, n in (("White", white_x, white), ("BME", bme_x, bme))
    ]
    table = pd.DataFrame(rows, columns=["directorate", "ward", "group", "numerator", "denominator"])
    return table.assign(
        organisation="Alder",
        period=year,
        indicator="3",
        grouping="White / BME",
        level="ward",
        source="Synthetic",
    )


@pytest.fixture(scope="module")
def complete():
    return pd.concat([cases("2024", 4), cases("2025", 0)], ignore_index=True)


@pytest.fixture(scope="module")
def released(complete):
    return release(roll_ups(complete))


@pytest.fixture
def explorer(released):
    return DrillDownExplorer(released)


@pytest.fixture(scope="module")
def staff():
    records = pd.read_csv(sample("staff_synthetic.csv"), dtype=str)
    counts = count_records(records, "staff", by=("directorate", "ward"))
    return release(roll_ups(roll_up(counts[counts["band"] == "All staff"], "Five groups")), BELOW_TEN)


def row(explorer, name):
    table = explorer.answer.table
    return table[table["Place"] == name].iloc[0]


def test_takes_only_what_was_released(complete):
    with pytest.raises(ValueError, match="release"):
        DrillDownExplorer(complete)


def test_goes_from_the_board_into_a_directorate_and_back(explorer):
    assert explorer.place == "Alder"
    assert explorer._back.disabled
    assert explorer.answer.table["Place"].tolist() == ["Alder (the whole)", "Medicine", "Surgery"]
    explorer.place = "Alder / Surgery"
    assert explorer.answer.table["Place"].tolist() == ["Surgery (the whole)", "Ward 1", "Theatres"]
    assert explorer._back.description == "Back to Alder"
    assert not explorer._back.disabled
    explorer._back.click()
    assert explorer.place == "Alder"
    explorer.back()
    assert explorer.place == "Alder"


def test_offers_each_place_below_the_one_that_holds_it(explorer):
    assert explorer._controls["place"].options == (
        ("Alder", "Alder"),
        ("— Medicine", "Alder / Medicine"),
        ("— Surgery", "Alder / Surgery"),
    )


def test_wards_of_one_name_are_told_apart(explorer):
    explorer.place = "Alder / Medicine"
    assert row(explorer, "Ward 1")["BME"] == "12 of 200"
    explorer.place = "Alder / Surgery"
    assert row(explorer, "Ward 1")["BME"] == "6 of 100"
    assert row(explorer, "Surgery (the whole)")["White"] == "16 of 800"


def test_a_click_goes_into_a_directorate_and_stays_at_a_ward(explorer):
    explorer._go_into([1])
    assert explorer.place == "Alder / Surgery"
    explorer._go_into([0])
    assert explorer.place == "Alder / Surgery"


def test_the_picture_draws_the_table_and_the_whole_is_its_line(explorer):
    explorer.place = "Alder / Surgery"
    figure = explorer.answer.figure
    ratios = [(6 / 100) / (6 / 300), (11 / 250) / (10 / 500)]
    np.testing.assert_allclose(figure.data[1].x, ratios)
    whole = (17 / 350) / (16 / 800)
    line = [shape for shape in figure.layout.shapes if shape.line.dash == "dash"]
    np.testing.assert_allclose([line[0].x0, line[0].x1], whole)
    words = [note for note in figure.layout.annotations if note.text == f"Surgery {whole:.2f}"]
    np.testing.assert_allclose(words[0].x, np.log10(whole))
    assert f"{whole:.2f}" in explorer.answer.sentence
    assert "Ward 1, 3.00" in explorer.answer.sentence


def test_every_choice_has_the_same_traces(explorer, staff):
    traces = {len(explorer.answer.figure.data)}
    explorer.place = "Alder / Medicine"
    traces.add(len(explorer.answer.figure.data))
    shares = DrillDownExplorer(staff, place="Bramwell Hospitals / Surgery", grouping="Five groups")
    traces.add(len(shares.answer.figure.data))
    assert traces == {3}


def test_says_what_is_too_few_to_show_and_what_can_still_be_said(explorer):
    explorer.place = "Alder / Medicine"
    hidden = row(explorer, "Ward 3")
    assert hidden["Relative likelihood"] == "suppressed"
    told = next(note for note in explorer.answer.notes if "Ward 3" in note and "not shown" in note)
    whole = (33 / 780) / (30 / 1520)
    assert f"of Alder, Medicine as a whole {whole:.2f} (" in told
    assert "Two years counted together" in told
    assert " of 4 wards inside can be shown" in explorer.answer.sentence


def test_a_hidden_place_may_still_be_told_of_with_wider_groups(staff):
    explorer = DrillDownExplorer(staff, place="Bramwell Hospitals / Corporate", grouping="Five groups")
    explorer.group = "Other ethnic group"
    told = [note for note in explorer.answer.notes if "What can still be said" in note]
    assert len(told) == 1
    assert "of BME in Finance 32.3 %" in told[0]


def test_one_year_that_cannot_tell_is_helped_by_the_year_before(explorer):
    explorer.place = "Alder / Surgery"
    assert row(explorer, "Ward 1")["Verdict"].endswith("a difference of uncertain size, against BME")
    assert row(explorer, "Theatres")["Verdict"].endswith("not enough to tell")
    together = ((11 + 15) / 250) / ((10 + 14) / 500)
    told = next(note for note in explorer.answer.notes if "the year before together" in note)
    assert f"Theatres {together:.2f} (" in told
    assert "Ward 1" not in told
    explorer.period = "2024"
    assert not any("the year before together" in note for note in explorer.answer.notes)


def test_rates_are_drawn_together_where_three_places_can_be_shown(released):
    pooling = DrillDownExplorer(released, place="Alder / Medicine", period="2024")
    drawn = pooling.answer.table["Rate → drawn together"]
    assert drawn.iloc[0] == ""
    assert drawn.iloc[1].startswith("8.0 % → ")
    assert "Rate → drawn together" not in DrillDownExplorer(released).answer.table


def test_shares_are_set_beside_the_whole_and_pass_no_verdict(staff):
    explorer = DrillDownExplorer(staff, indicator="1")
    assert "Verdict" not in explorer.answer.table
    assert explorer.answer.sentence.startswith(
        "In 2025 at Bramwell Hospitals, BME staff were 34.4 % of all staff (1,376 of 4,000). 3 of 3 directorates"
    )
    medicine = (227 + 224 + 229) / 2004
    assert row(explorer, "Medicine")["Share"] == f"{100 * medicine:.1f} %"
    assert explorer.answer.sentence.endswith(
        "None lies further from the whole than chance alone would easily place it."
    )


def test_a_band_is_set_beside_the_same_band_of_the_whole():
    wards = {"Ward 1": (40, 20), "Ward 2": (45, 15), "Ward 3": (70, 10)}
    rows = [
        (ward, band, group, n * size, sum(people) * size)
        for ward, people in wards.items()
        for band, size in (("5", 1), ("All staff", 10))
        for group, n in zip(("White", "BME"), people, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["ward", "band", "group", "numerator", "denominator"])
    same = {"organisation": "Alder", "period": "2025", "indicator": "1", "grouping": "White / BME", "source": "Return"}
    table = table.assign(directorate="Medicine", level="ward", **same)
    explorer = DrillDownExplorer(release(roll_ups(table)), place="Alder / Medicine")
    assert explorer._controls["band"].options == ("All staff", "5")
    explorer.band = "5"
    assert "BME staff were 22.5 % of band 5 (45 of 200)" in explorer.answer.sentence
    assert row(explorer, "Ward 3")["BME"] == "10 of 80"
    assert "2 of them lie further from the whole" in explorer.answer.sentence
    assert "Synthetic" not in explorer.answer.notes[0]


def test_organisations_lie_in_their_systems_and_regions(complete):
    boards = roll_up(complete, "organisation").assign(system="North", region="Mids")
    both = pd.concat([boards, boards.assign(organisation="Birch")], ignore_index=True)
    tables = [both, roll_up(both, "system"), roll_up(both, "region")]
    explorer = DrillDownExplorer(release(tables))
    assert explorer.place == "Mids (region)"
    assert explorer.answer.table["Place"].tolist() == ["Mids (the whole)", "North"]
    explorer.place = "North (system)"
    assert explorer.answer.table["Place"].tolist() == ["North (the whole)", "Alder", "Birch"]
    explorer.back()
    assert explorer.place == "Mids (region)"


def test_synthetic_data_says_so_and_equality_is_never_claimed(explorer):
    for place in ("Alder", "Alder / Medicine", "Alder / Surgery"):
        explorer.place = place
        assert "Synthetic" in explorer.answer.notes[0]
        assert any("Synthetic data" in note.text for note in explorer.answer.figure.layout.annotations)
        assert "no difference" not in explorer.answer.sentence


def test_parts_by_gender_and_further_definitions_do_not_stand_beside_the_whole(complete):
    parts = complete.assign(gender="Female")
    together = complete.assign(definition="2 years together")
    explorer = DrillDownExplorer(
        release([complete.assign(definition=""), roll_up(complete, "directorate"), parts, together], together=False)
    )
    assert explorer.answer.table["Place"].tolist() == ["Medicine (the whole)", "Ward 1", "Ward 2", "Ward 3", "Ward 4"]
    with pytest.raises(ValueError, match="only parts by gender or age"):
        DrillDownExplorer(release(roll_ups(parts), together=False))
