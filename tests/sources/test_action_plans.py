"""An action plan is read whole or refused in a sentence, and saved so that nobody's changes are lost."""

import threading
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.sources.action_history import ADDED, TAKEN_OUT, action_changes
from equity_metrics.sources.action_plans import ACTION_COLUMNS, check_action_plan, read_action_plan
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.saved_action_plans import save_action_plan


def plan(*actions: str, **columns: str) -> pd.DataFrame:
    row = {
        **dict.fromkeys(ACTION_COLUMNS, ""),
        "organisation": "Alder",
        "question": "Q6",
        "what": "Panels explain each decision",
        "owner": "Chief people officer",
        "indicator": "2",
        "start": "2025-04-01",
        "review": "2025-10-01",
        "status": "under way",
    }
    rows = [{**row, "action": action, **columns} for action in actions]
    return pd.DataFrame(rows, columns=list(ACTION_COLUMNS), dtype=str)


NOTHING = plan()


def words(table: pd.DataFrame, column: str = "what") -> dict[str, str]:
    return dict(zip(table["action"], table[column], strict=True))


def test_what_is_saved_is_read_again(tmp_path: Path):
    path = tmp_path / "plan.csv"
    saved = save_action_plan(plan("Panels", "Mentors"), path, NOTHING)
    pd.testing.assert_frame_equal(read_action_plan(path), saved)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert saved["changed"].str.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d").all()
    assert not list(tmp_path.glob(".plan.csv.*[!k]"))


def test_changes_of_two_people_to_different_actions_are_both_kept(tmp_path: Path):
    path = tmp_path / "plan.csv"
    read = save_action_plan(plan("Panels", "Mentors", "Training"), path, NOTHING)
    hers, his = read.copy(), read[read["action"] != "Training"].copy()
    hers.loc[0, "what"] = "hers"
    his.loc[1, "what"] = "his"
    save_action_plan(hers, path, read)
    merged = save_action_plan(his, path, read)
    assert words(merged) == {"Panels": "hers", "Mentors": "his"}
    history = action_changes(path)
    assert (tmp_path / "plan_history.csv").read_bytes().count(b"\xef\xbb\xbf") == 1
    told = {(row.action, row.column, row.before.partition(";")[0], row.after) for row in history.itertuples()}
    explain = "Panels explain each decision"
    assert told == {
        *((action, ADDED, "", "") for action in ("Panels", "Mentors", "Training")),
        ("Panels", "what", explain, "hers"),
        ("Mentors", "what", explain, "his"),
        ("Training", TAKEN_OUT, "action: Training", ""),
    }


def test_where_two_people_change_one_action_both_versions_are_kept_and_shown(tmp_path: Path):
    path = tmp_path / "plan.csv"
    read = save_action_plan(plan("Panels"), path, NOTHING)
    save_action_plan(plan("Panels", what="hers"), path, read)
    merged = save_action_plan(plan("Panels", what="his"), path, read)
    assert words(merged) == {"Panels": "hers", "Panels (conflict)": "his"}
    merged = save_action_plan(plan("Panels", what="a third"), path, read)
    assert words(merged) == {"Panels": "hers", "Panels (conflict)": "his", "Panels (conflict 2)": "a third"}


def test_an_action_that_one_changed_and_the_other_took_out_is_kept_as_a_conflict(tmp_path: Path):
    path = tmp_path / "plan.csv"
    read = save_action_plan(plan("Panels", "Mentors"), path, NOTHING)
    save_action_plan(plan("Mentors"), path, read)
    merged = save_action_plan(plan("Panels", "Mentors", what="his"), path, read)
    assert words(merged)["Panels (conflict)"] == "his"


def test_many_saving_at_once_lose_nothing(tmp_path: Path):
    path = tmp_path / "plan.csv"
    read = save_action_plan(plan("First"), path, NOTHING)
    people = [
        threading.Thread(target=save_action_plan, args=(plan("First", f"Action {n}"), path, read)) for n in range(8)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert set(read_action_plan(path)["action"]) == {"First", *(f"Action {n}" for n in range(8))}


@settings(max_examples=40, deadline=None)
@given(
    *(st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["one", "two", "three"]), max_size=4) for _ in range(3))
)
def test_nothing_that_anybody_wrote_is_lost(tmp_path_factory, base, hers, his):
    path = tmp_path_factory.mktemp("plans") / "plan.csv"

    def table(what: dict[str, str]) -> pd.DataFrame:
        return pd.concat([NOTHING, *(plan(action, what=text) for action, text in what.items())], ignore_index=True)

    read = save_action_plan(table(base), path, NOTHING)
    save_action_plan(table(hers), path, read)
    merged = save_action_plan(table(his), path, read)
    there = {(row.action.removesuffix(" (conflict)"), row.what) for row in merged.itertuples()}
    for row in action_changes(path).itertuples():
        name = row.action.removesuffix(" (conflict)")
        there |= {
            (name, text) for text in ("one", "two", "three") if text == row.before or f"what: {text};" in row.before
        }
    assert {*base.items(), *hers.items(), *his.items()} <= there


def test_a_folder_that_cannot_be_written_gives_one_sentence_and_keeps_the_file(tmp_path: Path, monkeypatch):
    path = tmp_path / "plan.csv"
    read = save_action_plan(plan("Panels"), path, NOTHING)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match=r"plan\.csv must be writable, got: No space left on device"):
        save_action_plan(plan("Panels", what="new"), path, read)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (plan("Panels", question="Q10"), "row 2, column question must be one of Q1, Q2"),
        (plan("Panels", "Panels"), "row 3, column action must stand once in the plan, got: 'Panels'"),
        (plan("Panels", status="finished"), "column status must be one of proposed, under way, changed, stopped, done"),
        (plan("Panels", indicator="10"), "column indicator must be one of 1, 2, 3"),
        (plan("Panels", review="1.10.2025"), "column review must be a date as 2025-04-01, got: '1.10.2025'"),
        (plan("Panels", review="2025-01-01"), "column review must be after the start, got: '2025-01-01'"),
        (plan("Panels", what=""), "column what must be filled in, got: ''"),
        (plan("Panels", learnt="=1+1"), "column learnt must not begin with =, +, - or @, as a formula does"),
        (plan("Panels").drop(columns="owner"), "missing: owner"),
    ],
)
def test_a_faulty_plan_is_refused_in_one_sentence(tmp_path: Path, table: pd.DataFrame, sentence: str):
    path = tmp_path / "plan.csv"
    table.to_csv(path, index=False)
    with pytest.raises(InputError) as error:
        read_action_plan(path)
    assert sentence in str(error.value)
    assert "plan.csv" in str(error.value)


def test_an_absent_plan_and_another_kind_of_file_are_refused(tmp_path: Path):
    with pytest.raises(InputError, match=r"path must be a file that exists, got: 'absent\.csv'"):
        read_action_plan(tmp_path / "absent.csv")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(InputError, match=r"empty\.csv must hold a heading and rows"):
        read_action_plan(tmp_path / "empty.csv")
    assert check_action_plan(NOTHING).empty
