"""What was tried and what was agreed about it beforehand: the definition that files are read into and tests go by."""

from dataclasses import dataclass
from typing import Literal

DIRECTIONS = ("higher", "lower")
LEAST_PLACES = 2
"""Places without which there are no starts one after the other."""


@dataclass(frozen=True)
class Intervention:
    """One intervention, as it was agreed before its result was known.

    ``start`` is the first period in which it ran (``"2023"`` or ``"2023-04"``); the first ``lead_in`` periods belong
    neither to the baseline nor to the time after. ``expected_direction`` says which way the group's likelihood relative
    to the reference (or the score) should move. ``smallest_worthwhile`` is the smallest effect worth having: a ratio
    above 1 where the effect is a ratio (1.25 also means 1 / 1.25), score or percentage points above 0 where it is a
    difference. ``agreed`` is the date on which it was written down, ``prediction`` what was expected, in words.

    ``group`` and ``reference`` are compared. ``chosen_for`` is the WRES year whose bad figure led to the choice of the
    place, empty where it was not chosen so. It is stopped, or changed, once effects as large as ``stop_below`` are
    ruled out, and spread once some good is certain and the effect is at least ``spread_from``; None stands for
    ``smallest_worthwhile``. ``what`` says what was done, ``owner`` which role answers for it, ``source`` where the
    numbers come from.

    ``starts`` holds place and first period of each, where it began at several places one after the other; ``where`` is
    then their name together and ``start`` the first of them.
    """

    name: str
    start: str
    where: str
    indicator: str
    expected_direction: Literal["higher", "lower"]
    lead_in: int = 0
    smallest_worthwhile: float | None = None
    agreed: str = ""
    prediction: str = ""
    what: str = ""
    owner: str = ""
    group: str = "BME"
    reference: str = "White"
    chosen_for: str = ""
    stop_below: float | None = None
    spread_from: float | None = None
    source: str = ""
    starts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.expected_direction not in DIRECTIONS:
            raise ValueError(f"expected_direction must be 'higher' or 'lower', got: {self.expected_direction!r}")
        if self.lead_in < 0:
            raise ValueError(f"lead_in must be 0 or more periods, got: {self.lead_in}")
        for name in ("smallest_worthwhile", "stop_below", "spread_from"):
            if (value := getattr(self, name)) is not None and not value > 0:
                raise ValueError(f"{name} must be above 0, got: {value}")
        stop_below, spread_from = (
            self.smallest_worthwhile if own is None else own for own in (self.stop_below, self.spread_from)
        )
        if stop_below is not None and spread_from is not None and stop_below > spread_from:
            raise ValueError(f"stop_below must not exceed spread_from, got: {stop_below} and {spread_from}")
        if self.starts:
            self._check_starts()

    def _check_starts(self) -> None:
        first = min(start for _, start in self.starts)
        if len(dict(self.starts)) != len(self.starts) or len(self.starts) < LEAST_PLACES:
            named = ", ".join(place for place, _ in self.starts)
            raise ValueError(f"starts must name at least {LEAST_PLACES} places, each once, got: {named}")
        if self.start != first:
            raise ValueError(f"start must be the first of starts ({first}), got: {self.start}")
        if self.lead_in or self.chosen_for:
            own = f"lead_in {self.lead_in}" if self.lead_in else f"chosen_for {self.chosen_for}"
            raise ValueError(f"lead_in and chosen_for must be left out where there are starts, got: {own}")

    @property
    def places(self) -> tuple[str, ...]:
        """Every place where it ran."""
        return tuple(place for place, _ in self.starts) or (self.where,)
