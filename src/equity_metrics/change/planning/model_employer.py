"""Counts of staff by band in; the straight line to a target share by a target year, every assumption given, out."""

from collections.abc import Sequence
from math import nan

import numpy as np
import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF

MODEL_EMPLOYER_BANDS = ("8a", "8b", "8c", "8d", "9", "VSM")
MODEL_EMPLOYER_YEARS = (2018, 2028)


def model_employer_trajectories(
    counts: pd.DataFrame,
    group: str,
    *,
    bands: Sequence[str] = MODEL_EMPLOYER_BANDS,
    years: tuple[int, int] = MODEL_EMPLOYER_YEARS,
    target: float | None = None,
    growth: float = 0.0,
) -> pd.DataFrame:
    """Draw the line from a band's staff in the first year to a target share of it in the last.

    Parameters
    ----------
    counts
        Indicator 1 of one organisation: staff of the group in the band (numerator) and everyone in it (denominator),
        with the band ``All staff`` if no target is given.
    group
        The group that should reach the target.
    bands
        To be followed.
    years
        First and last of the line.
    target
        Share of each band, 0 to 1; None for the group's share of the whole workforce in the first year.
    growth
        Yearly growth of every band; 0 holds headcounts at those of the first year.

    Returns
    -------
    pandas.DataFrame
        ``band, period, target, needed, observed, more``: staff of the group needed on the line, staff there were
        (missing where not known), and how many more it would take to be on it, never below 0 and rounded up.

    Raises
    ------
    ValueError
        If there are several organisations, a band is missing in the first year, or the years are not in order.

    References
    ----------
    NHS England and NHS Improvement (2019), A Model Employer: the aim, by ten years from 2018. The straight line, fixed
    headcounts and the workforce's own share as target are assumptions, and are arguments here.
    """
    first, last = years
    if first >= last:
        raise ValueError(f"years must be in order, got: {first} and {last}")
    organisations = counts["organisation"].unique()
    if len(organisations) != 1:
        raise ValueError(f"counts must hold one organisation, got: {', '.join(map(str, organisations[:3])) or 'none'}")
    own = counts[counts["group"] == group].set_index(["band", "period"])[["numerator", "denominator"]].astype(float)
    in_first = own[own.index.get_level_values("period") == str(first)].droplevel("period")
    wanted = [*bands, *([ALL_STAFF] if target is None else [])]
    start = {str(band): (staff, everyone) for band, staff, everyone in in_first.dropna().itertuples()}
    missing = [band for band in wanted if band not in start]
    if missing:
        raise ValueError(f"counts must hold every band in {first}, got: nothing for {', '.join(missing)}")
    aim = start[ALL_STAFF][0] / start[ALL_STAFF][1] if target is None else target
    span = np.arange(last - first + 1)
    tables = []
    for band in bands:
        staff, everyone = start[band]
        share = staff / everyone if everyone else nan
        needed = (share + (aim - share) * span / span[-1]) * everyone * (1 + growth) ** span
        keys = pd.MultiIndex.from_product([[band], [str(first + year) for year in span]])
        observed = own["numerator"].reindex(keys).to_numpy()
        short = np.ceil(np.round(needed - observed, 9))
        tables.append(
            pd.DataFrame(
                {
                    "band": band,
                    "period": keys.get_level_values(1),
                    "target": aim,
                    "needed": needed,
                    "observed": observed,
                    "more": np.maximum(short, 0.0),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)
