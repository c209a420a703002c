"""Answers and where they come from in; slides with charts that can be edited out."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from equity_metrics.packs.drawn_charts import DrawnChart, drawn_charts
from equity_metrics.packs.headlines import headline
from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.slide_charts import FACE, Place, put_chart, slide_colour
from equity_metrics.packs.statements import CUT, check_to_take_away, suppression_statement
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing import palette

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
EDGE, GAP = Inches(0.5), Inches(0.2)
ACROSS = Emu(WIDTH - 2 * EDGE)
TITLE_ONLY = 5
"""Of the layouts that a new presentation has."""
INK, MUTED = slide_colour(palette.INK), slide_colour(palette.MUTED)
TITLE_SIZES, TEXT_SIZES = ((120, 22), (220, 18), (10_000, 14)), ((300, 16), (620, 13), (10_000, 10))
"""Up to how many letters a title and a text are written how large, in points, so that neither covers what is below."""
NOTHING = "Nothing could be drawn: every number of this picture is withheld. The page of notes has the reasons."


def slides(title: str, answers: Sequence[Answer], provenance: Provenance) -> bytes:
    """Write answers as slides (PPTX): what the pictures show, as charts that can be edited.

    Parameters
    ----------
    title
        Of the whole: what was asked, of whom and when.
    answers
        Made of released tables.
    provenance
        Where the numbers come from.

    Returns
    -------
    bytes
        One slide an answer: its first sentence as title, the others below, one chart a panel of its picture; the
        picture in words on each chart; words, notes and provenance on the page of notes. The workbook inside a chart
        holds the numbers that it draws and no others. The last slide says where the numbers come from, and what is
        withheld.

    Raises
    ------
    ValueError
        In one sentence, if there is no answer, or one may not be taken away.
    """
    check_to_take_away(answers)
    show = Presentation()
    show.slide_width, show.slide_height = WIDTH, HEIGHT
    show.core_properties.title, show.core_properties.author = title, f"equity_metrics {provenance.version}"
    show.core_properties.created = show.core_properties.modified = datetime.fromisoformat(provenance.made_on)
    for answer in answers:
        _put_answer(_new_slide(show, headline(answer.sentence)[0]), answer, title, provenance)
    last = _new_slide(show, "Where the numbers come from, and what is withheld")
    lines = [*provenance.lines(), *suppression_statement()]
    _put_text(last, "\n".join(lines), (EDGE, Inches(1.35), ACROSS, Inches(5.6)), 12)
    file = BytesIO()
    show.save(file)
    return file.getvalue()


def _new_slide(show: Show, title: str) -> Slide:
    slide: Slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    box = slide.shapes.title
    assert box is not None, "the layout has a title"
    box.left, box.top, box.width, box.height = EDGE, Inches(0.3), ACROSS, Inches(1.0)
    box.text_frame.word_wrap, box.text_frame.vertical_anchor = True, MSO_ANCHOR.TOP
    box.text_frame.text = title
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold = Pt(_size(title, TITLE_SIZES)), True
    paragraph.font.name, paragraph.font.color.rgb = FACE, INK
    return slide


def _put_answer(slide: Slide, answer: Answer, title: str, provenance: Provenance) -> None:
    rest, charts = headline(answer.sentence)[1], drawn_charts(answer.figure)
    if rest:
        _put_text(slide, rest, (EDGE, Inches(1.3), ACROSS, Inches(1.0)), _size(rest, TEXT_SIZES))
    top, height = Inches(2.3), Inches(4.6)
    if charts:
        _put_charts(slide, charts, answer.alt, (EDGE, top, ACROSS, height))
    else:
        _put_text(slide, NOTHING, (EDGE, top, ACROSS, height), 14)
    foot = f"{title}. {provenance.lines()[0]} {provenance.lines()[-1]}"
    _put_text(slide, foot, (EDGE, Inches(7.0), ACROSS, Inches(0.35)), 10, MUTED)
    cut = [CUT] if any(chart.log for chart in charts) else []
    notes = ["The picture in words: " + answer.alt, *answer.notes, *cut, *provenance.lines(), *suppression_statement()]
    page = slide.notes_slide.notes_text_frame
    assert page is not None, "a new slide has a page of notes"
    page.text = "\n".join([answer.sentence, *notes])


def _put_charts(slide: Slide, charts: tuple[DrawnChart, ...], alt: str, place: Place) -> None:
    left, top, across, height = place
    width = (across - GAP * (len(charts) - 1)) // len(charts)
    for position, chart in enumerate(charts):
        put_chart(slide, chart, alt, (Emu(left + position * (width + GAP)), top, Emu(width), height))


def _put_text(slide: Slide, text: str, place: Place, size: int, colour: RGBColor = INK) -> None:
    frame = slide.shapes.add_textbox(*place).text_frame
    frame.word_wrap = True
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.color.rgb, paragraph.space_after = Pt(size), colour, Pt(4)
        paragraph.font.name = FACE


def _size(text: str, sizes: tuple[tuple[int, int], ...]) -> int:
    return next(size for most, size in sizes if len(text) <= most)
