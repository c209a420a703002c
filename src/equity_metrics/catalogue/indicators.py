"""The nine WRES indicators, as data: what is counted, over whom, and how it is published."""

from dataclasses import dataclass
from typing import Literal

from equity_metrics.catalogue.rows import catalogue_rows


@dataclass(frozen=True)
class Indicator:
    """One indicator of the Workforce Race Equality Standard.

    ``kind`` is ``"rate"`` (of the group's own denominator) or ``"share"`` (of everyone in a band or on a board).
    ``people`` and ``phrase`` make a sentence of it: "of the respondents, 7 % experienced discrimination".
    ``shown_as`` is the form in which WRES publishes a comparison; inside, a ratio is always group / reference.
    ``better`` says which way is good for a group's own value; ``"equal"`` where only the comparison has a direction.
    """

    id: str
    name: str
    question: str
    numerator: str
    denominator: str
    people: str
    phrase: str
    kind: Literal["rate", "share"]
    bands: bool
    shown_as: Literal["reference / group", "group / reference", "gap"]
    better: Literal["higher", "lower", "equal"]
    source: str


INDICATORS: dict[str, Indicator] = {
    row["id"]: Indicator(**{**row, "bands": row["bands"] == "yes"})  # type: ignore[arg-type]
    for row in catalogue_rows("indicators.csv")
}
"""Every WRES indicator by its id, ``"1"`` to ``"9"``."""

INDICATOR_7_DEFINITIONS = ("Don't know in the base", "Don't know left out")
"""The two forms in which indicator 7 is published; no line joins them."""

BOARD_PARTS = ("All members", "Voting members", "Executive members")
"""The values of ``band`` in indicator 9."""
