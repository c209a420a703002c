"""The intervals of one relative likelihood in; one of five verdicts, and the words for it, out."""

from dataclasses import dataclass
from enum import StrEnum

from equity_metrics.catalogue.policies import FOUR_FIFTHS, NonAdverseRange


class Verdict(StrEnum):
    """What can be claimed of a relative likelihood. None of them says that there is no difference."""

    BEYOND = "disparity beyond the range"
    INSIDE = "a difference inside the range"
    UNCERTAIN = "a difference of uncertain size"
    PARITY = "parity"
    NOT_ENOUGH = "not enough to tell"


@dataclass(frozen=True)
class Decision:
    """What the intervals of one relative likelihood (group / reference) allow to be claimed.

    Everything that is shown of a comparison is made from this object: table, colour, icon and sentence cannot disagree.

    Parameters
    ----------
    lower, upper
        95 % limits; missing where there is no interval.
    lower_90, upper_90
        90 % limits.
    within
        Relative likelihoods that are not read as adverse.

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
        """``less``, ``more``, or empty where the 95 % interval holds 1 or there is none."""
        return "less" if self.upper < 1 else "more" if self.lower > 1 else ""

    def words(self, group: str, reference: str) -> str:
        """Say the verdict of two groups in one sentence.

        Parameters
        ----------
        group, reference
            The two names.

        Returns
        -------
        str
        """
        span = f"{self.within.lower:g}-{self.within.upper:g}"
        compared = f"{group} {self.direction} likely than {reference}"
        return {
            Verdict.BEYOND: f"{compared}, by more than the range {span} allows.",
            Verdict.INSIDE: f"{compared}, and the difference lies inside the range {span}.",
            Verdict.UNCERTAIN: f"{compared}; whether by more than the range {span} allows cannot be told.",
            Verdict.PARITY: f"{group} and {reference} about equally likely: the ratio lies inside the range {span}.",
            Verdict.NOT_ENOUGH: f"Not enough to tell whether {group} and {reference} differ.",
        }[self.verdict]
