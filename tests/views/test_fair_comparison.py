import numpy as np
import pytest

from equity_metrics.measures.disclosure.release import check_released, release
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.measures.rolling_years import rolling_years
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.fair_comparison.choice import PICTURES, RATES, TWO_YEARS, UNKNOWN, VERDICTS
from equity_metrics.views.fair_comparison.explorer import FairComparisonExplorer

SIMPSON, ORDINARY = "Ashmere Hospitals", "Bramwell Hospitals"


@pytest.fixture(scope="module")
def recruitment(samples):
    """Return two invented organisations, released with their counts by band."""
    yearly = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    by_band = read_wres_return(samples / "recruitment_by_band_synthetic.csv.gz")
    wanted = yearly["indicator"].isin(["2", "3", "4", "7"]) & (yearly["period"] >= "2023")
    tables = [
        table[table["organisation"] == place] for place in (SIMPSON, ORDINARY) for table in (yearly[wanted], by_band)
    ]
    return release([part for table in tables for part in roll_ups(table)])


@pytest.fixture
def explorer(recruitment):
    return FairComparisonExplorer(recruitment, organisation=SIMPSON, indicator="2")


def test_says_by_itself_that_the_totals_mislead(explorer):
    told = explorer.answer.sentence
    assert "White / BME: 1.43" in told
    assert "Within each band the difference is the other way round: the totals mislead." in told
    assert "is 0.75 (95 % interval 0.69 to 0.82). In total it is 1.43." in told
    explorer.organisation = ORDINARY
    assert "mislead" not in explorer.answer.sentence
    assert any("Bands do not change the story" in note for note in explorer.answer.notes)


def test_what_cannot_be_checked_by_band_says_so(explorer):
    explorer.period = "2024"
    assert any("cannot be checked" in note for note in explorer.answer.notes)


def test_every_group_has_a_verdict_both_p_values_and_a_place(explorer):
    explorer.grouping = "Workforce categories"
    table = explorer.answer.table
    assert len(table) == 16
    shown = table[table["Verdict"] != ""]
    assert shown["p"].str.fullmatch(r"< 0\.001|[01]\.\d{3}").all()
    assert shown["p, adjusted"].str.fullmatch(r"< 0\.001|[01]\.\d{3}").all()
    assert f"Of {len(shown)} comparisons" in explorer.answer.sentence
    hidden = table[(table["Verdict"] == "") & ~table["Ethnic group"].str.contains("compared with")]
    assert hidden["Relative likelihood"].eq("suppressed").all()
    assert hidden["Note"].ne("").all()
    listed = next(note for note in explorer.answer.notes if note.startswith("Not compared"))
    assert all(group in listed for group in hidden["Ethnic group"])
    assert "Not compared, ethnicity unknown: Not stated, Not known." in listed


def test_any_group_can_be_the_reference(explorer):
    explorer.grouping = "Five groups"
    explorer.reference = "Black or Black British"
    table = explorer.answer.table
    assert "Black or Black British (compared with)" in table["Ethnic group"].tolist()
    assert "White" in table["Ethnic group"].tolist()
    assert "Black or Black British / " in explorer.answer.sentence


def test_unknown_ethnicity_is_a_band_with_its_three_marks(explorer):
    explorer.picture_of = UNKNOWN
    figure = explorer.answer.figure
    row = explorer.answer.table.iloc[0]
    assert (row["Lowest"], row["Highest"]) == ("1.24", "1.60")
    low, high = sorted(x for x in figure.data[0].x if np.isfinite(x))
    marks = [trace for trace in figure.data[3:] if len(trace.x)]
    assert [mark.name for mark in marks] == ["known only", "all White", "all of the group", "in proportion"]
    assert all(low <= mark.x[0] <= high for mark in marks)
    assert "Whoever they are, they cannot turn the difference round" in explorer.answer.sentence
    explorer.grouping = "Five groups"
    assert "They could turn the difference round" in explorer.answer.sentence
    assert any(note.startswith("Ethnicity is known for 96.1 %") for note in explorer.answer.notes)


