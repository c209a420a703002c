import asyncio
import struct
import xml.etree.ElementTree as ET
from threading import Event
from typing import ClassVar

import plotly.graph_objects as go
import pytest

from equity_metrics.packs.pictures import PictureError, picture, pictures
from equity_metrics.views.drawing.on_screen import on_screen

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.usefixtures("chromium")
def test_a_png_is_sharp_and_says_where_it_comes_from(answers, provenance):
    png = picture(answers[0], provenance, "png")
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert width == 2 * 840
    assert height > 2 * answers[0].figure.layout.height
    for words in (answers[0].sentence, answers[0].alt, *provenance.lines()):
        assert words.encode() in png


@pytest.mark.usefixtures("chromium")
def test_an_svg_has_a_name_and_its_words_and_shows_where_it_comes_from(answers, provenance):
    svg = ET.fromstring(picture(answers[1], provenance, "svg"))
    assert svg.attrib["role"] == "img"
    assert svg.find(f"{SVG}title").text == answers[1].sentence
    assert svg.find(f"{SVG}desc").text.startswith(answers[1].alt)
    seen = [text for node in svg.iter(f"{SVG}text") for text in node.itertext()]
    assert provenance.lines()[0] in seen
    assert provenance.lines()[-1] in seen


@pytest.mark.usefixtures("chromium")
def test_a_pdf_is_a_pdf(answers, provenance):
    assert picture(answers[0], provenance, "pdf").startswith(b"%PDF")


@pytest.mark.usefixtures("chromium")
def test_pictures_of_one_page_are_drawn_alike_and_share_no_name(answers):
    drawn = pictures([answers[0].figure, answers[0].figure], "svg")
    assert drawn[0].replace(b"p00000", b"p00001") == drawn[1]
    names = [{n.attrib["id"] for n in ET.fromstring(svg).iter() if "id" in n.attrib} for svg in drawn]
    assert names[0]
    assert not names[0] & names[1]


@pytest.mark.usefixtures("no_chromium")
def test_without_chromium_one_sentence_says_so(answers, provenance):
    with pytest.raises(PictureError) as refused:
        picture(answers[0], provenance)
    assert str(refused.value) == (
        "Pictures must be drawn by Chromium, got: none on this machine; install it (apt-get install chromium), "
        "or take the spreadsheet or the slides, which do without."
    )


def test_what_cannot_be_drawn_is_refused_before_anything_starts(answers, provenance):
    with pytest.raises(ValueError) as refused:
        picture(answers[0], provenance, "gif")
    assert str(refused.value) == "kind must be one of png, svg, pdf, got: 'gif'"
    with pytest.raises(ValueError) as refused:
        picture(on_screen(answers[0]), provenance)
    assert "not exported" in str(refused.value)


class SlowBrowser:
    """Stands for Chromium; the first picture takes so long that somebody presses Ctrl-C."""

    drawn: ClassVar[list[str]] = []
    at_work = Event()

    def __init__(self, **_):
        self.drawn.clear()
        self.at_work.clear()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        self.drawn.append("closed")

    async def calc_fig(self, *_, **__):
        self.drawn.append("picture")
        self.at_work.set()
        await asyncio.sleep(0.5)
        return b""


def pressed(*_):
    """Stands for the wait that Ctrl-C ends: a real signal would be taken by whoever asked for it last, Spark too."""
    SlowBrowser.at_work.wait()
    raise KeyboardInterrupt


def test_a_stop_ends_after_the_picture_at_hand_and_closes_the_browser(monkeypatch):
    monkeypatch.setattr("equity_metrics.packs.pictures.wait", pressed)
    monkeypatch.setattr("equity_metrics.packs.pictures.Kaleido", SlowBrowser)
    with pytest.raises(KeyboardInterrupt):
        pictures([go.Figure()] * 5, "png")
    assert SlowBrowser.drawn == ["picture", "closed"]
