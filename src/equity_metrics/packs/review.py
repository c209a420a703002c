"""A board pack in; what differs when it is made again from its provenance, and what made each number, out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pandas as pd

from equity_metrics.packs.provenance import InputFile, Provenance, read_provenance
from equity_metrics.packs.report import report
from equity_metrics.packs.report_files import PROVENANCE, files_of, fingerprints
from equity_metrics.packs.review_files import pack_differences
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.samples import sample

FOR_INFORMATION = ("code", "made_with")
"""Parameters that may differ while the numbers are the same: they are told, and decide nothing."""
AGREES, DIFFERS, DIFFERS_BUT = "agrees", "differs", "differs, which by itself changes no number"
CHECK_COLUMNS = ["checked", "in the pack", "now", "result"]


@dataclass(frozen=True)
class Review:
    """What a reviewer finds: three tables, and the same in sentences.

    ``checks``: inputs, version, parameters and files, each as the pack has it and as it is now. ``differences``: every
    cell that differs (file, row, about, column, was, is). ``methods``: what made the numbers of each table.
    """

    checks: pd.DataFrame
    differences: pd.DataFrame
    methods: pd.DataFrame
    sentences: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether everything agrees that decides a number, and every number does."""
        return self.differences.empty and not (self.checks["result"] == DIFFERS).any()


def review(pack: str | Path, path: str | Path | None = None, *, progress: bool = False) -> Review:
    """Make a pack again from its provenance and say what differs.

    Parameters
    ----------
    pack
        The pack's folder.
    path
        The return it was made from; by default the sample of that name, if it was made from one.
    progress
        Whether to show a progress bar.

    Returns
    -------
    Review

    Raises
    ------
    InputError
        In one sentence, if it cannot be made again: no pack, no return, or a return without the organisation or year.
    """
    folder = Path(pack)
    told, made = read_provenance(folder / PROVENANCE), fingerprints(folder)
    for name in ("organisation", "year"):
        if name not in told.parameters:
            raise InputError(f"{PROVENANCE} must name the {name}, got: none; make the pack again.")
    again = report(_return_of(told, path), told.parameters["organisation"], told.parameters["year"], progress=progress)
    there = files_of(folder)
    checks = pd.DataFrame([*_provenances(told, again.provenance), *_files(made, there)], columns=CHECK_COLUMNS)
    differences, compared = pack_differences(there, again, told)
    return Review(checks, differences, again.tables()["methods.csv"], _sentences(told, checks, differences, compared))


def _return_of(told: Provenance, path: str | Path | None) -> Path:
    if path is not None:
        return Path(path)
    # A pack comes from somebody else: of what it names only a sample is opened.
    name = Path(told.inputs[0].name).name if told.inputs else ""
    try:
        return sample(name)
    except InputError:
        raise InputError(f"file must be the return the pack was made from, got: none; add --file {name}.") from None


def _provenances(told: Provenance, now: Provenance) -> list[list[str]]:
    """Lay the provenance of the pack beside that of the same pack made now."""
    rows = []
    for was, file in zip_longest(told.inputs, now.inputs, fillvalue=InputFile("none", "none", 0)):
        name = was.name if file.name == "none" else file.name
        rows.append(_check(f"SHA-256 of {name}", was.sha256, file.sha256))
        rows.append(_check(f"rows of counts of {name}", str(was.rows), str(file.rows)))
    rows.append(_check("version of equity_metrics", told.version, now.version))
    rows.append(_check("date of the data", told.data_date, now.data_date))
    rows.append(_check("synthetic", _yes(told.synthetic), _yes(now.synthetic)))
    for name in dict.fromkeys([*now.parameters, *told.parameters]):
        before, after = (p.parameters.get(name, "none") for p in (told, now))
        otherwise = DIFFERS_BUT if name in FOR_INFORMATION else DIFFERS
        rows.append(_check(name.replace("_", " "), before, after, otherwise))
    return rows


def _files(made: Mapping[str, str], there: Mapping[str, bytes]) -> list[list[str]]:
    """Say of each file of the pack whether it still is as it was made; which others lie there too."""
    now = {name: hashlib.sha256(content).hexdigest() for name, content in there.items()}
    names = dict.fromkeys([*sorted(made), *now])
    return [_check(f"file {name}", made.get(name, "not made"), now.get(name, "not there")) for name in names]


def _check(checked: str, was: str, now: str, otherwise: str = DIFFERS) -> list[str]:
    return [checked, was, now, AGREES if was == now else otherwise]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _sentences(told: Provenance, checks: pd.DataFrame, differences: pd.DataFrame, compared: int) -> tuple[str, ...]:
    files = list(dict.fromkeys(differences["file"].str.split(", ").str[0]))
    if files:
        differ = "cells differs" if len(differences) == 1 else "cells differ"
        cells = f"{len(differences):,} of {compared:,} {differ}, in {', '.join(files)}."
    else:
        cells = f"Nothing differs: all {compared:,} cells are the same when the pack is made again."
    wrong = checks.loc[checks["result"] == DIFFERS, "checked"]
    known = checks.loc[checks["result"] == DIFFERS_BUT, "checked"]
    agree = f"Does not agree: {'; '.join(wrong)}." if len(wrong) else "Inputs, version, parameters and files agree."
    aside = f"Not the same, which by itself changes no number: {', '.join(known)}."
    return (cells, agree, *([aside] if len(known) else []), *told.lines())
