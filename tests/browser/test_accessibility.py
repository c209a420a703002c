"""Presented pages as people with a screen reader, a keyboard or weak eyes meet them."""

import os
from pathlib import Path

import axe_playwright_python
import pytest

from browser.controls import each_control_moved

pytestmark = pytest.mark.browser
REPOSITORY = Path(__file__).resolve().parents[2]
EVERY = sorted(path.name for path in (REPOSITORY / "notebooks").glob("*.ipynb"))
USUAL = ["01_wres_at_a_glance.ipynb", "13_action_plan.ipynb"]
NOTEBOOKS = EVERY if os.environ.get("EQUITY_METRICS_EVERY_PAGE") else USUAL
"""Opening every page takes three minutes; the usual ones are those that other tests of this folder open too."""
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DRAWN = "() => [...document.querySelectorAll('.js-plotly-plot')].every(one => one.querySelector('.main-svg'))"
SERIOUS = ("serious", "critical")
WHOLE, HALF = {"width": 1280, "height": 720}, {"width": 640, "height": 360}
"""A projector, and what is left of it at 200 % zoom."""
WIDTH = "() => document.documentElement.scrollWidth"
NAMELESS = (
    """() => [...document.querySelectorAll(".js-plotly-plot")].filter(one => !one.getAttribute("aria-label")).length"""
)
TABLES = """() => [...document.querySelectorAll(".em-explorer")].filter(
  one => one.querySelector(".js-plotly-plot") && !one.querySelector("table")).length"""

CUT = """() => {
  const seen = [...document.querySelectorAll("body *")].filter(
    one => one.getBoundingClientRect().width > 1 && !one.closest("svg, select, .em-unseen") &&
      [...one.childNodes].some(node => node.nodeType == 3 && node.textContent.trim()));
  const hides = overflow => ["hidden", "clip"].includes(overflow);
  return seen.filter(one => {
    const look = getComputedStyle(one);
    return hides(look.overflowX) && one.scrollWidth > one.clientWidth + 1 ||
      hides(look.overflowY) && one.scrollHeight > one.clientHeight + 2;
  }).map(one => one.textContent.trim().slice(0, 60));
}"""
"""Words of the page that are cut off where nobody can scroll to them."""
INSIDE = """() => [...document.querySelectorAll("body *")].filter(one => one.scrollHeight > one.clientHeight + 2 &&
  ["auto", "scroll"].includes(getComputedStyle(one).overflowY)).map(one => one.id || one.className)"""
"""Boxes that scroll up and down inside the page that scrolls: what stands at their end is missed."""
RIGHT = """() => [...document.querySelectorAll(".em-left")].filter(
  one => getComputedStyle(one).textAlign != "left").length"""
