"""Wherever records lie in; one lazy table that the engine which holds them counts, out."""

from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw

from equity_metrics.sources.errors import InputError

_READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".gz": "read_csv"}
_DATABASES = (".duckdb", ".db")
TEXT_ONLY = "all_varchar = true, header = true"
"""Codes such as 09 and bands such as 8a stay the text they are."""


def open_records(records: Any, table: str = "") -> nw.LazyFrame[Any]:
    """Open records where they lie; no row is read.

    Parameters
    ----------
    records
        A path, a glob or a folder of Parquet or CSV files, a DuckDB database (then ``table`` names the table), or a
        table of pandas, polars, pyarrow, DuckDB, Dask or Spark.
    table
        Of a DuckDB database.

    Returns
    -------
    narwhals.LazyFrame

    Raises
    ------
    InputError
        One sentence, if there is nothing at the path or it is of another kind.
    TypeError
        If ``records`` is a table of no known kind.
    """
    if isinstance(records, str | Path):
        return nw.from_native(_at_path(str(records), table)).lazy()
    try:
        frame: nw.LazyFrame[Any] = nw.from_native(records).lazy()
    except TypeError:
        kinds = "pandas, polars, pyarrow, DuckDB, Dask or Spark"
        raise TypeError(f"records must be a path or a table of {kinds}, got: {type(records).__name__}") from None
    return frame


def _at_path(text: str, table: str) -> duckdb.DuckDBPyRelation:
    path = Path(text)
    if path.suffix in _DATABASES:
        return _table_of(path, table)
    pattern, suffix = (text, path.suffix) if not path.is_dir() else _folder(path)
    if suffix not in _READERS:
        raise InputError(
            f"records must be Parquet or CSV files or a DuckDB database, got: {path.name!r}; save them as one of these."
        )
    options = TEXT_ONLY if _READERS[suffix] == "read_csv" else "union_by_name = true"
    try:
        return duckdb.connect().sql(f"SELECT * FROM {_READERS[suffix]}({_quoted(pattern)}, {options})")
    except duckdb.IOException:
        raise InputError(f"records must be files that exist, got: {path.name!r}; check the folder and name.") from None
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{path.name} must be readable as {suffix[1:]}, got: {reason}; save it again.") from None


def _folder(path: Path) -> tuple[str, str]:
    for suffix in (".parquet", ".csv"):
        if any(path.rglob(f"*{suffix}")):
            return str(path / "**" / f"*{suffix}"), suffix
    raise InputError(f"records must be a folder with Parquet or CSV files, got: {path.name!r} without any; check it.")


def _table_of(path: Path, table: str) -> duckdb.DuckDBPyRelation:
    if not path.is_file():
        raise InputError(f"records must be a DuckDB database that exists, got: {path.name!r}; check folder and name.")
    try:
        database = duckdb.connect(str(path), read_only=True)
        there = [row[0] for row in database.sql("SHOW TABLES").fetchall()]
    except duckdb.Error:
        raise InputError(f"{path.name} must be a DuckDB database, got: a file of another kind; check it.") from None
    if table not in there:
        raise InputError(f"table must be one of {path.name}: {', '.join(there)}; got: {table!r}; name one of them.")
    return database.table(table)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
