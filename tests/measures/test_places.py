import numpy as np
import pytest

from equity_metrics.measures.disclosure.parts_of_whole import gaps_from_whole
from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.places import places_of
from measures.small_tables import drawn

ROWS = """
    level        | organisation     | directorate | ward   | system | region
    ward         | Alder            | Medicine    | Ward 1 |        |
    ward         | Alder            | Surgery     | Ward 1 |        |
    ward         | Alder            | Night       | Bank   |        |
    directorate  | Alder            | Medicine    |        |        |
    directorate  | Alder            | Surgery     |        |        |
    organisation | Alder            |             |        |        |
    organisation | Alder            |             |        | North  | Mids
    organisation | Birch            |             |        | South  | Mids
    organisation | Cedar            |             |        |        | Mids
    organisation | Dogwood          |             |        |        |
    system       | North            |             |        |        | Mids
    region       | Mids             |             |        |        |
    England      | All together     |             |        |        |
"""


def test_each_place_lies_in_the_nearest_place_that_holds_it():
    places = places_of(drawn(ROWS)).set_index("place")
    assert places["inside"].to_dict() == {
        "All together": "",
        "Mids (region)": "All together",
        "North (system)": "Mids (region)",
        "Alder": "North (system)",
        "Birch": "Mids (region)",
        "Cedar": "Mids (region)",
        "Dogwood": "All together",
        "Alder / Medicine": "Alder",
        "Alder / Surgery": "Alder",
        "Alder / Medicine / Ward 1": "Alder / Medicine",
        "Alder / Surgery / Ward 1": "Alder / Surgery",
        "Alder / Night / Bank": "Alder",
    }
    assert places.loc["Alder / Surgery / Ward 1", "name"] == "Ward 1"


def test_a_table_of_one_level_has_places_without_a_holder():
    places = places_of(drawn(ROWS)[["level", "organisation"]].iloc[6:9])
    assert places["place"].tolist() == ["Alder", "Birch", "Cedar"]
    assert set(places["inside"]) == {""}


PARTS = """
    name   | indicator | band      | group | numerator | denominator
    Ward 1 | 1         | All staff | BME   | 30        | 100
    Ward 2 | 1         | All staff | BME   |           |
    Ward 3 | 1         | All staff | BME   | 25        | 50
    Whole  | 1         | All staff | BME   | 60        | 200
"""


def test_a_part_is_set_against_the_rest_of_the_whole():
    rows = drawn(PARTS)
    gaps = gaps_from_whole(rows.iloc[:3], rows.iloc[3])
    assert gaps["value"].iloc[0] == 0
    assert gaps["value"].iloc[2] == pytest.approx(0.5 - 0.3)
    lower, upper = newcombe_gap(25, 50, 35, 150)
    assert gaps["lower"].iloc[2] == pytest.approx(lower * 0.75)
    assert gaps["upper"].iloc[2] == pytest.approx(upper * 0.75)
    assert gaps["withheld"].tolist() == ["", "Ward 2: suppressed by the source", ""]
    assert gaps[["value", "lower", "upper"]].iloc[1].isna().all()


def test_nothing_is_said_against_a_whole_that_is_withheld():
    rows = drawn(PARTS)
    whole = rows.iloc[3].copy()
    whole[["numerator", "denominator"]] = np.nan
    gaps = gaps_from_whole(rows.iloc[:1], whole.fillna(np.nan))
    assert gaps["value"].isna().all()
    assert gaps["withheld"].tolist() == ["Whole: suppressed by the source"]


@pytest.mark.parametrize("change", [{"indicator": "9"}, {"numerator": 70.0, "denominator": 210.0}])
def test_boards_and_rounded_parts_larger_than_the_whole_have_no_interval(change):
    rows = drawn(PARTS)
    gaps = gaps_from_whole(rows.iloc[:1].assign(**change), rows.iloc[3])
    assert gaps["value"].notna().all()
    assert gaps[["lower", "upper"]].isna().all(axis=None)
