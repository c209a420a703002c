"""The action plan in a real browser: an action is added, a colleague saves the same one, both versions are shown."""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from browser.test_lab import opened
from equity_metrics.sources.action_plans import read_action_plan
from equity_metrics.sources.saved_action_plans import save_action_plan

pytestmark = pytest.mark.browser
NEW = "Fair rota by lot"


def kept_at() -> Path:
    """Find the copy that the page works on: the only one that holds the new action."""
    plans = Path(tempfile.gettempdir()).glob("equity_metrics_*/action_plan_synthetic.csv")
    return max(
        (plan for plan in plans if NEW in plan.read_text(encoding="utf-8")), key=lambda plan: plan.stat().st_mtime
    )


def test_two_people_edit_the_plan_and_lose_nothing(page, lab, artefacts):
    opened(page, lab, "13_action_plan.ipynb")
    editor = page.locator(".em-explorer", has=page.get_by_role("button", name="Save the plan"))
    field = {label: editor.get_by_label(label, exact=True) for label in ("Action", "What is done", "Owner (a role)")}
    save = editor.get_by_role("button", name="Save the plan")
    field["Action"].select_option("Add an action")
    cells = page.locator(".jp-Cell").count()
    editor.get_by_label("Name of the action").click()
    page.keyboard.type(NEW)
    page.keyboard.press("Tab")
    assert page.locator(".jp-Cell").count() == cells, "JupyterLab took a letter for a shortcut"
    save.click()
    fault = editor.locator(".em-fault")
    fault.first.wait_for()
    assert fault.all_inner_texts() == ["What is done: Nothing is written here; say it in a few words."]
    field["What is done"].fill("Rotas are drawn by lot")
    field["Owner (a role)"].fill("BME staff network")
    editor.locator(".em-warned").wait_for()
    save.click()
    editor.get_by_text(f"Saved: {NEW}.").wait_for()

    path = kept_at()
    read = read_action_plan(path)
    theirs = read.assign(owner=read["owner"].mask(read["action"] == NEW, "Chief nurse"))
    save_action_plan(theirs, path, read)
    field["Owner (a role)"].fill("Medical director")
    save.click()
    frame = editor.locator(".em-conflict")
    frame.get_by_role("button", name="Keep both").wait_for()
    frame.scroll_into_view_if_needed()
    page.screenshot(path=str(artefacts / "action-plan-conflict.png"))
    assert all(owner in frame.inner_text() for owner in ("Chief nurse", "Medical director"))
    frame.get_by_role("button", name="Keep both").click()
    frame.wait_for(state="hidden")
    shutil.rmtree(path.parent)

    with page.expect_download(timeout=60_000) as download:
        editor.get_by_role("button", name="Take it away").click()
    sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))["Action plan"]
    owners = {row[0]: row[4] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0].startswith(NEW)}
    assert owners == {NEW: "Chief nurse", f"{NEW} (second version)": "Medical director"}
