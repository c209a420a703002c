"""A machine so slow that no widget is loaded in time: what a picture shows must still be what the words say."""

import pytest

from browser.test_lab import PICTURE, opened

pytestmark = pytest.mark.browser
# Widgets are given two seconds to load; here that time is over at once.
SLOW = """
const wait = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (time) => wait(time === 2000 ? 1 : time);
"""
OTHERS_WORDS = "([path, was]) => document.querySelector(path).textContent !== was"


def shown(page) -> str:
    return page.locator(PICTURE).text_content()


def test_a_picture_of_a_slow_page_follows_the_choice(page, pages):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(SLOW)
    opened_as_page(page, pages)
    before = shown(page)
    page.get_by_label("Organisation").first.select_option(index=3)
    page.wait_for_function(OTHERS_WORDS, arg=[PICTURE, before])
    assert errors == []


def test_a_picture_of_a_slow_jupyterlab_follows_the_choice(page, lab):
    page.add_init_script(SLOW)
    opened(page, lab, "00_start_here.ipynb")
    before = shown(page)
    page.get_by_label("Organisation").first.select_option(index=3)
    page.wait_for_function(OTHERS_WORDS, arg=[PICTURE, before])


def test_a_picture_that_stays_behind_is_told_of(page, pages, artefacts):
    page.add_init_script(f"{SLOW}; AbortSignal.timeout.patient = true;")
    opened_as_page(page, pages)
    before = shown(page)
    assert page.locator(".em-behind").count() == 0
    page.get_by_label("Organisation").first.select_option(index=3)
    told = page.locator(".em-behind")
    told.wait_for()
    assert told.inner_text().startswith("The picture still shows an earlier choice")
    assert shown(page) == before
    page.screenshot(path=str(artefacts / "picture-behind.png"))


def opened_as_page(page, pages) -> None:
    page.goto(pages)
    page.get_by_role("link", name="Where is our biggest gap").click()
    page.wait_for_selector(f"{PICTURE}[aria-label] .main-svg", timeout=300_000)
    page.wait_for_timeout(1_000)
