"""A file of separated values as people save it in; its cells as text out, or one sentence that says what is wrong."""

import codecs
import gzip
import re
import zlib
from pathlib import Path

import pandas as pd

from equity_metrics.sources.errors import InputError

SEPARATORS = (",", ";", "\t")
"""How spreadsheets of different countries save a table as text; the first that the heading holds is meant."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 65_536


def read_text_table(path: Path, *, blank_lines: bool = False) -> pd.DataFrame:
    """Read separated values, as UTF-8, UTF-16 ("Unicode text" of Excel) or as Windows saves them.

    Parameters
    ----------
    path
        ``.csv`` or ``.csv.gz``, with a heading.
    blank_lines
        Whether blank lines are rows too, so that rows have the numbers that a spreadsheet shows.

    Returns
    -------
    DataFrame
        Text; an empty cell is ``""``.

    Raises
    ------
    InputError
        If there is no such file, it is empty, or it holds something else.
    """
    if not path.is_file():
        raise InputError(f"path must be a file that exists, got: {path.name!r}; check the folder and the spelling.")
    if path.stat().st_size == 0:
        raise InputError(f"{path.name} must hold a heading and rows, got: an empty file; save it again.")
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            head = file.read(_HEAD)
        encoding = "utf-16" if head.startswith(_UTF_16) else "utf-8-sig"
        if encoding != "utf-16" and b"\0" in head:
            raise InputError(f"{path.name} must be comma-separated values, got: no text; save it as CSV UTF-8.")
        first = head.decode(encoding, errors="replace").lstrip("\r\n").partition("\n")[0]
        separator = next((mark for mark in SEPARATORS if mark in first), SEPARATORS[0])
        try:
            return _read(path, encoding, separator, blank_lines)
        except UnicodeDecodeError:
            return _read(path, "cp1252", separator, blank_lines)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError, OSError, EOFError, zlib.error) as error:
        reason = re.sub(r"\s+", " ", str(error)).removeprefix("Error tokenizing data. C error: ")
        raise InputError(
            f"{path.name} must be a table of comma-separated values, got: {reason}; save it as CSV UTF-8."
        ) from None


def _read(path: Path, encoding: str, separator: str, blank_lines: bool) -> pd.DataFrame:
    return pd.read_csv(
        path, sep=separator, dtype=str, keep_default_na=False, encoding=encoding, skip_blank_lines=not blank_lines
    )
