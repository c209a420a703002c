"""Named policies: numbers that somebody decided, each with its source, kept out of the code that applies them."""

import math
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class NonAdverseRange:
    """Range of a relative likelihood, or of a gap, that is not read as adverse; missing limits: no range is named."""

    name: str
    lower: float
    upper: float
    source: str
    measure: Literal["relative likelihood", "gap", "score gap"] = "relative likelihood"

    @property
    def parity(self) -> float:
        """Value at which both groups are equal."""
        return 1.0 if self.measure == "relative likelihood" else 0.0

    @property
    def words(self) -> str:
        """The range as it is written: ``0.8-1.25``; for gaps in percentage points."""
        if self.measure == "relative likelihood":
            return f"{self.lower:g}-{self.upper:g}"
        return f"{100 * self.lower:+g} to {100 * self.upper:+g} percentage points".replace("-", "−")


FOUR_FIFTHS = NonAdverseRange(
    "four-fifths range",
    0.8,
    1.25,
    "Targets for WRES indicator 3 set by NHS England and NHS Improvement, 2019: non-adverse range 0.8 to 1.25",
)

TWO_POINTS = NonAdverseRange(
    "two-point range",
    -0.02,
    0.02,
    "Own choice of this project: no range is published for gaps in percentage points",
    "gap",
)

NO_SCORE_RANGE = NonAdverseRange(
    "no range",
    math.nan,
    math.nan,
    "No range is published for differences of scores, and this project names none",
    "score gap",
)
