"""How much staff experience must move: the explorer driven by its traits, its sentence, table and picture."""

import pandas as pd
import pytest

from equity_metrics.change.planning.score_scenarios import score_scenarios
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.measures.survey.respondent_scores import respondent_scores
from equity_metrics.views.drawing.on_screen import OnScreenAnswer
from equity_metrics.views.what_would_it_take.score_explorer import ScoreToMoveExplorer


@pytest.fixture(scope="module")
def scores(samples):
    records = pd.read_csv(samples / "respondents_synthetic.csv", dtype=str, keep_default_na=False)
    detailed = respondent_scores(records)
    return [roll_up(detailed, to=grouping) for grouping in ("White / BME", "Five groups")]


@pytest.fixture(scope="module")
def explorer(scores):
    return ScoreToMoveExplorer(release(scores))


def test_half_a_gap_is_half_of_the_whole_and_has_its_own_sign(scores, explorer):
    means = scores[0].set_index(["organisation", "indicator", "group"])["mean"]
    at = (explorer.organisation, explorer.score)
    half = (means[(*at, "White")] - means[(*at, "BME")]) / 2
    assert f"To close half the gap, the mean would have to move by {half:+.2f} points" in explorer.answer.sentence
    assert explorer.answer.table["Points to move"].iloc[0] == f"{half:+.2f}"
    explorer.part = "the whole gap"
    assert f"To close the whole gap, the mean would have to move by {2 * half:+.2f} points" in explorer.answer.sentence
    explorer.part = "half the gap"


def test_sentence_and_table_say_the_same_of_every_group(explorer):
    for group in explorer._controls["group"].options:
        explorer.group = group
        row = explorer.answer.table.iloc[list(explorer._controls["group"].options).index(group)]
        if row["Note"]:
            assert "cannot be shown" in explorer.answer.sentence
            continue
        assert row["95 % interval"] in explorer.answer.sentence
        assert ("cannot be told" in explorer.answer.sentence) == (row["What may be said"] == "cannot tell up from down")
    explorer.group = "BME"


def test_every_place_and_score_draws_the_same_traces_and_says_synthetic(explorer):
    traces = set()
    for place in explorer._controls["organisation"].options:
        explorer.organisation = place
        for _, score in explorer._controls["score"].options:
            explorer.score = score
            traces.add(len(explorer.answer.figure.data))
            assert "Synthetic data" in str(explorer.answer.figure.layout.annotations)
    assert len(traces) == 1


def test_a_group_of_few_respondents_has_no_number_and_real_internal_data_stay_on_screen(scores):
    few = scores[0].assign(base=scores[0]["base"].mask(scores[0]["group"] == "BME", 9.0))
    table = score_scenarios(release(few), "White")
    assert table["move"].isna().all()
    assert table["withheld"].str.startswith("BME: fewer than 10 respondents").all()
    assert "cannot be shown" in ScoreToMoveExplorer(release(few)).answer.sentence
    real = release([table.assign(source="Survey") for table in scores], audience="internal")
    assert isinstance(ScoreToMoveExplorer(real).answer, OnScreenAnswer)


def test_a_reference_without_scores_is_refused(scores):
    with pytest.raises(ValueError, match="reference must be a group with scores, got: Nobody"):
        score_scenarios(release(scores), "Nobody")
