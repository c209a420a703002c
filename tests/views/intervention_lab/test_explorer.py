"""The intervention lab, driven by its traits: verdicts, starts for each audience, and what is said beside them."""

from dataclasses import replace

import pandas as pd
import pytest

from equity_metrics.change.agreed_effects import effects_by_method
from equity_metrics.change.method_choice import EVERY_MONTH, MIX, OTHERS, OWN_LEVEL, OWN_TREND
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.interventions import read_interventions
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.drawing.on_screen import OnScreenAnswer
from equity_metrics.views.intervention_lab.explorer import BY_HAND, PROPOSED, InterventionLabExplorer
from equity_metrics.views.intervention_lab.published_effects_table import published_effects_table
from equity_metrics.views.intervention_lab.tables import agreed_table, methods_table


@pytest.fixture(scope="module")
def counts(samples):
    files = ("monthly_recruitment_synthetic.csv.gz", "monthly_disciplinaries_synthetic.csv.gz")
    return roll_up(pd.concat([read_wres_return(samples / name) for name in files]), to="White / BME")


@pytest.fixture(scope="module")
def agreed(samples):
    return read_interventions(samples.parent / "interventions")


@pytest.fixture(scope="module")
def lab(counts, agreed):
    return InterventionLabExplorer(counts, agreed)


def at(lab, place, **chosen):
    lab.intervention = next(option for option in lab._controls["intervention"].options if option.endswith(place))
    for name, value in chosen.items():
        setattr(lab, name, value)
    return lab.answer


def starts(lab):
    return lab._possible_starts(lab._tried())


@pytest.mark.parametrize("method", [PROPOSED, OTHERS, OWN_TREND, OWN_LEVEL, MIX, EVERY_MONTH])
def test_the_three_planted_interventions_by_every_method(lab, method):
    assert at(lab, "Alderbrook Hospitals", method=method).sentence.startswith("It changed.")
    assert at(lab, "Cressley Hospitals", method=method).sentence.startswith("Not yet possible to tell.")
    rebound = at(lab, "Marlowe Cross Mental Health", method=method)
    assert rebound.sentence.startswith("Not yet possible to tell.")
    assert any(note.endswith("that is the rebound.") for note in rebound.notes)
    assert len(rebound.table) == 3


def test_a_slider_pushed_to_where_nothing_can_be_tested_comes_to_rest_where_something_can(lab):
    at(lab, "Alderbrook Hospitals")
    slider = lab._controls["start"]
    for pushed in slider.options[:2]:
        slider.value = pushed
        assert lab.start == slider.value == starts(lab)[0]
        assert f"start {slider.value}" in " ".join(lab.answer.notes)


def test_another_intervention_comes_with_its_own_agreement(lab):
    at(lab, "Alderbrook Hospitals", start="2022-01", smallest=1.5)
    assert any(
        "Not what was agreed: start 2022-01, agreed was 2023-04; smallest worthwhile effect 1.5" in note
        for note in lab.answer.notes
    )
    at(lab, "Cressley Hospitals")
    assert (lab.start, lab.smallest, lab.method, lab.direction) == ("2022-10", 1.25, PROPOSED, "higher")


def test_what_is_published_moves_by_whole_released_periods_beside_the_agreed_start(lab, counts, agreed):
    at(lab, "Marlowe Cross Mental Health")
    assert all(start[5:] in ("04", "10") for start in starts(lab) if start != "2023-07")
    assert "2023-07" in starts(lab)
    assert any("would show single months" in note for note in lab.answer.notes)
    assert not any(note.startswith("Seen since the start") for note in lab.answer.notes)
    lab.start = "2023-08"
    assert lab.start == "2023-10"
    lab.start = "2023-09"
    assert lab.start == "2023-07"
    lab.start = "2023-06"
    assert lab.start == "2023-04"
    assert any(note.startswith("Seen since the start") for note in lab.answer.notes)
    internal = InterventionLabExplorer(counts, agreed, audience="internal", intervention=lab.intervention)
    assert "2023-08" in starts(internal)
    assert any("Points are by month." in note for note in internal.answer.notes)


def test_too_few_events_for_the_audience_say_so_and_show_no_number(lab):
    lab.intervention = BY_HAND
    lab.indicator = "3"
    lab.organisation = "Yarrowdale Community Care"
    assert lab.answer.sentence.startswith("Not yet possible to tell.")
    assert "the test was not made" in lab.answer.sentence
    assert "1 to 4 staff" in lab.answer.sentence
    assert lab.answer.table["ratio"].tolist() == ["the test was not made"]
    assert "Made by hand" in " ".join(lab.answer.notes)


def test_the_slider_stops_at_either_end_and_too_short_a_series_is_refused(lab, counts):
    at(lab, "Alderbrook Hospitals", start="2020-04")
    assert lab.start == starts(lab)[0]
    lab.start = "2025-03"
    assert lab.start == starts(lab)[-1]
    with pytest.raises(ValueError, match="counts must hold at least a year of indicators 2 to 8, got: 6 months"):
        InterventionLabExplorer(counts[counts["period"] < "2020-10"])
    rare = counts[(counts["indicator"] == "3") & (counts["organisation"] == "Cressley Hospitals")]
    with pytest.raises(ValueError, match="counts must leave periods before and after a start, got: 12 in all"):
        InterventionLabExplorer(rare[rare["period"] < "2021-04"])


def test_every_picture_has_the_same_traces_and_says_that_the_data_are_invented(lab):
    pictures = [at(lab, place).figure for place in ("Alderbrook Hospitals", "Marlowe Cross Mental Health")]
    assert {len(picture.data) for picture in pictures} == {8}
    assert all("Synthetic data" in str(picture.layout.annotations) for picture in pictures)


def test_real_data_for_the_internal_audience_are_not_kept(counts, agreed):
    real = counts.assign(source="ESR")
    assert isinstance(InterventionLabExplorer(real, agreed, audience="internal").answer, OnScreenAnswer)
    assert not isinstance(InterventionLabExplorer(real, agreed).answer, OnScreenAnswer)


def test_an_intervention_that_the_counts_do_not_hold_is_refused(counts, agreed):
    with pytest.raises(ValueError, match="interventions must fit the counts, got: Recruitment programme"):
        InterventionLabExplorer(counts, [replace(agreed[0], where="Nowhere")])


def test_a_prediction_after_the_result_is_no_prediction(counts, agreed):
    late = InterventionLabExplorer(counts, [replace(agreed[0], agreed="2025-06-01")])
    assert any("It is dated after the last figures: it is no prediction." in note for note in late.answer.notes)


def test_published_effects_stand_beside_with_their_warning():
    table = published_effects_table("3")
    assert "Mostly uncontrolled, with small numbers" in table.caption
    assert table.rows["source"].str.contains(r"^[a-z.-]+\.(?:org|nl|net)$").all()


def test_tables_of_the_lab_speak_in_words(counts, agreed):
    table = agreed_table(agreed)
    assert table.rows["What was tried"].tolist() == [tried.name for tried in agreed]
    assert not any("_" in name for name in table.rows.columns)
    by_method = effects_by_method(counts, agreed[0])
    shown = methods_table(by_method).rows
    assert shown["Compared with"].tolist() == by_method["compared_with"].tolist()
    assert not any("_" in name for name in shown.columns)
    for words, effect in zip(shown["Verdict"], by_method["verdict"], strict=True):
        assert effect in words
    assert shown.loc[by_method["smallest_p_value"].isna().to_numpy(), "Smallest p-value of a ranking"].eq("n/a").all()
