"""Records and a spec in; how many there are of each combination of raw codes out, counted by their own engine."""

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
    flagged = [column for column in spec.words if column in _columns_asked_for(spec)]
    words = [_word(spec, column).alias(f"word {column}") for column in flagged]
    frame = frame.with_columns(
        *(_text(column).alias(f"key {name}") for name, column in keys.items()), *words
    ).with_columns(nw.col(f"key {DATE}").str.slice(0, LETTERS[spec.period]))
    if spec.period == "31 March":
        # What is no date at all stays, to be refused by name.
        date = nw.col(f"key {DATE}")
        frame = frame.filter((date.str.slice(4) == "-03-31") | (date.str.slice(4, 1) != "-"))
    _check_words(frame, spec, flagged)
    if spec.keep:
        frame = frame.filter(_holds(spec, spec.keep))
    sums = {}
    for number, indicator in enumerate(spec.indicators):
        counted, everybody = _conditions(spec, indicator)
        sums[f"numerator {number}"], sums[f"denominator {number}"] = counted & everybody, everybody
    weight = nw.col(spec.columns.get(spec.weight, spec.weight)).cast(nw.Float64) if spec.weight else nw.lit(1)
    frame = frame.with_columns(*((flag.cast(nw.Int64) * weight).alias(name) for name, flag in sums.items()))
    # Only plain sums inside the aggregation: an expression there makes some engines run group by group.
    counted_by = frame.group_by(*(f"key {name}" for name in keys)).agg(*(nw.col(name).sum() for name in sums))
    table = _collected(counted_by).rename(columns={f"key {name}": name for name in keys})
    # Few different words stand in many rows: as categories each is read once.
    return table.astype(dict.fromkeys(keys, "category") | dict.fromkeys(sums, float))


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


def _text(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String).fill_null("")


def _word(spec: RecordSpec, column: str) -> nw.Expr:
    return _text(spec.columns[column]).str.strip_chars().str.to_lowercase()


def _check_words(frame: nw.LazyFrame[Any], spec: RecordSpec, flagged: list[str]) -> None:
    for column in flagged:
        known = [word for words in spec.words[column].values() for word in words]
        unknown = frame.filter(~nw.col(f"word {column}").is_in(known)).group_by(f"word {column}").agg(nw.len())
        found = _collected(unknown)
        if len(found):
            often, most = max(zip(found["len"].astype(int), found[f"word {column}"], strict=True))
            choices = ", ".join(word or "empty" for word in known)
            raise InputError(
                f"records of {spec.describes}, column {spec.columns[column]} must be one of {choices}, got: {most!r} "
                f"in {often:,} {'row' if often == 1 else 'rows'}; say what it means under [words.{column}] in a TOML "
                "file."
            )


def _holds(spec: RecordSpec, conditions: Conditions, *, either: bool = False) -> nw.Expr:
    flags = [
        nw.col(f"word {column}").is_in([word for meaning in meanings for word in spec.words[column][meaning]])
        for column, meanings in conditions.items()
    ]
    return reduce(or_ if either else and_, flags)


def _conditions(spec: RecordSpec, indicator: CountedIndicator) -> tuple[nw.Expr, nw.Expr]:
    everybody = nw.lit(value=True)
    return (
        _holds(spec, indicator.counted, either=indicator.either) if indicator.counted else everybody,
        _holds(spec, indicator.out_of, either=indicator.either) if indicator.out_of else everybody,
    )
