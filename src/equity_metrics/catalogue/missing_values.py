"""Why a number can be missing, as data: a short sign for the eye and whole words for a screen reader."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows


@dataclass(frozen=True)
class MissingValue:
    """One reason why no number stands in a table: ``sign`` stands there, ``words`` are read out."""

    id: str
    sign: str
    words: str


MISSING_VALUES: dict[str, MissingValue] = {
    row["id"]: MissingValue(**row) for row in catalogue_rows("missing_values.csv")
}
"""Every kind of missing value by its id."""

SUPPRESSED, TOO_FEW, NOT_COLLECTED, NOT_APPLICABLE, ROUNDS_TO_ZERO = MISSING_VALUES.values()
