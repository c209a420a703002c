"""Complete tables in; what may be seen of them, worked out once and kept on disk, out."""

import hashlib
import os
from dataclasses import asdict
from pathlib import Path

import pandas as pd
from platformdirs import user_cache_path

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.cubes.kept_tables import kept_table
from equity_metrics.measures.disclosure.release import release

FOLDER = "EQUITY_METRICS_KEPT"
"""Environment variable that names another folder to keep released tables in."""


def kept_release(
    tables: pd.DataFrame | list[pd.DataFrame] | tuple[pd.DataFrame, ...],
    policy: DisclosurePolicy = DISCLOSURE_POLICY,
    audience: str = PUBLISH,
    *,
    folder: str | Path | None = None,
) -> pd.DataFrame:
    """Release tables as ``release`` does, or fetch what was released of the very same tables before.

    Finding out what to withhold takes a minute where many cells are small, with a progress bar; looking it up takes a
    moment. Only what was released is kept, never what it was made from.

    Parameters
    ----------
    tables, policy, audience
        As for :func:`equity_metrics.measures.disclosure.release.release`.
    folder
        Where released tables are kept; by default what EQUITY_METRICS_KEPT names, else a folder of the user's own.

    Returns
    -------
    DataFrame
        As ``release`` returns it.

    Raises
    ------
    TypeError, ValueError
        As ``release``.
    InputError
        In one sentence, if the folder cannot be written to.
    """
    parts = [tables] if isinstance(tables, pd.DataFrame) else list(tables)
    recipe = {"tables": [_content(part) for part in parts], "policy": asdict(policy), "audience": audience}
    place = Path(folder or os.environ.get(FOLDER) or user_cache_path("equity_metrics", appauthor=False))
    return kept_table(lambda: release(parts, policy, audience, progress=True), inputs=[], recipe=recipe, folder=place)


def _content(table: pd.DataFrame) -> str:
    """Fingerprint of a table's columns and values, in their order."""
    told = hashlib.blake2b(repr([(name, str(kind)) for name, kind in table.dtypes.items()]).encode())
    told.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    return told.hexdigest()
