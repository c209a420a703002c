"""A file that says what a record's columns hold in; what is counted in them out."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.sources.counts import near_names
from equity_metrics.sources.errors import InputError

PERIODS = ("31 March", "each snapshot", "financial year", "month", "survey year")
"""Staff as at 31 March, or as at each month's snapshot; what happened in the year that ends on 31 March, or in the
month; the WRES year after the survey's."""
_KEYS = ("describes", "codes", "date", "period", "columns", "words", "keep", "indicators", "bands", "weight", "spec")
_KEYS_OF_AN_INDICATOR = ("id", "counted", "out_of", "either", "definition")

Conditions = Mapping[str, tuple[str, ...]]
"""By column the meanings that are asked for."""


@dataclass(frozen=True)
class CountedIndicator:
    """One indicator in the records: who is counted, out of whom.

    All conditions must hold, or one of them where ``either`` is true. Without conditions everybody is meant.
    """

    id: str
    counted: Conditions = field(default_factory=dict)
    out_of: Conditions = field(default_factory=dict)
    either: bool = False
    definition: str = ""


@dataclass(frozen=True)
class RecordSpec:
    """What the columns of a record hold, and what is counted in them.

    ``columns`` gives our name of a column and the record's own; ``words`` by column what each meaning is written as,
    in lower case, empty text for nothing; ``keep`` which rows are counted at all; ``bands`` further spellings of pay
    bands; ``weight`` a column of full-time equivalents that is added up in place of people.
    """

    describes: str
    codes: str
    date: str
    period: str
    columns: Mapping[str, str]
    indicators: tuple[CountedIndicator, ...]
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    keep: Conditions = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)
    weight: str = ""


def record_specs() -> tuple[str, ...]:
    """Names of the specs that the package carries."""
    folder = files("equity_metrics.catalogue") / "record_specs"
    return tuple(sorted(Path(f.name).stem for f in folder.iterdir() if f.name.endswith(".toml")))


def read_record_spec(spec: str | Path) -> RecordSpec:
    """Read what the columns of a record hold.

    Parameters
    ----------
    spec
        The name of a spec that the package carries (``staff``, ``applications``, ``cases``, ``training``,
        ``respondents``), or a TOML file of your own. ``spec = "staff"`` in your file starts from ours; what your file
        says then takes the place of the same key there, ``[columns]`` and ``[words]`` name by name.

    Returns
    -------
    RecordSpec

    Raises
    ------
    InputError
        One sentence that names file, key and value, and offers the nearest of the known names.
    """
    name = str(spec)
    if name in record_specs():
        return _checked(_load(files("equity_metrics.catalogue") / "record_specs" / f"{name}.toml"), f"{name}.toml")
    path = Path(spec)
    if path.suffix != ".toml" or not path.is_file():
        known = ", ".join(record_specs())
        raise InputError(f"spec must be one of {known}, or a TOML file that exists, got: {name!r}; check its name.")
    own = _load(path)
    if "spec" in own:
        base = own.pop("spec")
        if base not in record_specs():
            raise InputError(
                f"{path.name}, spec must be one of {', '.join(record_specs())}, got: {base!r}; "
                f"{near_names(str(base), record_specs())}."
            )
        own = _merged(_load(files("equity_metrics.catalogue") / "record_specs" / f"{base}.toml"), own, path.name)
    return _checked(own, path.name)


def _load(path: Any) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} must be a TOML file, got: {error}; mend that line.") from None


def _merged(base: dict[str, Any], own: dict[str, Any], file: str) -> dict[str, Any]:
    merged = {**base, **own}
    for table in ("columns", "words"):
        given = own.get(table, {})
        _check_known(given, base.get(table, {}), f"{file}, [{table}]")
        merged[table] = {**base.get(table, {}), **given}
    merged["words"] = {
        column: {**base.get("words", {}).get(column, {}), **meanings} for column, meanings in merged["words"].items()
    }
    return merged


def _checked(raw: dict[str, Any], file: str) -> RecordSpec:
    _check_known(raw, _KEYS, file)
    missing = [key for key in ("describes", "codes", "date", "period", "columns", "indicators") if key not in raw]
    if missing:
        raise InputError(f'{file} must have {", ".join(missing)}, got: none; add it, or start with spec = "staff".')
    for key, known in (("codes", DETAILED_GROUPINGS), ("period", PERIODS)):
        if raw[key] not in known:
            raise InputError(
                f"{file}, {key} must be one of {', '.join(known)}, got: {raw[key]!r}; {near_names(raw[key], known)}."
            )
    columns, words = raw["columns"], raw.get("words", {})
    for column in ("organisation", "ethnic_code", raw["date"]):
        if column not in columns:
            raise InputError(f"{file}, [columns] must name {column}, got: {', '.join(columns)}; add it.")
    indicators = tuple(_indicator(one, words, file) for one in raw["indicators"])
    keep = _conditions(raw.get("keep", {}), words, f"{file}, [keep]")
    meanings = {
        column: {meaning: tuple(str(one).lower() for one in spelt) for meaning, spelt in by_meaning.items()}
        for column, by_meaning in words.items()
    }
    plain = {key: raw[key] for key in ("describes", "codes", "date", "period", "columns")}
    return RecordSpec(
        **plain,
        indicators=indicators,
        words=meanings,
        keep=keep,
        bands={spelling.lower(): band for spelling, band in raw.get("bands", {}).items()},
        weight=raw.get("weight", ""),
    )


def _indicator(raw: dict[str, Any], words: Mapping[str, Any], file: str) -> CountedIndicator:
    _check_known(raw, _KEYS_OF_AN_INDICATOR, f"{file}, [[indicators]]")
    if raw.get("id") not in INDICATORS:
        raise InputError(
            f"{file}, [[indicators]], id must be one of {', '.join(INDICATORS)}, got: {raw.get('id')!r}; correct it."
        )
    where = f"{file}, indicator {raw['id']}"
    return CountedIndicator(
        raw["id"],
        _conditions(raw.get("counted", {}), words, f"{where}, counted"),
        _conditions(raw.get("out_of", {}), words, f"{where}, out_of"),
        bool(raw.get("either", False)),
        str(raw.get("definition", "")),
    )


def _conditions(raw: Mapping[str, list[str]], words: Mapping[str, Any], where: str) -> Conditions:
    _check_known(raw, words, where)
    for column, meanings in raw.items():
        _check_known(meanings, words[column], f"{where}, {column}")
    return {column: tuple(meanings) for column, meanings in raw.items()}


def _check_known(found: Iterable[str], known: Iterable[str], where: str) -> None:
    names = tuple(known)
    for name in found:
        if name not in names:
            raise InputError(f"{where} must have only {', '.join(names)}, got: {name!r}; {near_names(name, names)}.")
