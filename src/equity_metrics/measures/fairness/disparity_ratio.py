"""Counts of staff by band in; how much better the reference is placed from one tier of bands to the next, out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, rows_of
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.fairness.standardising import Standardised
from equity_metrics.measures.intervals.intervals import as_floats, normal_quantile
from equity_metrics.measures.pairs import check_once, pairs
from equity_metrics.measures.representation import BANDS_INDICATOR

DISPARITY_RATIO = "race disparity ratio"
DELTA = "delta method on the log scale; a full count: what chance alone could do"
TIERS: Mapping[str, tuple[str, ...]] = {
    tier: tuple(band.band for band in BANDS.values() if band.tier == tier) for tier in ("lower", "middle", "upper")
}
"""Bands of each tier, from the lowest tier to the highest. Not a confirmed definition: it is a parameter."""
PEOPLE = ("people_higher", "people_lower")


def disparity_ratio(
    higher_1: ArrayLike, lower_1: ArrayLike, higher_0: ArrayLike, lower_0: ArrayLike, confidence: float = 0.95
) -> Standardised:
    """Divide the reference's ratio of people in a higher to people in a lower tier by the group's.

    Parameters
    ----------
    higher_1, lower_1
        People of the group in the higher and in the lower tier; scalars or arrays that broadcast.
    higher_0, lower_0
        People of the reference.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    Standardised
        (higher_0 / lower_0) / (higher_1 / lower_1): above 1 the reference is better represented higher up. Infinite or
        missing where a number is 0, and then without limits.

    Raises
    ------
    ValueError
        If a number is negative, or ``confidence`` is not between 0 and 1.

    References
    ----------
    Woolf B (1955). On estimating the relation between blood group and disease. Annals of Human Genetics 19: 251-253.
    """
    z = normal_quantile(confidence)
    numbers = as_floats(higher_1, lower_1, higher_0, lower_0)
    for people in numbers:
        if (people < 0).any():
            raise ValueError(f"people must be 0 or more, got: {people[people < 0].flat[0]:g}")
    a, b, c, d = numbers
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.asarray((c / d) / (a / b))
        factor = np.exp(z * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d))
        factor = np.where(np.isfinite(factor), factor, np.nan)
        return Standardised(value, value / factor, value * factor)


def disparity_ratios(
    counts: pd.DataFrame,
    reference: str,
    tiers: Mapping[str, tuple[str, ...]] = TIERS,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare how each group and the reference are placed, from each tier of bands to every higher one.

    Parameters
    ----------
    counts
        Counts of indicator 1 by band, complete or released; other indicators and bands in no tier are left out.
    reference
        Name of the group that all others are compared with.
    tiers
        Bands of each tier, from the lowest tier to the highest.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        One row for each group but the reference and each ``step`` (``lower to middle`` …): keys without ``band``,
        ``people_higher, people_lower``, the reference's, ``value, lower, upper`` (reference / group, as the measure is
        defined), ``confidence, method`` and ``withheld``. A band without a row holds nobody; a withheld band withholds
        every step of its tier.

    Raises
    ------
    ValueError
        If there is no row of indicator 1 in the tiers, the reference is not there, a cell stands there twice, or a band
        is in two tiers.

    References
    ----------
    See :func:`disparity_ratio`. The tiers are not a confirmed definition.
    """
    rows = rows_of(counts, COUNTS)
    tier_of = {band: tier for tier, bands in tiers.items() for band in bands}
    if len(tier_of) < sum(len(bands) for bands in tiers.values()):
        raise ValueError("tiers must hold each band once, got: a band in two tiers")
    rows = rows[(rows["indicator"] == BANDS_INDICATOR) & rows["band"].isin(tier_of)]
    if rows.empty:
        raise ValueError("counts must hold indicator 1 by band, got: no row in the tiers")
    keys = [key for key in keys_among(rows.columns) if key != "band"]
    rows = rows.assign(withheld=reasons(rows, ("numerator",)), **{key: rows[key].fillna("") for key in keys})
    check_once(rows, [*keys, "band"])
    tier = rows["band"].map(tier_of)
    everyone = rows.groupby(keys, sort=False, observed=True, dropna=False).size().index
    people, words = pd.DataFrame(index=everyone), pd.DataFrame(index=everyone)
    for name in tier.unique():
        cells = rows[tier == name].groupby(keys, sort=False, observed=True, dropna=False)
        why = cells["withheld"].agg(lambda reason: next((text for text in reason if text), ""))
        people[name] = cells["numerator"].sum(skipna=False).reindex(everyone, fill_value=0.0)
        words[name] = why.reindex(everyone, fill_value="")
    names = [name for name in tiers if name in people.columns]
    steps = [(low, high) for i, low in enumerate(names) for high in names[i + 1 :]]
    table = pd.concat([_step(people, words, low, high) for low, high in steps], ignore_index=True)
    paired = pairs(table, reference, PEOPLE, ("step",)).drop(columns="band", errors="ignore")
    columns = (*PEOPLE, *(f"reference_{column}" for column in PEOPLE))
    shown = paired["withheld"] == ""
    paired = paired.assign(**{column: paired[column].where(shown) for column in columns}, measure=DISPARITY_RATIO)
    a, b, c, d = (paired[column].to_numpy(float) for column in columns)
    made = disparity_ratio(a, b, c, d, confidence)
    return estimates(paired, made.value, (made.lower, made.upper), confidence, DELTA, paired["withheld"])


def _step(people: pd.DataFrame, words: pd.DataFrame, low: str, high: str) -> pd.DataFrame:
    withheld = words[high].where(words[high] != "", words[low]).astype("str")
    numbers = {"people_higher": people[high], "people_lower": people[low]}
    return pd.DataFrame({**numbers, "withheld": withheld}).reset_index().assign(step=f"{low} to {high}")
