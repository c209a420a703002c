import pandas as pd
import pytest

from equity_metrics.packs.review_cells import cell_differences, csv_cells


def differences(was: bytes, now: bytes, file: str) -> pd.DataFrame:
    return cell_differences(csv_cells(was), csv_cells(now), file)


def test_the_ninth_digit_is_no_difference_and_the_seventh_is():
    was, now = b"value\n0.1234567891\n5\n", b"value\n0.1234567899\n5.0\n"
    assert differences(was, now, "t.csv").empty
    assert len(differences(was, b"value\n0.1234568\n5\n", "t.csv")) == 1


@pytest.mark.parametrize(("was", "now"), [("", "0"), ("0", ""), ("not shown", "0"), ("inf", "1e300"), ("0", "1e-12")])
def test_nothing_is_not_zero(was, now):
    found = differences(f"a,value\nx,{was}\n".encode(), f"a,value\nx,{now}\n".encode(), "t.csv")
    assert found[["was", "is"]].to_numpy().tolist() == [[was, now]]


def test_rows_that_only_one_has_differ_in_each_cell():
    found = differences(b"a,b\n1,2\n", b"a,b\n1,2\n3,4\n", "t.csv")
    assert found[["row", "column", "was", "is"]].to_numpy().tolist() == [
        [3, "a", "nothing there", "3"], [3, "b", "nothing there", "4"]
    ]  # fmt: skip


def test_what_is_no_table_differs_and_breaks_nothing():
    assert isinstance(differences(b"\xff\xfe\x00", b"a\n1\n", "t.csv"), pd.DataFrame)
    assert len(differences(b"", b"a\n1\n", "t.csv")) == 2
