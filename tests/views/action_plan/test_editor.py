"""An action is added, changed, refused and saved as people do it, and a conflict is shown with both versions."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from equity_metrics.change.action_plans.action_progress import action_progress
from equity_metrics.change.action_plans.places_to_learn_from import places_to_learn_from
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.action_plans import ACTION_COLUMNS, plan_to_edit, read_action_plan
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.action_plan.editor import ActionPlanEditor
from equity_metrics.views.action_plan.explorer import ActionPlanExplorer
from equity_metrics.views.action_plan.plan_sheet import CSV, SPREADSHEET, plan_file

NAME, TODAY = "Structured shortlisting", "2025-11-01"


@pytest.fixture(scope="module")
def counts(samples: Path) -> pd.DataFrame:
    every = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    return roll_up(every[every["organisation"].isin(["Alderbrook Hospitals", "Bramwell Hospitals"])], "White / BME")


@pytest.fixture
def editor(counts: pd.DataFrame) -> ActionPlanEditor:
    return ActionPlanEditor(plan_to_edit(), counts, TODAY)


def write(editor: ActionPlanEditor, **values: object) -> None:
    for column, value in values.items():
        editor.fields.controls[column].value = value


def kept(editor: ActionPlanEditor) -> pd.DataFrame:
    return read_action_plan(editor._path).set_index("action")


def test_every_column_has_a_labelled_control_and_the_form_gives_back_what_it_shows(editor: ActionPlanEditor):
    assert set(editor.fields.controls) == {*ACTION_COLUMNS} - {"changed"}
    assert all(control.description for control in editor.fields.controls.values())
    for row in editor.plan.to_dict("records"):
        editor.chosen.value = row["action"]
        assert editor.fields.row() == {column: row[column] for column in editor.fields.controls}


def test_what_the_data_say_is_computed_and_cannot_be_typed(editor: ActionPlanEditor):
    assert "evidence of progress" in editor._standing.value
    assert "standing" not in editor.fields.controls
    editor.chosen.value = "Speak-up champions"
    assert "cannot tell yet. Its review is overdue since 2025-06-01." in editor._standing.value


def test_an_action_is_added_and_changed_and_the_change_has_its_date(editor: ActionPlanEditor):
    editor.chosen.value = ""
    write(editor, action="Fair rota", what="Rotas are drawn by lot", owner="Chief nurse", start=date(2025, 9, 1))
    editor.save()
    assert kept(editor).loc["Fair rota", ["organisation", "start", "status"]].tolist() == [
        "Alderbrook Hospitals",
        "2025-09-01",
        "proposed",
    ]
    assert editor.chosen.value == "Fair rota"
    assert all(words in editor._history.value for words in ("Fair rota", "added to the plan"))
    write(editor, status="under way")
    editor.save()
    assert kept(editor).loc["Fair rota", "status"] == "under way"
    assert all(words in editor._history.value for words in ("Fair rota", "Status", "proposed", "under way"))
    assert len(kept(editor)) == 8
    assert "Fair rota" in editor._whole.value
    write(editor, action="Rota by lot", owner="Chair")
    editor.save()
    assert len(kept(editor)) == 8
    assert kept(editor).loc["Rota by lot", "owner"] == "Chair"
    assert all(words in editor._history.value for words in ("Name of the action", "Rota by lot", "Chief nurse"))
    assert "taken out" not in editor._history.value


def test_a_fault_is_one_sentence_beside_its_field_and_nothing_is_saved(editor: ActionPlanEditor):
    before = editor._path.read_bytes()
    write(editor, action="", review=date(2020, 1, 1))
    editor.save()
    shown = {column for column, line in editor.fields.faults.items() if line.value and line.layout.display is None}
    assert shown == {"action", "review"}
    assert "must be after the start" in editor.fields.faults["review"].value
    assert "Nothing was saved" in editor._told.value
    assert editor._path.read_bytes() == before
    write(editor, action=NAME, review=date(2026, 1, 1))
    editor.save()
    assert not any(line.value for line in editor.fields.faults.values())
    assert kept(editor).loc[NAME, "review"] == "2026-01-01"


def test_a_second_action_of_the_same_name_is_refused(editor: ActionPlanEditor):
    editor.chosen.value = ""
    write(editor, action=NAME, what="Something")
    editor.save()
    assert "must stand once" in editor.fields.faults["action"].value


def test_what_was_not_saved_waits_until_its_action_is_chosen_again(editor: ActionPlanEditor):
    write(editor, owner="Chair")
    editor.chosen.value = "Speak-up champions"
    assert f"Not saved yet: {NAME}." in editor._told.value
    assert editor.fields.row()["owner"] == "BME staff network"
    editor.chosen.value = ""
    assert "Not saved yet" not in editor._told.value
    write(editor, what="Something new")
    editor.chosen.value = NAME
    assert "Not saved yet: the new action." in editor._told.value
    assert editor.fields.row()["owner"] == "Chair"
    editor.save()
    assert kept(editor).loc[NAME, "owner"] == "Chair"
    editor.chosen.value = ""
    assert editor.fields.row()["what"] == "Something new"
    write(editor, action="Something")
    editor.save()
    editor.chosen.value = ""
    assert editor.fields.row()["what"] == ""
    assert len(kept(editor)) == 8


def test_putting_it_on_the_staff_network_alone_warns_and_still_saves(editor: ActionPlanEditor):
    assert not editor.fields.warned.value
    write(editor, owner="BME staff network")
    assert "A staff network cannot carry this alone" in editor.fields.warned.value
    editor.save()
    assert kept(editor).loc[NAME, "owner"] == "BME staff network"
    write(editor, owner="Chief executive with the BME staff network")
    assert not editor.fields.warned.value


@pytest.mark.parametrize(("choice", "owner"), [("theirs", "Chair"), ("mine", "Medical director"), ("both", "Chair")])
def test_two_people_saving_at_once_choose_between_both_versions(editor: ActionPlanEditor, counts, choice, owner):
    second = ActionPlanEditor(editor._path, counts, TODAY)
    write(editor, owner="Chair")
    editor.save()
    assert editor.conflict.layout.display == "none"
    write(second, owner="Medical director")
    second.save()
    assert second.conflict.layout.display is None
    assert all(words in second.conflict.versions.value for words in ("Owner (a role)", "Chair", "Medical director"))
    second.conflict.settle(choice)
    assert second.conflict.layout.display == "none"
    assert kept(second).loc[NAME, "owner"] == owner
    versions = kept(second)[kept(second).index.str.startswith(NAME)]
    assert len(versions) == (2 if choice == "both" else 1)
    assert all(words in second._history.value for words in ("Chief people officer", "Chair"))


def test_a_decision_on_one_action_loses_nothing_typed_for_another(editor: ActionPlanEditor, counts):
    second = ActionPlanEditor(editor._path, counts, TODAY)
    for one, owner in ((editor, "Chair"), (second, "Medical director")):
        write(one, owner=owner)
        one.save()
    second.chosen.value = "Speak-up champions"
    write(second, owner="Chief nurse")
    second.conflict.settle("mine")
    assert second.fields.row()["owner"] == "Medical director"
    second.chosen.value = "Speak-up champions"
    assert second.fields.row()["owner"] == "Chief nurse"


def test_different_actions_changed_at_once_are_both_kept_without_a_question(editor: ActionPlanEditor, counts):
    second = ActionPlanEditor(editor._path, counts, TODAY)
    write(editor, owner="Chair")
    editor.save()
    second.chosen.value = "Speak-up champions"
    write(second, owner="Chief nurse")
    second.save()
    assert kept(second).loc[[NAME, "Speak-up champions"], "owner"].tolist() == ["Chair", "Chief nurse"]
    assert second.conflict.layout.display == "none"


def test_the_spreadsheet_holds_the_plan_with_its_progress_and_no_formula(editor: ActionPlanEditor):
    progress = editor._progress()
    progress["learnt"] = progress["learnt"].mask(progress["action"] == NAME, '=HYPERLINK("http://example.org")')
    book = load_workbook(BytesIO(plan_file(progress, SPREADSHEET, TODAY).content))
    sheet = book["Action plan"]
    heading, *rows = sheet.iter_rows(values_only=True)
    by_name = {row[0]: dict(zip(heading, row, strict=True)) for row in rows}
    assert len(by_name) == 7
    assert by_name[NAME]["What the data say"] == "evidence of progress"
    assert by_name["Speak-up champions"]["Overdue"] == "since 2025-06-01"
    assert "staff network" in by_name["Speak-up champions"]["Owner to settle"]
    assert sheet.freeze_panes == "B2"
    told = dict(zip(heading, rows[0], strict=True))
    assert told["Question to leaders"] == "Q6. Is your anti-racist action plan in action?"
    assert told["Indicator to move"] == "2. Appointment from shortlisting"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.row_dimensions[2].height > 15, "a text of two lines has room for two"
    assert all(12 <= size.width <= 28 for size in sheet.column_dimensions.values())
    texts = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [(cell.data_type, cell.quotePrefix) for cell in texts] == [("s", True)]
    assert f"computed on {TODAY}" in book["Notes"]["A1"].value


def test_the_csv_that_is_taken_away_can_be_read_again(editor: ActionPlanEditor, tmp_path: Path):
    (tmp_path / "plan.csv").write_bytes(editor._file(CSV).content)
    again = read_action_plan(tmp_path / "plan.csv").sort_values("action", ignore_index=True)
    pd.testing.assert_frame_equal(again, editor.plan.sort_values("action", ignore_index=True))


def test_what_a_notebook_keeps_of_it_depends_on_no_path_and_no_date(editor: ActionPlanEditor):
    assert repr(editor) == f"ActionPlanEditor(action={NAME!r})"


def test_explorers_of_the_plan_show_at_once_what_is_saved(counts: pd.DataFrame):
    path = plan_to_edit()
    released, places = release(counts), places_to_learn_from(counts)
    explorer = ActionPlanExplorer(released, action_progress(read_action_plan(path), counts, TODAY), places)
    editor = ActionPlanEditor(path, counts, TODAY, shown_by=[explorer])
    before = explorer.answer.sentence
    editor.chosen.value = ""
    write(editor, action="Fair rota", what="Rotas are drawn by lot", organisation="Newby Hospitals")
    editor.save()
    assert "Fair rota" in explorer.answer.table["Action"].tolist()
    assert "only proposed for 2" in explorer.answer.sentence
    assert explorer.answer.sentence != before
    explorer.organisation = "Newby Hospitals"
    assert "Newby Hospitals has 1 action: only proposed for 1." in explorer.answer.sentence
