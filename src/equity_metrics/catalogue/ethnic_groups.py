"""Ethnic groups by the names under which each source publishes them, and how the groupings nest."""

from dataclasses import dataclass

from equity_metrics.catalogue.rows import catalogue_rows

WHITE_BME = "White / BME"
FIVE_GROUPS = "Five groups"
WORKFORCE_CATEGORIES = "Workforce categories"
SURVEY_CATEGORIES = "Survey categories 2018-2024"
SURVEY_CATEGORIES_2025 = "Survey categories 2025"
DETAILED_GROUPINGS = (WORKFORCE_CATEGORIES, SURVEY_CATEGORIES, SURVEY_CATEGORIES_2025)

NOT_STATED = "Not stated"
"""The person was asked and chose not to say."""
NOT_KNOWN = "Not known"
"""Nothing was recorded."""
UNKNOWN_GROUPS = (NOT_STATED, NOT_KNOWN)


@dataclass(frozen=True)
class EthnicGroup:
    """One ethnic group of one source, and the wider groups that hold it."""

    grouping: str
    code: str
    group: str
    five_group: str
    white_bme: str


ETHNIC_GROUPS: tuple[EthnicGroup, ...] = tuple(EthnicGroup(**row) for row in catalogue_rows("ethnic_groups.csv"))
"""Every detailed group of every source, in the order in which it is published."""


def groups_of(grouping: str) -> tuple[str, ...]:
    """Names of the groups of a grouping, in published order, unknown ethnicity last.

    Parameters
    ----------
    grouping
        One of the groupings named in this module.

    Returns
    -------
    tuple of str

    Raises
    ------
    ValueError
        If the grouping is not in the catalogue.
    """
    if grouping in DETAILED_GROUPINGS:
        return tuple(g.group for g in ETHNIC_GROUPS if g.grouping == grouping)
    wider = {WHITE_BME: "white_bme", FIVE_GROUPS: "five_group"}
    if grouping not in wider:
        known = ", ".join((WHITE_BME, FIVE_GROUPS, *DETAILED_GROUPINGS))
        raise ValueError(f"grouping must be one of {known}, got: {grouping!r}")
    workforce = [g for g in ETHNIC_GROUPS if g.grouping == WORKFORCE_CATEGORIES]
    return tuple(dict.fromkeys(getattr(g, wider[grouping]) for g in workforce))


def wider_groups(grouping: str, to: str) -> dict[str, str]:
    """Map the groups of one grouping to those of a wider one.

    Parameters
    ----------
    grouping, to
        ``to`` is ``White / BME`` or ``Five groups``; from ``Five groups`` only ``White / BME`` is wider.

    Returns
    -------
    dict
        Group name to wider group name. Unknown ethnicity stays what it is.

    Raises
    ------
    ValueError
        If ``to`` is not wider than ``grouping``.
    """
    if to == FIVE_GROUPS and grouping in DETAILED_GROUPINGS:
        return {g.group: g.five_group for g in ETHNIC_GROUPS if g.grouping == grouping}
    if to == WHITE_BME and grouping in DETAILED_GROUPINGS:
        return {g.group: g.white_bme for g in ETHNIC_GROUPS if g.grouping == grouping}
    if to == WHITE_BME and grouping == FIVE_GROUPS:
        return {g.five_group: g.white_bme for g in ETHNIC_GROUPS}
    raise ValueError(f"to must be a wider grouping than {grouping!r}, got: {to!r}")
