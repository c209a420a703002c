"""Named policies: numbers that somebody decided, each with its source, kept out of the code that applies them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NonAdverseRange:
    """Range of a relative likelihood that is not read as adverse."""

    name: str
    lower: float
    upper: float
    source: str


FOUR_FIFTHS = NonAdverseRange(
    "four-fifths range",
    0.8,
    1.25,
    "Targets for WRES indicator 3 set by NHS England and NHS Improvement, 2019: non-adverse range 0.8 to 1.25",
)
