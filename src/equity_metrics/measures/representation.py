"""Counts of bands and boards in; each group's share minus its share of the whole workforce out."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS
from equity_metrics.catalogue.indicators import BAND_INDICATORS, BOARD_INDICATORS, WORKFORCE_OF
from equity_metrics.catalogue.keys import keys_among
from equity_metrics.measures.cells import COUNTS, NUMBERS, rows_of
from equity_metrics.measures.comparisons import GAP
from equity_metrics.measures.estimates import estimates, reasons
from equity_metrics.measures.intervals.differences import newcombe_gap
from equity_metrics.measures.intervals.intervals import Limits
from equity_metrics.measures.pairs import beside, both_reasons, check_once
from equity_metrics.measures.proportions import FULL_COUNT

BANDS_INDICATOR, BOARD_INDICATOR = "1", "9"
BAND_AGAINST_REST = "Newcombe, the band against the rest of the workforce; a full count: what chance alone could do"


def representation(counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Compare each group's share of a band or board with its share of the whole workforce (indicators 1 and 9).

    Those of like standards, SC1 and SC9, are compared in the same way within their own.

    Parameters
    ----------
    counts
        Counts, complete or released, with rows of indicator 1 that hold the workforce (``band`` ``All staff``) for each
        organisation, period and grouping (of SC1 for the Social Care WRES); other indicators are left out. Unknown
        ethnicity stays in every denominator.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        Comparisons, in proportions: ``reference`` is ``All staff``, ``group_value`` and ``reference_value`` are the two
        shares. The whole workforce itself is left out.

        Both indicators are full counts: nobody was sampled. Indicator 1 has an interval all the same, for the question
        whether chance alone could have placed staff so unevenly: a band is part of the workforce, so it is set against
        the rest (Newcombe) and the limits are multiplied by the rest's share of the workforce, which is exactly how the
        gap from the whole follows from the gap from the rest. Indicator 9 has none: ``persons`` says how many members
        of how many, ``one_appointment`` by how much the gap changes if one more member of the group takes the place
        of another member (missing where all members are of the group).

    Raises
    ------
    ValueError
        If the workforce is missing for a row, stands there twice, or is smaller than one of its bands.

    References
    ----------
    WRES indicators 1 and 9. The interval: :func:`equity_metrics.measures.intervals.differences.newcombe_gap`.
    """
    paired = _beside_workforce(rows_of(counts, COUNTS))
    x, n, whole_x, whole_n = (
        paired[column].to_numpy(float)
        for column in ("numerator", "denominator", "reference_numerator", "reference_denominator")
    )
    board = paired["indicator"].isin(BOARD_INDICATORS).to_numpy()
    limits = _limits_from_rest(paired, ~board, confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        share, whole_share, place = x / n, whole_x / whole_n, 1 / n
    persons = paired["numerator"].map("{:.0f}".format) + " of " + paired["denominator"].map("{:.0f}".format)
    paired = paired.assign(
        measure=GAP,
        group_value=share,
        reference_value=whole_share,
        persons=persons.where(board & ~np.isnan(x), ""),
        one_appointment=np.where(board & (x < n), place, np.nan),
    )
    method = np.where(np.isnan(limits[0]), FULL_COUNT, BAND_AGAINST_REST)
    return estimates(paired, share - whole_share, limits, confidence, method, paired["withheld"])


def _beside_workforce(rows: pd.DataFrame) -> pd.DataFrame:
    """Put beside each band and board the workforce of its organisation, period and grouping."""
    if "band" not in rows.columns:
        raise ValueError("counts must have the column band, got: none")
    rows = rows[rows["indicator"].isin(list(WORKFORCE_OF))]
    rows = rows.assign(withheld=reasons(rows, NUMBERS[COUNTS]))
    rows = rows.assign(**{column: rows[column].fillna("") for column in keys_among(rows.columns)})
    rows = rows.assign(workforce=rows["indicator"].map(WORKFORCE_OF))
    is_whole = rows["indicator"].isin(BAND_INDICATORS) & (rows["band"] == ALL_STAFF)
    if "staff_group" in rows.columns:
        is_whole &= rows["staff_group"].isin(["", ALL_STAFF_GROUPS])
    keys = [k for k in keys_among(rows.columns) if k not in ("indicator", "band", "staff_group", "definition")]
    check_once(rows[is_whole], [*keys, "workforce"])
    paired = beside(rows[~is_whole], rows[is_whole], [*keys, "workforce"], NUMBERS[COUNTS], ALL_STAFF)
    workforce = paired.pop("workforce")
    theirs = paired.pop("reference_withheld")
    if theirs.isna().any():
        first = paired[theirs.isna()].iloc[0]
        raise ValueError(
            f"counts must hold the workforce (indicator {workforce[theirs.isna()].iloc[0]}, band {ALL_STAFF}) of "
            f"{first['organisation']}, "
            f"{first['period']}, {first['grouping']}, got: none for {first['group']}"
        )
    return paired.assign(withheld=both_reasons(paired["band"], paired["withheld"], ALL_STAFF, theirs))


def _limits_from_rest(paired: pd.DataFrame, band: NDArray[np.bool_], confidence: float) -> Limits:
    x, n, whole_x, whole_n = (
        np.where(band, paired[column].to_numpy(float), np.nan)
        for column in ("numerator", "denominator", "reference_numerator", "reference_denominator")
    )
    rest_x, rest_n = whole_x - x, whole_n - n
    impossible = (rest_x < 0) | (rest_x > rest_n)
    if impossible.any() and "rounded_to" not in paired.columns:
        first = paired[impossible].iloc[0]
        named = f"{first['organisation']}, {first['period']}, band {first['band']}, {first['group']}"
        raise ValueError(f"counts must have each band within {ALL_STAFF}, got a band that does not fit: {named}")
    possible = np.where(impossible, np.nan, 1.0)
    lower, upper = newcombe_gap(x, n, rest_x * possible, rest_n * possible, confidence)
    rest = rest_n / np.where(whole_n > 0, whole_n, np.nan)
    return lower * rest, upper * rest
