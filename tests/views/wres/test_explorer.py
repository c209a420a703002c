import numpy as np
import pytest
from traitlets import TraitError

from equity_metrics.catalogue.indicators import WRES_INDICATORS
from equity_metrics.measures.disclosure.release import release
from equity_metrics.views.drawing.on_screen import REFUSAL, OnScreenAnswer, on_screen
from equity_metrics.views.explorer import ANSWERS
from equity_metrics.views.words.explained import Explained
from equity_metrics.views.words.wording import at
from equity_metrics.views.wres.explorer import WresExplorer


@pytest.fixture
def explorer(released):
    return WresExplorer(released, organisation="Alder")


def test_takes_only_what_was_released(counts):
    with pytest.raises(ValueError, match="release"):
        WresExplorer(counts)


def test_internal_answers_of_real_data_stay_on_screen(counts):
    real = WresExplorer(release(counts.assign(source="ESR"), audience="internal"), organisation="Alder")
    assert real.answer._repr_mimebundle_()["text/plain"] == REFUSAL
    assert on_screen(real.answer) is real.answer
    real.indicator = "8"
    assert isinstance(real.answer, OnScreenAnswer)
    for source, audience in (("Synthetic", "internal"), ("ESR", "publish")):
        kept = WresExplorer(release(counts.assign(source=source), audience=audience), organisation="Alder")
        assert not isinstance(kept.answer, OnScreenAnswer)


def test_figure_table_and_sentence_change_together(explorer):
    explorer.indicator = "8"
    before = explorer.answer
    picture = explorer.picture
    explorer._page.drawn = True
    explorer.compare = "Relative likelihood"
    assert explorer.answer.sentence != before.sentence
    assert explorer._sentence.value == explorer.answer.sentence_html(Explained())
    assert explorer.picture is picture
    for drawn, new in zip(picture.data, explorer.answer.figure.data, strict=True):
        np.testing.assert_array_equal(drawn.x, new.x)
    assert explorer._page.alt == explorer.answer.alt


def test_a_change_before_the_picture_is_drawn_is_not_lost(explorer):
    """Run All changes explorers before the browser has drawn them; plotly breaks on updates that come so early."""
    picture = explorer.picture
    explorer.indicator = "8"
    assert picture.data[1].x[0] != explorer.answer.figure.data[1].x[0]
    explorer._page.drawn = True
    np.testing.assert_array_equal(picture.data[1].x, explorer.answer.figure.data[1].x)


def test_going_back_gives_the_same_answer_again_and_only_some_are_kept(explorer, monkeypatch):
    explorer.indicator = "8"
    before = explorer.answer
    explorer.indicator = "3"
    monkeypatch.setattr(explorer, "_answer", lambda: pytest.fail("answered twice"))
    explorer.indicator = "8"
    assert explorer.answer is before
    assert explorer._answered.cache_info().maxsize == ANSWERS


def test_an_explorer_that_is_only_asked_makes_no_picture(released):
    explorer = WresExplorer(released, indicator="3")
    assert "picture" not in vars(explorer)
    explorer._repr_mimebundle_()
    assert explorer.picture in explorer.children


@pytest.mark.parametrize("indicator", list(WRES_INDICATORS))
@pytest.mark.parametrize("organisation", ["Alder", "Birch", "All organisations"])
def test_every_indicator_answers_everywhere(released, indicator, organisation):
    explorer = WresExplorer(released, organisation=organisation, indicator=indicator)
    assert explorer.answer.sentence.startswith(f"In 2022 {at(organisation)}")
    assert len(explorer.answer.table) > 0
    assert "Synthetic" in explorer.answer.notes[0]
    assert any("Synthetic data" in note.text for note in explorer.answer.figure.layout.annotations)
    assert organisation in explorer.answer.alt


def test_indicator_2_is_shown_white_over_bme(explorer):
    explorer.indicator = "2"
    ratio = (60 / 300) / (24 / 200)
    assert f"White / BME: {ratio:.2f}" in explorer.answer.sentence
    assert explorer.answer.table["Relative likelihood"][0] == f"{ratio:.2f}"


