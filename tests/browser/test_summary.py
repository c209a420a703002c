"""A board presses a cell of the summary with the keyboard, reads its chart and goes back to where it was."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

pytestmark = pytest.mark.browser
CELL = "button[data-cell='8|Black or Black British']"
SENTENCE = ".em-explorer .em-sentence"
CUT = "cells => cells.filter(c => c.scrollWidth > c.clientWidth || c.scrollHeight > c.clientHeight).length"


def test_every_cell_is_a_key_away_from_its_chart(page, pages, artefacts):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(pages)
    page.get_by_role("link", name="How do we stand on the nine WRES indicators").click()
    page.wait_for_selector(".em-explorer .js-plotly-plot[aria-label] .main-svg", timeout=300_000)
    page.wait_for_timeout(1_000)
    grid = page.locator(".em-grid")
    grid.scroll_into_view_if_needed()
    assert grid.bounding_box()["height"] < 620, "the table does not fit a projector"
    assert page.locator(".em-grid button").evaluate_all(CUT) == 0
    before = page.locator(SENTENCE).first.inner_text()
    page.locator(CELL).focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"told => document.querySelector('{SENTENCE}').innerText != told", arg=before)
    assert "Black or Black British" in page.locator(SENTENCE).first.inner_text()
    assert page.locator(CELL).get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.innerText") == page.locator(SENTENCE).first.inner_text()
    page.screenshot(path=str(artefacts / "summary-chart.png"))
    page.get_by_role("button", name="Back to the table").press("Enter")
    page.wait_for_function(f'document.activeElement === document.querySelector("{CELL}")')
    page.screenshot(path=str(artefacts / "summary.png"))
    page.get_by_label("Groups", exact=True).select_option(index=1)
    african = page.locator("button[data-cell='2|Black or Black British - African']")
    african.press("Enter")
    page.wait_for_function(f"() => document.querySelector('{SENTENCE}').innerText.includes('- African')")
    assert page.locator(".em-grid button").evaluate_all(CUT) == 0
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Take the table away").click()
    sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))["Summary"]
    shown = [row[2] for row in sheet.iter_rows(values_only=True) if row[0] == "Black or Black British - African"]
    assert shown[0].splitlines()[0] == african.locator("b").inner_text()
    page.screenshot(path=str(artefacts / "summary-detailed.png"))
    assert errors == []
