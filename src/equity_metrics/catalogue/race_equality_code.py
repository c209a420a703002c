"""The four parts of the Race Equality Code 2020, and what is known of them, as data."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows

CODE_SOURCE = "RACE Equality Code 2020 (Karl George), theracecode.org"
CONFIRMED = (
    "Confirmed of the Code: the names of its four parts, and that an organisation applies and explains. "
    "Not confirmed: what each part asks, and where a question belongs; both are this project's reading."
)


@dataclass(frozen=True)
class CodePart:
    """One part of the Code; ``part`` is its own name, ``asks`` this project's reading of it."""

    part: str
    asks: str


RACE_EQUALITY_CODE: dict[str, CodePart] = {
    row["part"]: CodePart(**row) for row in catalogue_rows("race_equality_code.csv")
}
"""Every part by its name, in the order of the Code's initials."""
