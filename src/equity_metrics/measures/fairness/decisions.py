"""The intervals of one comparison in; one of five verdicts, against whom it is, and the words for it, out."""

import math
from dataclasses import dataclass
from enum import StrEnum

from equity_metrics.catalogue.policies import FOUR_FIFTHS, NonAdverseRange

GROUP, REFERENCE, NOBODY = "group", "reference", ""
"""Whose disadvantage a difference is."""


class Verdict(StrEnum):
    """What can be claimed of a comparison. None of them says that there is no difference."""

    BEYOND = "disparity beyond the range"
    INSIDE = "a difference inside the range"
    UNCERTAIN = "a difference of uncertain size"
    PARITY = "parity"
    NOT_ENOUGH = "not enough to tell"


@dataclass(frozen=True)
class Decision:
    """What the intervals of one comparison (group / reference, or group − reference) allow to be claimed.

    Everything that is shown of a comparison is made from this object: table, colour, sign and sentence cannot disagree.

    Parameters
    ----------
    lower, upper
        95 % limits; missing where there is no interval.
    lower_90, upper_90
        90 % limits.
    within
        Values that are not read as adverse. Where no range is named, nothing lies beyond or inside it.
    good
        Whether the event that is counted is good for a person; ``None`` where nobody has said so.

    References
    ----------
    Schuirmann D J (1987). A comparison of the two one-sided tests procedure and the power approach for assessing the
    equivalence of average bioavailability. Journal of Pharmacokinetics and Biopharmaceutics 15: 657-680: a 90 %
    interval inside the range is both one-sided tests at 5 %.
    """

    lower: float
    upper: float
    lower_90: float
    upper_90: float
    within: NonAdverseRange = FOUR_FIFTHS
    good: bool | None = None

    @property
    def verdict(self) -> Verdict:
        """The first of the five that fits."""
        inside = self.within.lower <= self.lower_90 and self.upper_90 <= self.within.upper
        if self.upper < self.within.lower or self.lower > self.within.upper:
            return Verdict.BEYOND
        if self.direction and inside:
            return Verdict.INSIDE
        if self.direction:
            return Verdict.UNCERTAIN
        return Verdict.PARITY if inside else Verdict.NOT_ENOUGH

    @property
    def direction(self) -> str:
        """``less``, ``more``, or empty where the 95 % interval holds parity or there is none."""
        return "less" if self.upper < self.within.parity else "more" if self.lower > self.within.parity else ""

    @property
    def against(self) -> str:
        """Whose disadvantage it is: ``group``, ``reference``, or empty where that cannot be told."""
        if not self.direction or self.good is None:
            return NOBODY
        return GROUP if (self.direction == "less") == self.good else REFERENCE

    def words(self, group: str, reference: str, times_as_many: float = math.nan) -> str:
        """Say the verdict of two groups; its name stands in the first sentence.

        Parameters
        ----------
        group, reference
            The two names.
        times_as_many
            How many times as many people in both groups would be enough to tell; missing where it is not known.

        Returns
        -------
        str
        """
        span, value = self.within.words, "ratio" if self.within.parity else "gap"
        named = not math.isnan(self.within.lower)
        size = (
            f"Whether it lies beyond the range {span} cannot be told"
            if named
            else "No range is named to judge its size"
        )
        compared = f"{group} {self._compared} {reference}{self._disadvantage(group, reference)}"
        enough = (
            ""
            if math.isnan(times_as_many)
            else f" About {times_as_many:,.0f} times as many people in both groups would be enough, "
            "if both figures stayed what they are."
        )
        return {
            Verdict.BEYOND: f"Disparity beyond the range {span}: {compared}.",
            Verdict.INSIDE: f"A difference inside the range {span}: {compared}.",
            Verdict.UNCERTAIN: f"A difference of uncertain size: {compared}. {size}.",
            Verdict.PARITY: f"Parity: {group} and {reference} are about equally likely; the {value} lies inside the "
            f"range {span}.",
            Verdict.NOT_ENOUGH: f"Not enough to tell whether {group} and {reference} differ. This is no evidence of "
            f"equality.{enough}",
        }[self.verdict]

    @property
    def _compared(self) -> str:
        if self.within.measure == "score gap":
            return f"{'lower' if self.direction == 'less' else 'higher'} than"
        return f"{self.direction} likely than"

    def _disadvantage(self, group: str, reference: str) -> str:
        return f", to the disadvantage of {group if self.against == GROUP else reference}" if self.against else ""
