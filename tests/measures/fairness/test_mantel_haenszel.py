import numpy as np
import pytest
from hypothesis import given
from statsmodels.stats.contingency_tables import StratifiedTable

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.mantel_haenszel import mantel_haenszel_ratio, within_strata
from equity_metrics.measures.intervals.ratios import katz_ratio
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.samples import sample
from equity_metrics.sources.wres_return import read_wres_return
from measures.counts_strategies import events_of
from measures.small_tables import drawn

STRATA = np.array([[12, 40, 30], [100, 90, 60], [30, 20, 9], [200, 60, 20]])
COUNTS = """
    organisation | band      | group | numerator | denominator
    Alder        | 5         | White | 200       | 1000
    Alder        | 5         | BME   | 10        | 40
    Alder        | 6         | White | 20        | 200
    Alder        | 6         | BME   | 60        | 500
    Alder        | All staff | White | 220       | 1200
    Alder        | All staff | BME   | 70        | 540
    Beech        | 5         | White | 50        | 100
    Beech        | 5         | BME   | 3         | 90
    Beech        | 6         | White | 50        | 100
    Beech        | 6         | BME   | 50        | 90
"""


def test_agrees_with_statsmodels():
    tables = [np.array([[a, b - a], [c, d - c]]) for a, b, c, d in STRATA.T]
    assert mantel_haenszel_ratio(*STRATA).value == pytest.approx(StratifiedTable(tables).riskratio_pooled, rel=1e-12)


@given(events_of(), events_of())
def test_one_stratum_is_katz(group, reference):
    made = mantel_haenszel_ratio(*group, *reference)
    np.testing.assert_allclose((made.lower, made.upper), katz_ratio(*group, *reference), rtol=1e-6)


def test_a_stratum_without_people_of_a_group_adds_nothing():
    with_empty = np.concatenate([STRATA, [[0], [0], [5], [50]], [[0], [0], [0], [0]]], axis=1)
    np.testing.assert_allclose(mantel_haenszel_ratio(*with_empty), mantel_haenszel_ratio(*STRATA))
    assert np.isnan(mantel_haenszel_ratio([0, 0], 9, [1, 2], 9).upper)


def test_sums_strata_and_leaves_totals_out():
    alder = within_strata(drawn(COUNTS, indicator="2"), "White").set_index("organisation").loc["Alder"]
    made = mantel_haenszel_ratio([10, 60], [40, 500], [200, 20], [1000, 200])
    assert tuple(alder[["value", "lower", "upper"]]) == pytest.approx(tuple(float(number) for number in made))
    numbers = ["numerator", "denominator", "reference_numerator", "reference_denominator"]
    assert tuple(alder[numbers]) == (
        70,
        540,
        220,
        1200,
    )
    assert alder["strata"] == 2
    assert alder["crude"] == pytest.approx((70 / 540) / (220 / 1200))


def test_a_withheld_stratum_withholds_the_comparison():
    table = within_strata(release(drawn(COUNTS, indicator="2")), "White").set_index("organisation")
    assert table.loc["Beech", "withheld"].startswith("BME: 1 to 4")
    numbers = ["value", "lower", "upper", "crude", "crude_lower", "crude_upper", "numerator", "group_value"]
    assert table.loc["Beech", numbers].isna().all()
    assert (table.loc["Beech", "disagree"], table.loc["Beech", "words"]) == (False, "")
    assert table.loc["Alder", "withheld"] == ""


def test_catches_the_planted_organisation_and_no_other():
    counts = read_wres_return(sample("recruitment_by_band_synthetic.csv.gz"))
    table = within_strata(roll_up(counts, "White / BME"), "White")
    table = table[table["group"] == "BME"].set_index("organisation")
    assert len(table) == 5
    assert table.index[table["disagree"]].tolist() == ["Ashmere Hospitals"]
    ashmere = table.loc["Ashmere Hospitals"]
    assert ashmere["crude_upper"] < 1 < ashmere["lower"]
    assert ashmere["lower"] < 1.3 < ashmere["upper"]
    assert ashmere["words"] == "Within each band the difference is the other way round: the totals mislead."
    assert (table["words"].drop("Ashmere Hospitals") == "").all()


def test_says_when_a_difference_fades_or_appears_within_strata():
    text = """
        organisation | band | group | numerator | denominator
        Alder        | 5    | White | 400       | 1000
        Alder        | 5    | BME   | 40        | 100
        Alder        | 6    | White | 10        | 100
        Alder        | 6    | BME   | 100       | 1000
        Beech        | 5    | White | 400       | 1000
        Beech        | 5    | BME   | 60        | 100
        Beech        | 6    | White | 10        | 100
        Beech        | 6    | BME   | 345       | 1000
    """
    words = within_strata(drawn(text, indicator="2"), "White").set_index("organisation")["words"]
    assert words["Alder"] == "Within each band the data do not show the difference that the totals show."
    assert words["Beech"] == "Within each band there is a difference that the totals hide."


@pytest.mark.parametrize(
    ("change", "across", "sentence"),
    [
        ({"indicator": "1"}, "band", "counts must be of rates, got: indicator 1, a share"),
        ({}, "group", "across must be one of the columns band, got: 'group'"),
        ({"band": ""}, "band", "band must be named in every row, got: rows without it"),
    ],
)
def test_refuses_in_one_sentence(change, across, sentence):
    with pytest.raises(ValueError) as refused:
        within_strata(drawn(COUNTS, indicator="2").assign(**change), "White", across)
    assert str(refused.value) == sentence
