"""Counts of indicator 1 (or SC1) by band in; the same with the totals of the whole workforce out."""

import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.indicators import BAND_INDICATORS
from equity_metrics.catalogue.keys import keys_among


def add_workforce_totals(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the totals of indicator 1, counted before anything is suppressed.

    Parameters
    ----------
    counts
        Complete counts; indicator 1 by ``band`` and, where there is one, ``staff_group``.

    Returns
    -------
    DataFrame
        ``counts`` and, for indicator 1, each band over all staff groups (``staff_group`` ``All staff groups``) and the
        whole workforce (``band`` ``All staff``). Totals that the source gives itself are kept as they are.
        A total over a missing cell is missing.
    """
    parts = [_with_totals(counts[counts["indicator"] == indicator]) for indicator in BAND_INDICATORS]
    totals = [rows.iloc[given:] for rows, given in parts if len(rows) > given]
    if "staff_group" in counts.columns:
        nameless = counts["indicator"].isin(BAND_INDICATORS) & (counts["staff_group"] == "")
        counts = counts.assign(staff_group=counts["staff_group"].mask(nameless, ALL_STAFF_GROUPS))
    return pd.concat([counts, *totals], ignore_index=True) if totals else counts


def _with_totals(bands: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Put the totals of one indicator after its rows; and say how many rows were given."""
    given = len(bands)
    if "staff_group" in bands.columns and given:
        bands = bands.assign(staff_group=bands["staff_group"].replace("", ALL_STAFF_GROUPS))
        if not (bands["staff_group"] == ALL_STAFF_GROUPS).any():
            bands = pd.concat([bands, _summed(bands, "staff_group", ALL_STAFF_GROUPS)], ignore_index=True)
    if given and not (bands["band"] == ALL_STAFF).any():
        bands = pd.concat([bands, _summed(bands, "band", ALL_STAFF)], ignore_index=True)
    return bands, given


def _summed(bands: pd.DataFrame, over: str, name: str) -> pd.DataFrame:
    """Sum numerators and denominators over one column; a group that a band does not list counts as nobody there."""
    keys = [k for k in keys_among(bands.columns) if k not in (over, "group")]
    rest = [c for c in bands.columns if c not in (*keys, over, "group", "numerator", "denominator")]
    by_group = bands.groupby([*keys, "group"], observed=True, dropna=False, sort=False)
    people = by_group["numerator"].sum(skipna=False).to_frame().join(by_group[rest].first())
    in_band = bands.groupby([*keys, over], observed=True, dropna=False, sort=False)["denominator"].max()
    everyone = in_band.groupby(keys, observed=True, dropna=False, sort=False).sum(skipna=False)
    summed = people.reset_index().merge(everyone.reset_index(), on=keys, validate="many_to_one")
    summed["denominator"] = summed["denominator"].mask(summed["numerator"].isna())
    return summed.assign(**{over: name}).loc[:, list(bands.columns)]
