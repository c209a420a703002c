"""Records of several kinds in; the one released table that explorers work from out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd
from tqdm.auto import tqdm

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.cubes.kept_tables import kept_table
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.records.count_records import count_records
from equity_metrics.sources.records.specs import read_record_spec


def released_cube(
    records: Mapping[str, str | Path],
    *,
    folder: str | Path,
    by: Sequence[str] = (),
    policy: DisclosurePolicy = DISCLOSURE_POLICY,
    audience: str = PUBLISH,
) -> pd.DataFrame:
    """Count records, add them up to every grouping and level, protect all of it once, and keep it on disk.

    Whatever an explorer shows afterwards it selects from this table, so a change of a control costs the same however
    many records there were, and nothing can be shown that was not protected together with the rest.

    Parameters
    ----------
    records
        By spec (``staff``, ``applications``, or a TOML file of your own) where its records lie: a file, a glob or a
        folder.
    folder
        Where the cube is kept; made anew when a record, a spec, the policy or this package changes.
    by
        Further columns to count by.
    policy, audience
        As for :func:`equity_metrics.measures.disclosure.release.release`.

    Returns
    -------
    DataFrame
        As ``release`` returns it.

    Raises
    ------
    InputError
        One sentence, if there is nothing at a path, or as ``count_records``.
    """
    specs = {name: read_record_spec(name) for name in records}
    inputs = [file for where in records.values() for file in _files(Path(where))]
    recipe = {
        "specs": {name: asdict(spec) for name, spec in specs.items()},
        "by": list(by),
        "policy": asdict(policy),
        "audience": audience,
    }

    def make() -> pd.DataFrame:
        steps = tqdm(specs.items(), desc="Counting records", leave=False)
        counts = [count_records(str(records[name]), spec, by) for name, spec in steps]
        tables = [table for counted in counts for table in roll_ups(counted)]
        return release(tables, policy, audience)

    return kept_table(make, inputs=inputs, recipe=recipe, folder=Path(folder))


def _files(where: Path) -> list[Path]:
    """List the files that a path, a glob or a folder stands for."""
    if where.is_file():
        return [where]
    found = sorted(where.rglob("*")) if where.is_dir() else sorted(where.parent.glob(where.name))
    files = [file for file in found if file.is_file()]
    if not files:
        raise InputError(f"records must be files that exist, got: {where.name!r}; check the folder and the name.")
    return files
