import json
from pathlib import Path

import numpy as np
import pytest

from equity_metrics.change.charts.chart_verdicts import assurance, variations
from equity_metrics.change.charts.control_charts import xmr_limits

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "xmr.json").read_text(encoding="utf-8"))
WITH_TARGET = [case for case in GOLDEN["series"] if "target" in case]


@pytest.mark.parametrize("case", WITH_TARGET, ids=lambda case: case["id"])
def test_assurance_agrees_with_the_reference(case):
    limits = xmr_limits(case["values"])
    assert assurance(limits.lower[-1], limits.upper[-1], case["target"], case["better"]) == case["assurance"]


def test_without_a_better_direction_there_is_no_assurance():
    (case,) = GOLDEN["assurance"]
    for lower, upper, target in zip(case["lower"], case["upper"], case["target"], strict=True):
        assert assurance(lower, upper, target, case["better"]) == ""


@pytest.mark.parametrize(
    ("target", "better", "expected"),
    [
        (4, "higher", "consistent pass"),
        (4, "lower", "consistent fail"),
        (8, "higher", "consistent fail"),
        (8, "lower", "consistent pass"),
        (5, "higher", "inconsistent"),
        (7, "lower", "inconsistent"),
    ],
)
def test_assurance_by_side(target, better, expected):
    assert assurance(5, 7, target, better) == expected


def test_variation_words():
    directions = [1, 0, -1]
    assert list(variations(directions, "higher")) == ["improvement", "common cause", "concern"]
    assert list(variations(directions, "lower")) == ["concern", "common cause", "improvement"]
    assert list(variations(directions, "equal")) == ["high", "common cause", "low"]
    with pytest.raises(ValueError) as refused:
        variations(np.array(directions), "up")
    assert str(refused.value) == "better must be 'higher', 'lower' or 'equal', got: 'up'"
