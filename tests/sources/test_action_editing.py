"""Faults are said beside their column, conflicts are laid side by side and settled, and every change has its date."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from equity_metrics.sources.action_conflicts import action_conflicts, conflicting_words, settled_plan
from equity_metrics.sources.action_history import ADDED, TAKEN_OUT, action_changes, history_path
from equity_metrics.sources.action_plans import ACTION_COLUMNS, action_faults, plan_to_edit, read_action_plan
from equity_metrics.sources.errors import InputError
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
    assert found["review"] == "“2020-01-01” must be after the start; correct one of the two dates."
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
    written = history_path(path).read_text(encoding="utf-8") + "".join(saved["owner"])
    assert "Chair" in written
    assert "Medical director" in written


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
        ("Speak-up champions", TAKEN_OUT, all_words(read, "Speak-up champions"), ""),
    }


def test_an_action_that_is_added_or_renamed_is_one_line_beside_what_else_changed(path: Path):
    read = read_action_plan(path)
    new = read.iloc[:1].assign(action="Fair rota")
    saved = save_action_plan(pd.concat([read, new], ignore_index=True), path, read)
    wanted = changed(changed(saved, "owner", "Chair"), "action", "Fair panels")
    saved = save_action_plan(wanted, path, saved, {NAME: "Fair panels"})
    assert len(saved) == len(read) + 1
    assert saved.loc[saved["action"] == "Fair panels", "changed"].item() > read["changed"].max()
    told = {(row.action, row.column, row.before, row.after) for row in action_changes(path).itertuples()}
    assert told == {
        ("Fair rota", ADDED, "", ""),
        ("Fair panels", "action", NAME, "Fair panels"),
        ("Fair panels", "owner", "Chief people officer", "Chair"),
    }


def test_what_another_changed_in_an_action_that_you_renamed_is_found(path: Path):
    read = read_action_plan(path)
    save_action_plan(changed(read, "owner", "Chair"), path, read)
    only_named = save_action_plan(changed(read, "action", "Fair panels"), path, read, {NAME: "Fair panels"})
    assert only_named.loc[only_named["action"] == "Fair panels", "owner"].item() == "Chair"
    save_action_plan(changed(only_named, "owner", "Chief nurse", "Fair panels"), path, only_named)
    both = changed(changed(only_named, "owner", "Director", "Fair panels"), "action", "Panels", "Fair panels")
    saved = save_action_plan(both, path, only_named, {"Fair panels": "Panels"})
    owners = dict(zip(saved["action"], saved["owner"], strict=True))
    assert (owners["Panels"], owners["Panels (conflict)"]) == ("Chief nurse", "Director")
    assert "Fair panels" not in owners


def test_a_new_name_that_another_took_meanwhile_is_a_conflict(path: Path):
    read = read_action_plan(path)
    new = read.iloc[:1].assign(action="Fair rota", owner="Chair")
    save_action_plan(pd.concat([read, new], ignore_index=True), path, read)
    saved = save_action_plan(changed(read, "action", "Fair rota"), path, read, {NAME: "Fair rota"})
    owners = dict(zip(saved["action"], saved["owner"], strict=True))
    assert owners["Fair rota"] == "Chair"
    assert owners["Fair rota (conflict)"] == "Chief people officer"


def test_a_history_of_another_kind_is_refused_in_a_sentence(path: Path):
    history_path(path).write_text("one,two\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"_history\.csv must have the columns when, action"):
        action_changes(path)


def all_words(plan: pd.DataFrame, action: str) -> str:
    row = plan[plan["action"] == action].iloc[0]
    return "; ".join(f"{column}: {row[column]}" for column in ACTION_COLUMNS if row[column])
