"""Headcounts by band and group in; released counts of bands 8a to VSM together, and of all bands, out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, NOT_KNOWN, UNKNOWN_GROUPS, WHITE_BME
from equity_metrics.change.planning.flow_rates import FlowRates
from equity_metrics.change.planning.model_employer import MODEL_EMPLOYER_BANDS
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.band_clusters import band_clusters
from equity_metrics.measures.roll_up import roll_up

LADDER = tuple(band.band for band in BANDS.values() if band.tier)
ALL_BANDS = "All bands of the pay ladder"
UPPER = "Bands 8a to VSM"
UPPER_BANDS = {UPPER: MODEL_EMPLOYER_BANDS}
"""Bands that are followed together: a single upper band holds too few people for a forecast that may be shown."""


def ladder_flows(flows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of the pay ladder: doctors and dentists do not stand on it. Unknown ethnicity becomes one group.

    Parameters
    ----------
    flows
        As for ``estimated_rates``.

    Returns
    -------
    pandas.DataFrame
    """
    own = flows[flows["band"].isin(LADDER)]
    own = own.assign(group=own["group"].mask(own["group"].isin(UNKNOWN_GROUPS), NOT_KNOWN))
    keys = ["organisation", "period", "group", "band", "source"]
    counted = [column for column in own.columns if column not in keys]
    return own.groupby(keys, dropna=False, observed=True, sort=False)[counted].sum().reset_index()


def upper_band_counts(
    flows: pd.DataFrame,
    start: FlowRates,
    *,
    policy: DisclosurePolicy = DISCLOSURE_POLICY,
    audience: str = PUBLISH,
) -> pd.DataFrame:
    """Count the upper bands, and all bands, in every year so far, and withhold what must not be seen.

    Parameters
    ----------
    flows
        From ``ladder_flows``, one organisation, five groups.
    start
        The rates of the same organisation: their headcount is that of the year which the flows lead to.
    policy, audience
        As for ``release``.

    Returns
    -------
    pandas.DataFrame
        A released table of indicator 1, five groups and White / BME; ``band`` is ``UPPER`` or ``ALL_BANDS``.
    """
    own = flows[["organisation", "period", "group", "band", "headcount", "source"]]
    counts = own if str(start.start) in set(own["period"]) else pd.concat([own, _starting(own, start)])
    counts = counts.rename(columns={"headcount": "numerator"})
    everyone = counts.groupby(["period", "band"], dropna=False, observed=True)["numerator"].transform("sum")
    counts = counts.assign(denominator=everyone, indicator="1", grouping=FIVE_GROUPS, level="organisation")
    sets = band_clusters(counts, {**UPPER_BANDS, ALL_BANDS: LADDER})
    return release([sets, roll_up(sets, to=WHITE_BME)], policy, audience)


def _starting(own: pd.DataFrame, start: FlowRates) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "organisation": own["organisation"].iloc[0],
            "period": str(start.start),
            "group": np.tile(start.groups, len(start.bands)),
            "band": np.repeat(start.bands, len(start.groups)),
            "headcount": start.headcount.ravel(),
            "source": own["source"].iloc[0],
        }
    )
