import re

import numpy as np
import pandas as pd
import pytest

from equity_metrics.views.benchmarks.explorer import BenchmarkExplorer
from views.small_rows import released_without

WIDENED = "Widened for differences between places"
PLACES = [f"Place {letter}" for letter in "ABCDEFGHIJKL"]


@pytest.fixture(scope="module")
def released():
    """Release twelve organisations of two regions: one far out, one with too few people to be shown."""
    random = np.random.default_rng(3)
    rows = []
    for i, place in enumerate(PLACES):
        for indicator, white, bme in (("2", 0.2, 0.13), ("3", 0.01, 0.013), ("8", 0.07, 0.15)):
            for group, n, p in (("White", 3000 + 200 * i, white), ("BME", 900 + 150 * i, bme)):
                p = p * (3 if place == "Place B" and group == "BME" and indicator == "8" else 1)
                small = place == "Place C"
                rows.append((place, indicator, group, 3 if small else random.binomial(n, p), 8 if small else n))
    counts = pd.DataFrame(rows, columns=["organisation", "indicator", "group", "numerator", "denominator"])
    region = counts["organisation"].map({place: "North" if i < 6 else "South" for i, place in enumerate(PLACES)})
    counts = counts.assign(period="2025", grouping="White / BME", level="organisation", source="Synthetic")
    return released_without([counts.assign(region=region)], 4, "1 to 4 people of the group")


@pytest.fixture
def explorer(released):
    return BenchmarkExplorer(released, organisation="Place A", peers="", indicator="8")


def test_a_place_far_out_is_said_to_be_and_how_many_are_expected_by_chance(explorer):
    explorer.organisation = "Place B"
    assert "It lies above the 99.8 % limits." in explorer.answer.sentence
    assert "of 11" in explorer.answer.sentence
    table = explorer.answer.table.set_index("What")["Number"]
    assert table["Organisations in the funnel"] == "11"
    assert table["Outside 95 %: seen, expected by chance"].endswith(f", {11 * 0.05:.1f}")
    assert table["Organisations without a value"] == "1"


def test_a_rank_is_never_told_without_its_interval(explorer):
    told = re.search(r"between (\d+)(?:st|nd|rd|th) and (\d+)(?:st|nd|rd|th) of 11", explorer.answer.sentence)
    assert told
    assert 1 <= int(told[1]) <= int(told[2]) <= 11
    assert not re.search(r"ranks? (is|of) \d", explorer.answer.sentence)


def test_no_other_organisation_is_ever_named(explorer):
    for indicator in ("2", "3", "8"):
        explorer.indicator = indicator
        answer = explorer.answer
        everything = " ".join([answer.sentence, answer.alt, answer.table_html(), answer.notes_html()])
        everything += answer.figure.to_json()
        assert "Place A" in everything
        assert not [place for place in PLACES[1:] if place in everything]


def test_indicator_2_is_white_over_bme_and_3_bme_over_white(explorer, released):
    for indicator, above, below in (("2", "White", "BME"), ("3", "BME", "White")):
        explorer.indicator = indicator
        rows = released[(released["organisation"] == "Place A") & (released["indicator"] == indicator)]
        rate = (rows["numerator"] / rows["denominator"]).set_axis(rows["group"])
        assert explorer.answer.table["Number"][1] == f"{rate[above] / rate[below]:.2f}"
        assert f"{above} / {below}" in explorer.answer.figure.layout.yaxis.title.text


def test_limits_are_widened_only_on_request(explorer):
    narrow = explorer.answer
    explorer.limits = WIDENED
    wide = explorer.answer
    assert max(wide.figure.data[3].y) > max(narrow.figure.data[3].y)
    assert "chance alone could have placed it there" in narrow.sentence
    assert "than they do among themselves" in wide.sentence
    assert any("widened for it" in note for note in wide.notes)
    assert any("those of chance alone" in note for note in narrow.notes)
    assert list(wide.figure.data[5].x) == list(narrow.figure.data[5].x)


def test_peers_are_those_of_the_chosen_region(explorer):
    explorer.peers = "region"
    assert "For all 5 together (North) it is" in explorer.answer.sentence
    assert len(explorer.answer.figure.data[5].x) + len(explorer.answer.figure.data[6].x) == 5


def test_a_withheld_organisation_has_no_place_and_no_rank(explorer):
    explorer.organisation = "Place C"
    assert "is not shown, so it has no place and no rank" in explorer.answer.sentence
    table = explorer.answer.table.set_index("What")["Number"]
    assert table["Its value"] == "suppressed"
    assert table["Ranks that the data allow"] == "none"
    assert "3 of 8" not in explorer.answer.table_html()
    assert len(explorer.answer.figure.data[6].x) == 0


@pytest.mark.parametrize("measure", ["Relative likelihood", "The group's own rate"])
@pytest.mark.parametrize("indicator", ["2", "3", "8"])
def test_every_view_answers_with_the_same_traces(explorer, measure, indicator):
    explorer.measure = measure
    explorer.indicator = indicator
    assert len(explorer.answer.figure.data) == 9
    assert "Synthetic" in explorer.answer.notes[0]
    assert any("Synthetic data" in note.text for note in explorer.answer.figure.layout.annotations)


def test_all_withheld_is_said(released):
    hidden = released.assign(numerator=np.nan, denominator=np.nan, withheld="fewer than 10 respondents")
    explorer = BenchmarkExplorer(hidden, indicator="8", peers="")
    assert "is not shown" in explorer.answer.sentence
    assert len(explorer.answer.figure.data) == 9
