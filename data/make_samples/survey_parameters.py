"""The parameters of invented Staff Survey answers: scales, levels in England, and how groups and organisations vary."""

import csv
from dataclasses import dataclass
from pathlib import Path

from equity_metrics.catalogue.ethnic_groups import SURVEY_CATEGORIES, SURVEY_CATEGORIES_2025, UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.survey_concepts import SURVEY_CONCEPTS

SCALES: dict[str, dict[str, tuple[str, float]]] = {
    "often": {
        "Never": ("rest", 1.0),
        "1 to 2": ("counted", 0.52),
        "3 to 5": ("counted", 0.23),
        "6 to 10": ("counted", 0.09),
        "More than 10": ("counted", 0.16),
    },
    "yes": {"Yes": ("counted", 1.0), "No": ("rest", 1.0)},
    "tick": {"ticked": ("counted", 1.0), "not ticked": ("rest", 1.0)},
    "fair": {"Yes": ("counted", 1.0), "No": ("rest", 0.3), "Don't know": ("rest", 0.7)},
    "agree": {
        "Strongly disagree": ("rest", 0.15),
        "Disagree": ("rest", 0.27),
        "Neither agree nor disagree": ("rest", 0.58),
        "Agree": ("counted", 0.7),
        "Strongly agree": ("counted", 0.3),
    },
    "appraisal": {"Yes": ("counted", 1.0), "No": ("rest", 0.8), "Can't remember": ("rest", 0.2)},
    "reported": {
        "Yes, I reported it": ("counted", 0.75),
        "Yes, a colleague reported it": ("counted", 0.1),
        "No": ("rest", 0.55),
        "Don't know": ("rest", 0.1),
        "Both a colleague and I reported it": ("counted", 0.15),
        "Not applicable": ("rest", 0.35),
    },
    "contact": {"Yes, frequently": ("counted", 0.85), "Yes, occasionally": ("counted", 0.15), "No": ("rest", 1.0)},
}
"""Answers of each kind of question: part of the reported percentage or not, and the share of that part (invented)."""

ASKED = {"hba_reported": 0.35, "discrimination_ethnicity": 0.15}
"""Share of respondents asked a follow-up question; all others reach 98.5 % (invented)."""
EVERYBODY_ASKED = 0.985
RESPONSE_RATE = (0.35, 0.6)
BME_SHARE = (0.22, 0.8)
"""Centre of the share of BME staff among organisations, and its spread on the logit scale (invented)."""
CLIMATE, OWN_LEVEL, OWN_GAP, GROUP_SPREAD = 0.15, 0.2, 0.2, 0.12
"""Spread on the logit scale: an organisation's climate, its own level of one question, its own gap, detailed groups.

Between the trusts of 2024 the levels of indicators 5 to 8 spread by 0.26 to 0.40 and their gaps by 0.16 to 0.36.
"""

_GROUP_WEIGHTS = (483, 7.6, 0.5, 37, 4.3, 2.6, 4.6, 7, 57, 10.8, 4.5, 4.7, 38, 42, 9.5, 3.5, 3.3, 7.4)
"""Respondents by ethnic group, thousands: rounded from the bases of NHS Staff Survey 2024, national results."""
_FILIPINO = 20.0
"""Part of "Any other Asian background" that has a category of its own from 2025 (invented)."""


@dataclass(frozen=True)
class Item:
    """A question or sub-score: ``white`` and ``bme`` are its levels in England (% counted, or score 0-10)."""

    id: str
    section: str
    scale: str
    text: str
    white: float
    bme: float
    source: str

    @property
    def better(self) -> str:
        """Which way is good; scores are better when higher."""
        return SURVEY_CONCEPTS[self.id].better if self.id in SURVEY_CONCEPTS else "higher"


def items() -> tuple[Item, ...]:
    """Every item of the parameter file beside this module."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as handle:
        return tuple(
            Item(**{**row, "white": float(row["white"]), "bme": float(row["bme"])}) for row in csv.DictReader(handle)
        )


def group_weights(year: str) -> dict[str, float]:
    """Detailed ethnic groups of a survey year and their share of respondents in England."""
    grouping = SURVEY_CATEGORIES_2025 if year >= "2025" else SURVEY_CATEGORIES
    weights = list(_GROUP_WEIGHTS)
    if grouping == SURVEY_CATEGORIES_2025:
        weights[12:13] = [_FILIPINO, weights[12] - _FILIPINO]
    names = [name for name in groups_of(grouping) if name not in UNKNOWN_GROUPS]
    return dict(zip(names, (weight / sum(weights) for weight in weights), strict=True))
