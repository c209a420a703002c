"""Published changes after interventions, as data: what others saw, how it was studied, and where it stands."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows

WARNING = (
    "Mostly uncontrolled, with small numbers: a place that starts something after a bad year comes back by itself, and "
    "the national figures moved too. Something to compare a prediction with, not what to expect."
)
EVIDENCE_ON_TRAINING = (
    "The Nuffield Trust (2021) found little evidence for training on unconscious bias and the like "
    "(https://nuffieldtrust.org.uk/news-item/nhs-does-not-have-the-fundamentals-in-place-to-tackle-discrimination-report-warns)."
)


@dataclass(frozen=True)
class PublishedEffect:
    """One published change.

    ``published`` says what was published, in its own numbers; nothing is inferred from them.
    """

    intervention: str
    where: str
    indicator: str
    published: str
    design: str
    source: str


PUBLISHED_EFFECTS = tuple(PublishedEffect(**row) for row in catalogue_rows("published_effects.csv"))
"""Every published change, of indicators 2 to 4."""
