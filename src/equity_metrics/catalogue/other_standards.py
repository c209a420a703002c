"""Social Care, Medical and Bank WRES, as data: what of each indicator is confirmed, and what is not."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows


@dataclass(frozen=True)
class OtherIndicator:
    """One indicator of another standard.

    ``like`` is the WRES indicator whose form it has: what it is counted over, how it is compared and protected.
    ``confirmed`` was read in the source, ``not_confirmed`` is an assumption.
    """

    id: str
    standard: str
    name: str
    question: str
    numerator: str
    denominator: str
    people: str
    phrase: str
    like: str
    confirmed: str
    not_confirmed: str
    source: str


OTHER_STANDARDS: dict[str, OtherIndicator] = {
    row["id"]: OtherIndicator(**row) for row in catalogue_rows("other_standards.csv")
}
"""Every indicator of the other standards that a source names, by its id."""

SOCIAL_CARE = "Social Care WRES"
SOCIAL_CARE_EVENTS = 10
"""Social Work England prints counts below 10 as "<10" in its Social Care WRES data."""
