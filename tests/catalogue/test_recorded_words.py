"""Codes and spellings of real extracts, each with the name that it stands for."""

import pytest

from equity_metrics.catalogue.ethnic_groups import SURVEY_CATEGORIES, WORKFORCE_CATEGORIES
from equity_metrics.catalogue.recorded_words import band_of, ethnic_group_of


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("A", "White - British"),
        ("a ", "White - British"),
        ("CP", "White - Any other White background"),
        ("PC", "Black or Black British - Any other Black background"),
        ("SC", "Any other ethnic group"),
        ("R", "Chinese"),
        ("white - british", "White - British"),
        ("Z", "Not stated"),
        ("99", "Not known"),
        ("99.0", "Not known"),
        ("", "Not known"),
        ("QQ", None),
        ("1", None),
    ],
)
def test_workforce_codes(code, group):
    assert ethnic_group_of(code, WORKFORCE_CATEGORIES) == group


@pytest.mark.parametrize(
    ("code", "group"), [("09", "Indian"), ("9.0", "Indian"), ("18", "Any other ethnic background")]
)
def test_survey_codes(code, group):
    assert str(ethnic_group_of(code, SURVEY_CATEGORIES)).endswith(group)


@pytest.mark.parametrize(
    ("spelling", "band"),
    [
        ("NHS|XR05|Review Body Band 5", "5"),
        ("Non Review Body Band 3", "3"),
        ("Band 05", "5"),
        ("5", "5"),
        ("Band 8 - Range A", "8a"),
        ("Band 8A", "8a"),
        ("Grade 8d", "8d"),
        ("8c", "8c"),
        ("Under Band 1", "Under 1"),
        ("Very Senior Manager", "VSM"),
        ("Consultant", "Consultants"),
        ("Specialty Doctor", "Non-consultant career grade"),
        ("Foundation Year 1", "Trainee grades"),
        ("Band 12", None),
        ("Band 8", None),
        ("", None),
    ],
)
def test_spellings_of_bands(spelling, band):
    assert band_of(spelling) == band
