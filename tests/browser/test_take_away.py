"""One click in a real browser: what is on screen is saved, and real readers open it again."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from browser.test_lab import opened

pytestmark = pytest.mark.browser
ROW = ".em-explorer .em-take-away"


def saved(page, form: str) -> tuple[str, bytes]:
    page.locator(ROW).get_by_label("Take it away as").first.select_option(form)
    with page.expect_download(timeout=60_000) as download:
        page.locator(ROW).get_by_role("button", name="Take it away").first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_what_is_on_screen_is_saved_in_one_click(page, lab, artefacts):
    opened(page, lab, "00_start_here.ipynb")
    sentence = page.locator(".em-explorer .em-sentence").first.inner_text()
    name, content = saved(page, "Spreadsheet (XLSX)")
    assert name.endswith(".xlsx")
    assert load_workbook(BytesIO(content))["Notes"]["B3"].value == sentence
    name, content = saved(page, "Slide with charts to edit (PPTX)")
    slide = Presentation(BytesIO(content)).slides[0]
    assert sentence.startswith(slide.shapes.title.text)
    assert any(shape.has_chart for shape in slide.shapes)
    name, content = saved(page, "Board paper (HTML)")
    assert "<svg" in content.decode()
    page.locator(ROW).first.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    page.screenshot(path=str(artefacts / "take_away.png"))
    assert page.locator(ROW).get_by_role("status").first.inner_text().startswith(f"Ready: {name}")
    page.locator(ROW).get_by_label("Take it away as").first.select_option("Picture (PNG)")
    page.locator(ROW).get_by_role("button", name="Take it away").first.click()
    page.locator(ROW).get_by_role("button", name="Stop").first.click()
    page.locator(ROW).get_by_text("Stopped: no file was made.").first.wait_for()
    page.get_by_label("Ethnic groups").first.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"!document.querySelector('{ROW} [role=status]').innerText")
    assert not page.locator(ROW).get_by_role("link").first.is_visible()
