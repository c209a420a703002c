"""The nine questions that leaders are asked, and for each the evidence that data can give, with the reason."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows

INDICATOR, TOPIC, PLAN = "indicator", "topic", "plan"


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence: a WRES indicator, a topic of the Staff Survey, or something in the action plan."""

    question: str
    kind: str
    evidence: str
    reason: str


@dataclass(frozen=True)
class LeadersQuestion:
    """One question to leaders; ``code`` is the part of the Race Equality Code 2020 that it falls under (our reading).

    ``stops`` and ``does`` name what the strategy asks leaders to stop and to do, by its ids.
    """

    id: str
    question: str
    code: str
    stops: tuple[str, ...]
    does: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def _questions() -> dict[str, LeadersQuestion]:
    evidence = [Evidence(**row) for row in catalogue_rows("leaders_evidence.csv")]
    return {
        row["id"]: LeadersQuestion(
            row["id"],
            row["question"],
            row["code"],
            tuple(row["stops"].split()),
            tuple(row["does"].split()),
            tuple(e for e in evidence if e.question == row["id"]),
        )
        for row in catalogue_rows("leaders_questions.csv")
    }


LEADERS_QUESTIONS: dict[str, LeadersQuestion] = _questions()
"""Every question by its id, ``Q1`` to ``Q9``."""
