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
MOST_WORDS = 10_000
"""Different words of a key up to which DuckDB is given them as an enumeration."""
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
    words = [column for column in spec.words if column in _columns_asked_for(spec)]
    frame = frame.with_columns(
        *(_text(frame, column).alias(f"key {name}") for name, column in keys.items()),
        *(_text(frame, spec.columns[column]).alias(f"word {column}") for column in words),
    )
    frame = frame.with_columns(nw.col(f"key {DATE}").str.slice(0, LETTERS[spec.period]))
    in_duckdb = frame.implementation.is_duckdb()
    read = [f"key {name}" for name in keys if in_duckdb or (name == DATE and spec.period == "31 March")]
    different = _different(frame, [*read, *(f"word {column}" for column in words)])
    # Only where something is missing: a column that is filled is no longer read by its few different words.
    holes = [f"word {column}" for column in words if None in different[f"word {column}"]]
    frame = frame.with_columns(nw.col(name).fill_null("") for name in holes) if holes else frame
    spelt = {column: _spellings(frame, spec, column, different[f"word {column}"]) for column in words}
    if spec.period == "31 March":
        frame = _on_31_march(frame, different[f"key {DATE}"])
    if spec.keep:
        # By way of a column: where every row is kept, the condition is no column but a literal.
        frame = frame.with_columns(_holds(spec.keep, spelt).alias("kept")).filter(nw.col("kept"))
    sums = {}
    for number, indicator in enumerate(spec.indicators):
        counted, everybody = _conditions(indicator, spelt)
        sums[f"numerator {number}"], sums[f"denominator {number}"] = counted & everybody, everybody
    weight = nw.col(spec.columns.get(spec.weight, spec.weight)).cast(nw.Float64) if spec.weight else nw.lit(1)
    frame = frame.with_columns(*((flag.cast(nw.Int64) * weight).alias(name) for name, flag in sums.items()))
    if in_duckdb:
        frame = _enumerated(frame, {name: different[name] for name in read}, [*sums])
    # Only plain sums inside the aggregation: an expression there makes some engines run group by group.
    counted_by = frame.group_by(*(f"key {name}" for name in keys)).agg(*(nw.col(name).sum() for name in sums))
    table = _collected(counted_by).rename(columns={f"key {name}": name for name in keys})
    # Few different words stand in many rows: as categories each is read once.
    table = table.astype(dict.fromkeys(keys, "category") | dict.fromkeys(sums, float))
    return table.assign(**{name: _filled(table[name]) for name in keys})


def _filled(column: pd.Series) -> pd.Series:
    """Write empty text where nothing is recorded."""
    if not column.hasnans:
        return column
    return (column if "" in column.cat.categories else column.cat.add_categories([""])).fillna("")


def _different(frame: nw.LazyFrame[Any], columns: list[str]) -> dict[str, set[str | None]]:
    """Find the different words of each column: few, however many rows there are; in DuckDB in one pass."""
    if frame.implementation.is_duckdb():
        lists = ", ".join(f'list(DISTINCT "{column}")' for column in columns)
        (found,) = frame.to_native().aggregate(lists).fetchall()
        return {column: set(words or []) for column, words in zip(columns, found, strict=True)}
    found = {column: _collected(frame.select(column).unique())[column] for column in columns}
    return {column: {word if isinstance(word, str) else None for word in words} for column, words in found.items()}


def _enumerated(
    frame: nw.LazyFrame[Any], different: Mapping[str, set[str | None]], others: list[str]
) -> nw.LazyFrame[Any]:
    """Group a DuckDB table by numbers that stand for its few different words, and fetch these as categories."""
    chosen = [f'"{name}"' for name in others]
    for name, words in different.items():
        listed = ", ".join(
            "'" + word.replace("'", "''") + "'" for word in sorted(word for word in words if word is not None)
        )
        few = listed and len(words) <= MOST_WORDS
        chosen.append(f'CAST("{name}" AS ENUM({listed})) AS "{name}"' if few else f'"{name}"')
    enumerated: nw.LazyFrame[Any] = nw.from_native(frame.to_native().project(", ".join(chosen))).lazy()
    return enumerated


def _on_31_march(frame: nw.LazyFrame[Any], dates: set[str | None]) -> nw.LazyFrame[Any]:
    """Keep the rows of 31 March; what is no date at all stays, to be refused by name."""
    left_out = [date for date in dates if date and date[4:5] == "-" and date[4:] != "-03-31"]
    date = nw.col(f"key {DATE}")
    return frame.filter(~date.is_in(left_out) | date.is_null()) if left_out else frame


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


def _spellings(
    frame: nw.LazyFrame[Any], spec: RecordSpec, column: str, different: set[str | None]
) -> dict[str, list[str]]:
    """Sort the spellings that stand in a column by their meaning, so that no word is read twice row by row."""
    words = sorted({word or "" for word in different})
    known = {word: meaning for meaning, spelt in spec.words[column].items() for word in spelt}
    unknown = [word for word in words if word.strip().lower() not in known]
    if unknown:
        rows = frame.filter(nw.col(f"word {column}").is_in(unknown)).group_by(f"word {column}").agg(nw.len())
        counted = _collected(rows)
        read = counted[f"word {column}"].str.strip().str.lower()
        often, most = max(zip(counted["len"].astype(int), read, strict=True))
        choices = ", ".join(word or "empty" for word in known)
        raise InputError(
            f"records of {spec.describes}, column {spec.columns[column]} must be one of {choices}, got: {most!r} in "
            f"{often:,} {'row' if often == 1 else 'rows'}; say what it means under [words.{column}] in a TOML file."
        )
    spelt: dict[str, list[str]] = {meaning: [] for meaning in spec.words[column]}
    for word in words:
        spelt[known[word.strip().lower()]].append(word)
    return spelt


def _holds(conditions: Conditions, spelt: Spelt, *, either: bool = False) -> nw.Expr:
    flags = []
    for column, meanings in conditions.items():
        words = [word for meaning in meanings for word in spelt[column][meaning]]
        # Where every word that stands in the column will do, or none, no row needs to be looked at.
        certain = not words or len(words) == sum(map(len, spelt[column].values()))
        flags.append(nw.lit(value=bool(words)) if certain else nw.col(f"word {column}").is_in(words))
    return reduce(or_ if either else and_, flags)


def _conditions(indicator: CountedIndicator, spelt: Spelt) -> tuple[nw.Expr, nw.Expr]:
    everybody = nw.lit(value=True)
    return (
        _holds(indicator.counted, spelt, either=indicator.either) if indicator.counted else everybody,
        _holds(indicator.out_of, spelt, either=indicator.either) if indicator.out_of else everybody,
    )
