"""People Promise elements, themes and sub-scores: their names and the questions that make them."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows


@dataclass(frozen=True)
class SurveyScore:
    """A 0-10 score; higher is better for every one of them."""

    code: str
    name: str
    items_2024: str
    scoring: str


SURVEY_SCORES: dict[str, SurveyScore] = {
    row["code"]: SurveyScore(row["code"], row["name"], row["items_2024"], row["item_scoring"])
    for row in catalogue_rows("people_promise.csv")
}
"""Every element, theme and sub-score by its code."""
