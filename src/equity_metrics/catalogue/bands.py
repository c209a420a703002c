"""Pay bands in their order, each with its tier and its cluster."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows

ALL_STAFF = "All staff"
"""The ``band`` that holds the whole workforce; counted before anything is suppressed."""

ALL_STAFF_GROUPS = "All staff groups"
"""The ``staff_group`` that holds all of them, where a table has staff groups."""


@dataclass(frozen=True)
class Band:
    """A pay band.

    ``tier`` (lower, middle, upper) serves the race disparity ratio and is empty for doctors and dentists;
    neither tiers nor clusters are confirmed WRES definitions: they are offered as parameters.
    """

    band: str
    order: int
    tier: str
    cluster: str


BANDS: dict[str, Band] = {
    row["band"]: Band(row["band"], int(row["order"]), row["tier"], row["cluster"])
    for row in catalogue_rows("bands.csv")
}
"""Every band by its name, in pay order; ``All staff`` last."""
