import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.wording import (
    at,
    first_down,
    first_up,
    interval,
    one_in,
    p_value,
    people_in,
    percent,
    points,
    short_group,
    signed,
    times,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.152, "15.2 %"), (0, "0.0 %"), (1, "100.0 %"), (math.nan, "not shown")],
)
def test_percent(value, words):
    assert percent(value) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.031, "+3.1"), (-0.004, "−0.4"), (-0.0001, "0.0"), (math.nan, "not shown")]
)
def test_points(value, words):
    assert points(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        *((0.152, "about 1 in 7"), (0.5, "about 1 in 2"), (0.59, "about 6 in 10"), (0.97, "more than 9 in 10")),
        *((0, "nobody"), (1, "everybody"), (math.nan, ""), (0.0001, "about 1 in 10,000")),
    ],
)
def test_one_in(value, words):
    assert one_in(value) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.0004, "< 0.001"), (0.0316, "0.032"), (1, "1.000"), (math.nan, "not shown")]
)
def test_p_value(value, words):
    assert p_value(value) == words


def test_ratios_and_intervals():
    assert times(math.inf) == "no upper limit"
    assert interval(0.0, math.inf) == "0.00 to no upper limit"
    assert interval(math.nan, 1.0) == "none"


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("Asian/Asian British - Indian", "Asian - Indian"),
        ("Black or Black British - African", "Black - African"),
        ("White - Irish", "White - Irish"),
        ("Chinese", "Chinese"),
        ("BME", "BME"),
    ],
)
def test_short_names_keep_the_published_words(group, words):
    assert short_group(group) == words


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_signed_number_reads_back(value, digits):
    text = signed(value, digits).replace("−", "-").replace("+", "")
    assert float(text) == pytest.approx(round(value, digits), abs=1e-9)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=20), st.sampled_from(["ratio", "gap", "rate", "score"]))
def test_every_value_lies_on_its_axis(values, kind):
    scale = Scale(kind, "", "")
    numbers = pd.Series(values) / (1000 if kind in ("rate", "gap") else 100 if kind == "score" else 1)
    table = pd.DataFrame({"value": numbers, "lower": numbers, "upper": numbers})
    low, high = scale.axis(table)["range"]
    drawn = scale.drawn(numbers)
    drawn = np.log10(drawn) if kind == "ratio" else drawn
    assert low <= drawn.min()
    assert drawn.max() <= high + 1e-9


def test_names_read_as_part_of_a_sentence():
    assert at("Bramwell Hospitals") == "at Bramwell Hospitals"
    assert at("All organisations") == "across all organisations"
    assert people_in("BME") == "BME staff"
    assert people_in("Other ethnic group", "respondents") == "respondents in the group Other ethnic group"
    assert first_up("accessed training or CPD") == "Accessed training or CPD"
    assert first_down("Access to CPD") == "access to CPD"
