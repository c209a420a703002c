import pandas as pd
import pytest

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH
from equity_metrics.catalogue.good_events import GOOD_EVENTS
from equity_metrics.catalogue.indicators import INDICATORS, WRES_INDICATORS
from equity_metrics.catalogue.other_standards import OTHER_STANDARDS
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.counts import check_counts
from equity_metrics.views.wres.explorer import WresExplorer

EVERY = list(OTHER_STANDARDS.values())
RATES = [other for other in EVERY if INDICATORS[other.id].kind == "rate"]


@pytest.fixture(scope="module")
def counts():
    rows = [(other.id, group, x, n) for other in RATES for group, x, n in (("White", 60, 900), ("BME", 40, 300))]
    table = pd.DataFrame(rows, columns=["indicator", "group", "numerator", "denominator"])
    same = {"organisation": "Alderton Council", "period": "2025", "grouping": "White / BME", "source": "Synthetic"}
    return check_counts(table.assign(level="organisation", **same))


def test_all_nine_social_care_metrics_are_listed_with_what_is_not_confirmed():
    social_care = [other.id for other in OTHER_STANDARDS.values() if other.standard == "Social Care WRES"]
    assert social_care == ["SC1", "SC2", "SC3", "SC4", "SC5", "SC6", "SC7a", "SC7b", "SC8", "SC9"]
    for other in OTHER_STANDARDS.values():
        assert other.confirmed
        assert other.not_confirmed
        assert other.source


@pytest.mark.parametrize("other", EVERY, ids=lambda other: other.id)
def test_each_has_the_form_of_the_indicator_that_it_is_like_and_says_so(other):
    indicator, like = INDICATORS[other.id], WRES_INDICATORS[other.like]
    assert (indicator.kind, indicator.shown_as, indicator.better) == (like.kind, like.shown_as, like.better)
    assert indicator.form == other.like
    assert "not all confirmed" in indicator.name
    assert other.standard in indicator.source
    assert GOOD_EVENTS.get(other.id) == GOOD_EVENTS.get(other.like)


def test_counts_below_ten_are_not_printed_for_social_care():
    below = {(p.indicator, p.protects): p.below for p in DISCLOSURE_POLICY.of(PUBLISH)}
    assert below["SC4", "events"] == 10
    assert below["3", "events"] == 5
    assert below["MWRES3", "events"] == 5
    for other in EVERY:
        own = {p.protects for p in DISCLOSURE_POLICY.of(PUBLISH) if p.indicator == other.id}
        assert own == {p.protects for p in DISCLOSURE_POLICY.of(PUBLISH) if p.indicator == other.like}


@pytest.mark.parametrize(
    ("indicator", "value", "against"), [("SC2", 0.5, "reference"), ("SC4", 2.0, "group"), ("SC8", 2.0, "group")]
)
def test_ratios_are_made_and_presented_by_the_same_functions(counts, indicator, value, against):
    rows = release(counts[counts["indicator"] == indicator])
    row = presented(verdicts(relative_likelihoods(rows, reference="White"))).iloc[0]
    assert row["value"] == pytest.approx(value)
    assert row["against"] == against


def test_harassment_is_compared_by_a_gap(counts):
    row = gaps(release(counts[counts["indicator"] == "SC7b"]), reference="White").iloc[0]
    assert row["value"] == pytest.approx(40 / 300 - 60 / 900)


@pytest.mark.parametrize("other", RATES, ids=lambda other: other.id)
def test_each_is_shown_by_the_same_explorer_with_its_standard(counts, other):
    explorer = WresExplorer(release(roll_ups(counts)), indicator=other.id)
    assert "Alderton Council" in explorer.answer.sentence
    assert other.phrase in explorer.answer.sentence
    assert any(other.standard in note for note in explorer.answer.notes)


def test_small_numbers_are_withheld_in_words_of_their_own(counts):
    few = counts[counts["indicator"] == "SC8"].assign(numerator=[30, 7])
    withheld = release(few)["withheld"].tolist()
    assert withheld == ["", "1 to 9 people of the group counted"]
