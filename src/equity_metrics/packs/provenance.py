"""Input files in; what whoever holds an exported file must know of its numbers out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from equity_metrics.sources.errors import InputError

SYNTHETIC = "Synthetic data: every organisation and every number is invented."
REAL = "Data as the files hold them; none of it is marked as synthetic."


@dataclass(frozen=True)
class InputFile:
    """A file that numbers were made from: its name, the SHA-256 of its bytes, and how many rows of counts it gave."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Provenance:
    """What made a number: files, package version, parameters, the date of the data, and whether it is invented.

    ``made_on`` is a date (ISO 8601); ``parameters`` are what was asked for, by name.
    """

    inputs: tuple[InputFile, ...]
    version: str
    parameters: Mapping[str, str]
    data_date: str
    synthetic: bool
    made_on: str

    def lines(self) -> tuple[str, ...]:
        """Write it as plain sentences, for the foot of a document."""
        asked = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in self.parameters.items())
        return (
            SYNTHETIC if self.synthetic else REAL,
            *(f"Made from {file.name}: {file.rows:,} rows of counts, SHA-256 {file.sha256}." for file in self.inputs),
            f"Date of the data: {self.data_date}.",
            f"Parameters: {asked or 'none'}.",
            f"Made on {self.made_on} with equity_metrics {self.version}.",
        )

    def as_json(self) -> str:
        """Write it so that :func:`read_provenance` reads the same again."""
        return json.dumps(asdict(self) | {"parameters": dict(self.parameters)}, indent=2, ensure_ascii=False) + "\n"


def input_file(path: str | Path, rows: int) -> InputFile:
    """Describe a file that numbers are made from.

    Parameters
    ----------
    path
        The file.
    rows
        How many rows of counts it gave, with their totals.

    Returns
    -------
    InputFile
        With the SHA-256 of the file's bytes as they are now.
    """
    path = Path(path)
    with path.open("rb") as file:
        return InputFile(path.name, hashlib.file_digest(file, "sha256").hexdigest(), rows)


def read_provenance(path: str | Path) -> Provenance:
    """Read what :meth:`Provenance.as_json` wrote.

    Parameters
    ----------
    path
        A ``provenance.json``.

    Returns
    -------
    Provenance

    Raises
    ------
    InputError
        In one sentence, if there is no such file or it holds something else.
    """
    path = Path(path)
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        inputs = tuple(InputFile(str(i["name"]), str(i["sha256"]), int(i["rows"])) for i in told["inputs"])
        parameters = {str(name): str(value) for name, value in told["parameters"].items()}
        texts = {name: str(told[name]) for name in ("version", "data_date", "made_on")}
        date.fromisoformat(texts["made_on"])
        return Provenance(inputs=inputs, parameters=parameters, synthetic=bool(told["synthetic"]), **texts)
    except OSError:
        raise InputError(
            f"provenance must be a file that exists, got: {path.name!r}; choose a pack's folder."
        ) from None
    except (ValueError, LookupError, TypeError, AttributeError):
        raise InputError(
            f"{path.name} must hold inputs, version, parameters, dates and synthetic, got: something else; "
            "make the pack again."
        ) from None
