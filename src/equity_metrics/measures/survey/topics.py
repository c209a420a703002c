"""Released survey rows of every source in; the same with topic and survey year, by which they can be chosen, out."""

import pandas as pd

from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS, TOPIC_OF_INDICATOR
from equity_metrics.measures.cells import COUNTS


def survey_topics(released: pd.DataFrame) -> pd.DataFrame:
    """Name each row's topic and survey year.

    Parameters
    ----------
    released
        Released published values and counts of indicators 5 to 8, as ``release`` returned them.

    Returns
    -------
    DataFrame
        The rows that have a topic, + ``topic`` and ``survey_year``. Counts carry the WRES year, which is the survey's
        year plus one; published values carry the survey's year.
    """
    concept = released["concept"] if "concept" in released.columns else pd.Series("", index=released.index)
    topic = concept.where(concept.isin(SURVEY_TOPICS), released["indicator"].map(TOPIC_OF_INDICATOR))
    year = released["period"].astype(int) - (released["table"] == COUNTS)
    return released.assign(topic=topic, survey_year=year.astype(str))[topic.notna()]