def test_small_groups_stand_beside_their_pooled_rate(explorer):
    explorer.indicator = "3"
    explorer.grouping = "Five groups"
    explorer.picture_of = RATES
    table = explorer.answer.table.set_index("Ethnic group")
    shown = table[table["Pooled rate"].str.contains("%")]
    assert len(shown) >= 3
    assert "in this group alone" in explorer.answer.sentence
    assert table.loc[table["Own rate"] == "suppressed", "Pooled rate"].eq("suppressed").all()
    assert len(explorer.answer.figure.data[3].x) == len(shown)


def test_two_years_together_only_where_wres_did_so(explorer):
    assert explorer._controls["years"].layout.display == "none"
    explorer.indicator = "3"
    single = explorer.answer.table.set_index("Ethnic group").iloc[:, 0]
    explorer.years = TWO_YEARS
    assert explorer.answer.sentence.startswith("In the two years to 2025 at")
    assert explorer._controls["period"].options == ("2025", "2024")
    both = explorer.answer.table.set_index("Ethnic group").iloc[:, 0]
    assert float(both["BME"].split(" of ")[1].replace(",", "")) == 2 * float(
        single["BME"].split(" of ")[1].replace(",", "")
    )
    explorer.indicator = "2"
    assert explorer.years == "One year"


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("indicator", ["2", "3", "4", "7"])
@pytest.mark.parametrize("grouping", ["White / BME", "Five groups"])
def test_every_picture_answers_for_every_indicator(recruitment, picture, indicator, grouping):
    explorer = FairComparisonExplorer(recruitment, organisation=ORDINARY, indicator=indicator)
    explorer.grouping = grouping
    explorer.picture_of = picture
    answer = explorer.answer
    assert len(answer.figure.data) == 7
    assert ORDINARY in answer.sentence
    assert "no difference" not in answer.sentence
    assert "Synthetic" in answer.notes[0]
    assert any("Synthetic data" in note.text for note in answer.figure.layout.annotations)
    assert not answer.table.isna().any(axis=None)
    assert len(answer.alt) > 40


def test_the_picture_changes_in_place(explorer):
    explorer._page.drawn = True
    picture = explorer.picture
    for shown in (UNKNOWN, RATES, VERDICTS):
        explorer.picture_of = shown
        for drawn, new in zip(picture.data, explorer.answer.figure.data, strict=True):
            np.testing.assert_array_equal(np.array(drawn.x, float), np.array(new.x, float))


def test_a_place_with_one_group_alone_is_not_offered(recruitment):
    alone = (recruitment["organisation"] == ORDINARY) & ~recruitment["group"].isin(["BME", "Not stated", "Not known"])
    explorer = FairComparisonExplorer(recruitment[~alone | (recruitment["grouping"] != "White / BME")])
    assert explorer.answer.sentence
    explorer.organisation = ORDINARY
    assert "White / BME" not in explorer._controls["grouping"].options
    with pytest.raises(ValueError) as refused:
        FairComparisonExplorer(recruitment[recruitment["group"] == "BME"])
    assert str(refused.value) == (
        "released must hold rates of at least two ethnic groups of one place, got: one group alone"
    )


def test_takes_only_what_was_released(samples, recruitment):
    with pytest.raises(ValueError, match="release"):
        FairComparisonExplorer(read_wres_return(samples / "recruitment_by_band_synthetic.csv.gz"))
    check_released(recruitment)


def test_no_parity_is_left_in_a_picture_of_rates(explorer):
    """A live picture keeps shapes that it is not told to hide."""
    explorer._page.drawn = True
    assert [shape.visible for shape in explorer.picture.layout.shapes] == [True, True]
    explorer.picture_of = RATES
    assert [shape.visible for shape in explorer.picture.layout.shapes] == [False, False]
    explorer.indicator = "7"
    explorer.picture_of = VERDICTS
    assert [shape.visible for shape in explorer.picture.layout.shapes] == [False, True]


def test_years_that_were_put_together_before_release_stay_together(samples):
    yearly = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    cases = yearly[(yearly["indicator"] == "3") & (yearly["organisation"] == ORDINARY)]
    explorer = FairComparisonExplorer(release(roll_ups(rolling_years(cases))), period="2024")
    assert explorer._controls["years"].options == (TWO_YEARS,)
    assert explorer.answer.sentence.startswith("In the two years to 2024 at")
    assert explorer._controls["period"].options[-1] == "2018"
