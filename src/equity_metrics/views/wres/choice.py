"""What is looked at in one WRES indicator, and the axis that it asks for."""

from dataclasses import dataclass

import pandas as pd

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.catalogue.indicators import BOARD_PARTS, INDICATORS
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.wording import short_group

AS_PUBLISHED, RATIO, GAP, RATE = "As WRES publishes it", "Relative likelihood", "Gap", "Each group's own rate"
COMPARE = (AS_PUBLISHED, RATIO, GAP, RATE)
PARTS = (*BANDS, *BOARD_PARTS)


def parts_there(rows: pd.DataFrame) -> list[str]:
    """List bands and parts of boards: those of the NHS in their order, then an employer's own as they stand."""
    there = list(rows["band"].unique())
    return [*(part for part in PARTS if part in there), *(part for part in there if part not in PARTS)]


@dataclass(frozen=True)
class WresChoice:
    """What is looked at: one indicator of one organisation, one period, and one group against a reference."""

    organisation: str
    indicator: str
    grouping: str
    period: str
    group: str
    reference: str
    compare: str = AS_PUBLISHED
    band: str = ""

    @property
    def scale(self) -> Scale:
        """The axis that the choice asks for."""
        indicator = INDICATORS[self.indicator]
        if self.compare == RATE:
            return Scale("rate", f"{indicator.numerator} as % of {indicator.denominator}", "%")
        if indicator.kind == "share":
            whole = "band or board" if indicator.form == "9" else "band"
            return Scale(
                "gap", f"share of the {whole} minus share of all staff, percentage points", "percentage points"
            )
        if self.compare == GAP or (self.compare == AS_PUBLISHED and indicator.shown_as == "gap"):
            return Scale("gap", f"group minus {short_group(self.reference)}, percentage points", "percentage points")
        turned = indicator.shown_as == "reference / group"
        sides = (short_group(self.reference), "group") if turned else ("group", short_group(self.reference))
        return Scale("ratio", f"relative likelihood, {sides[0]} / {sides[1]} (log scale)", "relative likelihood")
