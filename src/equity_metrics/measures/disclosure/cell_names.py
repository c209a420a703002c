"""Rows of counts in; the coordinates of each number that they show, and of the totals over each coordinate, out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.catalogue.keys import INTERSECTIONS, OPTIONAL_KEYS
from equity_metrics.measures.disclosure.group_nodes import EVERYONE, group_nodes
from equity_metrics.measures.disclosure.possible_tables import Floats, Ints
from equity_metrics.measures.disclosure.release_trees import HIGHER, numbered, release_trees
from equity_metrics.measures.proportions import SHARES

TREE, UNIT, BAND, STAFF_GROUP, EVENT, GROUP = range(6)
"""Coordinates of a cell: place, period and people; ward or directorate; band; staff group; event; ethnic group."""
FURTHER = {column: GROUP + 1 + k for k, column in enumerate(INTERSECTIONS)}
"""Coordinates of further dimensions, such as gender; their total is everyone."""
BREAKDOWNS = (UNIT, BAND, STAFF_GROUP, *FURTHER.values())
"""Coordinates along which an organisation is broken down beside ethnicity and events."""
CLUSTERS = tuple(f"cluster {k}" for k in range(4))
"""Ways from a band to the clusters of bands that hold it, which may overlap."""
INSIDE_ONE_TREE = (
    (GROUP, (FIVE_GROUPS, WHITE_BME, "everyone")),
    (BAND, ("band",)),
    *((BAND, (cluster,)) for cluster in CLUSTERS),
    (STAFF_GROUP, ("staff group",)),
    (UNIT, ("directorate", "unit")),
    *((axis, (column,)) for column, axis in FURTHER.items()),
    (EVENT, ("event",)),
)
"""Along each coordinate the ways from a cell to a total that holds it; of several the first that is shown counts."""
WHOLE = {"staff group": STAFF_GROUP, **FURTHER, "event": EVENT}
"""Of these ways there is one total, numbered 0."""


@dataclass(frozen=True)
class CellNames:
    """The numbers that rows show, and what their coordinates add up to.

    ``rows``, ``column`` (0 numerator, 1 denominator, 2 the difference), ``counts`` and ``names`` (numbers ×
    coordinates) have one entry a number. ``sizes`` are those of the coordinates; ``wider`` and ``grouping`` tell what
    holds what.
    """

    rows: Ints
    column: Ints
    counts: Floats
    names: Ints
    sizes: tuple[int, ...]
    wider: dict[str, Ints]
    grouping: Ints

    def numbered(self, names: Ints) -> Ints:
        """Give each name one number."""
        return np.ravel_multi_index(tuple(names.T), self.sizes)

    def totals(self, names: Ints, way: str) -> tuple[Ints, Ints]:
        """Name the totals that cells are part of, −1 where there is none, and of which kind each sum is."""
        names, kinds = names.copy(), np.zeros(len(names), dtype=np.int64)
        if way in HIGHER:
            names[:, TREE] = self.wider[way][names[:, TREE]]
        else:
            axis = next(axis for axis, ways in INSIDE_ONE_TREE if way in ways)
            if axis == GROUP:
                kinds = self.grouping[names[:, GROUP]]
            elif axis == EVENT:
                kinds = (names[:, EVENT] + 1) // 2
            names[:, axis] = self.wider[way][names[:, axis]]
        return names, kinds


def cell_names(counts: pd.DataFrame) -> CellNames:
    """Name every number that rows of counts show.

    Parameters
    ----------
    counts
        Rows of any indicators, groupings and levels; those with a missing number show nothing.

    Returns
    -------
    CellNames
        Of shares the group and everyone; of rates those with the event, those without, and both together.
    """
    rows = _with_totals_named(counts)
    share = rows["indicator"].isin(SHARES).to_numpy()
    x, n = (rows[column].to_numpy(float) for column in ("numerator", "denominator"))
    tree, higher = release_trees(rows, pd.Series(np.where(share, x, n), index=rows.index))
    unit, units = _coded(rows["directorate"] + "\n" + rows["ward"], "\n")
    band, bands = _coded(rows["band"], ALL_STAFF)
    place = [tree, unit, band, _coded(rows["staff_group"], ALL_STAFF_GROUPS)[0]]
    further = [_coded(rows[column], "")[0] for column in FURTHER]
    event = 1 + 2 * numbered([rows["indicator"], rows["definition"]])
    group, wider, grouping = group_nodes(rows["grouping"], rows["group"])
    known = ~np.isnan(x + n)
    parts = []
    for which, column, count, events, node in (
        (share, 0, x, 0, group),
        (share, 1, n, 0, EVERYONE),
        (~share, 1, n, 0, group),
        (~share, 0, x, event, group),
        (~share, 2, n - x, event + 1, group),
    ):
        name = np.column_stack(np.broadcast_arrays(*place, events, node, *further))
        at = np.flatnonzero(which & known)
        parts.append((at, np.full(len(at), column), count[at], name[at]))
    at, columns, values, names = (np.concatenate(part) for part in zip(*parts, strict=True))
    sizes = (
        len(higher["England"]),
        len(units),
        *(1 + names[:, [BAND, STAFF_GROUP, EVENT]].max(0, initial=0)),
        len(grouping),
        *(1 + names[:, list(FURTHER.values())].max(0, initial=0)),
    )
    whole = {way: np.where(np.arange(sizes[axis]) > 0, 0, -1) for way, axis in WHOLE.items()}
    wider = {**wider, **higher, **whole, **_wider_units(units), **_wider_bands(rows, bands)}
    return CellNames(at, columns, values, names, tuple(int(size) for size in sizes), wider, grouping)


def _with_totals_named(counts: pd.DataFrame) -> pd.DataFrame:
    """Fill the text columns that are not there; nothing said of bands or staff groups is all of them."""
    rows = counts.reset_index(drop=True)
    for column in (*OPTIONAL_KEYS, "system", "region", "made_of"):
        rows = rows.assign(**{column: rows[column].fillna("") if column in rows.columns else ""})
    for column, total in (("band", ALL_STAFF), ("staff_group", ALL_STAFF_GROUPS)):
        rows = rows.assign(**{column: rows[column].mask(rows[column] == "", total)})
    return rows


def _coded(text: "pd.Series[str]", first: str) -> tuple[Ints, list[str]]:
    """Give text numbers, the total 0, whether it is there or not."""
    codes, names = pd.factorize(text, sort=True)
    order = [first, *(name for name in names if name != first)]
    return np.array([order.index(name) for name in names], dtype=np.int64)[codes], order


def _wider_units(units: list[str]) -> dict[str, Ints]:
    """Give for each ward its directorate, and for each ward and directorate the whole organisation."""
    number = {name: k for k, name in enumerate(units)}
    split = [name.split("\n") for name in units]
    directorate = [number.get(f"{d}\n", -1) if w else -1 for d, w in split]
    return {"directorate": np.array(directorate), "unit": np.where(np.arange(len(units)) > 0, 0, -1)}


def _wider_bands(rows: pd.DataFrame, bands: list[str]) -> dict[str, Ints]:
    """Give for each band the clusters that are made of it, and all staff; a cluster is no part of all staff."""
    made = rows[rows["made_of"] != ""].drop_duplicates(["band", "made_of"])
    wider = np.full((len(CLUSTERS), len(bands)), -1)
    for cluster, parts in zip(made["band"], made["made_of"], strict=True):
        for part in set(parts.split("; ")) & set(bands):
            free = np.flatnonzero(
                (wider[:, bands.index(part)] < 0) | (wider[:, bands.index(part)] == bands.index(cluster))
            )
            if not len(free):
                raise ValueError(f"band must be in {len(CLUSTERS)} clusters at most, got: more for {part}")
            wider[free[0], bands.index(part)] = bands.index(cluster)
    whole = np.where((np.arange(len(bands)) > 0) & ~np.isin(bands, made["band"]), 0, -1)
    return {"band": whole, **dict(zip(CLUSTERS, wider, strict=True))}
