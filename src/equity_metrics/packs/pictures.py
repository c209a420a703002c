"""Figures in; PNG, SVG or PDF files out, drawn by the Chromium of this machine without any request to the network."""

import asyncio
import re
import struct
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from html import escape
from textwrap import wrap
from threading import Event

import plotly.graph_objects as go
from kaleido import Kaleido
from kaleido.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError

from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.statements import check_to_take_away
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import WIDTH

FORMATS = ("png", "svg", "pdf")
PNG_SCALE = 2
"""Pixels of a PNG for each one of the page: sharp on a projector and in print."""
LETTERS, LINE = 125, 15
"""Of a line of the foot; and its height in pixels."""
STEP = 0.1
"""Seconds between two looks whether somebody stops the drawing."""
SVG_NAMES = re.compile(rb"defs-([0-9a-f]{6})")
SVG_TRACES = re.compile(rb'(class="trace [a-z]+) trace[0-9a-f]{6}')


class PictureError(RuntimeError):
    """No picture can be drawn here; its one sentence says why, and what can be done."""


def picture(answer: Answer, provenance: Provenance, kind: str = "png") -> bytes:
    """Draw the picture of an answer as a file that says where its numbers come from.

    Parameters
    ----------
    answer
        Made of released tables.
    provenance
        Where the numbers come from; written under the picture, and into the file where the format has a place for it.
    kind
        ``png``, ``svg`` or ``pdf``.

    Returns
    -------
    bytes
        As wide as on screen; a PNG has twice the pixels.

    Raises
    ------
    PictureError
        In one sentence, where there is no Chromium, or it does not start.
    ValueError
        In one sentence, if the answer may not be taken away, or the format is not known.
    """
    check_to_take_away([answer])
    figure = _with_foot(answer.figure, provenance)
    (drawn,) = pictures([figure], kind)
    if kind == "png":
        return _told_png(drawn, {"Title": answer.sentence, "Description": answer.alt, "Source": _said(provenance)})
    if kind == "svg":
        return described_svg(drawn.decode(), answer.sentence, f"{answer.alt} {_said(provenance)}").encode()
    return drawn


def pictures(figures: Sequence[go.Figure], kind: str) -> tuple[bytes, ...]:
    """Draw figures with one start of the browser.

    Parameters
    ----------
    figures
        Of any size.
    kind
        ``png``, ``svg`` or ``pdf``.

    Returns
    -------
    tuple of bytes
        One file a figure. An SVG is the same at each run, and no two share a name, so that they can stand on one page.

    Raises
    ------
    PictureError, ValueError
        As :func:`picture`.
    """
    if kind not in FORMATS:
        raise ValueError(f"kind must be one of {', '.join(FORMATS)}, got: {kind!r}")
    try:
        drawn = _elsewhere(figures, kind)
    except ChromeNotFoundError:
        raise PictureError(
            "Pictures must be drawn by Chromium, got: none on this machine; install it "
            "(apt-get install chromium), or take the spreadsheet or the slides, which do without."
        ) from None
    except (BrowserClosedError, BrowserFailedError, TimeoutError) as error:
        raise PictureError(
            f"Pictures must be drawn by Chromium, got: one that did not start ({type(error).__name__}); try again, "
            "or take the spreadsheet or the slides, which do without."
        ) from None
    return tuple(drawn if kind != "svg" else (_named(svg, n) for n, svg in enumerate(drawn)))


def described_svg(svg: str, title: str, description: str) -> str:
    """Give an SVG a name and its words, for eyes that do not see it.

    Parameters
    ----------
    svg, title, description
        The picture, what it is called, and what it shows.

    Returns
    -------
    str
    """
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return re.sub(r"<svg([^>]*)>", lambda tag: f'<svg role="img"{tag[1]}>{words}', svg, count=1)


def _elsewhere(figures: Sequence[go.Figure], kind: str) -> list[bytes]:
    """Draw in a thread of its own, for a notebook's is busy with its own loop; stopped here, it stops there too."""
    stop = Event()
    with ThreadPoolExecutor(1) as thread:
        drawn = thread.submit(asyncio.run, _draw(figures, kind, stop))
        try:
            # In short steps: a wait without an end does not notice everywhere that it is to stop.
            while not wait([drawn], STEP).done:
                pass
            return drawn.result()
        except BaseException:  # Ctrl-C, or whatever another library's handler of it raises
            stop.set()
            raise


async def _draw(figures: Sequence[go.Figure], kind: str, stop: Event) -> list[bytes]:
    # MathJax would be asked for on the network.
    async with Kaleido(mathjax=False) as browser:
        asked = {"format": kind, "scale": PNG_SCALE if kind == "png" else 1}
        # Stopped between two pictures, so that the browser is closed as always: one that is torn off stays behind.
        return [await browser.calc_fig(figure, opts=asked) for figure in figures if not stop.is_set()]


def _named(svg: bytes, number: int) -> bytes:
    """Replace the names that plotly draws by lot: a page needs its own for each picture, the same at each run."""
    for lot in set(SVG_NAMES.findall(svg)):
        svg = svg.replace(lot, f"p{number:05d}".encode())
    return SVG_TRACES.sub(rb"\1", svg)


def _with_foot(figure: go.Figure, provenance: Provenance) -> go.Figure:
    lines = [part for line in provenance.lines() for part in wrap(line, LETTERS)]
    grown = LINE * (len(lines) + 1)
    height, below = (figure.layout.height or 450) + grown, (figure.layout.margin.b or 80) + grown
    # A title's first line is what its place is reckoned from.
    place = {"x": 0.01, "xanchor": "left", "xref": "container", "y": grown / height, "yref": "container"}
    look = {"font": {"size": 11, "color": palette.MUTED}, "yanchor": "top", **place}
    told = go.Figure(figure)
    told.update_layout(title={"text": "<br>".join(map(escape, lines)), **look})
    return told.update_layout(height=height, width=figure.layout.width or WIDTH, margin_b=below)


def _said(provenance: Provenance) -> str:
    return " ".join(provenance.lines())


def _told_png(png: bytes, words: dict[str, str]) -> bytes:
    """Put words behind the first block of a PNG, as its standard lays down (iTXt)."""
    told = [_block(b"iTXt", key.encode() + b"\0\0\0\0\0" + text.encode()) for key, text in words.items()]
    first = 8 + 12 + 13
    return png[:first] + b"".join(told) + png[first:]


def _block(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
