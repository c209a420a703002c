import pandas as pd
import pytest

from equity_metrics.measures.roll_up import roll_up
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.counts import check_counts
from equity_metrics.sources.records.count_records import count_records
from equity_metrics.sources.samples import sample
from measures.small_tables import drawn

WARDS = """
    directorate | ward   | indicator | group | numerator | denominator
    Medicine    | Ward 1 | 3         | White | 4         | 80
    Medicine    | Ward 1 | 3         | BME   | 3         | 40
    Medicine    | Ward 2 | 3         | White | 1         | 20
    Surgery     | Ward 1 | 3         | White | 2         | 50
    Surgery     | Ward 1 | 3         | BME   |           |
"""


@pytest.fixture(scope="module")
def wards():
    return count_records(pd.read_csv(sample("staff_synthetic.csv"), dtype=str), "staff", by=("directorate", "ward"))


def test_counts_of_wards_add_to_directorates_and_organisations():
    counts = drawn(WARDS, level="ward")
    directorates = roll_up(counts, "directorate").set_index(["directorate", "group"])
    assert tuple(directorates.loc[("Medicine", "White"), ["numerator", "denominator"]]) == (5, 100)
    assert tuple(directorates.loc[("Medicine", "BME"), ["numerator", "denominator"]]) == (3, 40)
    assert directorates.loc[("Surgery", "BME"), ["numerator", "denominator"]].isna().all()
    assert set(directorates["organisation"]) == {"Alder"}
    assert set(directorates["ward"]) == {""}
    whole = roll_up(counts, "organisation").set_index("group")
    assert tuple(whole.loc["White", ["numerator", "denominator"]]) == (7, 150)
    assert set(whole["directorate"]) == {""}


def test_each_way_up_from_records_gives_what_counting_there_gives(wards):
    records = pd.read_csv(sample("staff_synthetic.csv"), dtype=str)
    keys = ["band", "group"]
    whole = roll_up(wards, "organisation").set_index(keys).sort_index()
    counted = count_records(records, "staff").set_index(keys).sort_index()
    stepped = roll_up(roll_up(wards, "directorate"), "organisation").set_index(keys).sort_index()
    numbers = ["numerator", "denominator"]
    # A group without anybody in a band has no row in one of the two: nobody all the same.
    pd.testing.assert_frame_equal(whole.reindex(counted.index)[numbers], counted[numbers], check_dtype=False)
    assert whole.drop(counted.index)["numerator"].sum() == 0
    pd.testing.assert_frame_equal(stepped[numbers], whole[numbers])


def test_every_level_and_grouping_is_offered_at_once(wards):
    tables = roll_ups(wards)
    assert [(t["level"].iloc[0], t["grouping"].iloc[0]) for t in tables] == [
        (level, grouping)
        for level in ("ward", "directorate", "organisation")
        for grouping in ("Workforce categories", "Five groups", "White / BME")
    ]
    for table in tables:
        check_counts(table)
        staff = table[(table["band"] == "All staff")].groupby("grouping")["numerator"].sum()
        assert (staff == 4000).all()


@pytest.mark.parametrize(
    ("change", "to", "message"),
    [
        (lambda t: t.assign(directorate=""), "directorate", "directorate must be given for every place, got: none"),
        (lambda t: t.drop(columns="directorate"), "directorate", "counts must have the column directorate, got: none"),
        (lambda t: t.assign(level="organisation"), "directorate", "level must be ward to be rolled up to directorate"),
        (lambda t: t, "system", "level must be organisation to be rolled up to system, got: ward"),
    ],
)
def test_says_in_one_sentence_what_does_not_add(change, to, message):
    with pytest.raises(ValueError, match=message):
        roll_up(change(drawn(WARDS, level="ward").iloc[:2]), to)
