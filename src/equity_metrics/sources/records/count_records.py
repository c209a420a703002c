"""Records wherever they lie in; counts, as ``docs/tables.md`` describes them, out."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.catalogue.ethnic_groups import NOT_KNOWN, groups_of
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.keys import OPTIONAL_KEYS
from equity_metrics.catalogue.recorded_words import band_of, ethnic_group_of
from equity_metrics.sources.counts import Place, check_counts
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.records.engine import BAND, DATE, SOURCE, counted_codes
from equity_metrics.sources.records.frames import open_records
from equity_metrics.sources.records.specs import RecordSpec, read_record_spec
from equity_metrics.sources.workforce_totals import add_workforce_totals

DAY, MONTH, YEAR = r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", r"20\d\d-(?:0[1-9]|1[0-2])", r"20\d\d"
LEVELS = ("ward", "directorate")
OFFERED = tuple(key for key in OPTIONAL_KEYS if key != "definition")
"""What records may be counted by, beside organisation, year and ethnic group."""


def count_records(
    records: Any, spec: str | Path | RecordSpec, by: Sequence[str] = (), *, table: str = "", source: str = ""
) -> pd.DataFrame:
    """Count the people of each ethnic group in records, where the records lie.

    Parameters
    ----------
    records
        A path, a glob or a folder of Parquet or CSV files; a DuckDB database; or a table of pandas, polars, pyarrow,
        DuckDB, Dask or Spark. Only counts leave the engine.
    spec
        What the columns hold: the name of a spec of the package, a TOML file, or what
        :func:`~equity_metrics.sources.records.specs.read_record_spec` returned.
    by
        Further columns to count by: ``staff_group``, ``directorate``, ``ward``, ``gender`` and so on.
    table
        Of a DuckDB database.
    source
        What the records are called where the counts are shown; by default what they say themselves in a column of that
        name, or the file's name.

    Returns
    -------
    DataFrame
        ``counts`` in the detailed ethnic categories; nothing is withheld yet. Nothing recorded in a column of ``by`` is
        ``Not known``. ``level`` is ``ward`` or ``directorate`` where they are counted by, else ``organisation``. Of a
        staff record, with the totals of indicator 1. Full-time equivalents are rounded to whole ones cell by cell.

    Raises
    ------
    InputError
        One sentence that names column, value and how often it stands there; never a person's row.
    """
    spec = spec if isinstance(spec, RecordSpec) else read_record_spec(spec)
    _check_by(tuple(by))
    codes = counted_codes(open_records(records, table), spec, tuple(by))
    if codes.empty:
        raise InputError(f"records of {spec.describes} must hold at least one row to count, got: none; check the file.")
    keys = _named(codes, spec, tuple(by))
    level = next((level for level in LEVELS if level in by), "organisation")
    named = source or _own_source(codes) or _file_of(records) or f"records of {spec.describes}"
    parts = []
    for number, indicator in enumerate(spec.indicators):
        people = codes[[f"numerator {number}", f"denominator {number}"]].set_axis(["numerator", "denominator"], axis=1)
        banded = INDICATORS[indicator.id].bands
        columns = [c for c in keys.columns if banded or c != "band"]
        cells = pd.concat([keys[columns], people], axis=1).groupby(columns, observed=True, dropna=False)
        counts = cells.sum().reset_index().round({"numerator": 0, "denominator": 0})
        if INDICATORS[indicator.id].kind == "share":
            whole = [column for column in columns if column != "group"]
            counts["denominator"] = counts.groupby(whole, observed=True, dropna=False)["numerator"].transform("sum")
        counts = counts[counts["denominator"] > 0]
        parts.append(counts.assign(indicator=indicator.id, definition=indicator.definition))
    counts = pd.concat(parts, ignore_index=True).assign(grouping=spec.codes, level=level, source=named)
    if not counts["definition"].any():
        counts = counts.drop(columns="definition")
    ordered = _in_published_order(counts, [*keys.columns] if len(parts) > 1 else [])
    texts = ordered.columns.difference(["numerator", "denominator"])
    ordered = ordered.assign(**{name: _written_out(ordered[name]) for name in texts})
    return add_workforce_totals(check_counts(ordered, Place(f"the counts from {named}")))


def _check_by(by: tuple[str, ...]) -> None:
    unknown = [column for column in by if column not in OFFERED]
    if unknown:
        raise InputError(
            f"by must be of {', '.join(OFFERED)}, got: {unknown[0]}; give your column one of these names under "
            "[columns] in a TOML file."
        )


def _named(codes: pd.DataFrame, spec: RecordSpec, by: tuple[str, ...]) -> pd.DataFrame:
    """Give each combination of codes its names."""
    keys = pd.DataFrame({"organisation": _reworded(codes["organisation"], str.strip)})
    empty = keys["organisation"].isna()
    if empty.any():
        raise _refused(codes, empty, "organisation", spec, "name an organisation in every row")
    keys["period"] = _periods(codes, spec)
    keys["group"] = _translated(
        codes,
        "ethnic_code",
        spec,
        lambda code: ethnic_group_of(code, spec.codes),
        f"be a code of {spec.codes}",
        groups_of(spec.codes),
    )
    if BAND in codes.columns:
        own = spec.bands
        keys["band"] = _translated(
            codes,
            BAND,
            spec,
            lambda text: own.get(text.strip().lower()) or band_of(text),
            "be a pay band",
            tuple(BANDS),
        )
        bad = ~keys["band"].isin(tuple(BANDS))
        if bad.any():
            raise _refused(codes, bad, BAND, spec, f"stand for one of {', '.join(BANDS)}")
    for column in by:
        keys[column] = _reworded(codes[column], lambda text: text.strip() or NOT_KNOWN)
    return keys


def _own_source(codes: pd.DataFrame) -> str:
    return ", ".join(sorted(set(codes[SOURCE]) - {""})) if SOURCE in codes.columns else ""


def _file_of(records: Any) -> str:
    return Path(records).name if isinstance(records, str | Path) else ""


def _periods(codes: pd.DataFrame, spec: RecordSpec) -> "pd.Series[str]":
    form = {"31 March": DAY, "each snapshot": DAY, "survey year": YEAR}.get(spec.period, MONTH)
    bad = codes[DATE].map(lambda date: re.fullmatch(form, date) is None).astype(bool)
    if bad.any():
        raise _refused(codes, bad, DATE, spec, "be a date as 2025-03-31" if form != YEAR else "be a year as 2024")
    periods = _reworded(codes[DATE], partial(_period, kind=spec.period))
    if spec.period == "each snapshot":
        _check_one_snapshot(codes, periods, spec)
    return periods


def _period(date: str, kind: str) -> str:
    if kind in ("month", "each snapshot"):
        return date[:7]
    year = int(date[:4])
    if kind == "survey year":
        return str(year + 1)
    after_march = kind == "financial year" and int(date[5:7]) > 3
    return str(year + after_march)


def _check_one_snapshot(codes: pd.DataFrame, months: "pd.Series[str]", spec: RecordSpec) -> None:
    snapshots = pd.DataFrame({"organisation": codes["organisation"], "month": months, "date": codes[DATE]})
    snapshots = snapshots.drop_duplicates()
    several = snapshots[snapshots.duplicated(["organisation", "month"], keep=False)]
    if len(several):
        found = several[(several[["organisation", "month"]] == several[["organisation", "month"]].iloc[0]).all(axis=1)]
        raise InputError(
            f"records of {spec.describes}, column {spec.columns[spec.date]} must have one snapshot a month, got: "
            f"{' and '.join(sorted(found['date']))} for {found['organisation'].iloc[0]}; leave out all but one."
        )


def _translated(
    codes: pd.DataFrame,
    column: str,
    spec: RecordSpec,
    name: Callable[[str], str | None],
    must: str,
    order: Sequence[str],
) -> "pd.Series[str]":
    found = _reworded(codes[column], name, order)
    if found.isna().any():
        raise _refused(codes, found.isna(), column, spec, must)
    return found


def _reworded(column: pd.Series, name: Callable[[str], str | None], order: Sequence[str] = ()) -> pd.Series:
    """Give each different word its name, once; words of one name fall together, in the order given or by alphabet."""
    names = [name(word) for word in column.cat.categories]
    rank = {known: place for place, known in enumerate(order)}
    different = sorted(set(filter(None, names)), key=lambda found: (rank.get(found, len(rank)), found))
    kept = pd.Index(different, dtype="str")
    places = np.append(kept.get_indexer(pd.Index(names, dtype=object)), -1)
    return pd.Series(pd.Categorical.from_codes(places[column.cat.codes], kept), index=column.index)


def _written_out(column: pd.Series) -> "pd.Series[str]":
    """Turn categories into text, empty where there is none: taken from the few words, not made row by row."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype("str").fillna("")
    words = column.cat.categories.astype("str").array.take(column.cat.codes.to_numpy(), allow_fill=True)
    return pd.Series(words, index=column.index).fillna("")


def _refused(codes: pd.DataFrame, bad: "pd.Series[bool]", column: str, spec: RecordSpec, must: str) -> InputError:
    """Name the value that stands there most often, and in how many rows; not the rows."""
    often = codes.loc[bad].groupby(column)["denominator 0"].sum()
    value, rows = str(often.idxmax()), int(often.max())
    own = spec.columns.get(spec.date if column == DATE else column, column)
    more = f" (and {len(often) - 1} more such values)" if len(often) > 1 else ""
    do = 'give your spelling under [bands] in a TOML file, as "Grade X" = "7"' if column == BAND else "correct it"
    return InputError(
        f"records of {spec.describes}, column {own} must {must}, got: {value!r} in {rows:,} "
        f"{'row' if rows == 1 else 'rows'}{more}; {do}."
    )


def _in_published_order(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sort by keys, whose categories stand in the order in which they are published; without any, it is done."""
    first = ["organisation", "period", "indicator", "grouping", "level", "group"]
    counts = counts[[*first, *(c for c in counts.columns if c not in first)]]
    by = ["organisation", "period", "indicator", "group", *(c for c in keys if c not in first)]
    return counts.sort_values(by, ignore_index=True) if keys else counts
