"""A cube is what counting, adding up and releasing give, and explorers work from it."""

from pathlib import Path

import pandas as pd
import pytest

from equity_metrics.cubes.released_cube import released_cube
from equity_metrics.measures.disclosure.release import check_released, release
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.records.count_records import count_records


def test_a_cube_is_what_is_counted_added_up_and_released(samples: Path, tmp_path: Path):
    records = {
        "staff": samples / "staff_synthetic.csv",
        "applications": samples / "applicants_synthetic.csv",
    }
    cube = released_cube(records, folder=tmp_path)
    tables = [table for spec, path in records.items() for table in roll_ups(count_records(path, spec))]
    expected = release(tables)
    pd.testing.assert_frame_equal(cube, expected[cube.columns], check_dtype=False)
    check_released(cube)
    assert (cube["withheld"] != "").any()
    pd.testing.assert_frame_equal(released_cube(records, folder=tmp_path), cube)


def test_records_that_are_not_there_are_named(tmp_path: Path):
    with pytest.raises(InputError, match="records must be files that exist, got: 'absent\\.parquet'"):
        released_cube({"staff": tmp_path / "absent.parquet"}, folder=tmp_path)
