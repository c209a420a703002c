"""Ethnic groups of rows in; one number for each, and the wider groups that hold it, out."""

from collections import Counter

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS, FIVE_GROUPS, WHITE_BME, groups_of, wider_groups
from equity_metrics.measures.disclosure.possible_tables import Ints

EVERYONE = 0
"""The number of everyone, whatever the group."""


def group_nodes(grouping: "pd.Series[str]", group: "pd.Series[str]") -> tuple[Ints, dict[str, Ints], Ints]:
    """Give groups numbers so that a group that is alone in a wider one has its number.

    Parameters
    ----------
    grouping, group
        Of each row. A grouping that the catalogue does not know has no wider groups but everyone.

    Returns
    -------
    node : array of int
        Of each row.
    wider : dict of arrays of int
        For ``Five groups``, ``White / BME`` and ``everyone`` the number of the wider group of each number, −1 if none.
    grouping_of : array of int
        The grouping that each number stands in, 0 for those that are wider than detailed.
    """
    numbers: dict[str, int] = {"": EVERYONE}
    chains: list[tuple[int, int, int]] = [(-1, -1, 0)]

    def number(name: str, five: int = -1, white_bme: int = -1, of: int = 0) -> int:
        if name not in numbers:
            numbers[name] = len(numbers)
            chains.append((five, white_bme, of))
        return numbers[name]

    to_white_bme = wider_groups(FIVE_GROUPS, WHITE_BME)
    wide = {name: number(name) for name in groups_of(WHITE_BME)}
    five = {name: number(name, -1, wide[to_white_bme[name]]) for name in groups_of(FIVE_GROUPS)}
    known = {(WHITE_BME, name): k for name, k in wide.items()} | {(FIVE_GROUPS, name): k for name, k in five.items()}
    for which, detailed in enumerate(DETAILED_GROUPINGS, start=1):
        to_five = wider_groups(detailed, FIVE_GROUPS)
        parts = Counter(to_five.values())
        for name, wider in to_five.items():
            above = five[wider], wide[to_white_bme[wider]] if wide[to_white_bme[wider]] != five[wider] else -1, which
            alone = parts[wider] == 1
            known[detailed, name] = five[wider] if alone else number(f"{detailed}\n{name}", *above)
    pairs = list(zip(grouping, group, strict=True))
    for pair in sorted(set(pairs)):
        if pair not in known:
            known[pair] = number("\n".join(pair))
    chain = np.array(chains)
    everyone = np.where(np.arange(len(chain)) == EVERYONE, -1, EVERYONE)
    wider_of = {FIVE_GROUPS: chain[:, 0], WHITE_BME: chain[:, 1], "everyone": everyone}
    return np.array([known[pair] for pair in pairs], dtype=np.int64), wider_of, chain[:, 2]
