"""A chart that a picture draws in; the same on a slide, to be edited, with only its own numbers inside, out."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pandas as pd
from lxml import etree
from openpyxl import Workbook
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Length, Pt

from equity_metrics.packs.chart_axes import BASE, PARITY, axis_title, bar_gap, label_size, value_axis
from equity_metrics.packs.drawn_charts import BARS, LINES, POINTS, DrawnChart, DrawnSeries
from equity_metrics.packs.sheet_charts import COLOURS
from equity_metrics.views.drawing import palette
from equity_metrics.views.safe_cells import write_cell

NATIVE = {BARS: XL_CHART_TYPE.BAR_CLUSTERED, LINES: XL_CHART_TYPE.LINE_MARKERS, POINTS: XL_CHART_TYPE.XY_SCATTER}
DATA: dict[str, Callable[[], Any]] = {BARS: CategoryChartData, LINES: CategoryChartData, POINTS: XyChartData}
Place = tuple[Length, Length, Length, Length]
"""Left, top, width and height."""
SHEET = "Sheet1"
"""As the charts of a slide call the sheet inside them."""
FACE = "Arial"
"""Is there, or has a stand-in as wide, wherever slides are shown."""


def slide_colour(colour: str) -> RGBColor:
    """Turn a colour of the palette into one of a slide.

    Parameters
    ----------
    colour
        ``#rrggbb``.

    Returns
    -------
    RGBColor
    """
    made: Callable[..., RGBColor] = RGBColor
    return made(*bytes.fromhex(colour.removeprefix("#")))


def put_chart(slide: Slide, chart: DrawnChart, alt: str, place: Place) -> None:
    """Draw one chart on a slide.

    Parameters
    ----------
    slide
        Gets the chart.
    chart
        What has an interval has arms; a band is drawn by its two limits.
    alt
        The picture in words, for screen readers.
    place
        Left, top, width and height.
    """
    series = _series(chart)
    # The library's types do not tell a frame from the chart in it.
    shapes: Any = slide.shapes
    data = DATA[chart.kind]()
    if chart.kind != POINTS:
        data.categories = list(chart.series[0].numbers["label"])
    for name, one, column in series:
        if chart.kind == POINTS:
            points = data.add_series(name)
            for x, y in _points(one, column):
                points.add_data_point(x, y)
        else:
            data.add_series(name, [None if pd.isna(value) else value for value in one.numbers[column]])
    frame = shapes.add_chart(NATIVE[chart.kind], *place, data)
    frame.name = chart.title or chart.value_title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    # The library's own workbook would take a name that begins with = for a formula.
    frame.chart.part.chart_workbook.update_from_xlsx_blob(_inner_workbook(chart, series))
    for number, (drawn, (_, one, column)) in enumerate(zip(frame.chart.plots[0].series, series, strict=True)):
        _look(drawn, one, chart.kind, slide_colour(COLOURS[number % len(COLOURS)]))
        if column == "value" and one.numbers["lower"].notna().any():
            first = drawn._element.find(qn("c:xVal" if chart.kind == POINTS else "c:cat"))
            first.addprevious(_arms(one.numbers.dropna(subset="value") if chart.kind == POINTS else one.numbers, chart))
    _lay_out(frame.chart, chart, len(series))


def _series(chart: DrawnChart) -> list[tuple[str, DrawnSeries, str]]:
    """Name what is drawn: values, or the two limits of a band, each with its column."""
    drawn = []
    for one in chart.series:
        limits = [(f"{one.name}: {limit}", one, limit) for limit in ("lower", "upper")]
        drawn += limits if one.is_band else [(one.name, one, "value")]
    return drawn


def _points(one: DrawnSeries, column: str) -> list[tuple[float, float]]:
    rows = one.numbers.dropna(subset=column)
    return list(zip(rows["label"], rows[column], strict=True))


def _inner_workbook(chart: DrawnChart, series: list[tuple[str, DrawnSeries, str]]) -> bytes:
    """Lay out the cells where the chart looks for them."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    if chart.kind == POINTS:
        row = 1
        for name, one, column in series:
            write_cell(sheet, row, 2, name)
            for x, y in _points(one, column):
                row += 1
                write_cell(sheet, row, 1, x)
                write_cell(sheet, row, 2, y)
            row += 2
    else:
        for row, label in enumerate(chart.series[0].numbers["label"], start=2):
            write_cell(sheet, row, 1, label)
        for position, (name, one, column) in enumerate(series, start=2):
            write_cell(sheet, 1, position, name)
            for row, value in enumerate(one.numbers[column], start=2):
                write_cell(sheet, row, position, value)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _look(drawn: Any, one: DrawnSeries, kind: str, colour: RGBColor) -> None:
    if kind == BARS:
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = colour
        drawn.invert_if_negative = False
        return
    drawn.smooth = False
    drawn.marker.style = XL_MARKER_STYLE.CIRCLE if one.marked else XL_MARKER_STYLE.NONE
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = drawn.marker.format.line.color.rgb = colour
    if one.joined:
        drawn.format.line.color.rgb = colour
    else:
        drawn.format.line.fill.background()


def _arms(numbers: pd.DataFrame, chart: DrawnChart) -> etree._Element:
    direction = "" if chart.kind == BARS else '<c:errDir val="y"/>'
    up, down = numbers["upper"] - numbers["value"], numbers["value"] - numbers["lower"]
    return parse_xml(
        f'<c:errBars {nsdecls("c")}>{direction}<c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/><c:plus>{_literal(up)}</c:plus><c:minus>{_literal(down)}</c:minus></c:errBars>'
    )


def _literal(values: pd.Series) -> str:
    points = [
        f'<c:pt idx="{place}"><c:v>{value:.6g}</c:v></c:pt>' for place, value in enumerate(values) if pd.notna(value)
    ]
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{"".join(points)}</c:numLit>'


def _lay_out(native: Any, chart: DrawnChart, series: int) -> None:
    labels, values = native.category_axis, native.value_axis
    native.font.size, native.font.name = Pt(label_size(chart)), FACE
    native.has_title = bool(chart.title)
    if chart.title:
        native.chart_title.text_frame.text = chart.title
        native.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
    for axis, title in ((labels, chart.label_title), (values, axis_title(chart))):
        axis.has_title = bool(title)
        if title:
            axis.axis_title.text_frame.text = title
            for paragraph in axis.axis_title.text_frame.paragraphs:
                paragraph.runs[0].font.size, paragraph.runs[0].font.bold = Pt(11), False
    labels.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    labels.has_major_gridlines = False
    ends = value_axis(chart)
    values.minimum_scale, values.maximum_scale, values.major_unit = ends.lowest, ends.highest, ends.step
    values.major_gridlines.format.line.color.rgb = slide_colour(palette.RANGE)
    if chart.kind == BARS:
        labels.reverse_order = True
        # Labels run from top to bottom, so the axis of values crosses at their end to stand below. The library cannot
        # say so, nor that no label is left out.
        values._element.find(qn("c:crosses")).set("val", "max")
        labels._element.find(qn("c:noMultiLvlLbl")).addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))
        native.plots[0].gap_width = bar_gap(chart)
    if chart.log:
        values._element.find(qn("c:scaling")).insert(0, parse_xml(f'<c:logBase {nsdecls("c")} val="{BASE}"/>'))
        values.crosses_at = PARITY
    native.has_legend = series > 1
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.BOTTOM
        native.legend.include_in_layout = False
