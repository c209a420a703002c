"""Counts of a share in the parts of a place in; how far each part lies from the whole, and from chance, out."""

import numpy as np
import pandas as pd

from equity_metrics.measures.cells import NUMBERS
from equity_metrics.measures.comparisons import GAP
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.pairs import both_reasons
from equity_metrics.measures.proportions import FULL_COUNT
from equity_metrics.measures.representation import BOARD_INDICATOR

PART_AGAINST_REST = "Newcombe, the part against the rest of the whole; a full count: what chance alone could do"


def gaps_from_whole(parts: pd.DataFrame, whole: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """Subtract a group's share of a whole place from its share of each part (indicators 1 and 9).

    Parameters
    ----------
    parts
        Counts, complete or released, one row a part: one group, band and period in the places inside one place.
    whole
        The row of that place with the same group, band and period, with its ``name``.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Comparisons, in proportions: ``reference`` is the place, ``group_value`` and ``reference_value`` are the two
        shares. Nobody was sampled: the interval says what chance alone could do. A part is set against the rest of the
        whole (Newcombe) and the limits are multiplied by the rest's share of it, which is how the gap from the whole
        follows from that from the rest. Boards have none.

    References
    ----------
    See :func:`equity_metrics.measures.intervals.differences.newcombe_gap`.
    """
    both = pd.DataFrame([whole]).reset_index(drop=True)
    why = reasons(both, NUMBERS["counts"]).iloc[0]
    withheld = both_reasons(parts["name"], reasons(parts, NUMBERS["counts"]), str(whole["name"]), _all(parts, why))
    x, n = (np.where(withheld == "", parts[column].to_numpy(float), np.nan) for column in NUMBERS["counts"])
    whole_x, whole_n = (float(whole[column]) for column in NUMBERS["counts"])
    rest_x, rest_n = whole_x - x, whole_n - n
    # Of rounded counts a part may seem larger than the whole: then there is no rest to set it against.
    possible = np.where((rest_n > 0) & (rest_x >= 0) & (rest_x <= rest_n), 1.0, np.nan)
    board = (parts["indicator"] == BOARD_INDICATOR).to_numpy()
    possible = np.where(board, np.nan, possible)
    lower, upper = newcombe_gap(x * possible, n * possible, rest_x * possible, rest_n * possible, confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        share, whole_share, rest = x / n, whole_x / whole_n, rest_n / whole_n
    told = parts.assign(
        reference=whole["name"],
        measure=GAP,
        reference_numerator=whole_x,
        reference_denominator=whole_n,
        group_value=share,
        reference_value=whole_share,
    )
    method = np.where(np.isnan(lower), FULL_COUNT, PART_AGAINST_REST)
    return estimates(told, share - whole_share, (lower * rest, upper * rest), confidence, method, withheld)


def _all(parts: pd.DataFrame, why: str) -> "pd.Series[str]":
    return pd.Series(why, index=parts.index, dtype="str")
