"""A table that is dear to make, and what it is made from, in; the same from disk the next time, never stale, out."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
from filelock import FileLock

from equity_metrics.sources.errors import InputError

PACKAGE = Path(__file__).resolve().parents[1]
ROOMS = ("catalogue", "sources", "measures", "cubes")
"""That tables are made in; what draws them or tests with them imports these, and never the other way round."""
FINGERPRINT = 32
"""Letters of the name of a kept table."""


def kept_table(
    make: Callable[[], pd.DataFrame], *, inputs: Iterable[Path], recipe: Mapping[str, object], folder: Path
) -> pd.DataFrame:
    """Make a table once for the same inputs and recipe.

    Parameters
    ----------
    make
        Makes the table.
    inputs
        The files that it is made from; a change of a single byte makes a new table.
    recipe
        Everything else that the table depends on; written as JSON.
    folder
        Where tables are kept. One that is interrupted while it is made or written leaves nothing behind that is read.

    Returns
    -------
    DataFrame
        Text columns hold empty text where nothing is known.

    Raises
    ------
    InputError
        In one sentence, if the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{fingerprint(inputs, recipe)}.parquet"
    # Two who ask at once: the second one waits, and finds it made.
    with FileLock(folder / f".{path.stem}.lock"):
        if not path.is_file():
            _write(make(), path)
    return _read(path)


def fingerprint(inputs: Iterable[Path], recipe: Mapping[str, object]) -> str:
    """Name what a table is made from: the content of its files, its recipe, and every line that makes it.

    Parameters
    ----------
    inputs, recipe
        As for :func:`kept_table`.

    Returns
    -------
    str
    """
    told = hashlib.blake2b(_package().encode())
    told.update(json.dumps(recipe, sort_keys=True, default=str).encode())
    for path in sorted(inputs):
        with path.open("rb") as file:
            told.update(path.name.encode() + hashlib.file_digest(file, "blake2b").digest())
    return told.hexdigest()[:FINGERPRINT]


@cache
def _package() -> str:
    """Fingerprint of the rooms that tables are made in: made by other code, or another policy, it is another table."""
    told = hashlib.blake2b()
    kinds = ("*.py", "*.csv", "*.toml")
    for path in sorted(path for room in ROOMS for kind in kinds for path in (PACKAGE / room).rglob(kind)):
        told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()


def _write(table: pd.DataFrame, path: Path) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".parquet")
    os.close(handle)
    try:
        with duckdb.connect() as connection:
            connection.register("made", table)
            connection.execute(f"COPY made TO '{name.replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")
        Path(name).replace(path)
    except (OSError, duckdb.IOException) as error:
        reason = str(error).splitlines()[0]
        raise InputError(
            f"folder must have room for the table of {len(table):,} rows, got: {reason}; free some or choose another."
        ) from None
    finally:
        Path(name).unlink(missing_ok=True)


def _read(path: Path) -> pd.DataFrame:
    with duckdb.connect() as connection:
        table: pd.DataFrame = connection.read_parquet(str(path)).df()
    text = [column for column in table.columns if table[column].dtype == object]
    return table.astype(dict.fromkeys(text, "str"))
