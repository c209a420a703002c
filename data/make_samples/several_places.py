"""Monthly recruitment of all places in; the same with a programme that reached eight of them, one by one, out."""

import numpy as np
import pandas as pd

from make_samples.groups import FIVE, WIDE
from make_samples.planted import SEVERAL_FROM, SEVERAL_ODDS, UNCHANGED, WORKED

SEED = 20260401
STARTS = {
    "Calderfold Hospitals": SEVERAL_FROM, "Hazelton Hospitals": SEVERAL_FROM,
    "Elmstead Hospitals": "2022-10", "Juniper Vale Hospitals": "2022-10",
    "Garthside Hospitals": "2023-04", "Kestrel Bay Hospitals": "2023-04",
    "Dovermoor Hospitals": "2023-10", "Heronsgate Hospitals": "2023-10",
}  # fmt: skip
"""First month of the programme by place; chosen by size, not by what its figures showed."""


def several_places(recruitment: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Plant a programme that started at several places in turn.

    Parameters
    ----------
    recruitment
        Rows of indicator 2 by month in the long layout.
    names
        Of all organisations, by position; the two with a recruitment programme of their own are left out.

    Returns
    -------
    DataFrame
        Rows by White / BME. From its start on, so many more BME candidates of a place are appointed that their odds are
        multiplied by ``SEVERAL_ODDS``; shortlisted people stay as they were.
    """
    wider = dict(zip(FIVE, WIDE, strict=True))
    rows = recruitment.assign(group=recruitment["group"].map(wider))
    rows = rows[rows["group"].isin(["White", "BME"]) & ~rows["organisation"].isin([names[WORKED], names[UNCHANGED]])]
    keys = ["organisation", "period", "indicator", "group"]
    rows = rows.groupby(keys, as_index=False, sort=False)[["numerator", "denominator"]].sum()
    starts = rows["organisation"].map(STARTS)
    changed = (rows["group"] == "BME") & (rows["period"] >= starts.fillna("9999"))
    sums = rows[rows["group"] == "BME"].groupby("organisation")[["numerator", "denominator"]].sum()
    share = rows["organisation"].map(sums["numerator"] / sums["denominator"])
    wanted = share * SEVERAL_ODDS / (1 - share + share * SEVERAL_ODDS)
    chance = np.where(changed, (wanted - share) / (1 - share), 0.0)
    more = np.random.default_rng(SEED).binomial(rows["denominator"] - rows["numerator"], chance)
    return rows.assign(numerator=rows["numerator"] + more)
