import numpy as np
import pandas as pd
import pytest

from equity_metrics.catalogue.ethnic_groups import WHITE_BME
from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.measures.survey.design_weights import SurveyDesign
from equity_metrics.measures.survey.estimates import mean_scores
from equity_metrics.measures.survey.people_promise_answers import ROUTED, answer_scores, items_of
from equity_metrics.measures.survey.people_promise_scores import people_promise_scores
from equity_metrics.measures.survey.respondent_answers import scored_respondents
from equity_metrics.measures.survey.respondent_scores import respondent_scores, weighted_respondent_scores
from equity_metrics.sources.samples import sample

SCALES = answer_scores()
QUESTIONS = list(SCALES.index.get_level_values("indicator").unique())


def invented(people=600, seed=3):
    """Return respondents who answered every question; those routed past a question left it empty."""
    draw = np.random.default_rng(seed)
    answers = {q: draw.choice(SCALES[q].index.to_numpy(), people) for q in QUESTIONS}
    table = pd.DataFrame(answers).assign(
        organisation=np.where(np.arange(people) % 2, "Alder", "Birch"),
        period="2024",
        ethnic_group=draw.choice(["1", "5", "9"], people),
        directorate=draw.choice(["Medicine", "Surgery"], people),
        source="Synthetic",
    )
    for routed in ROUTED:
        if routed.startswith("q23"):
            table[routed] = table[routed].where(table["q23a"] == "Yes", "")
    return table


def question_results(records):
    """Return what a published file would print of these records, unweighted."""
    keys = ["organisation", "group"]
    rows = []
    named = records.assign(group=records["ethnic_group"])
    for question in QUESTIONS:
        asked = named[named[question].isin(SCALES[question].index)]
        for place, cell in asked.groupby(keys):
            shares = cell[question].value_counts(normalize=True)
            rows += [(*place, question, a, 100 * shares.get(a, 0.0), float(len(cell))) for a in SCALES[question].index]
    table = pd.DataFrame(rows, columns=[*keys, "indicator", "answer", "value", "base"])
    return table.assign(period="2024", question="", concept="", unit="%")


@pytest.fixture(scope="module")
def records():
    return invented()


def test_records_and_question_results_give_the_same_scores_where_everybody_answered(records):
    scores = respondent_scores(records)
    assert set(scores["indicator"]) == set(SURVEY_SCORES)
    by_results = people_promise_scores(question_results(records))
    order = dict(zip(sorted(set(records["ethnic_group"]), key=int), dict.fromkeys(scores["group"]), strict=True))
    by_results = by_results.assign(group=by_results["group"].map(order))
    both = scores.merge(by_results, on=["organisation", "group", "indicator"], validate="one_to_one")
    assert len(both) == len(scores) == 30 * 6
    error = (both["mean"] - both["value"]).abs()
    # Only q13d and q14d are asked of some alone and weigh by person here, by question there.
    routed = both["indicator"].isin(["PP4_1", "PP4"])
    np.testing.assert_allclose(error[~routed], 0, atol=1e-9)
    assert error[routed].max() < 0.1


def test_scores_of_directorates_and_groups_add_up_to_what_all_records_give(records):
    directorates = respondent_scores(records, by=("directorate",))
    assert set(directorates["level"]) == {"directorate"}
    keys = ["organisation", "indicator", "group"]
    added = roll_up(directorates, "organisation").set_index(keys).sort_index()
    whole = respondent_scores(records).set_index(keys).sort_index()
    for column in ("base", "mean", "variance"):
        np.testing.assert_allclose(added[column], whole[column])
    everyone = scored_respondents(records)["PP3_2"]
    bme = everyone[(records["ethnic_group"] != "1") & (records["organisation"] == "Alder")]
    wider = roll_up(respondent_scores(records), WHITE_BME).set_index(keys).loc[("Alder", "PP3_2", "BME")]
    np.testing.assert_allclose([wider["mean"], wider["variance"]], [bme.mean(), bme.var()])


def test_scores_have_intervals_and_are_released(records):
    scores = mean_scores(release(respondent_scores(records)))
    assert (scores["lower"] < scores["value"]).all()
    assert set(scores["period"]) == {"2025"}


