"""Rows of counts in; to which organisation, period and people each belongs, and which place holds which, out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.keys import OPTIONAL_KEYS
from equity_metrics.measures.disclosure.possible_tables import Ints

SAME_PEOPLE = (("1", "3", "4"), ("5", "6", "7", "8"))
"""Indicators that count the same people at one date: the staff of a group, the respondents of a group."""
INSIDE = ("organisation", "directorate", "ward")
"""Levels inside one organisation."""
HIGHER = ("system", "region", "England")
BROKEN_DOWN_BY = tuple(column for column in OPTIONAL_KEYS if column != "definition")
"""Columns that part the people of a group in a place."""


def release_trees(rows: pd.DataFrame, people: "pd.Series[float]") -> tuple[Ints, dict[str, Ints]]:
    """Find the trees that rows belong to.

    Parameters
    ----------
    rows
        Text columns without missing values: the keys, ``system`` and ``region``.
    people
        How many people of its group a row counts, missing where it does not say.

    Returns
    -------
    tree : array of int
        Of each row. One tree is one organisation, or one higher place, in one period, with all indicators that count
        the same people: in all of the cells that they share, or they are not the same.
    higher : dict of arrays of int
        For ``system``, ``region`` and ``England`` the tree of that level that holds each tree, −1 where there is none.
    """
    level = rows["level"].mask(rows["level"].isin(INSIDE), INSIDE[0])
    family = rows["indicator"] + rows["definition"]
    place = [level, rows["organisation"], rows["period"]]
    cell = [rows[c] for c in (*BROKEN_DOWN_BY, "grouping", "group")]
    for indicators in SAME_PEOPLE:
        ours = rows["indicator"].isin(indicators) & people.notna()
        number = numbered([c[ours] for c in (*place, *cell)])
        here = numbered([c[ours] for c in place])
        agrees = people[ours].groupby(number).transform("nunique").le(1).groupby(here).transform("all")
        twice = rows.loc[ours, "indicator"].groupby(number).transform("nunique").gt(1).groupby(here).transform("any")
        joined = agrees & twice
        family = family.mask(joined.reindex(rows.index, fill_value=False), "+".join(indicators))
    tree = numbered([*place, family])
    first = np.unique(tree, return_index=True)[1]
    names = [level, rows["organisation"], rows["period"], family, rows["system"], rows["region"]]
    return tree, _higher(*(name.to_numpy()[first].tolist() for name in names))


def numbered(columns: list["pd.Series[str]"]) -> Ints:
    """Give different rows of text columns numbers in alphabetical order: the order of rows must not matter."""
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, names = pd.factorize(column, sort=True)
        code = pd.factorize(code * (len(names) + 1) + codes, sort=True)[0]
    return code


def _higher(
    level: list[str], place: list[str], period: list[str], family: list[str], system: list[str], region: list[str]
) -> dict[str, Ints]:
    """Find for each tree the trees of higher places of the same period and people."""
    found = {name: np.full(len(level), -1) for name in HIGHER}
    known = {key: k for k, key in enumerate(zip(level, place, period, family, strict=True))}
    whole = {(p, f): k for k, (at, p, f) in enumerate(zip(level, period, family, strict=True)) if at == HIGHER[2]}
    for k, (at, p, f) in enumerate(zip(level, period, family, strict=True)):
        if at == INSIDE[0]:
            found["system"][k] = known.get(("system", system[k], p, f), -1)
        if at in (INSIDE[0], "system"):
            found["region"][k] = known.get(("region", region[k], p, f), -1)
        if at != HIGHER[2]:
            found["England"][k] = whole.get((p, f), -1)
    return found
