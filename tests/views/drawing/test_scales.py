"""Marks of a log axis stand apart, whatever its length."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.views.drawing.scales import RATIO_TICKS, ROOM, ROOM_IN_A_PANEL, ratio_axis

HALVES = st.floats(1.2, 60.0)


@given(low=HALVES, high=HALVES, room=st.sampled_from([ROOM, ROOM_IN_A_PANEL]))
def test_marks_lie_on_the_axis_with_room_between_them(low: float, high: float, room: float) -> None:
    axis = ratio_axis(1 / low, high, room)
    marks = np.log10(np.asarray(axis["tickvals"], float))
    first, last = axis["range"]
    assert 1 in axis["tickvals"]
    assert ((marks >= first) & (marks <= last)).all()
    assert (np.diff(marks) >= room * (last - first)).all()


def test_no_mark_is_left_out_that_has_room() -> None:
    assert ratio_axis(0.45, 2.2)["tickvals"] == [0.5, 0.8, 1, 1.25, 2]
    assert ratio_axis(0.01, 100)["tickvals"] == sorted(set(RATIO_TICKS) - {0.8, 1.25})


@pytest.mark.parametrize("spread", [20.0, 40.0])
def test_on_a_long_axis_in_a_panel_nothing_stands_beside_one(spread: float) -> None:
    marks = ratio_axis(1 / spread, spread, ROOM_IN_A_PANEL)["tickvals"]
    assert {0.8, 1.25}.isdisjoint(marks)
    assert {0.1, 0.2, 0.5, 1, 2, 5, 10} <= set(marks)
