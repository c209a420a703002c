"""A table is made once, made anew when anything changes, and never half written."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from equity_metrics.cubes.kept_tables import ROOMS, kept_table
from equity_metrics.sources.errors import InputError
from test_rooms import MAY_IMPORT

TABLE = pd.DataFrame({"group": ["White", ""], "numerator": [3.0, float("nan")], "rows": [1, 2]})


def kept(folder: Path, made: list[int], **recipe: object) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        made.append(1)
        return TABLE

    return kept_table(make, inputs=[folder / "input.csv"], recipe=recipe, folder=folder / "kept")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "input.csv").write_text("a\n1\n")
    return tmp_path


def test_the_second_time_it_comes_from_disk_and_is_the_same(folder: Path):
    made: list[int] = []
    for _ in range(3):
        pd.testing.assert_frame_equal(kept(folder, made), TABLE, check_dtype=False)
    assert made == [1]


def test_a_changed_byte_or_recipe_makes_it_anew_even_with_the_same_size_and_date(folder: Path):
    made: list[int] = []
    kept(folder, made)
    before = (folder / "input.csv").stat()
    (folder / "input.csv").write_text("a\n2\n")
    os.utime(folder / "input.csv", ns=(before.st_atime_ns, before.st_mtime_ns))
    kept(folder, made)
    kept(folder, made, by=["ward"])
    assert made == [1, 1, 1]


def test_an_error_while_it_is_made_leaves_nothing(folder: Path):
    def make() -> pd.DataFrame:
        raise InputError("a sentence")

    with pytest.raises(InputError, match="a sentence"):
        kept_table(make, inputs=[], recipe={}, folder=folder / "kept")
    assert not list((folder / "kept").glob("*.parquet"))


def test_a_full_disk_gives_one_sentence_and_leaves_nothing(folder: Path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match=r"must have room for the table of 2 rows, got: .*No space left on device"):
        kept(folder, [])
    assert not [path for path in (folder / "kept").iterdir() if path.suffix == ".parquet"]


SLOW = """
import sys, time
from pathlib import Path
import pandas as pd
from equity_metrics.cubes.kept_tables import kept_table

folder, started, made = map(Path, sys.argv[1:])

def make():
    started.touch()
    time.sleep(1)
    with made.open("a") as file:
        file.write("made\\n")
    return pd.DataFrame({"rows": [1, 2]})

kept_table(make, inputs=[], recipe={}, folder=folder)
"""


def test_two_processes_make_it_once_and_one_that_is_killed_leaves_nothing_broken(tmp_path: Path):
    started, made, folder = tmp_path / "started", tmp_path / "made", tmp_path / "kept"
    command = [sys.executable, "-c", SLOW, str(folder), str(started), str(made)]
    killed = subprocess.Popen(command)
    while not started.exists() and killed.poll() is None:
        time.sleep(0.02)
    killed.kill()
    killed.wait()
    assert started.exists()
    two = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(timeout=60) for process in two] == [0, 0]
    assert made.read_text() == "made\n"
    table = kept_table(pd.DataFrame, inputs=[], recipe={}, folder=folder)
    assert table["rows"].tolist() == [1, 2]


def test_what_makes_tables_imports_nothing_that_their_name_leaves_out():
    assert set(ROOMS) == MAY_IMPORT["cubes"]
