"""The notebooks as a board meets them: pages without code, one click between the questions, nothing asked outside."""

import pytest

pytestmark = pytest.mark.browser
PICTURE = ".em-explorer .js-plotly-plot"


def test_a_board_goes_from_question_to_question_and_moves_a_control(page, pages, artefacts):
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(pages)
    page.screenshot(path=str(artefacts / "pages.png"))
    page.get_by_role("link", name="Where is our biggest gap").click()
    page.wait_for_selector(f"{PICTURE}[aria-label] .main-svg", timeout=300_000)
    page.wait_for_timeout(1_000)
    page.screenshot(path=str(artefacts / "page-00.png"))
    assert page.locator(".jp-CodeMirrorEditor, .jp-InputArea-editor").filter(visible=True).count() == 0
    sentence = page.locator(".em-explorer .em-sentence")
    before = sentence.inner_text()
    page.get_by_label("Organisation").first.select_option(index=3)
    page.wait_for_function("told => document.querySelector('.em-sentence').innerText != told", arg=before)
    page.get_by_role("navigation").get_by_role("link", name="WRES at a glance").click()
    page.wait_for_selector(f"{PICTURE}[aria-label] .main-svg", timeout=300_000)
    page.screenshot(path=str(artefacts / "page-01.png"))
    assert page.locator("nav [aria-current=page]").inner_text().startswith("1 WRES at a glance")
    assert errors == []
    elsewhere = [u for u in asked if not u.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))]
    assert elsewhere == [], "the page asked the network for something"


def test_a_fault_in_a_file_is_one_sentence_on_the_page(page, pages):
    page.goto(pages)
    page.goto(f"{pages.split('?')[0]}voila/render/00_start_here.ipynb", timeout=300_000)
    told = page.get_by_role("alert")
    told.wait_for(timeout=300_000)
    assert "row 5, column numerator must be a count, got: '2%'" in told.inner_text()
    assert told.inner_text().count(". ") == 0
    assert "Traceback" not in page.locator("body").inner_text()


def test_nobody_without_the_token_sees_a_page(page, pages):
    answer = page.goto(pages.split("?")[0] + "voila/render/00_start_here.ipynb")
    assert "/login" in page.url or answer.status in (401, 403)
    assert page.locator(".em-explorer").count() == 0
