"""Every example of the page about scale runs as it stands there, on the engine that it names."""

import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from equity_metrics.cubes.kept_release import FOLDER
from sources.records.conftest import DASK_AND_SPARK_SAY

PAGE = (Path(__file__).parents[3] / "docs" / "scale.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
(OWN_SPEC,) = re.findall(r"```toml\n(spec = \"staff\".*?)```", PAGE, flags=re.DOTALL)
OWN_COLUMNS = dict(re.findall(r'^(\w+) = "(\w+)"$', OWN_SPEC.split("[columns]")[1], flags=re.MULTILINE))
STAFF = ["organisation", "snapshot", "ethnic_code", "pay_band", "primary", "directorate"]


def invented(rows: int, columns: list[str], **words: list[str]) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    usual = {
        "organisation": ["Alder", "Birch"],
        "snapshot": ["2024-03-31", "2025-03-31"],
        "ethnic_code": ["A", "A", "H", "N"],
        "pay_band": ["Band 5", "Band 7"],
        "primary": ["Y"],
        "directorate": ["Surgery", "Medicine"],
        "date": ["2024-06-15"],
        "shortlisted": ["Y"],
        "appointed": ["Y", "N", "N"],
        "withdrawn": ["N"],
    }
    return pd.DataFrame({name: rng.choice((usual | words)[name], rows) for name in columns})


@pytest.fixture
def records(tmp_path: Path, monkeypatch) -> Path:
    """Return a folder that holds what the examples read, made the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(FOLDER, str(tmp_path / "kept releases"))
    Path("snapshots").mkdir()
    save(invented(3_000, STAFF), "snapshots/one.parquet")
    applications = ["organisation", "date", "ethnic_code", "shortlisted", "appointed", "withdrawn"]
    save(invented(2_000, applications), "applications.parquet")
    Path("my_staff.toml").write_text(OWN_SPEC, encoding="utf-8")
    return tmp_path


def save(table: pd.DataFrame, path: str) -> None:
    duckdb.from_df(table).write_parquet(path, overwrite=True)


def example(words: str) -> str:
    (found,) = (code for code in EXAMPLES if words in code)
    return found


@pytest.mark.usefixtures("records")
def test_an_example_on_a_laptop_counts_files():
    run(example('count_records("snapshots/*.parquet", "staff", by='), {})


def test_an_example_keeps_the_cube(records):
    cube = run(example("released_cube"), {})["cube"]
    assert set(cube["indicator"]) == {"1", "2"}
    assert list((records / "kept").glob("*.parquet"))


@pytest.mark.filterwarnings(DASK_AND_SPARK_SAY)
def test_the_example_on_spark_counts_a_table_of_the_session(records, spark):
    save(invented(3_000, STAFF).rename(columns=OWN_COLUMNS), "own.parquet")
    spark.sql(f"CREATE DATABASE hr LOCATION '{records / 'hr'}'")
    try:
        spark.read.parquet(str(records / "own.parquet")).write.saveAsTable("hr.staff_snapshots")
        told = run(example("spark.read.table"), {"spark": spark})
    finally:
        spark.sql("DROP DATABASE hr CASCADE")
    in_post = (invented(3_000, STAFF)["snapshot"] == "2025-03-31").sum()
    assert told["counts"].query("band == 'All staff' and period == '2025'")["numerator"].sum() == in_post
    assert (told["released"]["organisation"] == "Alder").any()


@pytest.mark.filterwarnings(DASK_AND_SPARK_SAY)
@pytest.mark.usefixtures("records", "cluster")
def test_the_example_on_dask_counts_files_of_the_cluster():
    save(invented(3_000, STAFF).rename(columns=OWN_COLUMNS), "snapshots/one.parquet")
    told = run(example("dask.dataframe"), {})
    assert set(told["counts"]["organisation"]) == {"Alder", "Birch"}


def test_no_example_is_left_out():
    assert len(EXAMPLES) == 4


def run(code: str, given: dict[str, object]) -> dict[str, object]:
    exec(compile(code, "docs/scale.md", "exec"), given)
    return given