def test_weights_of_one_give_the_same_means_and_their_own_base(records):
    weighted = weighted_respondent_scores(records, SurveyDesign(np.ones(len(records))))
    plain = mean_scores(respondent_scores(records))
    keys = ["organisation", "indicator", "group"]
    both = weighted.merge(plain, on=keys, suffixes=("", "_plain"), validate="one_to_one")
    np.testing.assert_allclose(both["value"], both["value_plain"])
    np.testing.assert_allclose(both["base"], both["base_plain"])
    np.testing.assert_allclose(both["effective_base"], both["base"], rtol=0.02)
    np.testing.assert_allclose(both["lower"], both["lower_plain"], atol=0.05)


def test_unequal_weights_are_worth_fewer_people_and_do_not_add_up(records):
    weights = np.where(np.arange(len(records)) % 3 == 0, 4.0, 1.0)
    weighted = weighted_respondent_scores(records, SurveyDesign(weights))
    kish = weights.sum() ** 2 / (weights**2).sum() / len(weights)
    assert (weighted["effective_base"] / weighted["base"]).median() == pytest.approx(kish, abs=0.1)
    alder = (records["organisation"] == "Alder") & (records["ethnic_group"] == "1")
    score = scored_respondents(records)["PP1"]
    mean = np.average(score[alder], weights=weights[alder])
    row = weighted[(weighted["organisation"] == "Alder") & (weighted["indicator"] == "PP1")].iloc[0]
    assert row["value"] == pytest.approx(mean)
    with pytest.raises(ValueError, match="weighted percentages do not add"):
        roll_up(weighted, WHITE_BME)


def one(**answers):
    return pd.DataFrame([{"organisation": "Alder", "period": "2024", "ethnic_group": "1", **answers}])


def test_burnout_needs_five_of_seven_answers():
    burnout = dict.fromkeys(items_of("PP4_2"), "Never")
    for left_out, scored in ((2, True), (3, False)):
        answers = {q: "" if i < left_out else text for i, (q, text) in enumerate(burnout.items())}
        assert scored_respondents(one(**answers))["PP4_2"].notna().item() == scored


def test_other_scores_need_half_of_their_answers_unless_told_otherwise():
    answers = one(q15="Yes", q16a="", q16b="", q21="")
    assert scored_respondents(answers)["PP1_3"].isna().item()
    assert scored_respondents(answers, least_share=0)["PP1_3"].item() == 10
    answers["q16a"] = "Yes"
    assert scored_respondents(answers)["PP1_3"].item() == 5
    assert scored_respondents(answers, least_share=1)["PP1_3"].isna().item()


def test_no_appraisal_scores_nothing_and_one_that_is_forgotten_does_not_count():
    yes = {"q23b": "Yes, definitely", "q23c": "Yes, to some extent", "q23d": "No"}
    assert scored_respondents(one(q23a="Yes", **yes))["PP5_2"].item() == 5
    assert scored_respondents(one(q23a="No", q23b="", q23c="", q23d=""))["PP5_2"].item() == 0
    assert scored_respondents(one(q23a="Can't remember", **yes))["PP5_2"].isna().item()


def test_the_sample_of_respondents_is_scored_as_far_as_its_questions_go():
    records = pd.read_csv(sample("respondents_synthetic.csv"), dtype=str, keep_default_na=False)
    scores = respondent_scores(records)
    assert set(scores["indicator"]) == {"PP1_3", "PP3_2"}
    assert scores["mean"].between(0, 10).all()
    assert set(scores["source"]) == {"Synthetic respondents"}
    weighted = weighted_respondent_scores(records, SurveyDesign(records["weight"].astype(float)))
    large = weighted[weighted["base"] > 200]
    assert (large["effective_base"] < large["base"]).all()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda t: t.assign(q15="Perhaps"),
            "q15 must be one of Yes, Don't know, No, Not applicable, Not applicable to me, Can't remember or empty, "
            "got: 'Perhaps' in 1 row",
        ),
        (lambda t: t.assign(period="2023"), "records must be of 2024, whose questions are scored, got: 2023"),
        (
            lambda t: t.assign(ethnic_group="77"),
            "ethnic_group must be a number of the 2024 questionnaire or empty, got: '77' in 1 row",
        ),
        (
            lambda t: t.drop(columns="ethnic_group"),
            "records must have the columns organisation, period, ethnic_group, missing: ethnic_group",
        ),
        (
            lambda t: t.drop(columns="q15"),
            "records must hold every question of a score, got: none of the 30 scores has all of them",
        ),
    ],
)
def test_says_in_one_sentence_what_cannot_be_scored(change, sentence):
    with pytest.raises(ValueError) as refused:
        respondent_scores(change(one(q15="Yes", q16a="No", q16b="No", q21="Agree")))
    assert str(refused.value) == sentence
