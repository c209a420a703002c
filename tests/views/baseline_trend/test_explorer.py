import numpy as np
import pytest
from traitlets import TraitError

from equity_metrics.change.charts.trend_charts import FEWEST_POINTS
from equity_metrics.measures.disclosure.release import check_released
from equity_metrics.views.answers import Still
from equity_metrics.views.baseline_trend.explorer import BaselineTrendExplorer
from equity_metrics.views.baseline_trend.figure import SIGNS
from equity_metrics.views.drawing.on_screen import REFUSAL, OnScreenAnswer
from views.monthly_examples import monthly_counts


@pytest.fixture(scope="module")
def counts():
    return monthly_counts()


@pytest.fixture(scope="module")
def shared(counts):
    return BaselineTrendExplorer(counts)


@pytest.fixture
def explorer(counts):
    return BaselineTrendExplorer(counts, organisation="Alder")


def test_only_pooled_released_rows_are_kept(explorer):
    check_released(explorer._shown)
    kept = [value for value in vars(explorer).values() if hasattr(value, "columns")]
    assert all("withheld" in table.columns for table in kept)
    cedar = explorer._shown[explorer._shown["organisation"] == "Cedar"]
    assert cedar["numerator"].dropna().between(1, 4).sum() == 0
    assert "1 of 9" not in explorer.answer.table_html()


def test_a_released_table_is_refused_because_its_sums_would_be_wrong(explorer):
    with pytest.raises(ValueError, match="complete"):
        BaselineTrendExplorer(explorer._shown)


@pytest.mark.parametrize("place", ["Alder", "Birch", "Cedar"])
@pytest.mark.parametrize("indicator", ["2", "3"])
@pytest.mark.parametrize("charted", ["rate", "relative likelihood", "path of the gap"])
def test_every_choice_answers_with_the_same_traces(shared, place, indicator, charted):
    traces = len(shared.answer.figure.data)
    shared.organisation, shared.indicator, shared.charted = place, indicator, charted
    answer = shared.answer
    assert len(answer.figure.data) == traces
    assert answer.sentence.startswith(place)
    assert "Synthetic" in answer.notes[0]
    assert len(answer.table)
    assert answer.alt.startswith(place)
    assert not any(word in answer.sentence.lower() for word in ("no difference", "no significant change", "worst"))


def test_a_withheld_series_says_why_everywhere(explorer):
    explorer.organisation, explorer.indicator = "Cedar", "3"
    for told in (explorer.answer.sentence, explorer.answer.alt, explorer.answer.table_html()):
        assert "fewer than 10" in told or "1 to 4" in told
    assert all(trace.x is None or len(trace.x) == 0 for trace in explorer.answer.figure.data)
    assert any("Not shown" in note.text for note in explorer.answer.figure.layout.annotations)


def test_sentence_picture_and_table_agree_on_the_latest_point(explorer):
    explorer.charted = "relative likelihood"
    answer = explorer.answer
    assert "special cause variation of improving nature" in answer.sentence
    stars = answer.figure.data[-6]
    assert stars.name == "special cause: improvement"
    assert stars.x[-1] == answer.figure.data[6].x[-1]
    assert stars.marker.symbol == SIGNS["improvement"][0]
    assert answer.table["What it is"].iloc[-1] == "special cause, improving"


def test_indicator_2_is_turned_as_wres_prints_it(explorer, counts):
    explorer.charted = "relative likelihood"
    last = counts[(counts["organisation"] == "Alder") & (counts["indicator"] == "2") & (counts["period"] == "2024-03")]
    white, bme = (last[last["group"] == g].iloc[0] for g in ("White", "BME"))
    ratio = (white["numerator"] / white["denominator"]) / (bme["numerator"] / bme["denominator"])
    assert f"White / BME, {ratio:.2f}." in explorer.answer.sentence
    explorer.charted = "path of the gap"
    assert "odds ratio White / BME" in explorer.answer.sentence
    assert "odds ratio was falling" in explorer.answer.sentence


