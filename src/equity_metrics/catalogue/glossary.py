"""The words of this project and what they mean, as data: docs/GLOSSARY.md and the hover explanations say the same."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows


@dataclass(frozen=True)
class Term:
    """One word of the glossary."""

    word: str
    meaning: str
    in_sentences: tuple[str, ...]
    """How it is written where it has to be explained; empty for words of the code and for plain English."""


GLOSSARY: dict[str, Term] = {
    row["word"]: Term(row["word"], row["meaning"], tuple(filter(None, row["in_sentences"].split("|"))))
    for row in catalogue_rows("glossary.csv")
}
"""Every term by its word, in alphabetical order."""
