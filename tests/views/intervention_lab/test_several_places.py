"""One intervention that began at several places: its file, its verdict, its picture and its words in the lab."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.agreed_effects import agreed_effects
from equity_metrics.change.method_choice import OTHERS, STAGGERED
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.interventions import read_interventions
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.intervention_lab.explorer import BY_HAND, InterventionLabExplorer


@pytest.fixture(scope="module")
def counts(samples):
    return read_wres_return(samples / "monthly_recruitment_several_places_synthetic.csv.gz")


@pytest.fixture(scope="module")
def tried(samples):
    (read,) = read_interventions(samples.parent / "interventions" / "several_places")
    return read


@pytest.fixture(scope="module")
def lab(counts, tried):
    return InterventionLabExplorer(counts, [tried])


def test_the_file_names_each_place_and_its_start(tried, samples):
    assert len(tried.places) == 8
    assert tried.start == min(start for _, start in tried.starts) == "2022-04"
    assert tried.agreed < tried.start
    assert f"{tried.where},recruitment programme that reached them one by one" in (samples / "planted.csv").read_text()


def test_the_planted_effect_is_found_and_none_where_none_was_planted(counts, tried, samples):
    found = agreed_effects(counts, tried).iloc[0]
    assert (found["verdict"], found["agreed_decision"], found["compared_with"]) == ("changed", "spread it", STAGGERED)
    assert found["lower"] < 1.5 < found["upper"]
    assert found["pre_trend_p_value"] > 0.05
    unplanted = roll_up(read_wres_return(samples / "monthly_recruitment_synthetic.csv.gz"), to="White / BME")
    none = agreed_effects(unplanted, tried, touched=["Alderbrook Hospitals", "Cressley Hospitals"]).iloc[0]
    assert none["verdict"] == "no meaningful change"
    assert none["lower"] < 1 < none["upper"]


def test_the_lab_shows_the_effect_by_time_since_each_start(lab):
    answer = lab.answer
    assert answer.sentence.startswith("It changed. Structured interviews, Eight hospitals: the odds of BME people")
    assert "By what was agreed beforehand: spread it." in answer.sentence
    limits, base, drawn, *lower = answer.figure.data
    assert len(answer.figure.data) == 8
    assert list(base.x) == [-1]
    assert list(drawn.x) == [-7, -6, -5, -4, -3, -2, 0, 1, 2, 3, 4, 5]
    table = answer.table.iloc[1:]
    assert [f"{y:.2f}" for y in drawn.y] == table["ratio"].tolist()
    assert table["places"].tolist()[-3:] == ["6", "4", "2"]
    ends = np.array(limits.y, float).reshape(-1, 3)[:, :2]
    assert [f"{low:.2f} to {high:.2f}" for low, high in ends] == table["95 % interval"].tolist()
    said = "A drift away from the others before the start cannot be told from chance (p-value"
    assert said in answer.alt
    assert any(said in note for note in answer.notes)
    assert any(note.startswith("Starts. 2022-04: Calderfold Hospitals, Hazelton Hospitals. ") for note in answer.notes)
    assert not any(note.startswith("Seen since the start") for note in answer.notes)
    assert {line.y0 for line in answer.figure.layout.shapes if line.yref == "y"} == {1}
    assert lower[1].x[0] == pytest.approx(float(answer.table["ratio"].iloc[0]), abs=0.005)


def test_places_that_drifted_before_the_start_are_warned_of(counts, tried):
    drifting = counts["organisation"].isin(tried.places) & (counts["group"] == "BME")
    years = counts["period"].str[:4].astype(int) - 2020
    more = (counts["denominator"] * 0.03 * years).where(drifting, 0).round()
    moved = counts.assign(numerator=(counts["numerator"] + more).clip(upper=counts["denominator"]))
    answer = InterventionLabExplorer(moved, [tried]).answer
    assert "Warning: before the start the place already drifted away from the others" in answer.alt


def test_it_stands_beside_one_place_by_hand_and_has_no_other_start_or_method(lab, tried, counts):
    name = lab.intervention
    assert lab._controls["start"].layout.display == "none"
    assert [value for _, value in lab._controls["method"].options][1:] == [STAGGERED]
    lab.start = "2023-04"
    assert lab.start == "2022-04"
    lab.intervention = BY_HAND
    lab.organisation = "Bramwell Hospitals"
    assert lab._controls["start"].layout.display == ""
    assert lab.answer.sentence.startswith("Not yet possible to tell. A start chosen by hand, Bramwell Hospitals")
    assert len(lab.answer.figure.data) == 8
    touched = set(lab._comparable(lab._tried())["organisation"])
    assert not touched & set(tried.places)
    lab.intervention = name
    assert "Eight hospitals" in lab.answer.sentence
    assert lab.answer.figure.data[0].fill == "none"  # else the band of the other picture stays where it is live
    with pytest.raises(ValueError, match="at several places at different times"):
        agreed_effects(counts, tried, method=OTHERS)


def test_a_place_that_may_not_be_seen_hides_the_test_for_the_public_only(counts, tried):
    starts = (*tried.starts, ("Yarrowdale Community Care", "2024-04"))
    wider = replace(tried, starts=starts)
    shown = InterventionLabExplorer(counts, [wider]).answer
    assert shown.table["ratio"].tolist() == ["the test was not made"]
    assert "no points" in shown.alt
    inside = InterventionLabExplorer(counts, [wider], audience="internal").answer
    assert inside.sentence.startswith("It changed.")


def test_too_short_a_time_before_the_first_start_is_refused_in_words(counts, tried):
    late = counts[counts["period"] >= "2021-10"]
    with pytest.raises(ValueError, match="only 1 half-years, or years, lie before the first start, 2 are needed"):
        InterventionLabExplorer(late, [tried])
    few = counts[counts["organisation"].isin([*tried.places, "Ashmere Hospitals"])]
    with pytest.raises(ValueError, match="only 1 organisations had no start"):
        InterventionLabExplorer(few, [tried])


def test_a_place_with_a_gap_is_named(counts, tried):
    gap = (counts["organisation"] == "Elmstead Hospitals") & (counts["period"] == "2021-02")
    with pytest.raises(ValueError, match="Elmstead Hospitals"):
        agreed_effects(pd.DataFrame(counts[~gap]), tried)
