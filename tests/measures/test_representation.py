import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.measures.disclosure.release import check_released, release
from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.representation import representation
from measures.small_tables import drawn

COUNTS = """
    indicator | group     | band        | numerator | denominator
    1         | White     | 8a          | 40        | 60
    1         | BME       | 8a          | 15        | 60
    1         | Not known | 8a          | 5         | 60
    1         | White     | All staff   | 600       | 1000
    1         | BME       | All staff   | 350       | 1000
    1         | Not known | All staff   | 50        | 1000
    9         | White     | All members | 13        | 14
    9         | BME       | All members | 1         | 14
    3         | BME       |             | 1         | 350
"""


def test_is_the_share_of_the_band_minus_the_share_of_the_workforce_unknown_kept():
    table = representation(drawn(COUNTS))
    assert table["band"].tolist() == ["8a"] * 3 + ["All members"] * 2
    np.testing.assert_allclose(
        table["value"], [40 / 60 - 0.6, 15 / 60 - 0.35, 5 / 60 - 0.05, 13 / 14 - 0.6, 1 / 14 - 0.35]
    )
    np.testing.assert_allclose(table["reference_value"], [0.6, 0.35, 0.05, 0.6, 0.35])
    assert set(table["reference"]) == {"All staff"}
    assert set(table["measure"]) == {"gap"}


def test_a_band_has_the_interval_of_its_gap_from_the_rest_times_the_rests_share():
    row = representation(drawn(COUNTS)).iloc[1]
    limits = np.array(newcombe_gap(15, 60, 335, 940)) * 940 / 1000
    np.testing.assert_allclose([row["lower"], row["upper"]], limits)
    assert "full count" in row["method"]


def test_a_board_is_a_full_count_in_persons_and_one_appointment():
    board = representation(drawn(COUNTS)).iloc[3:]
    assert board["persons"].tolist() == ["13 of 14", "1 of 14"]
    np.testing.assert_allclose(board["one_appointment"], [1 / 14, 1 / 14])
    assert board[["lower", "upper", "confidence"]].isna().all(axis=None)
    assert set(board["method"]) == {"full count: no sampling interval"}


def test_one_appointment_is_what_the_gap_really_changes_by():
    counts = drawn(COUNTS)
    before = representation(counts).iloc[4]
    after = representation(
        counts.assign(numerator=counts["numerator"].where(counts["indicator"] != "9", [*[0] * 6, 12, 2, 0]))
    )
    assert np.isclose(after.iloc[4]["value"] - before["value"], before["one_appointment"])


def test_nobody_can_be_replaced_on_a_board_of_one_group():
    counts = drawn(COUNTS)
    counts.loc[counts["indicator"] == "9", "numerator"] = [14.0, 0.0]
    assert np.isnan(representation(counts)["one_appointment"].iloc[3])


def test_every_staff_group_is_compared_with_the_whole_workforce():
    table = representation(
        drawn(
            """
            indicator | group | band        | staff_group      | numerator | denominator
            1         | BME   | 8a          | Clinical         | 10        | 40
            1         | BME   | All staff   | Clinical         | 200       | 500
            1         | BME   | All staff   | All staff groups | 350       | 1000
            9         | BME   | All members |                  | 1         | 14
            """
        )
    )
    assert table["reference_numerator"].tolist() == [350, 350, 350]
    assert table["band"].tolist() == ["8a", "All staff", "All members"]


def test_an_empty_staff_group_holds_all_staff_groups_too():
    table = representation(drawn(COUNTS).assign(staff_group=""))
    np.testing.assert_array_equal(table["value"], representation(drawn(COUNTS))["value"])


def test_says_whether_band_or_workforce_is_withheld():
    counts = drawn(COUNTS)
    counts.loc[[2, 5], "numerator"] = 4.0
    table = representation(release(counts, together=False))
    few = "fewer than 5 staff of the group"
    assert table["withheld"].tolist() == ["", "", f"8a: {few}; All staff: {few}", "", ""]
    assert table.loc[2, ["value", "lower", "upper"]].isna().all()
    check_released(table)


def test_headings_name_group_band_and_workforce():
    headings = presented(representation(drawn(COUNTS)))["heading"]
    assert headings.tolist()[1] == "BME: 8a − All staff"


def test_rounded_counts_that_no_longer_fit_lose_only_their_interval():
    counts = drawn(
        """
        indicator | group | band      | numerator | denominator
        1         | BME   | 8a        | 0         | 5
        1         | BME   | All staff | 15        | 15
        """
    )
    row = representation(counts.assign(rounded_to=5)).iloc[0]
    assert row["value"] == -1
    assert np.isnan(row["lower"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda t: t[t["band"] != "All staff"],
            "counts must hold the workforce (indicator 1, band All staff) of Alder, 2025, White / BME, "
            "got: none for White",
        ),
        (
            lambda t: t.assign(denominator=t["denominator"].mask(t["band"] == "8a", 2000.0)),
            "counts must have each band within All staff, got a band that does not fit: Alder, 2025, band 8a, White",
        ),
        (lambda t: t.drop(columns="band"), "counts must have the column band, got: none"),
    ],
)
def test_refuses_in_one_sentence(change, sentence):
    with pytest.raises(ValueError) as refused:
        representation(change(drawn(COUNTS)))
    assert str(refused.value) == sentence


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_limits_hold_the_gap(in_band, others, outside, outside_others):
    n, whole = in_band + others, in_band + others + outside + outside_others
    counts = drawn("indicator | group | band\n 1 | BME | 5\n 1 | BME | All staff")
    row = representation(counts.assign(numerator=[in_band, in_band + outside], denominator=[n, whole])).iloc[0]
    if whole == n:
        assert np.isnan(row["lower"])
        return
    assert row["lower"] - 1e-12 <= row["value"] <= row["upper"] + 1e-12
