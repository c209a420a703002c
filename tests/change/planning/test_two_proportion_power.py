import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.change.planning.two_proportion_power import (
    detectable_proportion,
    two_proportion_power,
    two_proportion_size,
)

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "power.json").read_text(encoding="utf-8"))


def test_agrees_with_r():
    case = GOLDEN["detectable"]
    found = detectable_proportion(case["n"], case["p1"], case["power"])
    assert found == pytest.approx(case["p2"], abs=case["tolerance"])
    case = GOLDEN["size"]
    assert two_proportion_size(case["p1"], case["p2"], case["power"]) == pytest.approx(case["n"], abs=case["tolerance"])
    assert two_proportion_power(case["n"], case["p1"], case["p2"]) == pytest.approx(case["power"], abs=1e-6)


@given(n=st.floats(30, 5_000), p1=st.floats(0.02, 0.6))
def test_the_three_answers_agree(n, p1):
    p2 = detectable_proportion(n, p1)
    if p2 < 1:
        assert two_proportion_size(p1, p2) == pytest.approx(n, rel=1e-4)


def test_too_few_people_detect_nothing():
    assert detectable_proportion(2, 0.3) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((100, 0.0, 0.5), "p1 must be between 0 and 1, got: 0.0"),
        ((100, 0.5, 1.5), "p2 must be between 0 and 1, got: 1.5"),
        ((0, 0.2, 0.5), "n must be above 0, got: 0"),
    ],
)
def test_refusals(arguments, sentence):
    with pytest.raises(ValueError) as refusal:
        two_proportion_power(*arguments)
    assert str(refusal.value) == sentence
    with pytest.raises(ValueError, match=r"p2 must differ from p1, got: 0\.2"):
        two_proportion_size(0.2, 0.2)
