"""What the Staff Survey tells about, whatever the file: questions by concept, indicator 6, and scores."""

from dataclasses import dataclass

from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.catalogue.survey_concepts import SURVEY_CONCEPTS

HBA_STAFF = "hba_staff"
"""Harassment from managers or colleagues: two questions, apart in the detailed workbooks, together elsewhere."""


@dataclass(frozen=True)
class SurveyTopic:
    """One thing that staff are asked about. ``better`` says whether higher or lower values are good."""

    topic: str
    label: str
    better: str


SURVEY_TOPICS: dict[str, SurveyTopic] = {
    **{c.concept: SurveyTopic(c.concept, c.label, c.better) for c in SURVEY_CONCEPTS.values() if c.counted},
    HBA_STAFF: SurveyTopic(
        HBA_STAFF, "Harassment, bullying or abuse from managers or colleagues, at least once", "lower"
    ),
    **{s.code: SurveyTopic(s.code, f"{s.code}: {s.name} (score)", "higher") for s in SURVEY_SCORES.values()},
}
"""Every topic by its id."""

TOPIC_OF_INDICATOR = {
    **{c.wres_indicator: c.concept for c in SURVEY_CONCEPTS.values() if c.wres_indicator.isdigit()},
    "6": HBA_STAFF,
    "q14b or q14c": HBA_STAFF,
    **{code: code for code in SURVEY_SCORES},
}
"""Topic of a WRES indicator, of the bounds on indicator 6, or of a score."""
