"""The same records counted by six engines give the same counts to the row."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from equity_metrics.sources.records.count_records import count_records
from sources.records.conftest import DASK_AND_SPARK_SAY, need


@pytest.fixture(scope="module")
def staff() -> pd.DataFrame:
    """Return invented staff in untidy spellings, some without an ethnic code, some with an empty one."""
    rng = np.random.default_rng(7)
    size = 2_000
    choices = {
        "organisation": ["Alder", "Birch"],
        "snapshot": ["2024-03-31", "2025-03-31", "2024-09-30"],
        "ethnic_code": ["A", "b", "CA", "H", "PC ", "R", "Z", "99", "", None],
        "pay_band": ["Band 2", "NHS|XR07|Review Body Band 7", "8a", "Band 8 - Range B", "VSM", "Consultant"],
        "primary": ["Y", "yes", "N"],
        "directorate": ["Surgery", "Medicine", "", None],
    }
    drawn = {name: rng.choice(np.array(words, dtype=object), size) for name, words in choices.items()}
    return pd.DataFrame(drawn)


def columns(staff: pd.DataFrame) -> dict[str, list[str | None]]:
    return {name: [None if pd.isna(word) else word for word in staff[name]] for name in staff.columns}


def as_polars(staff: pd.DataFrame, _folder: Path, _request: Any) -> Any:
    need("polars", there=bool(find_spec("polars")))
    import polars as pl

    return pl.DataFrame(columns(staff)).lazy()


def as_pyarrow(staff: pd.DataFrame, _folder: Path, _request: Any) -> Any:
    need("pyarrow", there=bool(find_spec("pyarrow")))
    import pyarrow as pa

    return pa.table(columns(staff))


def as_parquet(staff: pd.DataFrame, folder: Path, request: Any) -> Any:
    table = as_pyarrow(staff, folder, request)
    import pyarrow.parquet as pq

    pq.write_table(table, folder / "staff.parquet")
    return folder / "*.parquet"


def as_duckdb(staff: pd.DataFrame, folder: Path, request: Any) -> Any:
    return duckdb.connect().read_parquet(str(as_parquet(staff, folder, request)))


def as_dask(staff: pd.DataFrame, _folder: Path, request: Any) -> Any:
    request.getfixturevalue("cluster")
    import dask.dataframe as dd

    return dd.from_pandas(staff, npartitions=3)


def as_spark(staff: pd.DataFrame, folder: Path, request: Any) -> Any:
    as_parquet(staff, folder, request)
    return request.getfixturevalue("spark").read.parquet(str(folder / "staff.parquet"))


@pytest.mark.filterwarnings(DASK_AND_SPARK_SAY)
@pytest.mark.parametrize("held_by", [as_polars, as_pyarrow, as_parquet, as_duckdb, as_dask, as_spark])
def test_every_engine_counts_as_pandas_does(
    held_by: Callable[..., Any], staff: pd.DataFrame, tmp_path: Path, request: pytest.FixtureRequest
):
    expected = count_records(staff, "staff", by=["directorate"], source="Synthetic staff")
    counted = count_records(held_by(staff, tmp_path, request), "staff", by=["directorate"], source="Synthetic staff")
    pd.testing.assert_frame_equal(counted, expected)


def test_pandas_counts_everybody_once(staff):
    """Count by hand: plain loops over the rows, no engine."""
    counts = count_records(staff, "staff", by=["directorate"])
    counted = [
        row
        for row in staff.itertuples()
        if row.primary in ("Y", "yes") and row.snapshot.endswith("-03-31") and row.organisation == "Alder"
    ]
    everybody = counts[(counts["band"] == "All staff") & (counts["organisation"] == "Alder")]
    assert everybody["numerator"].sum() == len(counted)
    not_known = [row for row in counted if pd.isna(row.ethnic_code) or row.ethnic_code in ("99", "")]
    assert everybody.loc[everybody["group"] == "Not known", "numerator"].sum() == len(not_known)
    not_stated = [row for row in counted if row.ethnic_code == "Z"]
    assert everybody.loc[everybody["group"] == "Not stated", "numerator"].sum() == len(not_stated)
    nowhere = [row for row in counted if pd.isna(row.directorate) or row.directorate == ""]
    assert everybody.loc[everybody["directorate"] == "Not known", "numerator"].sum() == len(nowhere)
    eight_a = counts[(counts["band"] == "8a") & (counts["organisation"] == "Alder") & (counts["group"] == "Chinese")]
    assert eight_a["numerator"].sum() == len([r for r in counted if r.pay_band == "8a" and r.ethnic_code == "R"])
