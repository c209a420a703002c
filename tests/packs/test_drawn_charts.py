import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.packs.drawn_charts import BARS, LINES, POINTS, drawn_charts, drawn_numbers


def one(figure):
    (chart,) = drawn_charts(figure)
    return chart


def test_dots_with_arms_are_bars_from_top_to_bottom():
    arms = {"type": "data", "array": [0.5, np.nan], "arrayminus": [0.25, np.nan]}
    trace = go.Scatter(x=[1.5, np.nan], y=["Asian or<br>Asian British", "White"], error_x=arms, mode="markers")
    figure = go.Figure(
        trace,
        {
            "xaxis": {"type": "log", "title": "ratio"},
            "yaxis": {"categoryarray": ["White", "Asian or<br>Asian British"]},
        },
    )
    chart = one(figure)
    assert (chart.kind, chart.log, chart.value_title) == (BARS, True, "ratio")
    (series,) = chart.series
    assert (series.name, series.joined, series.marked, series.is_band) == ("ratio", False, True, False)
    expected = {
        "label": ["Asian or Asian British", "White"],
        "value": [1.5, np.nan],
        "lower": [1.25, np.nan],
        "upper": [2.0, np.nan],
    }
    pd.testing.assert_frame_equal(series.numbers, pd.DataFrame(expected))


def test_a_band_has_limits_and_no_value():
    trace = go.Scatter(x=[13.0, 19.6, None], y=["White - Irish"] * 3, mode="lines")
    (series,) = one(go.Figure(trace)).series
    assert series.is_band
    assert series.numbers[["lower", "upper"]].to_numpy().tolist() == [[13.0, 19.6]]


def test_months_are_written_out():
    axis = {"tickvals": [0, 12], "ticktext": ["Apr 2020", "Apr 2021"]}
    chart = one(go.Figure(go.Scatter(x=[0, 1.5, 12], y=[1, 2, 3], mode="lines"), {"xaxis": axis}))
    assert chart.kind == LINES
    assert list(chart.series[0].numbers["label"]) == ["2020-04", "2020-05", "2021-04"]


def test_two_number_axes_stay_numbers():
    chart = one(go.Figure([go.Scatter(x=[50, 100], y=[1.2, 0.9], mode="markers", name="organisations")]))
    assert chart.kind == POINTS
    assert list(chart.series[0].numbers["label"]) == [50.0, 100.0]


def test_series_have_one_order_of_labels_and_their_own_names():
    lines = [go.Scatter(x=years, y=[1.0] * len(years), mode="lines") for years in (["2020", "2021"], ["2019", "2020"])]
    chart = one(go.Figure(lines))
    assert [s.name for s in chart.series] == ["value", "value (2)"]
    assert all(list(s.numbers["label"]) == ["2019", "2020", "2021"] for s in chart.series)


def test_what_is_not_seen_is_left_out():
    hidden = go.Scatter(x=[7.77], y=["White"], mode="markers", visible=False)
    words = go.Scatter(x=[8.88], y=["White"], mode="text", text=["not shown"])
    empty = go.Scatter(x=[], y=[], mode="lines")
    assert drawn_charts(go.Figure([hidden, words, empty])) == ()
    assert drawn_numbers(()).empty


def test_every_number_of_an_answer_is_that_of_its_picture(answers):
    for answer in answers:
        charts = drawn_charts(answer.figure)
        assert [chart.kind for chart in charts] == [BARS, LINES]
        dots = charts[0].series[0].numbers
        drawn = np.asarray(answer.figure.data[1].x, dtype=float)
        np.testing.assert_allclose(np.sort(dots["value"].dropna()), np.sort(drawn[~np.isnan(drawn)]), rtol=1e-5)


def test_packed_arrays_are_read(answers):
    again = go.Figure(answers[0].figure.to_dict())
    pd.testing.assert_frame_equal(drawn_numbers(drawn_charts(again)), drawn_numbers(drawn_charts(answers[0].figure)))


def half_years(ticks):
    axis = {"tickvals": [0, 2], "ticktext": ticks}
    return one(go.Figure(go.Scatter(x=[0, 1, 3], y=[1, 2, 3], mode="lines"), {"xaxis": axis}))


def test_parts_of_a_financial_year_are_written_out_also_between_ticks():
    assert list(half_years(["2020-21 H1", "2021-22 H1"]).series[0].numbers["label"]) == [
        "2020-21 H1",
        "2020-21 H2",
        "2021-22 H2",
    ]
    quarters = half_years(["1999-00 Q3", "2000-01 Q1"])
    assert list(quarters.series[0].numbers["label"]) == ["1999-00 Q3", "1999-00 Q4", "2000-01 Q2"]
    assert half_years(["2020-21 H1", "2025-26 H1"]).kind == POINTS, "ticks that are not one unit a period apart"


def test_a_band_over_numbers_has_limits_and_an_empty_name_goes_on():
    band = go.Scatter(x=[1, 2, 2, 1], y=[3, 4, 1, 2], mode="lines", fill="toself", name="futures")
    lines = [go.Scatter(x=[1, 2], y=[y, y], mode="lines", name=name) for y, name in ((5, "limits"), (0, ""))]
    chart = one(go.Figure([band, *lines]))
    assert [s.name for s in chart.series] == ["futures", "limits", "limits (2)"]
    assert chart.series[0].is_band
    assert chart.series[0].numbers[["lower", "upper"]].to_numpy().tolist() == [[2, 3], [1, 4]]
