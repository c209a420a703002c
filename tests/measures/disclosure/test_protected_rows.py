import numpy as np
import pandas as pd
import pytest

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY
from equity_metrics.catalogue.keys import INTERSECTIONS
from equity_metrics.measures.disclosure.protected_rows import EITHER, MOSTLY_SMALL, SECONDARY, withheld_together
from equity_metrics.measures.disclosure.release import primary_suppression
from measures.broken_down_examples import broken_down
from measures.release_examples import seeded_tables
from measures.released_attack import leaks
from measures.small_tables import drawn

PROTECTIONS = DISCLOSURE_POLICY.of("publish")


def protected(tables):
    whole = pd.concat(tables, ignore_index=True).assign(table="counts")
    whole = whole.assign(band=whole["band"].fillna("")) if "band" in whole.columns else whole
    own = primary_suppression(whole, DISCLOSURE_POLICY, "publish")
    return whole, own, whole.assign(withheld=withheld_together(whole, own, PROTECTIONS), audience="publish")


@pytest.mark.parametrize("seed", range(12))
def test_nobody_works_out_what_is_withheld(seed):
    whole, own, released = protected(seeded_tables(seed))
    assert (released.loc[own != "", "withheld"] != "").all()
    assert leaks(whole, released).empty


def test_without_the_further_rows_much_is_worked_out():
    found = 0
    for seed in range(6):
        whole, own, _ = protected(seeded_tables(seed))
        found += not leaks(whole, whole.assign(withheld=own, audience="publish")).empty
    assert found >= 5


def test_sums_over_organisations_never_leave_one_withheld_number_alone():
    whole, _, released = protected(seeded_tables(3, places=3))
    # Shares only: of rates a count of nobody is shown anywhere, and may be known.
    shown = released[(released["indicator"] == "1") & (released["grouping"] == "White / BME")]
    key = ["group", "band"]
    higher = shown["level"] == "England"
    open_sums = shown[higher & (shown["withheld"] == "")].set_index(key).index
    hidden = (shown["withheld"] != "") & ~higher
    number = hidden.groupby([shown[k] for k in key]).sum()
    assert (number.reindex(open_sums) != 1).all()
    assert leaks(whole, released).empty


def test_staff_of_one_group_are_one_number_in_several_indicators():
    rows = """
        indicator | group | band      | numerator | denominator
        1         | White | All staff | 300       | 340
        1         | BME   | All staff | 40        | 340
        3         | White |           | 20        | 300
        3         | BME   |           | 8         | 40
        4         | White |           | 150       | 300
        4         | BME   |           | 3         | 40
    """
    _, _, released = protected([drawn(rows)])
    assert released["withheld"].tolist() == ["", "", "", "", "", "1 to 4 staff of the group with access to training"]


def test_a_small_number_takes_its_neighbour_with_it_where_the_sum_is_known():
    rows = """
        indicator | group      | band | numerator | denominator
        1         | White      | 8a   | 300       | 370
        1         | BME        | 8a   | 46        | 370
        1         | Not stated | 8a   | 20        | 370
        1         | Not known  | 8a   | 4         | 370
    """
    whole, _, released = protected([drawn(rows)])
    few = "fewer than 5 staff of the group"
    assert released["withheld"].tolist()[3] == few
    assert (released["withheld"] == SECONDARY).sum() == 2
    assert released["withheld"].tolist()[1] == ""
    assert leaks(whole, released).empty


def test_a_breakdown_of_mostly_small_numbers_goes_as_a_whole_and_its_totals_stay():
    tables = seeded_tables(11)
    _, _, released = protected(tables)
    detailed = released["grouping"] == "Workforce categories"
    bands = (released["indicator"] == "1") & ~released["band"].isin(["", "All staff"])
    assert (released.loc[detailed & bands, "withheld"] == MOSTLY_SMALL).all()
    assert not (released.loc[~bands, "withheld"] == MOSTLY_SMALL).any()
    assert set(released.loc[bands & ~detailed, "withheld"]) <= {"", MOSTLY_SMALL, EITHER}


def test_missing_numbers_keep_their_reason_and_show_nothing():
    rows = drawn(
        """
        indicator | group      | band | numerator | denominator
        1         | White      | 8a   | 300       | 370
        1         | BME        | 8a   |           |
        1         | Not stated | 8a   | 20        | 370
        1         | Not known  | 8a   | 4         | 370
        """
    )
    _, _, released = protected([rows])
    assert released["withheld"].tolist()[1] == "suppressed by the source"
    assert (released["withheld"] == SECONDARY).sum() == 2


def test_nothing_small_is_nothing_withheld():
    rows = "indicator | group | band | numerator | denominator\n 1 | White | 5 | 90 | 110\n 1 | BME | 5 | 20 | 110"
    _, _, released = protected([drawn(rows)])
    np.testing.assert_array_equal(released["withheld"], ["", ""])


@pytest.mark.parametrize("further", INTERSECTIONS)
def test_parts_by_a_further_dimension_add_up_to_everyone(further):
    """4 Black women of 40 Black staff: without more rows withheld the 36 others give them away."""
    rows = broken_down(np.array([[300, 200], [36, 4], [60, 90]])).drop(columns="directorate")
    names = {"2": "one", "3": "other", "All staff": ""}
    rows = rows.assign(**{further: rows["band"].map(names), "band": "All staff"})
    whole, own, released = protected([rows])
    assert (own != "").sum() == 1
    assert not leaks(whole, whole.assign(withheld=own, audience="publish")).empty
    assert leaks(whole, released).empty
    assert (released["withheld"] != "").sum() == 4
    assert (released.loc[released[further] == "", "withheld"] == "").all()


def test_two_further_dimensions_at_once():
    rows = broken_down(np.random.default_rng(3).negative_binomial(0.6, 0.02, (3, 2, 2)))
    rows = rows.assign(
        gender=rows["band"].replace("All staff", ""), site=rows["staff_group"].replace("All staff groups", "")
    ).assign(band="All staff", staff_group="All staff groups")
    whole, own, released = protected([rows])
    assert (own != "").any()
    assert leaks(whole, released).empty
