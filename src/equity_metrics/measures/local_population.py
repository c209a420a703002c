"""Shares of bands or boards, and the shares of a local population as given, in; the gap between them out."""

from collections.abc import Mapping

import pandas as pd


def beside_population(compared: pd.DataFrame, population: Mapping[str, float], source: str) -> pd.DataFrame:
    """Set each group's share of a band, board or senior management beside its share of the local population.

    Which count of the population is meant is confirmed nowhere, so it is an argument and its source is named.

    Parameters
    ----------
    compared
        From :func:`equity_metrics.measures.representation.representation`.
    population
        By ethnic group its share of the local population, 0-1.
    source
        Which count that is, for example ``Census 2021, people of working age, Alderton``.

    Returns
    -------
    DataFrame
        The groups of ``population`` in ``compared`` + ``population_value`` (the share as given), ``population_gap``
        (the group's share minus that, in proportions; missing where the share is withheld) and ``population_source``.
        No interval: band and board are full counts, and the population is taken as given.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1, no group of ``population`` is in ``compared``, or ``source`` is empty.

    References
    ----------
    Skills for Care, Social Care WRES, metric 9: senior management beside the workforce and the local population.
    """
    wrong = {group: share for group, share in population.items() if not 0 <= share <= 1}
    if wrong:
        group, share = next(iter(wrong.items()))
        raise ValueError(f"population must hold shares between 0 and 1, got: {share:g} for {group}")
    if not source.strip():
        raise ValueError("source must name the count of the population, got: nothing")
    rows = compared[compared["group"].isin(list(population))]
    if rows.empty:
        known = ", ".join(compared["group"].unique())
        raise ValueError(f"population must name groups of {known}, got: {', '.join(population) or 'none'}")
    given = rows["group"].map(dict(population)).astype(float)
    # A share that is withheld stays so: its missing value makes the gap missing.
    own = rows["group_value"].where(rows["withheld"] == "")
    return rows.assign(population_value=given, population_gap=own - given, population_source=source)
