"""Records and a spec in; how many there are of each combination of raw codes out, counted by their own engine."""

from collections.abc import Mapping
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw
import pandas as pd

from equity_metrics.sources.counts import near_names
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.records.specs import Conditions, CountedIndicator, RecordSpec

DATE, BAND, SOURCE = "date", "pay_band", "source"
LETTERS = {"31 March": 10, "each snapshot": 10, "financial year": 7, "month": 7, "survey year": 4}
"""Of a date written 2025-03-31, as many as the period needs."""
Spelt = Mapping[str, Mapping[str, list[str]]]
"""Of each column and each meaning of a spec, the spellings that stand in the records."""


def counted_codes(frame: nw.LazyFrame[Any], spec: RecordSpec, by: tuple[str, ...]) -> pd.DataFrame:
    """Count records by what their columns hold; codes are given names afterwards, where there are few.

    Parameters
    ----------
    frame
        Records, one a row.
    spec
        What the columns hold.
    by
        Further columns to count by, by our name of the column or the record's own.

    Returns
    -------
    DataFrame
        ``organisation``, ``date``, ``ethnic_code``, ``pay_band`` where the spec has one, the columns of ``by`` and
        ``source`` where there is one (text, empty where nothing is recorded); and for each indicator, by its position,
        ``numerator 0``, ``denominator 0`` and so on: people, or full-time equivalents.

    Raises
    ------
    InputError
        One sentence, if a column is missing or holds an unknown word; never a person's row.
    """
    keys = _keys(spec, by)
    _check_columns(frame, spec, keys)
    if SOURCE in frame.collect_schema().names():
        keys[SOURCE] = SOURCE
    spelt = {column: _spellings(frame, spec, column) for column in spec.words if column in _columns_asked_for(spec)}
    words = [_text(frame, spec.columns[column]).fill_null("").alias(f"word {column}") for column in spelt]
    frame = frame.with_columns(*(_text(frame, column).alias(f"key {name}") for name, column in keys.items()), *words)
    frame = frame.with_columns(nw.col(f"key {DATE}").str.slice(0, LETTERS[spec.period]))
    if spec.period == "31 March":
        # What is no date at all stays, to be refused by name.
        date = nw.col(f"key {DATE}")
        frame = frame.filter((date.str.slice(4) == "-03-31") | (date.str.slice(4, 1) != "-") | date.is_null())
    if spec.keep:
        frame = frame.filter(_holds(spec.keep, spelt))
    sums = {}
    for number, indicator in enumerate(spec.indicators):
        counted, everybody = _conditions(indicator, spelt)
        sums[f"numerator {number}"], sums[f"denominator {number}"] = counted & everybody, everybody
    weight = nw.col(spec.columns.get(spec.weight, spec.weight)).cast(nw.Float64) if spec.weight else nw.lit(1)
    frame = frame.with_columns(*((flag.cast(nw.Int64) * weight).alias(name) for name, flag in sums.items()))
    # Only plain sums inside the aggregation: an expression there makes some engines run group by group.
    counted_by = frame.group_by(*(f"key {name}" for name in keys)).agg(*(nw.col(name).sum() for name in sums))
    table = _collected(counted_by).rename(columns={f"key {name}": name for name in keys})
    # Few different words stand in many rows: as categories each is read once.
    return table.fillna(dict.fromkeys(keys, "")).astype(dict.fromkeys(keys, "category") | dict.fromkeys(sums, float))


def _collected(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Fetch a small result, from DuckDB without a detour through another library."""
    if frame.implementation.is_duckdb():
        table: pd.DataFrame = frame.collect(backend="pandas").to_native()
        return table
    return pd.DataFrame(frame.collect().to_dict(as_series=False))


def _keys(spec: RecordSpec, by: tuple[str, ...]) -> dict[str, str]:
    keys = {"organisation": spec.columns["organisation"], DATE: spec.columns[spec.date]}
    keys["ethnic_code"] = spec.columns["ethnic_code"]
    if BAND in spec.columns:
        keys[BAND] = spec.columns[BAND]
    return {**keys, **{name: spec.columns.get(name, name) for name in by}}


def _columns_asked_for(spec: RecordSpec) -> set[str]:
    asked = [spec.keep, *(c for i in spec.indicators for c in (i.counted, i.out_of))]
    return {column for conditions in asked for column in conditions}


def _check_columns(frame: nw.LazyFrame[Any], spec: RecordSpec, keys: dict[str, str]) -> None:
    there = tuple(frame.collect_schema().names())
    wanted = {*keys.values(), *(spec.columns[column] for column in _columns_asked_for(spec))}
    if spec.weight:
        wanted.add(spec.columns.get(spec.weight, spec.weight))
    missing = [column for column in sorted(wanted) if column not in there]
    if missing:
        hints = "; ".join(f"{column}: {near_names(column, there)}" for column in missing)
        raise InputError(
            f"records of {spec.describes} must have the columns {', '.join(sorted(wanted))}, got none of the name "
            f"{', '.join(missing)}; name yours under [columns] in a TOML file ({hints})."
        )


def _text(frame: nw.LazyFrame[Any], column: str) -> nw.Expr:
    is_text = frame.collect_schema()[column] == nw.String
    return nw.col(column) if is_text else nw.col(column).cast(nw.String)


def _spellings(frame: nw.LazyFrame[Any], spec: RecordSpec, column: str) -> dict[str, list[str]]:
    """Find the spellings of each meaning that stand in a column: few, so that no word is read twice row by row."""
    known = {word: meaning for meaning, words in spec.words[column].items() for word in words}
    raw = spec.columns[column]
    found = _collected(frame.select(_text(frame, raw).fill_null("").alias("word")).group_by("word").agg(nw.len()))
    words = found["word"].astype(str)
    unknown = found[~words.str.strip().str.lower().isin(known)]
    if len(unknown):
        often, most = max(zip(unknown["len"].astype(int), unknown["word"].str.strip().str.lower(), strict=True))
        choices = ", ".join(word or "empty" for word in known)
        raise InputError(
            f"records of {spec.describes}, column {raw} must be one of {choices}, got: {most!r} in {often:,} "
            f"{'row' if often == 1 else 'rows'}; say what it means under [words.{column}] in a TOML file."
        )
    spelt: dict[str, list[str]] = {meaning: [] for meaning in spec.words[column]}
    for word in words:
        spelt[known[word.strip().lower()]].append(word)
    return spelt


def _holds(conditions: Conditions, spelt: Spelt, *, either: bool = False) -> nw.Expr:
    flags = []
    for column, meanings in conditions.items():
        words = [word for meaning in meanings for word in spelt[column][meaning]]
        flags.append(nw.col(f"word {column}").is_in(words) if words else nw.lit(value=False))
    return reduce(or_ if either else and_, flags)


def _conditions(indicator: CountedIndicator, spelt: Spelt) -> tuple[nw.Expr, nw.Expr]:
    everybody = nw.lit(value=True)
    return (
        _holds(indicator.counted, spelt, either=indicator.either) if indicator.counted else everybody,
        _holds(indicator.out_of, spelt, either=indicator.either) if indicator.out_of else everybody,
    )
