import numpy as np
import pytest

from equity_metrics.change.planning.scenarios import MORE_IN_ALL, SAME_IN_ALL
from equity_metrics.measures.disclosure.release import release
from equity_metrics.views.what_would_it_take.explorer import WhatWouldItTakeExplorer


@pytest.fixture(scope="module")
def released(counts):
    """Return each place by itself: what a total of both would give away is no matter of this view."""
    return release(counts)


@pytest.fixture
def explorer(released):
    return WhatWouldItTakeExplorer(released, organisation="Alder")


def test_the_sentence_says_how_many_more_appointments_and_what_chance_leaves_open(explorer):
    more = 200 * 60 / 300 - 24
    assert f"With the likelihood of White people shortlisted it would have been {more:.0f} more" in (
        explorer.answer.sentence
    )
    assert "24 of 200 BME people shortlisted were appointed (12.0 %)" in explorer.answer.sentence
    assert "Of White people shortlisted it was 20.0 %." in explorer.answer.sentence
    assert "95 % interval +" in explorer.answer.sentence
    assert explorer.answer.table.loc[0, "What may be said"] == "more, beyond chance"


def test_as_many_in_all_gives_fewer_to_one_group_because_others_lose(explorer):
    free = explorer.answer.table.loc[0, "More or fewer"]
    explorer.condition = SAME_IN_ALL
    assert (free, explorer.answer.table.loc[0, "More or fewer"]) == ("16 more", "10 more")
    assert any("what one group gains, White people lose" in note for note in explorer.answer.notes)


def test_fewer_disciplinary_cases_that_chance_alone_could_explain_say_so(explorer):
    explorer.scenario = "3"
    assert "9 fewer" in explorer.answer.sentence
    assert explorer.answer.table.loc[0, "95 % interval"].startswith("−")


@pytest.mark.parametrize(("part", "points"), [("a quarter of the gap", 1.25), ("half the gap", 2.5)])
def test_half_the_gap_in_experience_is_told_in_points_and_respondents(explorer, part, points):
    explorer.scenario, explorer.part = "5", part
    whole = 100 * (85 / 300 - 210 / 900)
    assert f"To close {part}" in explorer.answer.sentence
    moved = float(explorer.answer.table.loc[0, "Points to move"].replace("−", "-"))
    assert moved == pytest.approx(-whole * points / 5, abs=0.05)
    assert explorer._controls["condition"].layout.display == "none"


def test_what_is_withheld_is_nowhere(released):
    explorer = WhatWouldItTakeExplorer(released, organisation="Birch")
    for scenario in ("2", "3"):
        explorer.scenario = scenario
        assert "cannot be shown" in explorer.answer.sentence
        assert explorer.answer.table.loc[0, "More or fewer"] == "suppressed"
        assert np.isnan(np.array(explorer.answer.figure.data[4].x, float)).all()


def test_sentence_table_and_sign_never_contradict_and_the_traces_stay(released):
    explorer = WhatWouldItTakeExplorer(released)
    for place in explorer._controls["organisation"].options:
        explorer.organisation = place
        for _, scenario in explorer._controls["scenario"].options:
            explorer.scenario = scenario
            answer = explorer.answer
            assert len(answer.figure.data) == 6
            assert any("Synthetic data" in note.text for note in answer.figure.layout.annotations)
            unsure = answer.table.loc[0, "What may be said"] == "cannot tell more from fewer"
            assert unsure == ("cannot be told from fewer" in answer.sentence)
            assert unsure == (answer.figure.data[4].marker.symbol[1] == "circle-open")
            assert "no difference" not in answer.sentence


def test_real_data_for_the_internal_audience_are_on_screen_only(counts):
    real = counts.assign(source="our records")
    for audience in ("internal", "publish"):
        told = repr(WhatWouldItTakeExplorer(release(real, audience=audience), organisation="Alder").answer)
        assert ("on screen only" in told) == (audience == "internal")


def test_no_scenario_is_computed_twice(explorer):
    before = explorer._computed[("2", 1.0)]
    explorer.period = "2021"
    explorer.scenario = "3"
    explorer.scenario = "2"
    assert explorer._computed[("2", 1.0)] is before
    assert explorer.condition == MORE_IN_ALL
