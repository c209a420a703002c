"""Groups of a reader's own choice stand in the explorers by their names; where they cannot, one sentence says so."""

import pytest

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.own_grouping import own_grouping
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.behind_bme.explorer import BehindBmeExplorer
from equity_metrics.views.drill_down.explorer import DrillDownExplorer
from equity_metrics.views.fair_comparison.choice import PICTURES
from equity_metrics.views.fair_comparison.explorer import FairComparisonExplorer
from equity_metrics.views.wres.biggest_gap import BiggestGapExplorer
from equity_metrics.views.wres.explorer import WresExplorer

OURS = {
    "Here from abroad": ["White - Irish", "White - Any other White background"],
    "Black staff": [
        "Black or Black British - Caribbean",
        "Black or Black British - African",
        "Black or Black British - Any other Black background",
    ],
    "White British": ["White - British"],
}


@pytest.fixture(scope="module")
def ours(samples):
    """Return one invented organisation in three groups that no source publishes."""
    counts = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    wanted = (counts["organisation"] == "Bramwell Hospitals") & counts["indicator"].isin(["1", "2", "3"])
    return release(own_grouping(counts[wanted & (counts["period"] >= "2024")], OURS, name="Our own groups"))


@pytest.mark.parametrize("explorer", [WresExplorer, FairComparisonExplorer, BehindBmeExplorer])
@pytest.mark.parametrize("indicator", ["2", "3"])
def test_every_group_stands_in_the_answer(ours, explorer, indicator):
    shown = explorer(ours, indicator=indicator)
    shown.reference = "White British"
    assert "Black staff" in shown.answer.sentence + str(shown.answer.table)


@pytest.mark.parametrize("explorer", [WresExplorer, FairComparisonExplorer])
@pytest.mark.parametrize("group", ["Black staff", "Here from abroad"])
def test_every_group_can_be_chosen(ours, explorer, group):
    shown = explorer(ours, indicator="2", reference="White British", group=group)
    assert group in shown.answer.sentence


def test_their_share_of_a_band_can_be_seen(ours):
    shown = WresExplorer(ours, indicator="1", group="Black staff")
    assert "Black staff" in shown.answer.sentence


@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_of_a_fair_comparison_draws_them(ours, picture):
    explorer = FairComparisonExplorer(ours, indicator="2", reference="White British", picture_of=picture)
    drawn = {word for trace in explorer.answer.figure.data for word in trace.y}
    assert {"Black staff", "Here from abroad"} <= drawn


@pytest.mark.parametrize(("explorer", "lacking"), [(DrillDownExplorer, "inside"), (BiggestGapExplorer, "White / BME")])
def test_what_needs_more_says_so_in_one_sentence(ours, explorer, lacking):
    with pytest.raises(ValueError, match=f"released must hold .*{lacking}"):
        explorer(ours)
