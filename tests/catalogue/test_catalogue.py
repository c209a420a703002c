"""The catalogue is whole: every row has what the others rely on."""

import re
from pathlib import Path

import pytest

from equity_metrics.catalogue.bands import ALL_STAFF, BANDS
from equity_metrics.catalogue.ethnic_groups import (
    DETAILED_GROUPINGS,
    ETHNIC_GROUPS,
    FIVE_GROUPS,
    UNKNOWN_GROUPS,
    WHITE_BME,
    groups_of,
    wider_groups,
)
from equity_metrics.catalogue.indicators import WRES_INDICATORS
from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.catalogue.survey_concepts import SURVEY_CONCEPTS, SURVEY_YEARS, concept_of
from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS, TOPIC_OF_INDICATOR

GLOSSARY = (Path(__file__).resolve().parents[2] / "docs" / "GLOSSARY.md").read_text(encoding="utf-8")


def test_nine_indicators_with_their_published_direction():
    assert list(WRES_INDICATORS) == list("123456789")
    shown = {i.id: i.shown_as for i in WRES_INDICATORS.values()}
    assert {k for k, v in shown.items() if v == "reference / group"} == {"2", "4"}
    assert {k for k, v in shown.items() if v == "group / reference"} == {"3"}
    assert {i.id for i in WRES_INDICATORS.values() if i.kind == "share"} == {"1", "9"}
    assert {i.id for i in WRES_INDICATORS.values() if i.better == "higher"} == {"7"}


@pytest.mark.parametrize(("grouping", "known"), list(zip(DETAILED_GROUPINGS, (16, 18, 19), strict=True)))
def test_detailed_groups_are_as_many_as_published(grouping, known):
    names = groups_of(grouping)
    assert len([n for n in names if n not in UNKNOWN_GROUPS]) == known
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("grouping", DETAILED_GROUPINGS)
def test_groupings_nest(grouping):
    five, two = wider_groups(grouping, FIVE_GROUPS), wider_groups(grouping, WHITE_BME)
    again = wider_groups(FIVE_GROUPS, WHITE_BME)
    assert {name: again[five[name]] for name in five} == two
    assert set(five.values()) <= set(groups_of(FIVE_GROUPS))
    assert all(two[name] == name for name in UNKNOWN_GROUPS if name in two)


def test_white_categories_are_white_and_no_other():
    for group in ETHNIC_GROUPS:
        assert (group.white_bme == "White") == group.group.startswith("White - ")


def test_unknown_groupings_are_refused_with_the_choices():
    with pytest.raises(ValueError, match="White / BME, Five groups"):
        groups_of("Ethnicity")
    with pytest.raises(ValueError, match="wider"):
        wider_groups(WHITE_BME, FIVE_GROUPS)


def test_bands_are_in_pay_order():
    assert [b.order for b in BANDS.values()] == list(range(len(BANDS)))
    assert list(BANDS)[-1] == ALL_STAFF


def test_concepts_name_one_question_in_each_year():
    for year in SURVEY_YEARS:
        questions = [c.questions[year] for c in SURVEY_CONCEPTS.values()]
        assert all(re.fullmatch(r"Q\d+[a-i]?(_\d)?", q) for q in questions)
        assert len(set(questions)) == len(questions)


@pytest.mark.parametrize(("year", "question"), [("2021", "Q21f"), ("2022", "Q23f"), ("2024", "q25f"), ("2025", "Q25f")])
def test_question_numbers_change_and_concepts_do_not(year, question):
    assert concept_of(question, year) == "speaking_up_addressed"
    assert concept_of("Q99", year) is None


def test_ground_of_discrimination_moved_in_2025():
    assert concept_of("Q16c_1", "2024") == concept_of("Q16c_6", "2025") == "discrimination_ethnicity"
    assert concept_of("Q16c_1", "2025") is None


def test_scores_and_topics_are_complete():
    assert len(SURVEY_SCORES) == 30
    assert set(TOPIC_OF_INDICATOR.values()) <= set(SURVEY_TOPICS)
    assert {"5", "6", "7", "8"} <= set(TOPIC_OF_INDICATOR)


@pytest.mark.parametrize(
    "word", ["relative likelihood", "gap", "release", "withheld", "Not stated", "Not known", "BME"]
)
def test_the_glossary_holds_the_words_of_the_code(word):
    assert re.search(rf"^\| [^|]*{word}", GLOSSARY, flags=re.MULTILINE)
