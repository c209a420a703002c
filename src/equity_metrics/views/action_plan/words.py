"""Columns of an action plan as people read them."""

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.leaders_questions import LEADERS_QUESTIONS

LABELS = {
    "action": "Name of the action",
    "organisation": "Organisation",
    "question": "Question to leaders",
    "what": "What is done",
    "owner": "Owner (a role)",
    "with": "Together with",
    "indicator": "Indicator to move",
    "group": "For which group",
    "reference": "Compared with",
    "expected_direction": "Direction hoped for",
    "baseline": "Baseline",
    "prediction": "What we predict",
    "start": "Start",
    "review": "Review date",
    "status": "Status",
    "learnt": "What was learnt",
    "changed": "Last changed (UTC)",
    "standing": "What the data say",
    "overdue": "Overdue",
    "owner_warning": "Owner to settle",
    "when": "When (UTC)",
    "column": "What",
    "before": "Before",
    "after": "After",
    "theirs": "Theirs, saved first",
    "mine": "Yours",
}
NOTHING = "(nothing)"
"""Stands where a text is empty, so that nobody takes it for one that was cut."""
QUESTIONS = [(f"{q.id}. {q.question}", q.id) for q in LEADERS_QUESTIONS.values()]
MEASURED = [(NOTHING, ""), *((f"{i.id}. {i.name}", i.id) for i in INDICATORS.values() if i.kind == "rate")]
DIRECTIONS = [(NOTHING, ""), ("higher for the group", "higher"), ("lower for the group", "lower")]
