"""Staff Survey questions by concept: question numbers change from year to year, concepts do not."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows

SURVEY_YEARS = ("2021", "2022", "2023", "2024", "2025")
"""Survey years whose question numbers are confirmed in the questionnaires."""


@dataclass(frozen=True)
class SurveyConcept:
    """What one question asks, whatever its number.

    ``counted`` holds the answers that make up the reported percentage (``("not Never",)`` for all but "Never");
    ``left_out`` the answers taken out of its base. ``questions`` maps a survey year to a question number.
    """

    concept: str
    label: str
    wres_indicator: str
    better: str
    counted: tuple[str, ...]
    left_out: tuple[str, ...]
    questions: dict[str, str]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


SURVEY_CONCEPTS: dict[str, SurveyConcept] = {
    row["concept"]: SurveyConcept(
        row["concept"],
        row["label"],
        row["wres_indicator"],
        row["better"],
        _split(row["counted"]),
        _split(row["left_out"]),
        {year: row[year] for year in SURVEY_YEARS},
    )
    for row in catalogue_rows("survey_concepts.csv")
}
"""Every concept by its id."""


def concept_of(question: str, year: str) -> str | None:
    """Concept that a question number stands for in a survey year; ``None`` where the catalogue has none."""
    for concept in SURVEY_CONCEPTS.values():
        if concept.questions.get(year, "").lower() == question.lower():
            return concept.concept
    return None
