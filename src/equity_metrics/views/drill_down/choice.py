"""What a drill-down looks at; its axis and its words."""

from dataclasses import dataclass

from equity_metrics.catalogue.bands import ALL_STAFF
from equity_metrics.catalogue.indicators import INDICATORS, Indicator
from equity_metrics.measures.places import SEPARATOR
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.wording import band_words, short_group

MANY = {
    "ward": "wards",
    "directorate": "directorates",
    "organisation": "organisations",
    "system": "systems",
    "region": "regions",
}


@dataclass(frozen=True)
class DrillDownChoice:
    """What is looked at: one place and what lies inside it, one indicator and period, a group against a reference."""

    place: str
    indicator: str
    grouping: str
    group: str
    reference: str
    period: str
    band: str = ""
    """Of indicators 1 and 9."""

    @property
    def measured(self) -> Indicator:
        """The indicator."""
        return INDICATORS[self.indicator]

    @property
    def is_share(self) -> bool:
        """Whether shares of a band or board are shown, which are not compared with another group."""
        return self.measured.kind == "share"

    @property
    def where(self) -> str:
        """The place as it is written in a sentence: ``Alder, Medicine``."""
        return self.place.replace(SEPARATOR, ", ")

    @property
    def scale(self) -> Scale:
        """The axis that the indicator asks for."""
        reference = short_group(self.reference)
        if self.is_share:
            whole = "all staff" if self.band == ALL_STAFF else band_words(self.band)
            return Scale("rate", f"{short_group(self.group)} as % of {whole}", "share")
        if self.measured.shown_as == "gap":
            return Scale("gap", f"{short_group(self.group)} minus {reference}, percentage points", "gap, points")
        pair = (short_group(self.group), reference)
        top, bottom = pair[::-1] if self.measured.shown_as == "reference / group" else pair
        return Scale("ratio", f"relative likelihood, {top} / {bottom} (log scale)", "relative likelihood")


def many(levels: list[str]) -> str:
    """Name what lies inside a place: ``wards``; ``places`` where levels differ."""
    return MANY[levels[0]] if len(set(levels)) == 1 else "places"
