"""Codes and spellings in which records hold ethnicity and pay bands in; the catalogue's names out."""

import re

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.catalogue.ethnic_groups import ETHNIC_GROUPS, NOT_KNOWN, WORKFORCE_CATEGORIES
from equity_metrics.catalogue.rows import catalogue_rows

_NUMBER = re.compile(r"0*(\d+)(?:\.0+)?")
_SPELLINGS = [(re.compile(row["pattern"]), row["band"]) for row in catalogue_rows("band_spellings.csv")]
_PARENTS = {row["code"]: row["parent"] for row in catalogue_rows("ethnic_category_codes.csv")}


def ethnic_group_of(code: str, grouping: str) -> str | None:
    """Name the ethnic group that a code, or the group's own name, stands for.

    Parameters
    ----------
    code
        Of one or two characters in workforce records, a number in survey records, or a name; empty is not known.
    grouping
        A detailed grouping of the catalogue.

    Returns
    -------
    str or None
        None where the code is not one of the grouping's.

    References
    ----------
    NHS Data Dictionary, ethnic category code (16+1), and the two-character codes that staff records nest in it.
    """
    text = code.strip()
    if text == "":
        return NOT_KNOWN
    # A spreadsheet keeps category 9 as 9.0, an export as 09.
    if number := _NUMBER.fullmatch(text):
        text = number[1]
    if grouping == WORKFORCE_CATEGORIES:
        text = _PARENTS.get(text.upper(), text)
    groups = [g for g in ETHNIC_GROUPS if g.grouping == grouping]
    found = {g.code: g.group for g in groups if g.code} | {g.group.lower(): g.group for g in groups}
    return found.get(text) or found.get(text.lower())


def band_of(spelling: str) -> str | None:
    """Name the pay band that a spelling stands for: ``NHS|XR07|Review Body Band 7`` is ``7``.

    Parameters
    ----------
    spelling
        As a staff record has it; what stands before the last ``|`` is a code of the payroll and is not read.

    Returns
    -------
    str or None
        None where no known spelling fits.
    """
    text = " ".join(spelling.rpartition("|")[2].lower().replace("_", " ").split())
    for name in BANDS:
        if text == name.lower():
            return name
    for pattern, band in _SPELLINGS:
        if match := pattern.fullmatch(text):
            return match.expand(band)
    return None
