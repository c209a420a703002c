"""Intervention files (TOML, one each) in; what was agreed before the result was known out."""

import re
import tomllib
import warnings
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.interventions import DIRECTIONS, Intervention
from equity_metrics.sources.counts import MONTH, YEAR
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.samples import FOLDERS

KEYS = tuple(field.name for field in fields(Intervention))
REQUIRED = (
    "name", "what", "where", "indicator", "start", "expected_direction", "smallest_worthwhile", "prediction", "agreed",
    "owner",
)  # fmt: skip
NUMBERS = ("smallest_worthwhile", "stop_below", "spread_from")
PERIOD = f"{YEAR}|{MONTH}"
DATED_LATE = "The prediction is dated {agreed}, after the start in {start}: part of the result may have been known."


def sample_interventions() -> Path:
    """Find the folder of invented intervention files, which lies beside the samples.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If this installation holds none.
    """
    for folder in FOLDERS:
        if (beside := folder.with_name("interventions")).is_dir():
            return beside
    raise InputError("intervention files must lie beside the samples, got: none; name your own folder.")


def read_interventions(path: str | Path) -> tuple[Intervention, ...]:
    """Read what was agreed about one intervention, or about all in a folder.

    Parameters
    ----------
    path
        A TOML file, or a folder of them. ``data/interventions/README.md`` says what each key means.

    Returns
    -------
    tuple of Intervention
        In order of file names. A prediction that is dated after the start is read with a warning.

    Raises
    ------
    InputError
        In one sentence: file, key, value and what to do.
    """
    path = Path(path)
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path.name} must hold at least one intervention file (*.toml), got: none.")
    read = tuple(_read(file) for file in files)
    for file, intervention in zip(files, read, strict=True):
        if intervention.agreed[: len(intervention.start)] > intervention.start:
            late = DATED_LATE.format(agreed=intervention.agreed, start=intervention.start)
            warnings.warn(f"{file.name}: {late}", stacklevel=2)
    return read


def _read(file: Path) -> Intervention:
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file.name} must be readable, got: {error.strerror or error}; check its path.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file.name} must be a TOML file, got: {error}; mend that line.") from None
    for key in written:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1)
            raise InputError(f"{file.name}: key must be one of {', '.join(KEYS)}, got: {key}{_did_you_mean(near)}.")
    for key in REQUIRED:
        if written.get(key, "") == "":
            raise InputError(f"{file.name}: {key} must be given, got: nothing; agree it and write it down.")
    values = {key: _value(file, key, value) for key, value in written.items()}
    _check(file, values)
    try:
        return Intervention(**values)
    except ValueError as error:
        raise InputError(f"{file.name}: {error}; correct it in the file.") from None


def _did_you_mean(near: list[str]) -> str:
    return f"; did you mean {near[0]}" if near else ""


def _value(file: Path, key: str, value: object) -> Any:
    if key == "agreed" and type(value) is date:
        return value.isoformat()
    if key in NUMBERS and type(value) in (int, float):
        return float(str(value))
    if key == "lead_in" and type(value) is int:
        return value
    if key == "starts" and isinstance(value, dict) and all(isinstance(start, str) for start in value.values()):
        return tuple((str(place).strip(), start.strip()) for place, start in value.items())
    if key not in (*NUMBERS, "lead_in", "agreed", "starts") and isinstance(value, str):
        return value.strip()
    wanted = (
        "a number without quotes" if key in NUMBERS
        else "a whole number without quotes" if key == "lead_in"
        else "a table [starts] of places and their first months" if key == "starts"
        else "a date without quotes, such as 2023-02-14" if key == "agreed"
        else "text in quotes"
    )  # fmt: skip
    raise InputError(f"{file.name}: {key} must be {wanted}, got: {value!r}; correct it in the file.")


def _check(file: Path, values: Mapping[str, Any]) -> None:
    """Refuse values that cannot be, each in a sentence that says what can."""

    def refuse(key: str, wanted: str) -> None:
        raise InputError(f"{file.name}: {key} must be {wanted}, got: {values[key]}; correct it in the file.")

    if values["expected_direction"] not in DIRECTIONS:
        refuse("expected_direction", f"one of {', '.join(DIRECTIONS)}")
    if values["indicator"] not in INDICATORS:
        refuse("indicator", f"one of {', '.join(INDICATORS)}")
    for key in ("start", "chosen_for", "starts"):
        written = (
            [start for _, start in values.get(key, ())] if key == "starts" else [values.get(key) or values["start"]]
        )
        if not all(re.fullmatch(PERIOD, str(period)) for period in written):
            refuse(key, "a year (2023) or a month (2023-04)")
    least = 0 if INDICATORS[str(values["indicator"])].kind == "share" else 1
    for key in NUMBERS:
        if key in values and not float(values[key]) > least:
            refuse(key, "above 0, a difference" if least == 0 else "above 1, a ratio, such as 1.25")
    if int(values.get("lead_in", 0)) < 0:
        refuse("lead_in", "0 or more periods")
    usual = values["smallest_worthwhile"]
    if float(values.get("stop_below", usual)) > float(values.get("spread_from", usual)):
        refuse("stop_below" if "stop_below" in values else "spread_from", "agreed so that stop_below <= spread_from")
