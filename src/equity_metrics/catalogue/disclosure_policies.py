"""What is protected before anything is shown: for each audience and indicator a threshold, why, and who decided it."""

from dataclasses import dataclass, replace

from equity_metrics.catalogue.other_standards import (
    OTHER_STANDARDS,
    SOCIAL_CARE,
    SOCIAL_CARE_EVENTS,
    OtherIndicator,
)
from equity_metrics.catalogue.rows import catalogue_rows

PUBLISH = "publish"
"""Anyone: the audience of every figure, export and saved notebook unless another one is chosen."""
INTERNAL = "internal"
"""Those inside the organisation who may see smaller numbers of staff; survey respondents stay as protected."""
AUDIENCES = (PUBLISH, INTERNAL)

SURVEY = "survey"
"""Stands in a policy for everything that is asked in the survey and is not a WRES indicator."""


@dataclass(frozen=True)
class Protection:
    """One threshold: a cell that counts 1 to ``below`` − 1 people is withheld; zero is shown.

    ``indicator`` is an id of the catalogue or ``survey``, ``cell`` the column that is looked at, ``protects`` what that
    column counts. A ``below`` of 0 withholds nothing, and ``why`` says why not.
    """

    audience: str
    indicator: str
    cell: str
    protects: str
    below: int
    words: str
    why: str
    source: str

    @property
    def reason(self) -> str:
        """What is said in place of the number."""
        return self.words.format(below=self.below, most=self.below - 1)


@dataclass(frozen=True)
class DisclosurePolicy:
    """Every protection, and what is done beside.

    ``round_to`` is the number to whose multiples counts are rounded (1: not rounded). ``most_of_one`` is the largest
    share of a sum over organisations that one of them may make up (1: any).
    """

    protections: tuple[Protection, ...]
    round_to: int = 1
    most_of_one: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.most_of_one <= 1:
            raise ValueError(f"most_of_one must be more than 0 and at most 1, got: {self.most_of_one!r}")

    def of(self, audience: str) -> tuple[Protection, ...]:
        """Protections for one audience.

        Parameters
        ----------
        audience
            ``publish`` or ``internal``.

        Returns
        -------
        tuple of Protection

        Raises
        ------
        ValueError
            If the audience is not known.
        """
        if audience not in AUDIENCES:
            raise ValueError(f"audience must be one of {', '.join(AUDIENCES)}, got: {audience!r}")
        return tuple(p for p in self.protections if p.audience == audience)

    def with_threshold(self, protects: str, below: int, audience: str = PUBLISH) -> "DisclosurePolicy":
        """Return the policy with another threshold.

        Parameters
        ----------
        protects
            ``people at risk``, ``events``, ``respondents`` or ``board members``.
        below
            Counts of 1 to ``below`` − 1 are withheld; 0 withholds nothing.
        audience
            ``publish`` or ``internal``.

        Returns
        -------
        DisclosurePolicy
            Only protections that withhold something for that audience are changed.

        Raises
        ------
        ValueError
            If nothing of that name is protected for that audience, or ``below`` is not a whole number, 0 or more.
        """
        if below < 0 or below != int(below):
            raise ValueError(f"below must be a whole number, 0 or more, got: {below!r}")
        changed = [p for p in self.of(audience) if p.protects == protects and p.words]
        if not changed:
            known = ", ".join(dict.fromkeys(p.protects for p in self.of(audience) if p.words))
            raise ValueError(f"protects must be one of {known}, got: {protects!r}")
        return replace(
            self, protections=tuple(replace(p, below=int(below)) if p in changed else p for p in self.protections)
        )


_ROWS = tuple(
    Protection(
        row["audience"],
        row["indicator"],
        row["cell"],
        row["protects"],
        int(row["below"]),
        row["reason"],
        row["why"],
        row["source"],
    )
    for row in catalogue_rows("disclosure_policies.csv")
)


def _as_its_like(other: OtherIndicator) -> tuple[Protection, ...]:
    """Protect an indicator of another standard as the WRES indicator that it is like, in words that fit both."""
    words = {
        "people at risk": "fewer than {below} people of the group",
        "events": "1 to {most} people of the group counted",
        "respondents": "fewer than {below} respondents",
    }
    own = [
        replace(p, indicator=other.id, words=p.words and words[p.protects]) for p in _ROWS if p.indicator == other.like
    ]
    if other.standard != SOCIAL_CARE:
        return tuple(own)
    source = "Social Work England, Social Care WRES data: counts below 10 are printed as <10"
    return tuple(
        replace(p, below=SOCIAL_CARE_EVENTS, source=source) if (p.protects, p.audience) == ("events", PUBLISH) else p
        for p in own
    )


DISCLOSURE_POLICY = DisclosurePolicy((*_ROWS, *(p for other in OTHER_STANDARDS.values() for p in _as_its_like(other))))
"""The policy that holds unless another one is handed in."""
