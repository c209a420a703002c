"""What boards read is plain: sentences of at most 20 words at the median, and of at most 8 years of school."""

import re
from html import unescape

import nbformat
import pytest

from views.words.answers_of_views import VIEWS
from views.words.reading import REPOSITORY, grade, median_words, sentences, syllables

MOST_WORDS, HIGHEST_GRADE = 20, 8
LONGEST = 30
"""Words of any one sentence of a view."""
PLAIN = (
    "00_start_here",
    "01_wres_at_a_glance",
    "02_staff_survey",
    "03_recruitment_and_progression",
    "04_disciplinaries",
    "05_representation",
    "06_benchmarks",
    "07_who_is_behind_bme",
    "08_baseline_trends",
    "09_intervention_lab",
    "10_what_would_it_take",
    "11_nine_questions",
    "13_action_plan",
    "14_from_board_to_ward",
)


def recorded(name: str) -> tuple[list[str], list[str]]:
    """Collect the sentences and the notes of every answer that a notebook shows."""
    book = nbformat.read(REPOSITORY / "notebooks" / f"{name}.ipynb", as_version=4)
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    pages = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]
    found = [
        [unescape(re.sub(r"<[^>]+>", " ", text)) for page in pages for text in re.findall(pattern, page)]
        for pattern in (r'class="em-sentence"[^>]*>(.*?)</p>', r"<li>(.*?)</li>")
    ]
    return tuple(list(dict.fromkeys(texts)) for texts in found)


def check_plain(texts):
    assert median_words(texts) <= MOST_WORDS
    assert grade(texts) <= HIGHEST_GRADE


@pytest.mark.parametrize("name", PLAIN)
def test_the_sentences_of_a_notebook_are_plain(name):
    check_plain(recorded(name)[0])


@pytest.mark.parametrize("name", PLAIN)
def test_the_notes_of_a_notebook_are_plain(name):
    check_plain(recorded(name)[1])


@pytest.mark.parametrize("answers", VIEWS, ids=lambda answers: answers.__name__)
def test_what_a_view_says_is_plain(answers, samples):
    made = list(answers(samples))
    check_plain({answer.sentence for answer in made})
    check_plain({note for answer in made for note in answer.notes})
    every = sentences({text for answer in made for text in (answer.sentence, *answer.notes)})
    assert max(map(len, every)) <= LONGEST


def test_names_terms_and_numbers_are_one_short_word():
    told = sentences(
        ["In 2025 at Bramwell Hospitals, 13.3 % were Asian or Asian British - Indian. Relative likelihood: 1.20!"]
    )
    assert [len(words) for words in told] == [7, 2]


@pytest.mark.parametrize(
    ("word", "count"),
    [("about", 2), ("people", 2), ("disability", 5), ("appointed", 3), ("9", 1), ("one", 1)],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_long_words_and_long_sentences_ask_for_more_years_of_school():
    assert grade(["The cat sat on the mat."]) < 1
    assert grade(["Organisational representativeness necessitates methodological sophistication."]) > 20
    clause = "the board met and then the staff met"
    assert grade([f"{clause}, and ".capitalize() * 6 + clause + "."]) > grade([f"{clause}.".capitalize()]) + 5
    assert median_words(["One two. One two three. One two three four five six."]) == 3
