from pathlib import Path

from equity_metrics.catalogue.glossary import GLOSSARY
from equity_metrics.catalogue.missing_values import SUPPRESSED

PAGE = Path(__file__).resolve().parents[2] / "docs" / "GLOSSARY.md"


def test_the_page_holds_what_the_catalogue_holds():
    """A new word is one row in catalogue/glossary.csv and the same row here."""
    rows = PAGE.read_text(encoding="utf-8").splitlines()[6:]
    assert rows == [f"| {term.word} | {term.meaning} |" for term in GLOSSARY.values()]


def test_words_stand_in_alphabetical_order():
    words = [word.lower() for word in GLOSSARY]
    assert words == sorted(words)


def test_what_is_explained_in_sentences_is_plain_text_and_named_once():
    explained = [term for term in GLOSSARY.values() if term.in_sentences]
    forms = [form.lower() for term in explained for form in term.in_sentences]
    assert len(forms) == len(set(forms)) > 40
    assert not [term.word for term in explained if set("`[]<>") & set(term.meaning)]


def test_a_missing_value_is_explained_in_the_words_of_tables():
    assert SUPPRESSED.words == f"suppressed: {GLOSSARY['suppressed'].meaning}"
