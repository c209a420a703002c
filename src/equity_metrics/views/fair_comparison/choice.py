"""What is looked at in a fair comparison, and what each of its pictures is made of."""

from dataclasses import dataclass, field

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS, Indicator
from equity_metrics.measures.presentation import TURNED
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.wording import at, first_up, short_group

VERDICTS, UNKNOWN, RATES = "Verdict for each group", "If unknown ethnicities were known", "Each group's own rate"
PICTURES = (VERDICTS, UNKNOWN, RATES)
ONE_YEAR, TWO_YEARS = "One year", "Two years together"


@dataclass(frozen=True)
class FairChoice:
    """One indicator of one organisation and period, a group against a reference, and the picture of it."""

    organisation: str
    indicator: str
    grouping: str
    group: str
    reference: str
    period: str
    years: str = ONE_YEAR
    picture: str = VERDICTS

    @property
    def what(self) -> Indicator:
        """The indicator's entry in the catalogue."""
        return INDICATORS[self.indicator]

    @property
    def is_ratio(self) -> bool:
        """Whether WRES compares this indicator by ratios; else by gaps."""
        return self.what.shown_as != "gap"

    @property
    def is_turned(self) -> bool:
        """Whether WRES prints the ratio as reference / group."""
        return self.indicator in TURNED

    @property
    def counted(self) -> str:
        """What is counted, of whom: the heading of a column of counts."""
        return f"{first_up(self.what.numerator)} of {self.what.denominator}"

    @property
    def place(self) -> str:
        """Where and when, as a sentence begins."""
        when = f"In {self.period}" if self.years == ONE_YEAR else f"In the two years to {self.period}"
        return f"{when} {at(self.organisation)}"

    @property
    def ratio_scale(self) -> Scale:
        """The axis of relative likelihoods, the way round in which WRES prints them."""
        sides = ("group", short_group(self.reference))
        top, bottom = sides[::-1] if self.is_turned else sides
        return Scale("ratio", f"relative likelihood, {top} / {bottom} (log scale)", "relative likelihood")


@dataclass(frozen=True)
class Marks:
    """Further signs in a picture: one name, one sign, a value for some of the labels."""

    name: str
    symbol: str
    colour: str
    rows: pd.DataFrame
    """``label, value``."""


@dataclass(frozen=True)
class Picture:
    """What one picture draws, and what is said of it."""

    sentence: str
    table: pd.DataFrame
    dots: pd.DataFrame
    scale: Scale
    marks: tuple[Marks, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    next_step: str = ""
    """What can be done next; empty where the picture compares nothing."""
