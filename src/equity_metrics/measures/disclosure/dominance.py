"""Complete rows of organisations and of the places above them in; which sums one organisation makes up most of, out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.disclosure.release_trees import HIGHER
from equity_metrics.measures.proportions import SHARES

DOMINATED = "one organisation makes up more than {most:.0%} of this number"


def dominated(rows: pd.DataFrame, most: float) -> "pd.Series[bool]":
    """Find sums over organisations to which a single one contributes more than a share: the others can work it out.

    Parameters
    ----------
    rows
        Complete rows of counts with ``level``; those of organisations name their ``system`` and ``region`` where rows
        of these levels are there.
    most
        The largest share that one organisation may make up, more than 0 and at most 1; at 1 nothing is dominated.

    Returns
    -------
    Series of bool
        On the index of ``rows``; false for organisations and what is inside them. A sum of nobody is not dominated.

    References
    ----------
    Hundepool A and others (2012). Statistical Disclosure Control. Wiley, section 4.2 (dominance, with n = 1).
    """
    found = pd.Series(False, index=rows.index)
    keys = [key for key in keys_among(rows.columns) if key not in ("organisation", "level")]
    text = rows[keys].fillna("").astype(str)
    parts = rows["level"] == "organisation"
    for level in HIGHER:
        whole = rows["level"] == level
        if not whole.any() or (level != HIGHER[-1] and level not in rows.columns):
            continue
        place = rows["organisation"].where(whole, rows.get(level, "")) if level != HIGHER[-1] else level
        cell = text.assign(place=place)
        for column in ("numerator", "denominator"):
            # Everyone in a band is no sum of one group: of shares the people counted are the numerator.
            ours = ~rows["indicator"].isin(SHARES) if column == "denominator" else pd.Series(True, index=rows.index)
            largest = rows[column].where(parts & ours).groupby([cell[c] for c in cell]).transform("max")
            found |= whole & ours & (rows[column] > 0) & (largest.to_numpy() > most * rows[column].to_numpy())
    return found & np.isfinite(rows["numerator"])
