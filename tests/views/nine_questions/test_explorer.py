"""Each of the nine questions is answered from its evidence and the plan, and no answer says more than its verdicts."""

import re

import pandas as pd
import pytest

from equity_metrics.catalogue.leaders_questions import INDICATOR, LEADERS_QUESTIONS, PLAN
from equity_metrics.change.action_plans.action_progress import action_progress
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.decisions import Verdict
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.action_plans import read_action_plan
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.nine_questions.explorer import NineQuestionsExplorer
from equity_metrics.views.nine_questions.sentences import LABELS

HERE = "Bramwell Hospitals"


@pytest.fixture(scope="module")
def explorer(samples) -> NineQuestionsExplorer:
    counts = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    counts = counts[(counts["organisation"] == HERE) & counts["period"].isin([str(y) for y in range(2020, 2026)])]
    five, two = roll_up(counts, "Five groups"), roll_up(counts, "White / BME")
    recent = [table[table["period"].isin(["2024", "2025"])] for table in (five, two)]
    progress = action_progress(read_action_plan(samples / "action_plan_synthetic.csv"), two, "2025-11-01")
    return NineQuestionsExplorer(release(recent), progress)


@pytest.mark.parametrize("question", LEADERS_QUESTIONS)
@pytest.mark.parametrize("grouping", ["Five groups", "White / BME"])
def test_the_answer_counts_what_its_table_shows(explorer, question, grouping):
    explorer.question, explorer.grouping = question, grouping
    answer = explorer.answer
    assert answer.sentence.startswith(f"At {HERE} in 2025, ")
    if not any(e.kind == INDICATOR for e in LEADERS_QUESTIONS[question].evidence):
        assert "What can be said" not in answer.table
        return
    shown = answer.table["What can be said"]
    assert f"{len(shown)} comparisons say: " in answer.sentence
    for verdict in Verdict:
        told = sum(int(n) for n in re.findall(rf"[:;] {verdict}(?:, against the group)? \((\d+)\)", answer.sentence))
        assert told == shown.str.match(rf". {verdict}").sum(), verdict
    withheld = re.search(r"withheld \((\d+)\)", answer.sentence)
    assert (int(withheld[1]) if withheld else 0) == shown.str.startswith("not shown").sum()


def test_every_group_stands_for_itself(explorer):
    explorer.question, explorer.grouping = "Q1", "Five groups"
    assert answer_groups(explorer) == {
        "Mixed or multiple ethnic groups",
        "Asian or Asian British",
        "Black or Black British",
        "Other ethnic group",
    }
    assert "score" not in explorer.answer.sentence


def answer_groups(explorer: NineQuestionsExplorer) -> set[str]:
    return set(explorer.answer.table["Ethnic group"])


def test_actions_owners_and_what_is_overdue_are_named(explorer):
    explorer.question = "Q7"
    told = " ".join(explorer.answer.notes)
    assert "Speak-up champions: BME staff network; " in told
    assert "review overdue since 2025-06-01" in told
    assert "A staff network cannot carry this alone" in told
    assert (
        "Being done: Speak-up champions (BME staff network): cannot tell yet, review overdue."
        in explorer.answer.sentence
    )
    assert "1 action has no owner with authority" in explorer.answer.sentence
    explorer.question = "Q2"
    assert "no action in the plan answers this question." in explorer.answer.sentence
    assert explorer.answer.sentence.endswith("an action.")


@pytest.mark.parametrize("question", LEADERS_QUESTIONS)
def test_each_answer_says_what_for_whom_where_it_heads_what_is_done_and_what_is_missing(explorer, question):
    explorer.question, explorer.grouping = question, "Five groups"
    told, table = explorer.answer.sentence, explorer.answer.table
    assert "Being done: " in told
    assert "Missing: " in told
    compared = "What can be said" in table
    assert ("For whom: " in told) == ("Heading: " in told) == compared
    plan = any(e.kind == PLAN for e in LEADERS_QUESTIONS[question].evidence)
    assert ("The plan: " in told) == plan
    heading = re.search(r"Heading: ([^.]*)\.", told)
    counted = sum(int(n) for n in re.findall(r"(\d+) ", heading[1])) if heading else 0
    assert counted == ((table["Heading"] != "").sum() if compared else 0)


def test_each_part_of_the_answer_stands_on_its_own_line_and_nothing_else_changes(explorer):
    explorer.question, explorer.grouping = "Q8", "Five groups"
    shown = explorer._sentence.value
    told = [label for label in LABELS if f"{label}: " in explorer.answer.sentence]
    assert [label for label in LABELS if f"<br><b>{label}:</b> " in shown] == told
    assert shown.count("<br>") == len(told) == 4
    assert "\n" not in explorer.answer.sentence


