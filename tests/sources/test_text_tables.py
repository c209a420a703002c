"""Tables as spreadsheets of different countries and ages save them are read; what is no table is told in a sentence."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from equity_metrics.sources.errors import InputError
from equity_metrics.sources.text_tables import read_text_table
from equity_metrics.sources.wres_return import read_wres_return

TABLE = pd.DataFrame({"organisation": ["Ynys Môn", "Alder, Hill"], "count": ["12", ""]})
RETURN = "wres_return_synthetic_one_organisation.csv"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", [".csv", ".csv.gz"])
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, separator: str, encoding: str, ending: str):
    content = TABLE.to_csv(index=False, sep=separator, lineterminator="\r\n").encode(encoding)
    path = tmp_path / f"table{ending}"
    path.write_bytes(gzip.compress(content) if ending.endswith("gz") else content)
    pd.testing.assert_frame_equal(read_text_table(path), TABLE.astype("str"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"t\.csv must hold a heading and rows, got: an empty file; save it again\."),
        (bytes(range(256)) * 9, r"t\.csv must be comma-separated values, got: no text; save it as CSV UTF-8\."),
        (
            b"\x81\x8d,b\n1,2\n",
            r"t\.csv must be a table of comma-separated values, got: .*codec.*; save it as CSV UTF-8\.",
        ),
        (b'a,b\n"1,2\n', r"t\.csv must be a table of comma-separated values, got: EOF inside string"),
    ],
    ids=["empty", "binary", "no encoding", "open quotation"],
)
def test_what_is_no_table_is_one_sentence(tmp_path: Path, content: bytes, sentence: str):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=sentence):
        read_text_table(path)


def test_a_broken_archive_and_a_missing_file_are_one_sentence(tmp_path: Path):
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n" * 99)[:30])
    with pytest.raises(InputError, match=r"t\.csv\.gz must be a table of comma-separated values, got: "):
        read_text_table(path)
    with pytest.raises(InputError, match=r"path must be a file that exists, got: 'no\.csv'"):
        read_text_table(tmp_path / "no.csv")


def test_a_return_is_found_behind_a_cover_sheet_and_below_a_title(tmp_path: Path, samples: Path):
    table, path = pd.read_csv(samples / RETURN), tmp_path / "return.xlsx"
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        pd.DataFrame({"Notes": ["Signed off"]}).to_excel(book, sheet_name="Cover", index=False)
        table.to_excel(book, sheet_name="Return", index=False, startrow=3, startcol=1)
        book.sheets["Return"].cell(1, 2, "WRES return 2025")
    expected = read_wres_return(samples / RETURN)
    pd.testing.assert_frame_equal(read_wres_return(path), expected)
    with pd.ExcelWriter(path) as book:
        table.astype({"numerator": object}).assign(numerator="many").to_excel(book, sheet_name="Return", startrow=3)
    with pytest.raises(InputError, match=r"return\.xlsx, sheet 'Return', row 5, column numerator"):
        read_wres_return(path)


def test_a_column_that_stands_twice_is_refused(tmp_path: Path, samples: Path):
    table = pd.read_csv(samples / RETURN)
    table.assign(**{"Numerator ": table["numerator"]}).to_csv(tmp_path / "return.csv", index=False)
    with pytest.raises(InputError, match=r"return\.csv must name each column once, got: 'numerator' twice"):
        read_wres_return(tmp_path / "return.csv")
