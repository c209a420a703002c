from math import inf, nan

import pytest

from equity_metrics.change.interventions import Intervention
from equity_metrics.change.monitored.decisions import DECISIONS, decision


def decide(effect, lower, upper, direction="higher", worthwhile=1.25):
    return decision(effect, lower, upper, Intervention("x", "2023", "Ash", "2", direction, 0, worthwhile))


@pytest.mark.parametrize(
    ("effect", "lower", "upper", "expected"),
    [
        (1.5, 1.1, 2.0, "spread it"),
        (1.2, 1.05, 1.4, "continue"),
        (1.1, 1.02, 1.2, "change it"),
        (1.0, 0.9, 1.2, "stop"),
        (0.6, 0.4, 0.9, "stop"),
        (1.5, 0.8, 2.5, "continue"),
        (1.0, 0.0, inf, "continue"),
        (nan, nan, nan, "continue"),
    ],
)
def test_four_decisions_and_their_mirror_image(effect, lower, upper, expected):
    assert decide(effect, lower, upper) == expected in DECISIONS
    turned = [1 / value if value else inf for value in (effect, upper, lower)]
    assert decide(*turned, direction="lower") == expected


@pytest.mark.parametrize("worthwhile", [None, 0.9])
def test_thresholds_must_be_agreed_beforehand(worthwhile):
    with pytest.raises(ValueError, match="smallest_worthwhile must be agreed beforehand"):
        decide(1.0, 0.5, 2.0, worthwhile=worthwhile)
