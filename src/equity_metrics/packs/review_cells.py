"""A table as a pack has it, and as it is made again, in; each cell that differs out."""

import io

import numpy as np
import pandas as pd

DIFFERENCE_COLUMNS = ["file", "row", "about", "column", "was", "is"]
NAMES_OF_ROW = ("table", "group", "period", "band", "definition")
NOTHING = "nothing there"
SAME_WITHIN = 1e-8
"""Of a number: the digits after the eighth are not the same on every processor."""


def cell_differences(was: bytes, now: bytes, file: str) -> pd.DataFrame:
    """Compare two versions of one CSV cell by cell.

    Parameters
    ----------
    was, now
        The file as the pack has it, and as it is made again.
    file
        Its name, for the result.

    Returns
    -------
    DataFrame
        One row a cell that differs: ``file``, ``row`` (as a spreadsheet counts them, the heading is 1), ``about`` (whom
        and when the row is about), ``column``, ``was``, ``is``. Numbers are the same if their first eight digits are.
        A row or column that only one has differs in every cell.
    """
    old, new = _read(was), _read(now)
    columns = list(dict.fromkeys([*new.columns, *old.columns]))
    rows = range(max(len(old), len(new)))
    old, new = (table.reindex(index=rows, columns=columns, fill_value=NOTHING) for table in (old, new))
    differs = (old != new).to_numpy() & ~_same_numbers(old, new)
    row, column = np.nonzero(differs)
    about = new.where(new != NOTHING, old)[[name for name in NAMES_OF_ROW if name in columns]].agg(_words, axis=1)
    return pd.DataFrame(
        {
            "file": file,
            "row": row + 2,
            "about": about.to_numpy()[row] if len(row) else [],
            "column": np.array(columns, dtype=object)[column],
            "was": old.to_numpy()[differs],
            "is": new.to_numpy()[differs],
        },
        columns=DIFFERENCE_COLUMNS,
    ).astype(dict.fromkeys(("file", "about", "column", "was", "is"), "str"))


def _read(content: bytes) -> pd.DataFrame:
    """Read every cell as the text it is; what is no table at all is one cell that differs."""
    try:
        text = content.decode("utf-8-sig")
        return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, skip_blank_lines=False)
    except ValueError:
        return pd.DataFrame({"the whole file": ["no table that can be read"]})


def _same_numbers(old: pd.DataFrame, new: pd.DataFrame) -> np.ndarray:
    one, other = (table.apply(pd.to_numeric, errors="coerce").to_numpy(float) for table in (old, new))
    return np.asarray(np.isclose(one, other, rtol=SAME_WITHIN, atol=0), dtype=bool)


def _words(row: pd.Series) -> str:
    return ", ".join(value for value in row if value not in ("", NOTHING))
