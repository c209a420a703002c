import pytest

from equity_metrics.catalogue.disclosure_policies import AUDIENCES, DISCLOSURE_POLICY, INTERNAL, PUBLISH, SURVEY
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.other_standards import OTHER_STANDARDS


@pytest.mark.parametrize("audience", AUDIENCES)
def test_says_for_every_indicator_what_is_protected_why_and_who_decided(audience):
    protections = DISCLOSURE_POLICY.of(audience)
    assert {p.indicator for p in protections} == {*INDICATORS, SURVEY}
    assert all(p.why and p.source for p in protections)
    assert all(bool(p.words) == (p.below > 0) for p in protections)


def test_survey_answers_are_as_protected_inside_as_outside():
    for audience in AUDIENCES:
        respondents = {(p.indicator, p.cell): p for p in DISCLOSURE_POLICY.of(audience) if p.protects == "respondents"}
        asked = {other.id for other in OTHER_STANDARDS.values() if other.like in tuple("5678")}
        of_indicators = {(i, "denominator") for i in (*"5678", *asked)}
        assert set(respondents) == {*of_indicators, (SURVEY, "denominator"), (SURVEY, "base")}
        assert {p.below for p in respondents.values()} == {10}
        assert {p.reason for p in respondents.values()} == {"fewer than 10 respondents"}


def test_inside_no_threshold_is_higher_than_outside():
    outside = {(p.indicator, p.cell): p.below for p in DISCLOSURE_POLICY.of(PUBLISH)}
    assert all(p.below <= outside[p.indicator, p.cell] for p in DISCLOSURE_POLICY.of(INTERNAL))


def test_a_threshold_is_a_parameter_and_its_reason_follows():
    policy = DISCLOSURE_POLICY.with_threshold("people at risk", 20).with_threshold("events", 8)
    reasons = {(p.indicator, p.cell): p.reason for p in policy.of(PUBLISH)}
    assert reasons["2", "denominator"] == "fewer than 20 people of the group shortlisted"
    assert reasons["3", "numerator"] == "1 to 7 staff of the group in the disciplinary process"
    assert policy.of(INTERNAL) == DISCLOSURE_POLICY.of(INTERNAL)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("boards", 5), "protects must be one of people at risk, events, respondents, got: 'boards'"),
        (("events", -1), "below must be a whole number, 0 or more, got: -1"),
        (("events", 5, "everyone"), "audience must be one of publish, internal, got: 'everyone'"),
    ],
)
def test_refuses_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError) as refused:
        DISCLOSURE_POLICY.with_threshold(*arguments)
    assert str(refused.value) == sentence
