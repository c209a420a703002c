import csv
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.survey.people_promise_answers import answer_scores, items_of
from equity_metrics.measures.survey.people_promise_scores import people_promise_scores
from equity_metrics.sources.staff_survey import read_staff_survey

OUTER = {code: items_of(code) for code in SURVEY_SCORES if items_of(code)[0] in SURVEY_SCORES}
ROUNDED = 5e-5
"""Half a unit of the last digit of the errors that are listed."""


def listed_errors():
    text = (files("equity_metrics.catalogue") / "people_promise.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: float(row["max_abs_error_vs_published"].split()[0]) + ROUNDED for row in rows}


@pytest.fixture(scope="module")
def workbook(official_data):
    with pytest.warns(UserWarning, match="prints 100 % in every row of q16c_1 to q16c_7"):
        return read_staff_survey(official_data / "NSS24_detailed_organisational_results.xlsx", progress=False)


@pytest.fixture(scope="module")
def differences(workbook):
    """Return recomputed minus published, organisations × scores."""
    recomputed = people_promise_scores(workbook[workbook["unit"] == "%"])
    published = workbook[workbook["unit"] != "%"]
    both = recomputed.merge(published, on=["ods_code", "indicator"], suffixes=("", "_published"), validate="1:1")
    error = both["value"] - both["value_published"]
    return both.assign(error=error).pivot_table(index="ods_code", columns="indicator", values="error")


@pytest.mark.official
@pytest.mark.parametrize("code", [code for code in SURVEY_SCORES if code not in OUTER])
def test_sub_scores_agree_with_every_published_one(differences, code):
    assert differences[code].notna().sum() == 263
    assert differences[code].abs().max() <= listed_errors()[code]


@pytest.mark.official
@pytest.mark.parametrize("code", OUTER)
def test_elements_and_themes_agree_as_far_as_their_sub_scores_do(workbook, differences, code):
    listed = listed_errors()
    scores = workbook[workbook["unit"] != "%"].pivot_table(index="ods_code", columns="indicator", values="value")
    assert (scores[list(OUTER[code])].mean(axis=1) - scores[code]).abs().max() <= listed[code]
    assert differences[code].notna().sum() == 263
    assert differences[code].abs().max() <= listed[code] + np.mean([listed[part] for part in OUTER[code]])
    assert differences[code].abs().max() < 0.05


def answers(percentages, base=100.0, **more):
    """Return published answers from question → answer → percentage."""
    rows = [(q, a, value) for q, scale in percentages.items() for a, value in scale.items()]
    table = pd.DataFrame(rows, columns=["indicator", "answer", "value"]).assign(
        organisation="Alder", period="2024", grouping="", level="organisation", group="", question="?", concept="",
        unit="%", base=base, breakdown="All staff", weighting="Weighted", source="Synthetic",
    )  # fmt: skip
    return table.assign(**more)


AGREE = dict(
    zip(
        ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
        (10.0, 20, 30, 25, 15),
        strict=True,
    )
)
TEAM = dict.fromkeys(items_of("PP1_2"), AGREE)


def test_there_are_seven_elements_two_themes_and_twenty_one_sub_scores():
    sub_scores = {part for parts in OUTER.values() for part in parts}
    assert len(sub_scores) == 21
    assert len(set(SURVEY_SCORES) - sub_scores) == 9
    assert {question for question, _ in answer_scores().index} == {
        item for code in SURVEY_SCORES if code not in OUTER for item in items_of(code)
    }


def test_a_score_is_the_mean_of_its_questions():
    table = people_promise_scores(answers({**TEAM, "q9f": {**dict.fromkeys(AGREE, 0.0), "Strongly agree": 100.0}}))
    assert table["indicator"].tolist() == ["PP1_2"]
    assert table["value"].item() == pytest.approx((10 + 3 * (2.5 * 0.2 + 5 * 0.3 + 7.5 * 0.25 + 10 * 0.15)) / 4)
    assert table[["question", "unit", "answer", "base"]].iloc[0].tolist() == [
        "Compassionate leadership",
        "score 0-10",
        "score",
        100,
    ]
    assert table["score_method"].item().startswith("recomputed")


def test_answers_that_do_not_count_leave_the_base():
    percentages = {**dict.fromkeys(items_of("PP1_1"), AGREE)}
    same = {**percentages, "q6a": {**{a: v / 2 for a, v in AGREE.items()}, "Not applicable to me": 50.0}}
    one, other = (
        people_promise_scores(answers(shares)).set_index("indicator")["value"] for shares in (percentages, same)
    )
    assert other["PP1_1"] == pytest.approx(one["PP1_1"])


def test_nobody_appraised_scores_nothing():
    gave = {"Yes, definitely": 50.0, "Yes, to some extent": 30.0, "No": 20.0}
    asked = {"q23b": gave, "q23c": gave, "q23d": gave}
    some = people_promise_scores(answers({"q23a": {"Yes": 60.0, "No": 20.0, "Can't remember": 20.0}, **asked}))
    assert some["value"].item() == pytest.approx(0.75 * 6.5)
    none = people_promise_scores(answers({"q23a": {"Yes": 0.0, "No": 90.0, "Can't remember": 10.0}, **asked}))
    assert none["value"].item() == 0


def test_questions_asked_of_some_weigh_by_how_many_answered():
    safe = dict.fromkeys(("q3g", "q3h", "q3i", "q11a"), AGREE) | {
        "q5a": dict.fromkeys(("Never", "Rarely", "Sometimes", "Often", "Always"), 20.0)
    }
    reported = {
        "Yes, I reported it": 100.0,
        "Yes, a colleague reported it": 0.0,
        "Both a colleague and I reported it": 0.0,
        "No": 0.0,
        "Don't know": 0.0,
    }
    table = answers({**safe, "q13d": reported, "q14d": reported})
    five = 4 * people_promise_scores(answers(dict.fromkeys(items_of("M_2"), AGREE)))["value"].item() + 5
    for base, share in ((50.0, 0.5), (9.0, 0.0), (np.nan, 0.0)):
        asked = table["indicator"].isin(["q13d", "q14d"])
        drawn = table.assign(base=table["base"].mask(asked, base), value=table["value"].mask(asked & np.isnan(base)))
        found = people_promise_scores(drawn).set_index("indicator").loc["PP4_1"]
        assert found["value"] == pytest.approx((five + 20 * share) / (5 + 2 * share))
        assert found["base"] == 100


def test_a_suppressed_answer_leaves_no_score():
    table = answers(TEAM)
    gone = table.assign(value=table["value"].mask((table["indicator"] == "q9g") & (table["answer"] == "Agree")))
    assert people_promise_scores(gone)["value"].isna().all()


def test_groups_are_kept_apart_and_can_be_released():
    table = pd.concat([answers(TEAM, group="BME"), answers(TEAM, group="White", base=8.0)], ignore_index=True)
    released = release(people_promise_scores(table))
    assert released["group"].tolist() == ["BME", "White"]
    assert released["value"].isna().tolist() == [False, True]
    assert released["withheld"].tolist() == ["", "fewer than 10 respondents"]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (answers(TEAM, period="2023"), "published must be of 2024, whose questions the catalogue scores, got: 2023"),
        (pd.concat([answers(TEAM)] * 2), "published must hold each answer once, "
         "got: q9f 'Strongly disagree' twice for Alder"),
        (answers({"q9f": AGREE}), "published must hold every question of a score, "
         "got: none of the 30 scores has all of them"),
    ],
)  # fmt: skip
def test_tables_that_give_no_score_are_refused(table, sentence):
    with pytest.raises(ValueError) as refused:
        people_promise_scores(table)
    assert str(refused.value) == sentence
