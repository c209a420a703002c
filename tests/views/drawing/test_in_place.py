"""What a live picture shows after a change is what the new figure says, whatever was shown before."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.views.drawing.in_place import update_in_place
from equity_metrics.views.drawing.template import TEMPLATE

NUMBERS = st.lists(st.floats(-9, 9), max_size=4)
WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3)


@st.composite
def figures(draw):
    """Two traces and a layout, of which any part may be there or not."""
    marks = draw(st.booleans())
    traces = [
        go.Scatter(
            x=np.array(draw(NUMBERS)),
            y=draw(WORDS),
            name=draw(st.sampled_from([None, "", "a name"])),
            marker={"size": draw(st.sampled_from([8, 11]))} if marks else None,
            error_x={"array": draw(NUMBERS), "type": "data"} if marks else None,
        )
        for _ in range(2)
    ]
    layout = {
        "template": TEMPLATE,
        "height": draw(st.sampled_from([None, 300, 400])),
        "xaxis": draw(st.sampled_from([None, {"range": [0, 1]}, {"type": "log"}, {"range": [0, 2], "tickvals": [1]}])),
        "shapes": [{"type": "line", "x0": x} for x in draw(NUMBERS)],
        "annotations": [{"text": word} for word in draw(WORDS)],
    }
    return go.Figure(traces, layout)


def content(part):
    """Write what a part says, without what says nothing, and with packed numbers as a list."""
    if isinstance(part, dict):
        said = {name: content(value) for name, value in part.items() if name != "uid"}
        return {name: value for name, value in said.items() if value not in (None, {}, [])}
    return [content(value) for value in part] if isinstance(part, list | tuple | np.ndarray) else part


def shown(figure):
    return [content(part.to_plotly_json()) for part in (*figure.data, figure.layout)]


@given(before=figures(), after=figures())
def test_the_picture_says_what_the_new_figure_says(before, after):
    picture = go.FigureWidget(before)
    update_in_place(picture, before, after)
    assert shown(picture) == shown(after)
    update_in_place(picture, after, before)
    assert shown(picture) == shown(before)


def test_only_what_differs_is_sent(monkeypatch):
    before = go.Figure(go.Scatter(x=[1, 2], y=["a", "b"], name="one"), {"xaxis": {"title": {"text": "old"}}})
    after = go.Figure(go.Scatter(x=[1, 3], y=["a", "b"], name="one"), {"xaxis": {"title": {"text": "new"}}})
    picture = go.FigureWidget(before)
    sent = []
    monkeypatch.setattr(
        picture, "_send_update_msg", lambda restyle_data, relayout_data, **_: sent.append((restyle_data, relayout_data))
    )
    update_in_place(picture, before, after)
    assert [(list(restyle), list(relayout)) for restyle, relayout in sent] == [(["x"], ["xaxis.title.text"])]


@given(before=figures(), after=figures())
def test_no_whole_is_sent_beside_a_part_of_it(before, after):
    picture, sent = go.FigureWidget(before), []
    picture._send_update_msg = lambda restyle_data, relayout_data, **_: sent.extend((restyle_data, relayout_data))
    update_in_place(picture, before, after)
    for names in sent:
        assert not [(whole, part) for whole in names for part in names if part.startswith(f"{whole}.")]


def test_a_line_that_one_picture_has_and_the_other_has_not_is_sent_by_its_parts():
    lines = {"color": "#005eb8", "width": 2}
    before = go.Figure([go.Scatter(line={"color": "red"}), go.Scatter()])
    after = go.Figure([go.Scatter(line=lines), go.Scatter(line=lines)])
    picture, sent = go.FigureWidget(before), []
    picture._send_update_msg = lambda restyle_data, **_: sent.append(sorted(restyle_data))
    update_in_place(picture, before, after)
    assert sent == [["line.color", "line.width"]]
    update_in_place(picture, after, before)
    assert shown(picture) == shown(before)


def test_a_person_keeps_the_zoom_while_the_axis_stays():
    before = go.Figure(go.Scatter(x=[1, 2], y=[1, 2]), {"xaxis": {"title": {"text": "share"}}})
    after = go.Figure(go.Scatter(x=[2, 3], y=[1, 2]), {"xaxis": {"title": {"text": "share"}}})
    picture = go.FigureWidget(before)
    picture.layout.xaxis.range = [0, 5]
    update_in_place(picture, before, after)
    assert picture.layout.xaxis.range == (0, 5)


def test_figures_of_other_traces_are_refused():
    one, two = go.Figure(go.Scatter()), go.Figure([go.Scatter(), go.Scatter()])
    with pytest.raises(ValueError, match=r"shorter|longer"):
        update_in_place(go.FigureWidget(one), one, two)
