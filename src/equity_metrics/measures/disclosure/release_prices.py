"""Rows of counts in; what it costs to withhold each of them out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF
from equity_metrics.catalogue.disclosure_policies import Protection
from equity_metrics.catalogue.ethnic_groups import DETAILED_GROUPINGS, WHITE_BME
from equity_metrics.catalogue.keys import INTERSECTIONS
from equity_metrics.measures.disclosure.possible_tables import Floats
from equity_metrics.measures.disclosure.release_trees import INSIDE
from equity_metrics.measures.proportions import SHARES

PRICES = {"BME": 200.0, "White": 30.0}
"""Of White / BME rows: the share of BME staff stays where White staff can be withheld instead."""
PRICE_OF_A_WIDER_GROUP = 10.0
"""Of every other row that is not of a detailed category, beside 1 for these."""
OF_A_TOTAL, OF_A_HIGHER_PLACE = 10.0, 3.0
"""Factors for a total over bands, gender and so on, and for a row of several organisations."""
OF_TENFOLD, OF_NOBODY = 0.1, 0.5
"""Added for each tenfold more people, and for rows that count nobody, which are rarely doubted."""


def release_prices(rows: pd.DataFrame, protections: tuple[Protection, ...]) -> Floats:
    """Say what is kept when something has to go.

    Parameters
    ----------
    rows
        Rows of counts.
    protections
        Of the audience. Rows of indicators that have none must be shown.

    Returns
    -------
    array of float
        One price a row, infinite where it must be shown.
    """
    wide = ~rows["grouping"].isin(DETAILED_GROUPINGS)
    price = np.where(wide, PRICE_OF_A_WIDER_GROUP, 1.0)
    for group, of in PRICES.items():
        price = np.where((rows["grouping"] == WHITE_BME) & (rows["group"] == group), of, price)
    # White staff are the same number among five groups: it costs hardly more to withhold them there.
    price = np.where((rows["grouping"] != WHITE_BME) & (rows["group"] == "White"), 0.0, price)
    parted = [rows[column].fillna("") for column in ("band", *INTERSECTIONS) if column in rows.columns]
    total = np.logical_and.reduce([part.isin(["", ALL_STAFF]) for part in parted]) if parted else True
    price = price * np.where(total, OF_A_TOTAL, 1.0)
    price = price * np.where(rows["level"].isin(INSIDE), 1.0, OF_A_HIGHER_PLACE)
    people = rows["numerator"].where(rows["indicator"].isin(SHARES), rows["denominator"]).fillna(0).to_numpy(float)
    price = price + OF_TENFOLD * np.log10(np.maximum(people, 1)) + OF_NOBODY * (people == 0)
    shown = ~rows["indicator"].isin({p.indicator for p in protections if p.below > 0})
    return np.where(shown, np.inf, price)
