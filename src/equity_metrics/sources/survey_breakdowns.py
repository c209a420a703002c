"""Identifiers of the rows of a Staff Survey sheet in; organisation, level, breakdown and ethnic group out."""

from difflib import get_close_matches

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import (
    SURVEY_CATEGORIES,
    SURVEY_CATEGORIES_2025,
    WHITE_BME,
    groups_of,
)
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.workbooks import SUPPRESSED_MARKS

ALL_STAFF_BREAKDOWN = "All staff"
ENGLAND = "England"
NOT_STATED_WEIGHTING = "Not stated in the file"
_SUMMARY_GROUPS = {
    "white staff": "White",
    "white": "White",
    "staff from all other ethnic groups combined": "BME",
    "all other ethnic groups combined": "BME",
    "bme": "BME",
}


def national_rows(identifiers: pd.DataFrame, year: str, place: str, first_row: int) -> pd.DataFrame:
    """Say what each row of a national sheet is about.

    Parameters
    ----------
    identifiers
        Text columns ``base``, ``breakdown``, ``breakdown subgroup`` and, where the file has it, ``weighting``.
    year
        Survey year; decides which ethnic categories the detailed breakdown names.
    place, first_row
        File and sheet, and number of the first row, for the sentence.

    Returns
    -------
    DataFrame
        One row a row: ``organisation, ods_code, benchmarking_group, region, system, level, breakdown, breakdown_group,
        grouping, group, weighting``. Rows by Region and ICS carry their own name and level, all others ``England``.

    Raises
    ------
    InputError
        If a base is not ``National``, a row appears twice, or an ethnic group is not in the catalogue.
    """
    other = identifiers["base"].str.lower() != "national"
    if other.any():
        row = int(other.to_numpy().argmax())
        raise InputError(
            f"{place}, row {first_row + row}, column base must be 'National', got: {identifiers['base'].iloc[row]!r}; "
            "results by type of organisation are not read, choose the national or organisational results."
        )
    _check_unique(identifiers, ["breakdown", "breakdown subgroup"], place, first_row)
    by, name = identifiers["breakdown"], identifiers["breakdown subgroup"]
    kind = by.str.lower()
    region, system = kind == "region", kind == "ics"
    detailed = kind.str.startswith("ethnic") & kind.str.contains("detailed", regex=False)
    summary = kind.str.startswith("ethnic") & kind.str.contains("summary", regex=False)
    categories = SURVEY_CATEGORIES_2025 if year >= "2025" else SURVEY_CATEGORIES
    known = {_plain(group): group for group in groups_of(categories)}
    group = pd.Series("", index=identifiers.index, dtype=str)
    group[detailed] = _named(name[detailed], known, place, first_row)
    group[summary] = _named(name[summary], _SUMMARY_GROUPS, place, first_row)
    grouping = group.mask(detailed, categories).mask(summary, WHITE_BME)
    return pd.DataFrame(
        {
            "organisation": name.where(region | system, ENGLAND),
            "ods_code": "",
            "benchmarking_group": "",
            "region": name.where(region, ""),
            "system": name.where(system, ""),
            "level": pd.Series(ENGLAND, index=name.index).mask(region, "region").mask(system, "system"),
            "breakdown": by.where(by != "", ALL_STAFF_BREAKDOWN),
            "breakdown_group": name,
            "grouping": grouping,
            "group": group,
            "weighting": _weighting(identifiers),
        }
    )


def organisation_rows(identifiers: pd.DataFrame, place: str, first_row: int) -> pd.DataFrame:
    """Say what each row of an organisational sheet is about: one organisation, all its staff.

    Parameters
    ----------
    identifiers
        Text columns ``ods code``, ``organisation name``, ``benchmarking group`` and, where the file has them,
        ``region``, ``ics``, ``weighting``.
    place, first_row
        File and sheet, and number of the first row, for the sentence.

    Returns
    -------
    DataFrame
        The same columns as ``national_rows``. A region or system that does not apply is empty.

    Raises
    ------
    InputError
        If an ODS code is empty or appears twice.
    """
    empty = identifiers["ods code"].isin(SUPPRESSED_MARKS)
    if empty.any():
        row = int(empty.to_numpy().argmax())
        raise InputError(
            f"{place}, row {first_row + row}, column ods code must name an organisation, got: nothing; fill it in."
        )
    _check_unique(identifiers, ["ods code"], place, first_row)
    blank = pd.Series("", index=identifiers.index, dtype=str)
    region, system = (identifiers.get(name, blank) for name in ("region", "ics"))
    return pd.DataFrame(
        {
            "organisation": identifiers["organisation name"],
            "ods_code": identifiers["ods code"],
            "benchmarking_group": identifiers["benchmarking group"],
            "region": region.mask(region.isin(SUPPRESSED_MARKS), ""),
            "system": system.mask(system.isin(SUPPRESSED_MARKS), ""),
            "level": "organisation",
            "breakdown": ALL_STAFF_BREAKDOWN,
            "breakdown_group": "",
            "grouping": "",
            "group": "",
            "weighting": _weighting(identifiers),
        }
    )


def _weighting(identifiers: pd.DataFrame) -> pd.Series:
    if "weighting" in identifiers:
        return identifiers["weighting"]
    return pd.Series(NOT_STATED_WEIGHTING, index=identifiers.index)


def _plain(name: str) -> str:
    return "".join(name.lower().split())


def _named(names: pd.Series, known: dict[str, str], place: str, first_row: int) -> pd.Series:
    plain = {_plain(name): group for name, group in known.items()}
    found = names.map(lambda name: plain.get(_plain(name)))
    if found.isna().any():
        name = names[found.isna()].iloc[0]
        near = get_close_matches(name, known.values(), n=1, cutoff=0.3) or list(known.values())
        raise InputError(
            f"{place}, row {first_row + names[found.isna()].index[0]}, column breakdown subgroup must be "
            f"an ethnic group of the catalogue, got: {name!r}; is it {near[0]!r}?"
        )
    return found.astype(str)


def _check_unique(identifiers: pd.DataFrame, keys: list[str], place: str, first_row: int) -> None:
    twice = identifiers.duplicated(keys)
    if twice.any():
        row = int(twice.to_numpy().argmax())
        name = " / ".join(identifiers[keys].iloc[row])
        raise InputError(
            f"{place}, row {first_row + row}, column {keys[-1]} must appear once, got: {name!r} a second time; "
            "delete the row that is not wanted."
        )
