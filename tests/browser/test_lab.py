"""The notebooks as a person meets them: JupyterLab really open, a control really moved, the picture really changed."""

import pytest
from playwright.sync_api import TimeoutError as TooLong

pytestmark = pytest.mark.browser
PICTURE = ".em-explorer .js-plotly-plot"
SENTENCE, TABLE = ".em-explorer .em-sentence", ".em-explorer .em-table"
UNNAMED = "select => !select.labels.length || !select.labels[0].innerText"


def opened(page, lab: str, notebook: str) -> None:
    """Open a notebook in JupyterLab, run all its cells, wait for its picture and turn to it."""
    page.goto(lab.replace("00_start_here.ipynb?", f"{notebook}?reset&"))
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=60_000)
    page.wait_for_timeout(1_500)
    assert page.locator("dialog").count() == 0, "a dialogue covers the notebook"
    run_all(page)
    page.wait_for_selector(f"{PICTURE}[aria-label] .main-svg", state="attached", timeout=300_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=60_000)
    page.evaluate("document.querySelector('.em-explorer').scrollIntoView()")
    page.wait_for_timeout(1_000)


def run_all(page) -> None:
    """Press Run All; pressed in the same moment as the kernel turns idle it can be lost, so look, and press again."""
    for _ in range(3):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
        try:
            page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=busy]", timeout=5_000)
        except TooLong:
            continue
        return
    raise AssertionError("JupyterLab did not run the cells")


def drawn(page) -> str:
    return page.evaluate(f"document.querySelector('{PICTURE} .main-svg').outerHTML")


@pytest.mark.parametrize(
    ("notebook", "control"),
    [
        ("00_start_here.ipynb", "Group"),
        ("01_wres_at_a_glance.ipynb", "Indicator"),
        ("02_staff_survey.ipynb", "Question"),
    ],
)
def test_the_keyboard_alone_changes_picture_table_and_sentence(page, lab, artefacts, notebook, control):
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    opened(page, lab, notebook)
    page.screenshot(path=str(artefacts / f"{notebook}.png"))
    assert page.locator(PICTURE).first.get_attribute("aria-label")
    assert page.evaluate(f"[...document.querySelectorAll('.em-explorer select')].filter({UNNAMED}).length") == 0
    before = drawn(page), page.locator(SENTENCE).first.inner_text(), page.locator(TABLE).first.inner_text()
    cells = page.locator(".jp-Cell").count()
    if notebook.startswith("00"):
        page.get_by_label("Ethnic groups").first.focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(1_000)
    page.get_by_label(control, exact=True).first.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "told => document.querySelector('.em-explorer .em-sentence').innerText != told", arg=before[1]
    )
    page.wait_for_function(f"svg => document.querySelector('{PICTURE} .main-svg').outerHTML != svg", arg=before[0])
    assert page.locator(TABLE).first.inner_text() != before[2]
    assert page.locator(".jp-Cell").count() == cells, "JupyterLab took the key for a shortcut"
    page.wait_for_timeout(500)
    page.screenshot(path=str(artefacts / f"{notebook}-changed.png"))
    assert errors == []
    elsewhere = [u for u in asked if not u.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))]
    assert elsewhere == [], "the page asked the network for something"


def test_a_page_that_is_loaded_again_goes_on_with_its_kernel(page, lab):
    opened(page, lab, "00_start_here.ipynb")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1_500)
    page.goto(page.url.replace("?reset&", "?"))
    page.wait_for_selector(f"{PICTURE}[aria-label] .main-svg", state="attached", timeout=60_000)
    page.wait_for_timeout(1_500)
    before = drawn(page)
    page.get_by_label("Organisation").first.select_option(index=3)
    page.wait_for_function(f"svg => document.querySelector('{PICTURE} .main-svg').outerHTML != svg", arg=before)