def test_the_path_begins_beyond_the_last_point_and_ends_a_year_later(explorer):
    path, series = explorer.answer.figure.data[1], explorer.answer.figure.data[6]
    assert path.x[0] == series.x[-1] + 1
    assert len(path.x) == 12
    assert " in 2025-03 (95 % prediction interval" in explorer.answer.sentence


def test_a_target_is_parity_a_number_or_refused_in_words(explorer, counts):
    white = counts[(counts["organisation"] == "Alder") & (counts["indicator"] == "2") & (counts["group"] == "White")]
    rate = 100 * white["numerator"].sum() / white["denominator"].sum()
    explorer.target = "25"
    assert "Target 25.0 %" in explorer.answer.sentence
    explorer.target = "parity"
    assert f"Target {rate:.1f} %" in explorer.answer.sentence
    explorer.charted = "relative likelihood"
    assert "Target 1.00" in explorer.answer.sentence
    explorer.target = "soon"
    assert "Target" not in explorer.answer.sentence
    assert any("must be a number, parity or none, got: soon" in note for note in explorer.answer.notes)


def test_nothing_of_another_scale_stays_in_the_live_picture(explorer):
    assert explorer.picture.data
    explorer._page.drawn = True
    explorer.charted = "relative likelihood"
    assert list(explorer.picture.data[-1].y) == [1, 1]
    explorer.charted = "rate"
    assert list(explorer.picture.data[-1].y) == []
    assert len(explorer.picture.layout.shapes) == 0


def test_rebasing_breaks_the_lines_and_leaves_enough_points_on_both_sides(explorer):
    explorer.rebase = "2022-10"
    centre = np.array(explorer.answer.figure.data[4].y, float)
    assert np.isnan(centre).sum() == 1
    offered = [value for _, value in explorer._controls["rebase"].options if value]
    assert offered[0] == "2020-07"
    assert len(offered) == 48 - 2 * FEWEST_POINTS + 1


def test_the_page_is_held_at_the_chosen_chance(explorer):
    assert "for a page of 2." in explorer.answer.sentence
    explorer.hold = "5 %"
    assert "5 % for a page of 2." in explorer.answer.sentence
    explorer.chart = "P"
    assert any("cannot hold" in note for note in explorer.answer.notes)


def test_days_between_events_are_for_the_internal_audience_only(counts, explorer):
    explorer.organisation, explorer.indicator = "Birch", "3"
    assert "days between events" not in explorer._controls["charted"].options
    internal = BaselineTrendExplorer(counts, audience="internal", organisation="Birch", indicator="3")
    internal.charted = "days between events"
    assert "days passed before the latest event" in internal.answer.sentence
    assert any("Only the months" in note for note in internal.answer.notes)
    internal.chart = "G"
    assert "whole days" in " ".join(internal.answer.notes)


def test_real_internal_answers_cannot_be_saved_and_others_can(counts):
    real = BaselineTrendExplorer(counts.assign(source="a real file"), audience="internal")
    assert isinstance(real.answer, OnScreenAnswer)
    assert real.answer._repr_mimebundle_()["text/plain"] == REFUSAL == repr(real.answer)
    with pytest.raises(ValueError, match="publish audience"):
        Still(real.answer)._repr_mimebundle_()
    with pytest.raises(ValueError, match="on screen only"):
        real.answer.figure.to_json()
    real._repr_mimebundle_()
    real._page.drawn = True
    real.charted = "relative likelihood"
    np.testing.assert_array_equal(real.picture.data[6].x, real.answer.figure.data[6].x)
    published = BaselineTrendExplorer(counts.assign(source="a real file"))
    assert not isinstance(published.answer, OnScreenAnswer)
    assert Still(published.answer)._repr_mimebundle_()["text/plain"]


def test_a_choice_seen_before_is_not_calculated_again(explorer):
    explorer.charted = "path of the gap"
    seen = explorer.answer
    explorer.charted = "rate"
    assert explorer.answer is not seen
    explorer.charted = "path of the gap"
    assert explorer.answer is seen


def test_controls_are_labelled_and_refuse_what_is_not_offered(explorer):
    assert all(control.description for control in explorer._controls.values())
    with pytest.raises(TraitError):
        explorer.organisation = "Damson"