def test_a_question_for_the_plan_says_that_nothing_is_drawn(explorer):
    explorer.question = "Q5"
    assert "the action plan answers this, not a figure" in explorer.answer.sentence
    (nothing, synthetic) = explorer.answer.figure.layout.annotations
    assert nothing.text.startswith("Nothing by ethnic group is drawn")
    assert "Synthetic" in synthetic.text
    assert "Nothing is drawn" in explorer.answer.alt
    assert "The numbers in the picture" not in explorer.answer.table_html()


def test_each_row_says_how_it_is_compared_without_naming_its_group_again(explorer):
    told = {}
    for question in ("Q1", "Q4", "Q8"):
        explorer.question = question
        told |= (
            explorer.answer.table.assign(of=lambda t: t["Indicator"].str[0])
            .groupby("of")["Compared"]
            .agg(set)
            .to_dict()
        )
    assert told["5"] == {"minus White"}
    assert told["9"] == told["1"] == {"minus all staff"}
    assert set().union(*told.values()) <= {"minus White", "minus all staff", "White / group", "group / White"}


def test_a_question_for_the_plan_shows_the_plan(explorer):
    explorer.question = "Q5"
    assert (
        explorer.answer.table["Action"].tolist() == explorer._progress.query("organisation == @HERE")["action"].tolist()
    )
    assert not any(note.startswith("Signs") for note in explorer.answer.notes)


def test_only_what_can_be_shown_is_drawn_and_the_table_names_the_rest(explorer):
    explorer.question, explorer.grouping = "Q4", "Five groups"
    answer = explorer.answer
    withheld = int(answer.table["What can be said"].str.startswith("not shown").sum())
    assert withheld
    assert any(f"the table names the {withheld} withheld too" in note for note in answer.notes)
    assert "not shown" not in answer.alt
    drawn = {str(label) for trace in answer.figure.data for label in trace.y if label is not None}
    assert len(drawn) == len(answer.table) - withheld


def test_the_code_holds_every_question_once_with_what_is_done_and_what_is_missing(explorer):
    explorer.grouping = "Five groups"
    rows = explorer.code.rows
    assert list(dict.fromkeys(rows["Part of the Code"])) == ["Reporting", "Action", "Composition", "Education"]
    assert sorted(name[:2] for name in rows["Question"]) == list(LEADERS_QUESTIONS)
    assert (rows != "").all(axis=None)
    by_id = rows.set_index(rows["Question"].str[:2])
    assert "Director of education" in by_id.loc["Q8", "Apply: what is done"]
    assert by_id.loc["Q2", "Apply: what is done"] == "No action in the plan answers this question."
    assert "2 of 3 actions have an overdue review" in by_id.loc["Q5", "Explain: what the evidence says"]
    assert "Not confirmed" in explorer.code.caption
    assert "synthetic" in explorer.code.caption


def test_what_the_plan_answers_is_counted_from_the_plan(explorer):
    explorer.question, explorer.grouping = "Q5", "Five groups"
    assert "The plan: 2 of 3 actions have an overdue review; 0 have evidence of no effect" in explorer.answer.sentence
    explorer.question = "Q4"
    assert "1 of 3 actions have a chair, chief, director or executive as owner" in explorer.answer.sentence
    explorer.question = "Q6"
    assert "1 of 3 actions have an accountable owner" in explorer.answer.sentence
    explorer.question = "Q3"
    against = {
        row.indicator for row in explorer._found(HERE, "Five groups", "White", "2025").itertuples() if row.against
    }
    assert f"of {len(against)} indicators with a difference against a group have an action" in explorer.answer.sentence


def test_going_from_question_to_question_compares_nothing_anew(explorer):
    explorer.grouping = "Five groups"
    before = explorer._found.cache_info().misses
    for question in LEADERS_QUESTIONS:
        explorer.question = question
    assert explorer._found.cache_info().misses == before


def test_the_picture_keeps_its_traces_and_says_that_data_are_synthetic(explorer):
    sizes = set()
    for question in LEADERS_QUESTIONS:
        explorer.question = question
        sizes.add(len(explorer.answer.figure.data))
    assert len(sizes) == 1
    explorer.question = "Q1"
    assert any("Synthetic" in a.text for a in explorer.answer.figure.layout.annotations)


def test_the_sample_plan_is_read_and_its_success_is_found(samples):
    counts = roll_up(read_wres_return(samples / "wres_returns_synthetic.csv.gz"), "White / BME")
    progress = action_progress(read_action_plan(samples / "action_plan_synthetic.csv"), counts, "2025-11-01")
    assert progress.iloc[0][["action", "standing"]].tolist() == ["Structured shortlisting", "evidence of progress"]
    assert (progress["standing"] == "evidence of progress").sum() == 1
    assert isinstance(progress, pd.DataFrame)
