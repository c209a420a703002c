import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.missing_ethnicity import allotted_ratios, missing_ethnicity
from measures.counts_strategies import events_of
from measures.small_tables import drawn

COUNTS = """
    organisation | group      | numerator | denominator
    Alder        | White      | 40        | 400
    Alder        | BME        | 10        | 100
    Alder        | Not stated | 6         | 30
    Alder        | Not known  | 6         | 20
    Beech        | White      | 40        | 400
    Beech        | BME        | 10        | 100
    Cedar        | White      | 40        | 400
    Cedar        | BME        | 2         | 100
    Cedar        | Not known  | 2         | 20
"""
RATIOS = ["known", "lowest", "highest", "all_reference", "all_group", "proportional"]


def test_hand_worked_table():
    alder = missing_ethnicity(drawn(COUNTS, indicator="3"), "White").set_index("organisation").loc["Alder"]
    assert (alder["unknown_numerator"], alder["unknown_denominator"]) == (12, 50)
    assert alder["declaration_rate"] == pytest.approx(500 / 550)
    expected = {
        "known": 1,
        "lowest": (10 / 138) / (52 / 412),
        "highest": (22 / 112) / (40 / 438),
        "all_reference": 0.1 / (52 / 450),
        "all_group": (22 / 150) / 0.1,
        "proportional": 1,
    }
    assert alder[RATIOS].to_dict() == pytest.approx(expected)


def test_without_rows_of_unknown_ethnicity_nothing_can_be_said():
    beech = missing_ethnicity(drawn(COUNTS, indicator="3"), "White").set_index("organisation").loc["Beech"]
    assert beech["withheld"] == "unknown ethnicity: not in the data"
    assert beech[[*RATIOS, "declaration_rate"]].isna().all()


def test_withheld_stays_withheld():
    table = missing_ethnicity(release(drawn(COUNTS, indicator="3")), "White").set_index("organisation")
    events = "1 to 4 staff of the group in the disciplinary process"
    pair = "comparison of BME and White"
    assert table.loc["Cedar", "withheld"] == f"{pair}: BME: {events}; unknown ethnicity: {events}"
    assert table.loc["Cedar", [*RATIOS, "declaration_rate"]].isna().all()
    assert table.loc["Alder", "withheld"] == ""


def test_a_missing_number_of_any_unknown_group_withholds():
    counts = drawn(COUNTS, indicator="3")
    counts.loc[3, ["numerator", "denominator"]] = np.nan
    alder = missing_ethnicity(counts, "White").set_index("organisation").loc["Alder"]
    assert alder["withheld"] == "unknown ethnicity: suppressed by the source"
    assert np.isnan(alder["highest"])


def test_refuses_shares():
    with pytest.raises(ValueError) as refused:
        missing_ethnicity(drawn(COUNTS, indicator="9"), "White")
    assert str(refused.value) == "counts must be of rates, got: indicator 9, a share"


SMALL = events_of(st.integers(1, 12))


@settings(max_examples=50)
@given(SMALL, SMALL, events_of(st.integers(0, 6)))
def test_bounds_are_the_extremes_of_every_allotment(group, reference, unknown):
    (x1, n1), (x0, n0), (xu, nu) = group, reference, unknown
    made = allotted_ratios(x1, n1, x0, n0, xu, nu)
    found = []
    for a, b in itertools.product(range(xu + 1), range(nu - xu + 1)):
        with np.errstate(invalid="ignore", divide="ignore"):
            found.append(np.float64((x1 + a) / (n1 + a + b)) / np.float64((x0 + xu - a) / (n0 + nu - a - b)))
    if not np.isnan(found).any():
        np.testing.assert_allclose((made.lowest, made.highest), (min(found), max(found)))
        for name in ("known", "all_reference", "all_group", "proportional"):
            value = getattr(made, name)
            assert np.isnan(value) or made.lowest * (1 - 1e-9) <= value <= made.highest * (1 + 1e-9)


@given(events_of(), events_of())
def test_with_nobody_unknown_all_are_the_known_ratio(group, reference):
    made = allotted_ratios(*group, *reference, 0, 0)
    for name in RATIOS[1:]:
        np.testing.assert_allclose(getattr(made, name), made.known)
