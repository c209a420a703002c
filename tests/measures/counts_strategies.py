"""Counts that hypothesis makes up: of one group, and of a group and its reference."""

from hypothesis import strategies as st

PEOPLE = st.one_of(st.integers(1, 12), st.integers(1, 5_000), st.integers(1, 10**9))
CONFIDENCE = st.floats(0.01, 0.9999)


@st.composite
def events_of(draw, people=PEOPLE):
    n = draw(people)
    return draw(st.one_of(st.just(0), st.just(n), st.integers(0, n))), n
