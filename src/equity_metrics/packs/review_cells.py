"""A table as a pack has it, and as it is made again, in; each cell that differs out."""

import io

import numpy as np
import pandas as pd

DIFFERENCE_COLUMNS = ["file", "row", "about", "column", "was", "is"]
NAMES_OF_ROW = ("table", "group", "period", "band", "definition")
NOTHING = "nothing there"
SAME_WITHIN = 1e-8
"""Of a number: the digits after the eighth are not the same on every processor."""


def csv_cells(content: bytes) -> pd.DataFrame:
    """Read every cell of a CSV as the text it is.

    Parameters
    ----------
    content
        Of the file.

    Returns
    -------
    DataFrame
        What is no table at all is one cell that says so.
    """
    try:
        text = content.decode("utf-8-sig")
        return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, skip_blank_lines=False)
    except ValueError:
        return pd.DataFrame({"the whole file": ["no table that can be read"]})


def cell_differences(was: pd.DataFrame, now: pd.DataFrame, file: str, first_row: int = 2) -> pd.DataFrame:
    """Compare two versions of one table cell by cell.

    Parameters
    ----------
    was, now
        The table as the pack has it, and as it is made again: every cell a text. Of a table that is not there: empty.
    file
        Its name, for the result.
    first_row
        What number the first row has: 2 below a heading, as a spreadsheet counts.

    Returns
    -------
    DataFrame
        One row a cell that differs: ``file``, ``row``, ``about`` (whom and when the row is about), ``column``, ``was``,
        ``is``. Numbers are the same if their first eight digits are. A row or column that only one has differs in every
        cell.
    """
    columns = list(dict.fromkeys([*now.columns, *was.columns]))
    rows = range(max(len(was), len(now)))
    old, new = (table.reindex(index=rows, columns=columns, fill_value=NOTHING) for table in (was, now))
    differs = (old != new).to_numpy() & ~_same_numbers(old, new)
    row, column = np.nonzero(differs)
    about = new.where(new != NOTHING, old)[[name for name in NAMES_OF_ROW if name in columns]].agg(_words, axis=1)
    return pd.DataFrame(
        {
            "file": file,
            "row": row + first_row,
            "about": about.to_numpy()[row] if len(row) else [],
            "column": np.array(columns, dtype=object)[column],
            "was": old.to_numpy()[differs],
            "is": new.to_numpy()[differs],
        },
        columns=DIFFERENCE_COLUMNS,
    ).astype(dict.fromkeys(("file", "about", "column", "was", "is"), "str"))


def _same_numbers(old: pd.DataFrame, new: pd.DataFrame) -> np.ndarray:
    one, other = (table.apply(pd.to_numeric, errors="coerce").to_numpy(float) for table in (old, new))
    return np.asarray(np.isclose(one, other, rtol=SAME_WITHIN, atol=0), dtype=bool)


def _words(row: pd.Series) -> str:
    return ", ".join(value for value in row if value not in ("", NOTHING))
