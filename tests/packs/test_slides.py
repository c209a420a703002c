import re
from dataclasses import replace
from io import BytesIO

import plotly.graph_objects as go
import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from equity_metrics.packs.drawn_charts import drawn_charts
from equity_metrics.packs.headlines import headline
from equity_metrics.packs.slides import slides
from equity_metrics.packs.statements import suppression_statement
from equity_metrics.views.drawing.on_screen import on_screen

FUNNEL = go.Figure(
    [
        go.Scatter(x=[50, 100], y=[1.5, 1.2], mode="lines", name="95 % limits"),
        go.Scatter(x=[60], y=[1.4], mode="markers", name="=1+1"),
    ]
)


def charts_of(slide):
    return [shape for shape in slide.shapes if shape.has_chart]


@pytest.fixture(scope="module")
def show(answers, provenance):
    made = slides("Bramwell Hospitals", (*answers, replace(answers[0], figure=FUNNEL)), provenance)
    assert len(made) < 6e6
    return Presentation(BytesIO(made))


def test_each_answer_has_a_slide_with_its_first_sentence_and_the_last_says_where_from(show, answers, provenance):
    assert len(show.slides) == len(answers) + 2
    for slide, answer in zip(show.slides, answers, strict=False):
        words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert words[:2] == list(headline(answer.sentence))
        assert provenance.lines()[0] in words[-1]
    words = show.slides[-1].shapes[1].text_frame.text
    assert all(line in words for line in (*provenance.lines(), *suppression_statement()))


def test_notes_hold_words_notes_and_provenance(show, answers, provenance):
    for slide, answer in zip(show.slides, answers, strict=False):
        notes = slide.notes_slide.notes_text_frame.text
        assert all(line in notes for line in (answer.sentence, answer.alt, *answer.notes, *provenance.lines()))


def test_charts_are_native_have_words_and_stay_on_the_slide(show, answers):
    for slide, answer in zip(show.slides, answers, strict=False):
        drawn = drawn_charts(answer.figure)
        for shape, chart in zip(charts_of(slide), drawn, strict=True):
            assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == answer.alt
            (series,) = shape.chart.plots[0].series
            values = [None if value != value else value for value in chart.series[0].numbers["value"]]
            assert list(series.values) == values
            assert shape.left >= 0
            assert Emu(shape.left + shape.width) <= show.slide_width
            assert Emu(shape.top + shape.height) <= show.slide_height


def test_intervals_are_arms(show, answers):
    chart = charts_of(show.slides[0])[0].chart
    row = drawn_charts(answers[0].figure)[0].series[0].numbers.iloc[0]
    arms = chart._chartSpace.xpath(".//c:errBars/c:minus//c:v")
    assert float(arms[0].text) == pytest.approx(row["value"] - row["lower"], rel=1e-5)


def test_ratios_stand_on_a_log_axis(show):
    first, _, gap, _, _ = (charts_of(slide)[0].chart._chartSpace for slide in list(show.slides)[:-1])
    assert first.xpath(".//c:logBase/@val") == ["2"]
    assert first.xpath(".//c:crossesAt/@val") == ["1.0"]
    assert gap.xpath(".//c:logBase") == []


def test_the_workbook_inside_a_chart_holds_what_the_chart_draws_and_nothing_else(show):
    for slide in show.slides:
        for shape in charts_of(slide):
            part = shape.chart.part
            sheet = load_workbook(BytesIO(part.chart_workbook.xlsx_part.blob))["Sheet1"]
            drawn = set()
            for reference in part._element.xpath(".//*[c:f]"):
                name, first, last = re.fullmatch(
                    r"(\w+)!(\$\w\$\d+)(?::(\$\w\$\d+))?", reference.find(qn("c:f")).text
                ).groups()
                assert name == sheet.title
                cells = [cell for row in sheet[f"{first}:{last or first}".replace("$", "")] for cell in row]
                shown = {int(point.get("idx")): point.find(qn("c:v")).text for point in reference.iter(qn("c:pt"))}
                for place, cell in enumerate(cells):
                    same = (
                        float(shown[place]) == cell.value
                        if isinstance(cell.value, int | float)
                        else shown.get(place) == cell.value
                    )
                    assert same, (cell.value, shown.get(place))
                    drawn.add(cell.coordinate)
            assert {cell.coordinate for row in sheet for cell in row if cell.value is not None} <= drawn


def test_no_text_inside_a_chart_is_a_formula(show):
    part = charts_of(show.slides[len(show.slides) - 2])[0].chart.part
    sheet = load_workbook(BytesIO(part.chart_workbook.xlsx_part.blob)).active
    (risky,) = [cell for row in sheet for cell in row if cell.value == "=1+1"]
    assert (risky.data_type, risky.quotePrefix) == ("s", True)


def test_an_answer_without_a_picture_says_so(answers, provenance):
    show = Presentation(BytesIO(slides("Nothing", [replace(answers[0], figure=go.Figure())], provenance)))
    assert any(
        s.has_text_frame and s.text_frame.text.startswith("Nothing could be drawn: ") for s in show.slides[0].shapes
    )


def test_what_stays_on_screen_is_refused(answers, provenance):
    with pytest.raises(ValueError) as refused:
        slides("Bramwell Hospitals", [on_screen(answers[0])], provenance)
    assert "not exported" in str(refused.value)
