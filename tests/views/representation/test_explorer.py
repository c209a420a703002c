import numpy as np
import pandas as pd
import pytest

from equity_metrics.measures.fairness.band_clusters import representation_tables
from equity_metrics.sources.workforce_totals import add_workforce_totals
from equity_metrics.views.representation.explorer import RepresentationExplorer
from equity_metrics.views.words.wording import at
from views.small_rows import released_without

BANDS = {"Clinical": ("5", "6", "8a", "8c"), "Medical": ("Consultants",)}
WHITE = {"Alder": {"5": 400, "6": 300, "8a": 90, "8c": 12, "Consultants": 60}, "Birch": dict.fromkeys("56", 7)}
BME = {"Alder": {"5": 300, "6": 90, "8a": 15, "8c": 2, "Consultants": 60}, "Birch": dict.fromkeys("56", 2)}


@pytest.fixture(scope="module")
def released():
    rows = [
        (place, "1", group, band, kind, people[place][band], WHITE[place][band] + BME[place][band])
        for place in WHITE
        for kind, bands in BANDS.items()
        for band in bands
        if band in WHITE[place]
        for group, people in (("White", WHITE), ("BME", BME))
    ]
    for part, n, x in (("All members", 14, 1), ("Voting members", 10, 1), ("Executive members", 5, 0)):
        rows += [("Alder", "9", "White", part, "", n - x, n), ("Alder", "9", "BME", part, "", x, n)]
    columns = ["organisation", "indicator", "group", "band", "staff_group", "numerator", "denominator"]
    counts = pd.DataFrame(rows, columns=columns).assign(
        period="2025", grouping="White / BME", level="organisation", system="North", source="Synthetic"
    )
    return released_without(representation_tables(add_workforce_totals(counts)), 9, "fewer than 10 staff of the group")


@pytest.fixture
def explorer(released):
    return RepresentationExplorer(released, organisation="Alder")


def test_a_band_stands_beside_the_whole_workforce(explorer):
    table = explorer.answer.table.set_index("Where")
    assert table.loc["Band 5", "People"] == "300 of 700"
    assert table.loc["Band 5", "Share"] == "42.9 %"
    assert "BME staff were 35.1 % of all staff" in explorer.answer.sentence
    assert (
        "their share is largest in consultants (50.0 %) and smallest in band 8a (14.3 %)." in explorer.answer.sentence
    )


def test_small_bands_are_withheld_and_their_cluster_is_shown(explorer):
    assert explorer.answer.table.set_index("Where").loc["Band 8c", "People"] == "suppressed"
    assert "2 of 14" not in explorer.answer.table_html()
    explorer.show = "Clusters of bands"
    table = explorer.answer.table.set_index("Where")
    assert table.loc["Bands 5-7", "People"] == "390 of 1,090"
    assert "Band 5" not in table.index


def test_the_disparity_ratio_is_reference_over_group_with_its_system_beside_it(explorer):
    table = explorer.answer.table.set_index("Where")
    ratio = (102 / 400) / (17 / 300)
    assert f"lower to upper is {ratio:.2f}" in explorer.answer.sentence
    assert table.loc["lower to upper", "Ratio (95 % interval)"].startswith(f"{ratio:.2f} (")
    system = (102 / 407) / (17 / 302)
    assert table.loc["lower to upper, North", "Ratio (95 % interval)"].startswith(f"{system:.2f} (")
    assert list(table.index[-6:-3]) == ["lower to middle", "middle to upper", "lower to upper"]
    assert "White staff are better represented higher up" in explorer.answer.sentence
    assert any("definition not confirmed, inferred" in note for note in explorer.answer.notes)


def test_doctors_are_in_no_tier(explorer):
    explorer.staff_group = "Medical"
    assert "doctors and dentists are in no tier" in explorer.answer.sentence
    assert "Only consultants can be shown" in explorer.answer.sentence


def test_a_board_is_told_in_persons_with_what_one_appointment_changes(explorer):
    explorer.show = "The board"
    assert "1 of 14 board members were BME (7 %)" in explorer.answer.sentence
    now, whole = 1 / 14, 467 / 1329
    assert f"One more appointment would bring it to −{100 * (whole - now - 1 / 14):.1f}" in explorer.answer.sentence
    table = explorer.answer.table.set_index("Where")
    assert table.loc["Executive members", "With one more, points"] == f"−{100 * (whole - 0.2):.1f}"
    assert explorer._controls["staff_group"].layout.display == "none"


def test_nothing_small_reaches_the_view_and_all_is_said(released):
    explorer = RepresentationExplorer(released, organisation="Birch")
    assert "cannot be shown" in explorer.answer.sentence
    drawn = [np.array(trace.x, float) for trace in explorer.answer.figure.data[1:2]]
    assert np.isnan(drawn[0]).all()
    assert set(explorer.answer.table["People"].head(2)) == {"suppressed"}


@pytest.mark.parametrize("place", ["Alder", "Birch", "North", "All organisations"])
def test_every_view_answers_everywhere_with_the_same_traces(released, place):
    explorer = RepresentationExplorer(released, organisation=place)
    offered = explorer._controls["show"].options
    assert ("The board" in offered) == (place != "Birch")
    for show in offered:
        explorer.show = show
        assert len(explorer.answer.figure.data) == 6
        assert explorer.answer.sentence.startswith(f"In 2025 {at(place)}")
        assert "Synthetic" in explorer.answer.notes[0]
        assert any("Synthetic data" in note.text for note in explorer.answer.figure.layout.annotations)
        assert "no difference" not in explorer.answer.sentence


def test_counts_that_were_not_clustered_answer_too(released):
    plain = released[(released["made_of"] == "") & (released["staff_group"].isin(["", "All staff groups"]))]
    explorer = RepresentationExplorer(plain.drop(columns=["made_of", "staff_group"]), organisation="Alder")
    assert "no tiers were counted before release" in explorer.answer.sentence
    assert explorer._controls["show"].options == ("Each pay band", "The board")


def test_all_withheld_is_said(released):
    hidden = released.assign(numerator=np.nan, denominator=np.nan, withheld="fewer than 10 staff of the group")
    explorer = RepresentationExplorer(hidden, organisation="Alder")
    assert "the share of BME staff is not shown" in explorer.answer.sentence
    assert "No band can be shown" in explorer.answer.sentence
    explorer.show = "The board"
    assert "is not shown: All members: fewer than 10 staff of the group" in explorer.answer.sentence
