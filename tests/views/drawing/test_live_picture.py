"""A live picture draws what it is given, and the program that draws is sent to a page once."""

import plotly.graph_objects as go

from equity_metrics.views.drawing.live_picture import LivePicture, drawing_library

FIGURE = go.Figure(go.Scatter(x=[1, 2], y=[2, 1]), {"title": {"text": "Two dots"}})


def test_a_live_picture_holds_its_figure():
    picture = LivePicture(FIGURE)
    assert (picture.data[0].y, picture.layout.title.text) == ((2, 1), "Two dots")
    picture.data[0].x = [3, 4]
    assert FIGURE.data[0].x == (1, 2)


def test_no_picture_bears_the_program_and_all_share_one():
    pictures = [LivePicture(FIGURE) for _ in range(3)]
    assert max(len(str(picture.get_state())) for picture in pictures) < 10_000
    assert drawing_library() is drawing_library()
    assert "plotly.js" in drawing_library().code
