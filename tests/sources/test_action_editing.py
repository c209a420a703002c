"""Faults are said beside their column, conflicts are laid side by side and settled, and every change has its date."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from equity_metrics.sources.action_conflicts import action_conflicts, conflicting_words, settled_plan
from equity_metrics.sources.action_history import TAKEN_OUT, action_changes, history_path
from equity_metrics.sources.action_plans import action_faults, plan_to_edit, read_action_plan
from equity_metrics.sources.saved_action_plans import save_action_plan

NAME = "Structured shortlisting"


@pytest.fixture
def path() -> Path:
    return plan_to_edit()


def changed(plan: pd.DataFrame, column: str, value: str, action: str = NAME) -> pd.DataFrame:
    return plan.assign(**{column: plan[column].mask(plan["action"] == action, value)})


@pytest.fixture
def clash(path: Path) -> pd.DataFrame:
    read = read_action_plan(path)
    save_action_plan(changed(read, "owner", "Chair"), path, read)
    return save_action_plan(changed(read, "owner", "Medical director"), path, read)


def test_without_a_path_a_fresh_copy_is_edited_and_the_sample_stays(path: Path, samples: Path):
    assert path.parent not in (samples, plan_to_edit().parent)
    assert path.read_bytes() == (samples / "action_plan_synthetic.csv").read_bytes()
    assert plan_to_edit(samples / "own.csv") == samples / "own.csv"


def test_the_copy_is_gone_when_python_ends():
    said = subprocess.check_output(
        [sys.executable, "-c", f"from {plan_to_edit.__module__} import *; print(plan_to_edit())"]
    )
    assert said.strip()
    assert not Path(said.decode().strip()).parent.exists()


def test_every_fault_of_an_action_is_said_beside_its_column(path: Path):
    plan = read_action_plan(path)
    assert action_faults(plan, NAME) == {}
    faulty = changed(changed(changed(plan, "review", "2020-01-01"), "what", " "), "status", "finished")
    found = action_faults(faulty, NAME)
    assert list(found) == ["what", "status", "review"]
    assert found["review"] == "This must be after the start, got: '2020-01-01'; correct one of the two dates."
    assert action_faults(faulty, "Speak-up champions") == {}


def test_a_conflict_lies_side_by_side(clash: pd.DataFrame):
    (conflict,) = action_conflicts(clash)
    assert conflict.theirs == NAME
    words = conflicting_words(clash, conflict)
    assert words.to_dict("records") == [{"column": "owner", "theirs": "Chair", "mine": "Medical director"}]


@pytest.mark.parametrize(
    ("decision", "owners"),
    [
        ("theirs", {NAME: "Chair"}),
        ("mine", {NAME: "Medical director"}),
        ("both", {NAME: "Chair", f"{NAME} (second version)": "Medical director"}),
    ],
)
def test_a_decision_is_saved_and_what_is_not_kept_stays_in_the_history(path: Path, clash, decision, owners):
    plan = settled_plan(clash, action_conflicts(clash)[0], decision)
    saved = save_action_plan(plan, path, clash)
    own = saved[saved["action"].str.startswith(NAME)]
    assert dict(zip(own["action"], own["owner"], strict=True)) == owners
    assert not action_conflicts(saved)
    kept = {*pd.read_csv(history_path(path), dtype=str)["owner"].dropna(), *saved["owner"]}
    assert {"Chair", "Medical director"} <= kept


def test_an_action_that_they_took_out_has_no_words_of_theirs(path: Path):
    read = read_action_plan(path)
    save_action_plan(read[read["action"] != NAME], path, read)
    saved = save_action_plan(changed(read, "owner", "Chair"), path, read)
    words = conflicting_words(saved, action_conflicts(saved)[0])
    assert set(words["theirs"]) == {""}
    mine = settled_plan(saved, action_conflicts(saved)[0], "mine")
    assert mine.loc[mine["action"] == NAME, "owner"].tolist() == ["Chair"]


def test_an_unknown_decision_is_refused(clash: pd.DataFrame):
    with pytest.raises(ValueError, match=r"^decision must be one of theirs, mine, both, got: neither$"):
        settled_plan(clash, action_conflicts(clash)[0], "neither")


def test_every_change_is_listed_with_its_date(path: Path):
    assert action_changes(path).empty
    read = read_action_plan(path)
    once = save_action_plan(changed(read, "owner", "Chair"), path, read)
    twice = save_action_plan(changed(changed(once, "owner", "Chief nurse"), "status", "stopped"), path, once)
    save_action_plan(twice[twice["action"] != "Speak-up champions"], path, twice)
    found = action_changes(path)
    assert found["when"].str.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d").all()
    told = {(row.action, row.column, row.before, row.after) for row in found.itertuples()}
    assert told == {
        (NAME, "owner", "Chief people officer", "Chair"),
        (NAME, "owner", "Chair", "Chief nurse"),
        (NAME, "status", "done", "stopped"),
        ("Speak-up champions", TAKEN_OUT, "", ""),
    }