"""Columns of words that another style sheet sets to the right."""
COVERED = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(plot => {
  const whole = plot.getBoundingClientRect(), grown = whole.width / plot.offsetWidth;
  const words = [...plot.querySelectorAll("svg text")].filter(one => one.textContent.trim())
    .map(one => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  const outside = words.filter(([, box]) => box.left < whole.left - grown || box.right > whole.right + grown ||
    box.top < whole.top - grown || box.bottom > whole.bottom + grown).map(([text]) => ["outside", text]);
  const over = ([, a], [, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 * grown &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4 * grown;
  return [...outside, ...words.flatMap((one, at) =>
    words.slice(at + 1).filter(other => over(one, other)).map(other => [one[0], other[0]]))];
})"""
"""Words of pictures that leave the picture, or lie over each other."""
FOLLOW = """() => [...document.querySelectorAll(".em-explorer")].every(box =>
  [...box.querySelectorAll(".js-plotly-plot")].every(
    ({ layout }) => layout.meta === Number(box.className.match(/em-choice-(\\d+)/)[1])))"""
"""Whether every picture shows what is chosen: each choice has a number, which box and picture bear."""


def opened(page, pages: str, notebook: str):
    """Open the list of questions with its token, from there one page, and wait until its pictures are drawn."""
    page.goto(pages)
    if notebook != "index":
        page.goto(f"{pages.split('?')[0]}voila/render/{notebook}", timeout=300_000)
        page.wait_for_selector("#rendered_cells h1", timeout=300_000)
    page.wait_for_function(DRAWN, timeout=120_000)
    page.wait_for_function(FOLLOW)
    page.wait_for_timeout(500)


def findings(page) -> list[tuple[str, str, str]]:
    """Run axe-core on the page; return rule, part and how bad, of each finding."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)["violations"]
    return [
        (rule["id"], " ".join(map(str, node["target"])), rule["impact"]) for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("notebook", ["index", *NOTEBOOKS])
def test_a_page_can_be_read_and_worked_by_everybody_and_fits_at_twice_its_size(page, pages, artefacts, notebook):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    opened(page, pages, notebook)
    name = notebook.removesuffix(".ipynb")
    page.screenshot(path=str(artefacts / f"presented-{name}.png"))
    assert [found for found in findings(page) if found[2] in SERIOUS] == []
    assert page.evaluate(NAMELESS) == 0, "a picture has no name for a screen reader"
    assert page.evaluate(TABLES) == 0, "a picture has no table beside it"
    assert page.evaluate(WIDTH) <= WHOLE["width"], "the page scrolls sideways"
    assert page.evaluate(COVERED) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(RIGHT) == 0
    assert page.evaluate(INSIDE) == []
    before, moves = page.locator("body").inner_text(), 0
    for place, focused in each_control_moved(page):
        assert (place, page.evaluate(COVERED)) == (place, [])
        assert focused, f"control {place} lost the focus"
        page.wait_for_function(FOLLOW)
        moves += 1
    assert errors == []
    assert moves > 0 or notebook in ("index", "12_review.ipynb"), "no control was moved"
    assert moves == 0 or page.locator("body").inner_text() != before, "nothing answered"
    page.set_viewport_size(HALF)
    page.wait_for_timeout(300)
    page.screenshot(path=str(artefacts / f"presented-{name}-200.png"))
    assert page.evaluate(WIDTH) <= HALF["width"], "the page scrolls sideways at 200 %"
    assert page.evaluate(CUT) == []


def test_a_page_is_worked_with_the_keyboard_alone(page, pages):
    opened(page, pages, "00_start_here.ipynb")
    assert [found for found in findings(page) if found[2] in SERIOUS] == []
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "em-skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.tagName") == "SELECT":
            break
    width = page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert float(width.removesuffix("px")) >= 2, "the focus cannot be seen"
    sentence = page.locator(".em-explorer .em-sentence").first
    before = sentence.inner_text()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("told => document.querySelector('.em-sentence').innerText != told", arg=before)
    assert page.evaluate("() => document.activeElement.tagName") == "SELECT", "the focus was lost"
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    nav, control = (page.locator(one).bounding_box() for one in ("nav", "select:focus"))
    assert nav["y"] == 0, "the questions are out of reach"
    assert control["y"] >= nav["height"], "the questions lie over what has the focus"


def test_a_picture_is_as_large_as_its_page_allows_and_still_tells_what_is_pointed_at(page, pages):
    opened(page, pages, "00_start_here.ipynb")
    picture = page.locator(".js-plotly-plot").first
    drawn = picture.evaluate("one => one.offsetWidth")
    assert drawn * 1.3 < picture.bounding_box()["width"] < WHOLE["width"]
    assert picture.bounding_box()["height"] < WHOLE["height"], "the whole of it cannot be seen at once"
    below = page.locator(".em-explorer .em-alt, .em-explorer details").first.bounding_box()
    assert below["y"] >= picture.bounding_box()["y"] + picture.bounding_box()["height"], "words lie over it"
    picture.scroll_into_view_if_needed()
    dot = page.locator(".js-plotly-plot .points path").first.bounding_box()
    page.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    told = page.locator(".js-plotly-plot .hovertext").first
    told.wait_for()
    assert "Appointment from shortlisting" in told.text_content()
    page.set_viewport_size(HALF)
    page.wait_for_function("wide => document.querySelector('.js-plotly-plot').offsetWidth < wide", arg=HALF["width"])
    assert picture.evaluate("one => one.style.transform") == "scale(1)"


def test_words_that_are_cut_or_covered_are_found(page):
    page.set_content("<p style='width:3em;overflow:hidden;white-space:nowrap'>far too long for it</p><p>whole</p>")
    assert page.evaluate(CUT) == ["far too long for it"]
    words = "".join(f"<text x='{x}' y='20'>{word}</text>" for x, word in ((5, "first"), (9, "second"), (190, "third")))
    page.set_content(f"<div class='js-plotly-plot' style='width:200px'><svg width='200'>{words}</svg></div>")
    assert page.evaluate(COVERED) == [["outside", "third"], ["first", "second"]]


def test_axe_finds_what_is_wrong(page):
    page.set_content("<html><body><img src='data:,'><p style='color:#bbb'>pale</p></body></html>")
    assert {"image-alt", "html-has-lang", "color-contrast"} <= {rule for rule, _, _ in findings(page)}
