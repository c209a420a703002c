"""Arrays in; rows of the long return layout out."""

import gzip
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd

COLUMNS = [
    "organisation",
    "period",
    "indicator",
    "group",
    "band",
    "staff_group",
    "definition",
    "numerator",
    "denominator",
]
SOURCE = "Synthetic"


def long_rows(
    organisation: str,
    indicator: str,
    periods: Sequence[object],
    groups: Sequence[str],
    numerator: np.ndarray,
    denominator: np.ndarray,
    **columns: object,
) -> pd.DataFrame:
    """Lay out arrays (period, group), one row a cell; further columns are scalars or one value a period."""
    shape = (len(periods), len(groups))
    rows = pd.DataFrame(
        {
            "organisation": organisation,
            "period": np.repeat([str(period) for period in periods], len(groups)),
            "indicator": indicator,
            "group": np.tile(groups, len(periods)),
            "numerator": np.broadcast_to(numerator, shape).ravel(),
            "denominator": np.broadcast_to(denominator, shape).ravel(),
        }
    )
    for name, value in columns.items():
        rows[name] = value if isinstance(value, str) else np.repeat(value, len(groups))
    return rows


def write_rows(rows: pd.DataFrame, path: Path) -> Path:
    """Write rows as CSV, gzipped where the name says so, the same to the byte each time."""
    columns = [c for c in COLUMNS if c in rows.columns]
    rest = [c for c in rows.columns if c not in (*COLUMNS, "source")]
    text = rows[[*columns, *rest]].assign(source=SOURCE).to_csv(index=False, lineterminator="\n")
    data = text.encode()
    path.write_bytes(_packed(data) if path.suffix == ".gz" else data)
    return path


def _packed(data: bytes) -> bytes:
    """Pack without a time, a name or a system in the header; ``gzip.compress`` names the system before Python 3.13."""
    buffer = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(data)
    return buffer.getvalue()
