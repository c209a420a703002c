"""Released series of a group and its reference, at any length of period, in; where they were heading out."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from equity_metrics.change.between_places.panels import PAIR_COLUMNS
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS, period_names
from equity_metrics.change.trends.autocorrelation import contrast_errors
from equity_metrics.change.trends.baseline_trends import MINIMUM_BASELINE, baseline_trends, gap_trends
from equity_metrics.change.trends.gap_models import ODDS_GAP, RATE_GAP, GapModel

A_YEAR = {length: 12 // months for length, months in PERIOD_LENGTHS.items()}
"""Periods in a year."""
_RARE = ("3",)


class Slope(NamedTuple):
    """What the gap is multiplied by in a year, with its interval."""

    value: float
    lower: float
    upper: float
    confidence: float


def gap_model(indicator: str) -> GapModel:
    """Choose how the gap of an indicator is modelled.

    Parameters
    ----------
    indicator
        Its id.

    Returns
    -------
    GapModel
        ``RATE_GAP`` for entry into the disciplinary process, which is rare, else ``ODDS_GAP``.
    """
    return RATE_GAP if indicator in _RARE else ODDS_GAP


def expected_paths(paired: pd.DataFrame, reference: str, *, gap: bool, confidence: float = 0.95) -> pd.DataFrame:
    """Carry the group's rate, or the gap, one year beyond the last period.

    Parameters
    ----------
    paired
        One group at one place, from ``paired_rows``; all of it is taken for baseline.
    reference
        Name of the group compared with.
    gap
        True: the path of the gap (``gap_trends``); False: that of the group's rate (``baseline_trends``).
    confidence
        Of the prediction interval.

    Returns
    -------
    DataFrame
        ``period, step, value, expected, lower, upper, confidence, dispersion, method, ahead``. Empty with fewer than
        4 periods, or where group or reference is withheld. Months keep their yearly wave; longer periods have none.

    References
    ----------
    As for ``baseline_trends``.
    """
    if not _enough(paired):
        return pd.DataFrame(columns=["period", "step", "value", "expected", "lower", "upper", "ahead"])
    length, group = paired["period_length"].iloc[0], paired["group"].iloc[0]
    ahead, trends = A_YEAR[length], gap_trends if gap else baseline_trends
    found = trends(
        _two_groups(paired, reference),
        group,
        reference,
        ratio=gap_model(paired["indicator"].iloc[0]),
        ahead=ahead,
        confidence=confidence,
    )
    found = found if gap else found[found["group"] == group].reset_index(drop=True)
    first = int(paired["step"].min())
    steps = np.arange(first, first + len(found))
    return found.assign(step=steps, period=period_names(steps, length), ahead=steps > paired["step"].max())


def gap_slope(paired: pd.DataFrame, confidence: float = 0.95) -> Slope | None:
    """Say by what the gap is multiplied in a year along its fitted path.

    Parameters
    ----------
    paired
        As for ``expected_paths``.
    confidence
        Of the interval, which allows for overdispersion, autocorrelation and few periods.

    Returns
    -------
    Slope or None
        None where ``expected_paths`` is empty.

    References
    ----------
    As for ``gap_trends``.
    """
    if not _enough(paired):
        return None
    rows = paired.sort_values("step")
    years = (rows["step"] - rows["step"].min()).to_numpy(float) / A_YEAR[rows["period_length"].iloc[0]]
    basis = np.column_stack([np.ones(len(years)), years])
    counts = (rows[column].to_numpy(float) for column in PAIR_COLUMNS)
    fitted = gap_model(rows["indicator"].iloc[0]).fit(*counts, basis)
    found = contrast_errors(basis, fitted.weights, fitted.errors, [0.0, 1.0], rows["step"].to_numpy())
    reach = float(stdtrit(found.degrees_of_freedom, (1 + confidence) / 2) * found.standard_error)
    log_slope = float(fitted.coefficients[1])
    value, lower, upper = np.exp([log_slope, log_slope - reach, log_slope + reach]).tolist()
    return Slope(value, lower, upper, confidence)


def _enough(paired: pd.DataFrame) -> bool:
    both = paired[["numerator", "reference_numerator"]].notna().all(axis=None)
    events = paired[["numerator", "reference_numerator"]].sum()
    return bool(len(paired) >= MINIMUM_BASELINE and both and (events > 0).all())


def _two_groups(paired: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Lay the pair out as counts; periods longer than a month are numbered, because their names are no calendar."""
    by_month = (paired["period_length"] == "month").all()
    number = (paired["step"] - paired["step"].min() + 1).astype(str).str.zfill(4)
    own = paired.assign(period=paired["period"] if by_month else number)
    other = own.assign(group=reference, numerator=own["reference_numerator"], denominator=own["reference_denominator"])
    columns = ["organisation", "period", "indicator", "group", "numerator", "denominator"]
    return pd.concat([own[columns], other[columns]], ignore_index=True)
