"""Which indicators count something good, as data: who is at a disadvantage depends on it."""

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS

GOOD_EVENTS: dict[str, bool] = {
    **{
        i.id: i.shown_as == "reference / group" or i.better == "higher" for i in INDICATORS.values() if i.kind == "rate"
    },
    **{topic.topic: topic.better == "higher" for topic in SURVEY_TOPICS.values()},
}
"""By indicator or survey topic: whether having the event, or a higher score, is good for a person.

An appointment (2), training (4) and a belief in fairness (7) are good; a disciplinary case (3), harassment (5, 6) and
discrimination (8) are not.
"""
