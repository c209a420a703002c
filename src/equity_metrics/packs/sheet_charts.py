"""A sheet with drawn numbers and the charts they come from in; the same charts in the sheet, to be edited, out."""

from openpyxl.chart import BarChart, LineChart, Reference, ScatterChart, Series
from openpyxl.chart.data_source import NumDataSource, NumRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from equity_metrics.packs.chart_axes import BASE, PARITY, axis_title, bar_gap, value_axis
from equity_metrics.packs.drawn_charts import BARS, LINES, POINTS, DrawnChart, DrawnSeries
from equity_metrics.views.drawing import palette

COLOURS = [c.removeprefix("#").upper() for c in (palette.GROUP, palette.REFERENCE, palette.MUTED, palette.BOUNDS)]
GRID = palette.RANGE.removeprefix("#").upper()
LABEL, VALUE, LOWER, UPPER, DOWN, UP = range(4, 10)
"""Columns of the sheet, as ``drawn_numbers`` lays them out; the charts stand to the right of them."""
WIDTH, ROW_HEIGHT, LEAST_HEIGHT = 22.0, 0.7, 9.0
"""Centimetres."""
PARTS = ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr")
"""Of error bars, in the order of the standard (ECMA-376, CT_ErrBars), which the library does not keep."""
ROWS_BESIDE = 2
"""Rows of the sheet that one centimetre of a chart covers, at most."""


def put_charts(sheet: Worksheet, charts: tuple[DrawnChart, ...]) -> None:
    """Draw each chart from the cells of its numbers.

    Parameters
    ----------
    sheet
        Holds what :func:`equity_metrics.packs.drawn_charts.drawn_numbers` makes of ``charts``, from its first row.
    charts
        One under the other; what has an interval has arms, and a band is drawn by its two limits.
    """
    row, at = 2, 1
    for chart in charts:
        native = {BARS: BarChart, LINES: LineChart, POINTS: ScatterChart}[chart.kind]()
        for one in chart.series:
            last = row + len(one.numbers) - 1
            for name, column in _columns(one):
                native.series.append(_series(sheet, chart, one, name, (column, row, last), len(native.series)))
            if chart.kind != POINTS:
                native.set_categories(Reference(sheet, LABEL, row, max_row=last))
            row = last + 1
        _lay_out(native, chart)
        sheet.add_chart(native, f"K{at}")
        at += int(native.height * ROWS_BESIDE) + 2


def _columns(one: DrawnSeries) -> list[tuple[str, int]]:
    """Name what is drawn of a series: its values, or the two limits of a band."""
    if not one.is_band:
        return [(one.name, VALUE)]
    return [(f"{one.name}: lower", LOWER), (f"{one.name}: upper", UPPER)]


def _series(
    sheet: Worksheet, chart: DrawnChart, one: DrawnSeries, name: str, cells: tuple[int, int, int], number: int
) -> Series:
    column, first, last = cells
    values = Reference(sheet, column, first, max_row=last)
    if chart.kind == POINTS:
        series = Series(values, Reference(sheet, LABEL, first, max_row=last), title=name)
    else:
        series = Series(values, title=name)
    colour = COLOURS[number % len(COLOURS)]
    if chart.kind == BARS:
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
    else:
        series.smooth = False
        series.marker.symbol, series.marker.size = ("circle", 5) if one.marked else ("none", None)
        series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
        line = series.graphicalProperties.line
        if one.joined:
            line.solidFill = colour
        else:
            line.noFill = True
    if column == VALUE and one.numbers["lower"].notna().any():
        series.errBars = _arms(sheet, first, last, chart.kind)
    return series


def _arms(sheet: Worksheet, first: int, last: int, kind: str) -> ErrorBars:
    down, up = (NumDataSource(numRef=NumRef(f=str(Reference(sheet, c, first, max_row=last)))) for c in (DOWN, UP))
    direction = None if kind == BARS else "y"
    arms = ErrorBars(errDir=direction, errBarType="both", errValType="cust", minus=down, plus=up)
    arms.__elements__ = PARTS
    return arms


def _lay_out(native: BarChart | LineChart | ScatterChart, chart: DrawnChart) -> None:
    native.title, native.width = chart.title or chart.value_title, WIDTH
    rows = max(len(one.numbers) for one in chart.series)
    native.height = max(LEAST_HEIGHT, rows * ROW_HEIGHT + 3) if chart.kind == BARS else LEAST_HEIGHT
    native.x_axis.title, native.y_axis.title = chart.label_title or None, axis_title(chart) or None
    axis = value_axis(chart)
    native.y_axis.majorUnit = axis.step
    native.y_axis.scaling.min, native.y_axis.scaling.max = axis.lowest, axis.highest
    native.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    # Otherwise spreadsheets hide both axes.
    native.x_axis.delete = native.y_axis.delete = False
    native.x_axis.tickLblPos = "low"
    if chart.kind == BARS:
        native.type, native.gapWidth, native.x_axis.tickLblSkip = "bar", bar_gap(chart), 1
        native.x_axis.scaling.orientation, native.y_axis.crosses = "maxMin", "max"
    if chart.log:
        native.y_axis.scaling.logBase = BASE
        native.x_axis.crosses, native.x_axis.crossesAt = None, PARITY
    if len(native.series) == 1:
        native.legend = None
    else:
        native.legend.position = "b"
