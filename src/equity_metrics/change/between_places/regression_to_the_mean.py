"""A site chosen for a bad year and its peers in; the rebound that would come without doing anything out."""

from math import exp, sqrt

import numpy as np
import pandas as pd
from scipy import stats

from equity_metrics.change.before_after.change_contrasts import between_variance
from equity_metrics.change.before_after.paired_series import rows_of
from equity_metrics.change.between_places.panels import PAIR_COLUMNS, Ratio, paired_counts
from equity_metrics.change.charts.control_charts import Array
from equity_metrics.change.interventions import Intervention

MINIMUM_PEERS = 5  # with fewer the spread between sites is anybody's guess

_ROUNDS = 5  # the chance in a ratio depends on the ratio that is expected; it settles at once


def _chance(cells: Array, moved_by: Array, ratio: Ratio) -> Array:
    """Variance of log ratios by chance, at ratios moved off the observed ones, which chance has touched."""
    events, people, reference_events, reference_people = cells
    expected = people * ratio.moved(events / np.maximum(people, 1), moved_by)
    return ratio.logs(expected, people, reference_events, reference_people)[1]


def expected_rebounds(
    counts: pd.DataFrame,
    intervention: Intervention,
    group: str,
    reference: str,
    *,
    chosen_for: str,
    ratio: Ratio,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Work out how far a ratio would come back by itself after the year for which its site was chosen.

    The ratio observed in that year is partly the site and partly chance. How much of it is chance follows from the
    spread between the peers beyond their own chance: the rest is expected to stay, the chance part to be gone.
    This holds however the site was chosen on that year's figure.

    Parameters
    ----------
    counts
        One indicator, complete for the period ``chosen_for``: the site and its peers.
    intervention
        Gives the site.
    group, reference
        Names in the column ``group``.
    chosen_for
        The period whose figure led to the choice.
    ratio
        ``ODDS_RATIO`` or ``RELATIVE_LIKELIHOOD``.
    confidence
        Of the interval.

    Returns
    -------
    pandas.DataFrame
        One row: ``where, period, observed`` (ratio in that period), ``expected`` (next time, without intervention),
        ``rebound`` (expected / observed), ``lower, upper`` (interval of next time's observed ratio / this one's, if as
        many people are counted again), ``confidence, reliability`` (share of the difference from the peers that
        is the site's own), ``peers, peers_ratio, method``.

    Raises
    ------
    ValueError
        If the site is absent or has fewer than 5 peers.

    References
    ----------
    Galton F (1886). Regression towards mediocrity in hereditary stature. J Anthropol Inst 15:246-263. Efron B, Morris C
    (1975). Data analysis using Stein's estimator. J Am Stat Assoc 70:311-319. Barnett AG et al. (2005). Regression to
    the mean: what it is and how to deal with it. Int J Epidemiol 34:215-220. Higgins JPT et al. (2009). A
    re-evaluation of random-effects meta-analysis. J R Stat Soc A 172:137-159 (the interval).
    """
    that_year = counts[counts["period"] == chosen_for]
    rows_of(that_year, intervention)
    pairs = paired_counts(that_year, group, reference).droplevel("period")
    peers = (pairs.index != intervention.where) & (pairs[[PAIR_COLUMNS[1], PAIR_COLUMNS[3]]] > 0).all(axis=1).to_numpy()
    if peers.sum() < MINIMUM_PEERS:
        raise ValueError(f"counts must hold at least {MINIMUM_PEERS} peers in {chosen_for}, got: {peers.sum()}")
    cells = pairs[PAIR_COLUMNS].to_numpy(float).T
    logs, variances = ratio.logs(*cells)
    rough = float(np.average(logs[peers], weights=1 / variances[peers]))
    chance = _chance(cells, rough - logs, ratio)
    between = between_variance(logs[peers], chance[peers], np.ones((int(peers.sum()), 1), bool))
    weights = 1 / (chance[peers] + between)
    centre = float(np.average(logs[peers], weights=weights))
    own = int(np.flatnonzero(pairs.index == intervention.where)[0])
    rebound = 0.0
    for _ in range(_ROUNDS):
        variance = float(_chance(cells[:, [own]], np.array([rebound]), ratio)[0])
        reliability = between / (between + variance)
        rebound = (1 - reliability) * (centre - float(logs[own]))
    spread = reliability * variance + (1 - reliability) ** 2 / float(weights.sum()) + variance
    reach = float(stats.t.ppf((1 + confidence) / 2, int(peers.sum()) - 2)) * sqrt(spread)
    observed = float(logs[own])
    return pd.DataFrame(
        {
            "where": [intervention.where],
            "period": chosen_for,
            "observed": exp(observed),
            "expected": exp(observed + rebound),
            "rebound": exp(rebound),
            "lower": exp(rebound - reach),
            "upper": exp(rebound + reach),
            "confidence": confidence,
            "reliability": reliability,
            "peers": int(peers.sum()),
            "peers_ratio": exp(centre),
            "method": f"empirical Bayes on the log {ratio.name}, normal between sites",
        }
    )
