from dataclasses import replace
from html import unescape

import pytest
from playwright.sync_api import sync_playwright

from equity_metrics.packs.board_paper import board_paper
from equity_metrics.packs.statements import suppression_statement
from equity_metrics.views.drawing.on_screen import on_screen

TITLE = "Bramwell Hospitals <2025>"


@pytest.fixture(scope="module")
def paper(answers, provenance):
    return board_paper(TITLE, answers, provenance)


@pytest.fixture(scope="module")
def page(chromium, paper, tmp_path_factory):
    """Open the paper in a browser that has no network."""
    file = tmp_path_factory.mktemp("paper") / "paper.html"
    file.write_text(paper, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True, viewport={"width": 1280, "height": 720}).new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri())
        yield page
        browser.close()


@pytest.mark.browser
def test_a_board_reads_each_answer_with_picture_table_and_words(page, answers, provenance):
    assert page.title() == TITLE
    assert page.locator("section h2").count() == page.locator("section table").count() == len(answers)
    for position, answer in enumerate(answers):
        section = page.locator("section").nth(position)
        assert section.get_by_role("img").locator("title").first.text_content() == answer.alt
        assert section.locator("figure svg").bounding_box()["width"] > 600
        text = section.inner_text()
        assert all(note in text for note in (answer.alt, *answer.notes))
    foot = page.locator("footer").inner_text()
    assert all(line in foot for line in (*provenance.lines(), *suppression_statement()))


@pytest.mark.browser
def test_it_asks_for_no_other_file_and_fits_the_page(page, paper):
    assert len(page.asked) == 1
    assert len(paper.encode()) < 6e6
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.browser
def test_each_answer_starts_a_printed_page(page, answers):
    pages = page.pdf(prefer_css_page_size=True)
    assert pages.count(b"/Type /Page\n") >= len(answers) + 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 688


@pytest.mark.usefixtures("no_chromium")
def test_without_chromium_the_tables_stand_alone(answers, provenance):
    paper = unescape(board_paper(TITLE, answers, provenance))
    assert "This paper has no pictures. Pictures must be drawn by Chromium, got: none" in paper
    assert "<svg" not in paper
    assert paper.count("<table") == len(answers)


@pytest.mark.usefixtures("no_chromium")
def test_words_never_become_part_of_the_page(answers, provenance):
    risky = replace(answers[0], sentence="<script>alert(1)</script>", alt="<img src=x>", notes=("<b>",))
    paper = board_paper("<script>", [risky], provenance)
    assert "<script" not in paper
    assert "<img" not in paper


def test_what_stays_on_screen_is_refused(answers, provenance):
    with pytest.raises(ValueError) as refused:
        board_paper(TITLE, [on_screen(answers[0])], provenance)
    assert "not exported" in str(refused.value)
