"""Tables and documents in; a folder that is there whole or not at all, with a fingerprint of each file, out."""

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from equity_metrics.sources.errors import InputError
from equity_metrics.views.safe_cells import FORMULA

FINGERPRINTS = "files.sha256"
PROVENANCE = "provenance.json"
DIGITS = "%.10g"
"""How numbers are written: the digits after the tenth are not the same on every processor."""


def tidy_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV (UTF-8): numbers with ten digits, and no text that a spreadsheet takes for a formula.

    Parameters
    ----------
    table
        One row a number; released.

    Returns
    -------
    bytes
    """
    texts = [column for column in table.columns if not pd.api.types.is_numeric_dtype(table[column])]
    safe = {c: table[c].astype(str).mask(table[c].astype(str).str.match(FORMULA), "'" + table[c]) for c in texts}
    text = table.assign(**safe).to_csv(index=False, float_format=DIGITS, lineterminator="\n")
    return text.encode("utf-8-sig")


def save_pack(files: Mapping[str, bytes], folder: str | Path, force: bool = False) -> Path:
    """Save the files of a pack under their names, all of them or none.

    Parameters
    ----------
    files
        Content by name; a name may lie in a folder of the pack (``tables/….csv``).
    folder
        Of the pack.
    force
        Whether a pack that is there is replaced. A folder that is no pack never is.

    Returns
    -------
    Path
        Of the pack. ``files.sha256`` in it holds the SHA-256 of every other file, as ``sha256sum -c`` reads it.

    Raises
    ------
    InputError
        In one sentence, if there is something in its place or it cannot be written; then nothing has changed.
    """
    folder = Path(folder)
    check_free(folder, force)
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as made:
            for name, content in {**files, FINGERPRINTS: "".join(lines).encode()}.items():
                path = Path(made, "new", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            _put(Path(made, "new"), folder, aside=Path(made, "old"))
    except OSError as error:
        raise InputError(
            f"{folder.name} must be a folder that can be written, got: {error.strerror or error}; choose another."
        ) from None
    return folder


def fingerprints(folder: Path) -> dict[str, str]:
    """Read the SHA-256 of each file of a pack as it was made.

    Parameters
    ----------
    folder
        Of the pack.

    Returns
    -------
    dict of str
        By name.

    Raises
    ------
    InputError
        In one sentence, if the pack does not have them.
    """
    path = folder / FINGERPRINTS
    if not path.is_file():
        raise InputError(f"pack must hold {FINGERPRINTS}, got: a folder without it; make the pack again.")
    lines = (line.split("  ", 1) for line in path.read_text(encoding="utf-8").splitlines() if "  " in line)
    return {name: sha256 for sha256, name in lines}


def files_of(folder: Path) -> dict[str, bytes]:
    """Read every file of a pack but the fingerprints of the others.

    Parameters
    ----------
    folder
        Of the pack.

    Returns
    -------
    dict of bytes
        Content by name.
    """
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in paths.items() if name != FINGERPRINTS}


def check_free(folder: Path, force: bool) -> None:
    """Refuse a place for a pack where something else is.

    Parameters
    ----------
    folder
        Of the pack.
    force
        Whether a pack that is there may be replaced.

    Raises
    ------
    InputError
        In one sentence, if there is a pack already, or something that is no pack.
    """
    if not folder.exists():
        return
    if not (folder / PROVENANCE).is_file():
        raise InputError(f"out must be a new folder, got: {folder.name!r}, which is no pack; choose another name.")
    if not force:
        raise InputError(f"out must be a new folder, got: {folder.name!r}, a pack; choose another name or add --force.")


def _put(made: Path, folder: Path, aside: Path) -> None:
    """Rename a pack to its place; the one that was there is gone only when the new one is there."""
    replaces = folder.exists()
    if replaces:
        folder.rename(aside)
    try:
        made.rename(folder)
    except OSError:
        if replaces:
            aside.rename(folder)
        raise