def test_indicator_3_is_shown_bme_over_white(explorer):
    explorer.indicator = "3"
    assert "BME / White: 1.79 (95 % interval 1.06 to 3.01)" in explorer.answer.sentence


def test_an_interval_that_includes_parity_is_never_called_equality(released):
    explorer = WresExplorer(released, organisation="Alder", indicator="4")
    for indicator in ("2", "3", "4", "5", "6", "7", "8"):
        explorer.indicator = indicator
        told = explorer.answer.sentence
        assert ("to the disadvantage of" in told) != ("no evidence of equality" in told)
        assert "no difference" not in told
        assert "equal." not in told.replace("equality.", "")


def test_small_numbers_never_reach_the_view(released):
    explorer = WresExplorer(released, organisation="Birch", indicator="3")
    # Birch: 21 // 30 = 0 events of 43; White 38 // 30 = 1 event: withheld, and everything compared with it.
    assert "not shown" in explorer.answer.sentence
    assert explorer.answer.table["Relative likelihood"].eq("suppressed").all()
    assert np.isnan(np.array(explorer.answer.figure.data[1].x, float)).all()
    assert "1 of 140" not in explorer.answer.table_html()


def test_the_line_is_broken_between_definitions(explorer):
    explorer.indicator = "7"
    trend = explorer.answer.figure.data[3]
    assert list(trend.x) == ["2020", "2021", "2022", "2022"]
    assert np.isnan(np.array(trend.y, float)).tolist() == [False, False, True, False]
    assert any("base changes" in note for note in explorer.answer.notes)


def test_a_board_is_told_in_persons_without_an_interval(explorer):
    explorer.indicator = "9"
    assert "1 of 14 board members were BME (7 %)" in explorer.answer.sentence
    assert "One appointment would change it by +7.1 points" in explorer.answer.sentence
    assert "no sampling interval" in explorer.answer.sentence


def test_controls_are_labelled_and_refuse_what_is_not_offered(explorer):
    assert all(control.description for control in explorer._controls.values())
    with pytest.raises(TraitError, match=r"^organisation must be one of Alder.*, got: Cedar$"):
        explorer.organisation = "Cedar"
    assert explorer.organisation == explorer._controls["organisation"].value == "Alder"


def test_what_is_chosen_from_the_start_is_chosen_in_one_answer_or_refused_in_one_sentence(released):
    explorer = WresExplorer(released, indicator="9")
    assert explorer._answered.cache_info().misses == 1
    assert (explorer.indicator, explorer._controls["indicator"].value) == ("9", "9")
    assert "board members" in explorer.answer.sentence
    with pytest.raises(TraitError, match=r"^indicator must be one of 1.*, got: 12$"):
        WresExplorer(released, indicator="12")
    with pytest.raises(TypeError, match=r"^WresExplorer can be given organisation, indicator, .*, got: indicatr$"):
        WresExplorer(released, indicatr="2")


def test_its_text_is_short_and_always_the_same(released):
    text = repr(WresExplorer(released))
    assert text == repr(WresExplorer(released))
    assert text.startswith("WresExplorer(organisation='Alder'")


def test_a_change_reads_few_rows(explorer, monkeypatch):
    """A change of control must not go back to the whole table."""
    from equity_metrics.views.wres import explorer as wres_explorer

    seen = []
    answer = wres_explorer.wres_answer
    monkeypatch.setattr(
        wres_explorer, "wres_answer", lambda rows, chosen: seen.append(len(rows)) or answer(rows, chosen)
    )
    explorer.indicator = "5"
    assert seen == [9]


def test_no_verdict_is_passed_on_people_of_unknown_ethnicity(explorer):
    explorer.indicator = "2"
    verdicts = explorer.answer.table.set_index("Ethnic group")["Verdict"]
    assert verdicts["BME"] != ""
    assert verdicts["Not known"] == ""
