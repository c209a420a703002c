import pandas as pd
import pytest

from equity_metrics.sources.errors import InputError
from equity_metrics.sources.staff_flows import read_staff_flows

HEADING = "organisation,period,group,band,headcount,joiners,promoted_in,leavers"
ROW = "Ash,2024,White,8a,90,9,4,8"


def written(tmp_path, *rows, heading=HEADING):
    path = tmp_path / "flows.csv"
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return path


def test_numbers_are_numbers_and_bands_and_years_are_words(tmp_path):
    table = read_staff_flows(written(tmp_path, ROW, "Ash,2024,White,2,300,30,0,20"))
    assert table["band"].tolist() == ["8a", "2"]
    assert table["period"].tolist() == ["2024", "2024"]
    assert table["headcount"].tolist() == [90, 300]
    assert table["source"].tolist() == ["flows.csv"] * 2


def test_headcounts_alone_are_read_too(tmp_path):
    table = read_staff_flows(written(tmp_path, "Ash,2024,White,8a,90", heading=HEADING.partition(",joiners")[0]))
    assert list(table.columns) == ["organisation", "period", "group", "band", "headcount", "source"]


def test_the_sample_is_read_whole(samples):
    table = read_staff_flows(samples / "flows_synthetic.csv.gz")
    assert len(table) == len(pd.read_csv(samples / "flows_synthetic.csv.gz"))
    assert set(table["source"]) == {"Synthetic"}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Ash,2024,Whyte,8a,90,9,4,8", "row 3, column group must be one of White, "),
        ("Ash,2024,White,8e,90,9,4,8", "row 3, column band must be one of Under 1, 1, 2, "),
        ("Ash,2024-01,White,8a,90,9,4,8", "row 3, column period must be a year, got: '2024-01'"),
        ("Ash,2025,White,8a,*,9,4,8", "row 3, column headcount must be a whole number, 0 or more, got: '*'"),
        ("Ash,2025,White,8a,90,9,4,-8", "row 3, column leavers must be a whole number, 0 or more, got: '-8'"),
        (ROW, "row 3, column band must be there once for each organisation, period and group, got: '8a'"),
    ],
)
def test_a_fault_is_named_with_its_row(tmp_path, row, sentence):
    with pytest.raises(InputError) as refusal:
        read_staff_flows(written(tmp_path, ROW, row))
    assert f"flows.csv, {sentence}" in str(refusal.value)


def test_half_of_the_flows_is_refused(tmp_path):
    with pytest.raises(InputError, match="missing: promoted_in, leavers"):
        read_staff_flows(written(tmp_path, ROW, heading=HEADING.partition(",promoted_in")[0] + ",a,b"))
    with pytest.raises(InputError, match=r"path must be a file that exists, got: 'none.csv'"):
        read_staff_flows(tmp_path / "none.csv")
