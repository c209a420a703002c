"""Native charts show what the picture shows: nothing is cut, ticks are round, and what is left out is said."""

import math
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation

from equity_metrics.packs.chart_axes import axis_title, value_axis
from equity_metrics.packs.drawn_charts import BARS, LINES, DrawnChart, DrawnSeries, drawn_charts
from equity_metrics.packs.slides import slides
from equity_metrics.packs.workbook import workbook

NUMBER = st.floats(-1000, 1000, allow_nan=False).map(lambda x: round(x, 3))
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def chart(kind: str, values: list[float], *, log: bool = False, **told) -> DrawnChart:
    numbers = pd.DataFrame(
        {"label": [*map(str, range(len(values)))], "value": values, "lower": values, "upper": values}
    )
    return DrawnChart(kind, "", "points", "", log, (DrawnSeries("one", numbers, True, True),), **told)


@given(st.lists(NUMBER, min_size=1, max_size=5), st.sampled_from([BARS, LINES]))
def test_every_number_lies_on_an_axis_with_round_ticks(values, kind):
    axis = value_axis(chart(kind, values))
    assert axis.lowest <= min(values) + 1e-9
    assert max(values) <= axis.highest + 1e-9
    assert kind != BARS or axis.lowest <= 0 <= axis.highest
    ticks = (axis.highest - axis.lowest) / axis.step
    assert math.isclose(ticks, round(ticks), abs_tol=1e-6)
    assert 1 <= round(ticks) <= 10


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=5))
def test_ratios_lie_between_powers_of_two_around_parity(values):
    axis = value_axis(chart(BARS, values, log=True))
    assert axis.lowest <= min(*values, 1.0) * (1 + 1e-12)
    assert max(*values, 1.0) <= axis.highest * (1 + 1e-12)
    assert all(math.log2(end).is_integer() for end in (axis.lowest, axis.highest))
    assert axis.lowest < axis.highest


def test_the_window_of_the_picture_comes_first():
    for window, ends in (((-19.1, 19.1), (-10, 20)), ((0.0, 105.0), (0, 100)), ((55.0, 105.0), (60, 100))):
        axis = value_axis(chart(LINES, [ends[1] - 3.0, ends[1]], window=window))
        assert (axis.lowest, axis.highest) == ends


def test_a_shaded_range_that_is_left_out_is_said_on_the_chart(answers):
    ratio, gap = drawn_charts(answers[0].figure), drawn_charts(answers[2].figure)
    assert all(axis_title(one).endswith("not drawn here: the shaded range 0.8 to 1.25") for one in ratio)
    assert not any("shaded" in axis_title(one) for one in gap)
    hidden = replace(ratio[0], shaded=None)
    assert "shaded" not in axis_title(hidden)


@pytest.fixture(scope="module")
def native(answers, provenance):
    show = Presentation(BytesIO(slides("Title", answers, provenance)))
    return [s.chart._chartSpace for slide in show.slides for s in slide.shapes if s.has_chart]


def test_slides_cut_no_interval_and_leave_no_label_out(native, answers):
    drawn = [one for answer in answers for one in drawn_charts(answer.figure)]
    for space, one in zip(native, drawn, strict=True):
        (low,), (high,) = (space.xpath(f".//c:valAx/c:scaling/c:{end}/@val") for end in ("min", "max"))
        limits = pd.concat([series.numbers[limit] for series in one.series for limit in ("value", "lower", "upper")])
        shown = limits[(limits >= one.window[0]) & (limits <= one.window[1])]
        assert len(shown)
        assert float(low) <= shown.min()
        assert shown.max() <= float(high)
        if one.kind == BARS:
            assert space.xpath(".//c:catAx/c:tickLblSkip/@val") == ["1"]
            assert space.xpath(".//c:valAx/c:crosses/@val") == ["max"], "the axis of values stands below"


def test_arms_in_a_spreadsheet_are_cells_and_stand_in_the_order_of_the_standard(answers, provenance):
    content = workbook("Title", answers[:1], provenance)
    sheet = load_workbook(BytesIO(content))["1 picture"]
    with ZipFile(BytesIO(content)) as files:
        tree = etree.fromstring(files.read("xl/charts/chart1.xml"))
    (arms,) = tree.iter(f"{CHART}errBars")
    assert [part.tag.removeprefix(CHART) for part in arms] == ["errBarType", "errValType", "plus", "minus"]
    heads = [cell.value for cell in sheet[1]]
    row = {head: cell.value for head, cell in zip(heads, sheet[2], strict=True)}
    assert row["down"] == pytest.approx(row["value"] - row["lower"], rel=1e-4)
    assert row["up"] == pytest.approx(row["upper"] - row["value"], rel=1e-4)
    where = [formula.text for formula in arms.iter(f"{CHART}f")]
    assert [heads["ABCDEFGHI".index(place.split("$")[1])] for place in where] == ["up", "down"]
