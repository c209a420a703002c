"""Sentences in; how many words a sentence has and how many years of school they ask for out."""

import re
from collections.abc import Iterable
from pathlib import Path
from statistics import median

import pandas as pd
import pyphen

from equity_metrics.catalogue.ethnic_groups import ETHNIC_GROUPS
from equity_metrics.catalogue.glossary import GLOSSARY
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS
from equity_metrics.views.words.wording import short_group

REPOSITORY = Path(__file__).resolve().parents[3]
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*|9")
NUMBER = re.compile(r"[<−+]?\s?\d[\d,]*(?:\.\d+)?(?: ?%)?(?:th|st|nd|rd)?")
SENTENCE_END = re.compile(r"(?<=[.!?])[”)]?\s+(?=[A-Z9“(])")
HYPHENS = pyphen.Pyphen(lang="en_GB")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[a-z]{2})((?<!l)e|(?<![td])ed)$")


def _names() -> list[str]:
    """List the names that a sentence cannot put more simply: of groups, indicators, questions and places."""
    places = pd.read_csv(REPOSITORY / "data" / "samples" / "organisations.csv", dtype="str")
    groups = [name for group in ETHNIC_GROUPS for name in (group.group, group.five_group)]
    topics = [topic.label for topic in SURVEY_TOPICS.values()]
    names = {
        *groups,
        *map(short_group, groups),
        *(indicator.name for indicator in INDICATORS.values()),
        *topics,
        *(topic.removesuffix(" (score)") for topic in topics),
        *(place for column in ("organisation", "system", "region") for place in places[column].dropna()),
    }
    return sorted(names, key=len, reverse=True)


TERM_WORDS = {word.strip() for term in GLOSSARY.values() for word in (*term.word.split(","), *term.in_sentences)}
NAMES = re.compile("|".join(map(re.escape, _names())))
TERMS = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(TERM_WORDS, key=len, reverse=True)))})s?\b", re.IGNORECASE)


def sentences(texts: Iterable[str]) -> list[list[str]]:
    """Split texts into sentences of words; a name, a glossary term and a number are one short word each."""
    plain = (NUMBER.sub(" 9 ", TERMS.sub("Term", NAMES.sub("Name", text))) for text in texts)
    split = (WORD.findall(sentence) for text in plain for sentence in SENTENCE_END.split(text.strip()))
    return [words for words in split if words]


def syllables(word: str) -> int:
    """Count the syllables of a word by its hyphens or by its vowels, whichever finds more."""
    return max(len(HYPHENS.positions(word)) + 1, len(VOWELS.findall(SILENT.sub("", word.lower()))))


def median_words(texts: Iterable[str]) -> float:
    """Count the words of the sentence in the middle."""
    return median(map(len, sentences(texts)))


def grade(texts: Iterable[str]) -> float:
    """Work out the Flesch-Kincaid grade of texts read one after the other.

    References
    ----------
    Kincaid J P, Fishburne R P, Rogers R L, Chissom B S (1975). Derivation of new readability formulas for Navy enlisted
    personnel. Naval Technical Training Command, Research Branch Report 8-75.
    """
    told = sentences(texts)
    words = [word for sentence in told for word in sentence]
    return 0.39 * len(words) / len(told) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
