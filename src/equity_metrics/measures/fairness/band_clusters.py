"""Complete counts of staff by band in; those of named clusters and tiers of bands out."""

from collections.abc import Mapping

import pandas as pd

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, check_one_level_and_grouping, kind_of
from equity_metrics.measures.fairness.disparity_ratio import TIERS
from equity_metrics.measures.pairs import check_once
from equity_metrics.measures.representation import BANDS_INDICATOR
from equity_metrics.measures.roll_up import LEVELS, roll_up
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.measures.sums import summed_counts

TIER = "Tier: "
"""Begins the name of a cluster that is a tier of the race disparity ratio."""
SYSTEM = LEVELS[1]


def _clusters() -> dict[str, tuple[str, ...]]:
    bands: dict[str, tuple[str, ...]] = {}
    for band in BANDS.values():
        if band.cluster:
            bands[band.cluster] = (*bands.get(band.cluster, ()), band.band)
    together = {cluster: held for cluster, held in bands.items() if len(held) > 1}
    return together | {f"{TIER}{tier}": held for tier, held in TIERS.items()}


BAND_CLUSTERS: Mapping[str, tuple[str, ...]] = _clusters()
"""Bands of each named cluster and of each tier. Neither is a confirmed WRES definition: both are parameters."""


def band_clusters(counts: pd.DataFrame, clusters: Mapping[str, tuple[str, ...]] = BAND_CLUSTERS) -> pd.DataFrame:
    """Add bands up to named clusters, before anything is withheld: small bands are then not lost to their cluster.

    Parameters
    ----------
    counts
        Complete counts of one level, with indicator 1 by ``band``; other indicators are left out.
    clusters
        Bands of each cluster; a band may be in several. A name that begins with ``Tier: `` is a tier of the race
        disparity ratio, and tiers stand from the lowest to the highest.

    Returns
    -------
    DataFrame
        The columns of ``counts`` with the cluster's name as ``band``, + ``made_of``, its bands joined by ``; ``. A sum
        with a missing band is missing; a band without a row holds nobody. Clusters without any band are left out.
        ``release`` does not know these sums: for publication release bands, or clusters that do not overlap, not both,
        or one less the other gives small numbers away.

    Raises
    ------
    TypeError, ValueError
        If the counts are not complete, a cell stands there twice, a cluster has the name of a band, or no cluster has
        a band that is there.
    """
    if kind_of(counts) != COUNTS or "withheld" in counts.columns:
        raise ValueError("counts must be complete counts, got: another table; make the clusters before release")
    check_one_level_and_grouping(counts)
    taken = [name for name in clusters if name in BANDS]
    if taken:
        raise ValueError(f"clusters must have names of their own, got: {taken[0]!r}, which is a band")
    rows = counts[counts["indicator"] == BANDS_INDICATOR].reset_index(drop=True)
    rows = rows.assign(**{key: rows[key].fillna("") for key in keys_among(rows.columns)})
    check_once(rows, keys_among(rows.columns))
    made = []
    for name, bands in clusters.items():
        held = rows[rows["band"].isin(bands)].reset_index(drop=True)
        if len(held):
            made.append(summed_counts(held, held.assign(band=name)).assign(made_of="; ".join(bands)))
    if not made:
        raise ValueError("counts must hold indicator 1 by band, got: no band of the clusters")
    return pd.concat(made, ignore_index=True)


def representation_tables(
    counts: pd.DataFrame, clusters: Mapping[str, tuple[str, ...]] = BAND_CLUSTERS
) -> list[pd.DataFrame]:
    """Make every table that a view of bands and boards may show: wider groupings, clusters of bands, systems.

    Parameters
    ----------
    counts
        Complete counts of organisations, indicators 1 and 9; for systems with the column ``system``.
    clusters
        As for :func:`band_clusters`.

    Returns
    -------
    list of DataFrame
        Ready for ``release`` to those who may see every band. They overlap: see :func:`band_clusters` to publish.

    Raises
    ------
    TypeError, ValueError
        As :func:`band_clusters` and :func:`equity_metrics.measures.roll_up.roll_up`.
    """
    own = [*roll_ups(counts), *roll_ups(band_clusters(counts, clusters))]
    if SYSTEM not in counts.columns:
        return own
    return own + [roll_up(table, to=SYSTEM) for table in own if (table["level"] == LEVELS[0]).all()]
