"""A WRES return, an organisation and a year in; the whole board pack as one folder out."""

import hashlib
import platform
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from tqdm.auto import tqdm

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH
from equity_metrics.cubes.kept_release import kept_release
from equity_metrics.cubes.kept_tables import fingerprint
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.packs.provenance import Provenance, input_file
from equity_metrics.packs.report_documents import report_documents
from equity_metrics.packs.report_files import PROVENANCE, check_free, save_pack, tidy_csv
from equity_metrics.packs.report_methods import report_methods
from equity_metrics.packs.report_parts import ReportPart, report_parts
from equity_metrics.sources.counts import near_names
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.wres_return import read_wres_return

LIBRARIES = ("numpy", "pandas", "scipy", "plotly")


@dataclass(frozen=True)
class Report:
    """What a pack is made of, before it is written: its parts and where they come from."""

    parts: tuple[ReportPart, ...]
    provenance: Provenance

    def tables(self) -> dict[str, pd.DataFrame]:
        """Lay out the tables of the pack by the names of their files."""
        numbers = {f"tables/{part.name}.csv": part.numbers for part in self.parts}
        answers = pd.DataFrame([_words(part) for part in self.parts])
        return {"answers.csv": answers, "methods.csv": report_methods(self.parts, self.provenance), **numbers}


def report(path: str | Path, organisation: str, year: str, *, progress: bool = False) -> Report:
    """Answer every WRES indicator of one organisation from its return, for the publish audience.

    The whole return is released together, as the notebooks do, so that a pack and a notebook withhold the same cells
    and neither gives away what the other hides.

    Parameters
    ----------
    path
        A WRES return, as ``read_wres_return`` reads it.
    organisation, year
        Whose answers, and of which WRES year.
    progress
        Whether to show a progress bar over the answers.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        In one sentence, if the return cannot be read or has no such organisation or year; with the nearest names.
    """
    path = Path(path)
    counts = read_wres_return(path)
    _check_there("organisation", organisation, counts["organisation"], path.name)
    place = counts[counts["organisation"] == organisation]
    _check_there("year", year, place["period"], f"{organisation} in {path.name}")
    released = kept_release(roll_ups(counts), audience=PUBLISH)
    parts = report_parts(released, organisation, year)
    with tqdm(parts, desc="Answering", unit="answer", disable=not progress) as bar:
        answered = tuple(bar)
    synthetic = bool(counts["source"].str.startswith("Synthetic").any())
    provenance = Provenance(
        inputs=(input_file(path, len(counts)),),
        version=version("equity-metrics"),
        parameters=_parameters(organisation, year),
        data_date=f"WRES year {year}, ending 31 March {year}",
        synthetic=synthetic,
        made_on=datetime.now(UTC).date().isoformat(),
    )
    return Report(answered, provenance)


def board_pack(
    path: str | Path, organisation: str, year: str, out: str | Path, *, force: bool = False, progress: bool = False
) -> Path:
    """Make the whole board pack of one organisation and year as one folder.

    Parameters
    ----------
    path, organisation, year, progress
        As for :func:`report`.
    out
        The pack's folder. It is there whole or not at all.
    force
        Whether a pack that is there is replaced.

    Returns
    -------
    Path
        Of the pack: ``board_paper.html``, ``numbers.xlsx``, ``slides.pptx``; tables as tidy CSV, ``answers.csv`` (each
        sentence, the picture in words, the notes), ``methods.csv`` (what made each number), ``provenance.json`` and
        ``files.sha256``.

    Raises
    ------
    InputError
        As :func:`report`; or if there is something at ``out``.
    """
    check_free(Path(out), force)
    made = report(path, organisation, year, progress=progress)
    tables = {name: tidy_csv(table) for name, table in made.tables().items()}
    documents = report_documents([part.answer for part in made.parts], made.provenance, progress=progress)
    return save_pack({**documents, **tables, PROVENANCE: made.provenance.as_json().encode()}, out, force)


def _words(part: ReportPart) -> dict[str, str]:
    chosen = {name: value for name, value in asdict(part.choice).items() if name not in ("organisation", "compare")}
    answer = part.answer
    return {
        "table": part.name,
        **chosen,
        "sentence": answer.sentence,
        "alt": answer.alt,
        "notes": "\n".join(answer.notes),
    }


def _parameters(organisation: str, year: str) -> dict[str, str]:
    policy = hashlib.sha256(repr(asdict(DISCLOSURE_POLICY)).encode()).hexdigest()[:16]
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return {
        "organisation": organisation,
        "year": year,
        "audience": PUBLISH,
        "disclosure_policy": policy,
        "code": fingerprint([], {})[:16],
        "made_with": f"Python {platform.python_version()}, {libraries}",
    }


def _check_there(name: str, value: str, there: pd.Series, where: str) -> None:
    names: Sequence[str] = sorted(there.unique())
    if value not in names:
        offered = near_names(value, tuple(names))
        raise InputError(f"{name} must be in {where}, got: {value!r}; {offered}{'' if offered.endswith('?') else '.'}")


def pack_name(organisation: str, year: str) -> str:
    """Name the folder of a pack after whose it is: ``board_pack_bramwell_hospitals_2025``."""
    return re.sub(r"\W+", "_", f"board_pack_{organisation}_{year}".lower()).strip("_")
