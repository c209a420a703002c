"""The nine WRES indicators and those of like standards, as data: what is counted, over whom, how it is published."""

from dataclasses import dataclass, replace
from typing import Literal

from equity_metrics.catalogue.other_standards import OTHER_STANDARDS, OtherIndicator
from equity_metrics.catalogue.rows import catalogue_rows


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    ``kind`` is ``"rate"`` (of the group's own denominator) or ``"share"`` (of everyone in a band or on a board).
    ``people`` and ``phrase`` make a sentence of it: "of the respondents, 7 % experienced discrimination".
    ``shown_as`` is the form in which WRES publishes a comparison; inside, a ratio is always group / reference.
    ``form`` is the WRES indicator that it is counted and compared like: itself, or that of another standard's.
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
    form: str


WRES_INDICATORS: dict[str, Indicator] = {
    row["id"]: Indicator(**{**row, "bands": row["bands"] == "yes", "form": row["id"]})  # type: ignore[arg-type]
    for row in catalogue_rows("indicators.csv")
}
"""The nine indicators of the Workforce Race Equality Standard by id, ``"1"`` to ``"9"``."""


def _like_wres(other: OtherIndicator) -> Indicator:
    """Give an indicator of another standard the form of the WRES indicator that it is like."""
    own = {key: getattr(other, key) for key in ("id", "question", "numerator", "denominator", "people", "phrase")}
    name = f"{other.name} ({other.standard}; not all confirmed)"
    return replace(WRES_INDICATORS[other.like], **own, name=name, source=f"{other.standard}: {other.source}")


INDICATORS: dict[str, Indicator] = {
    **WRES_INDICATORS,
    **{other.id: _like_wres(other) for other in OTHER_STANDARDS.values()},
}
"""Every indicator that can be counted, by its id: WRES first, then those of other standards."""

INDICATOR_7_DEFINITIONS = ("Don't know in the base", "Don't know left out")
"""The two forms in which indicator 7 is published; no line joins them."""

BAND_INDICATORS = tuple(indicator.id for indicator in INDICATORS.values() if indicator.form == "1")
BOARD_INDICATORS = tuple(indicator.id for indicator in INDICATORS.values() if indicator.form == "9")
WORKFORCE_OF = {
    **{indicator: indicator for indicator in BAND_INDICATORS},
    **dict(zip(BOARD_INDICATORS, BAND_INDICATORS, strict=True)),
}
"""By indicator of bands or boards, the one that holds the workforce of the same standard: of ``9`` it is ``1``."""

BOARD_PARTS = ("All members", "Voting members", "Executive members")
"""The values of ``band`` in indicator 9."""
