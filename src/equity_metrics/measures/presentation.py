"""Comparisons in; the same in the form in which WRES prints them, each with a heading that names both sides, out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.measures.proportions import SHARES

TURNED = tuple(i.id for i in INDICATORS.values() if i.shown_as == "reference / group")
"""Indicators that are printed as reference / group."""


def presented(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Turn ratios round where WRES prints reference / group, and name both sides. Nothing else inverts.

    Parameters
    ----------
    comparisons
        Relative likelihoods (group / reference), gaps or representation.

    Returns
    -------
    DataFrame
        ``comparisons`` + ``heading``. For the relative likelihoods of indicators 2 and 4, ``value`` is inverted and
        ``lower`` and ``upper`` are inverted and swapped: 0 becomes infinity and infinity 0. All else is unchanged.

    Raises
    ------
    ValueError
        If the comparisons have been presented before: turned twice, they would read the wrong way round.
    """
    if "heading" in comparisons.columns:
        raise ValueError("comparisons must be presented once, got: a table that has headings")
    ratio = comparisons["measure"] == RELATIVE_LIKELIHOOD
    turned = ratio & comparisons["indicator"].isin(TURNED)
    group, reference = comparisons["group"], comparisons["reference"]
    heading = (group + " / " + reference).where(ratio, group + " − " + reference)
    heading = heading.mask(turned, reference + " / " + group)
    shares = comparisons["indicator"].isin(SHARES)
    if shares.any():
        heading = heading.mask(shares, group + ": " + comparisons["band"] + " − " + reference)
    with np.errstate(divide="ignore"):
        inverse = {column: 1 / comparisons[column].to_numpy(float) for column in ("value", "lower", "upper")}
    return comparisons.assign(
        value=np.where(turned, inverse["value"], comparisons["value"]),
        lower=np.where(turned, inverse["upper"], comparisons["lower"]),
        upper=np.where(turned, inverse["lower"], comparisons["upper"]),
        heading=heading,
    )
