"""Complete counts by WRES year in; the same after disclosure control, in the columns of a pooled series, out."""

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.measures.disclosure.release import release


def publishable_years(
    counts: pd.DataFrame, policy: DisclosurePolicy = DISCLOSURE_POLICY, audience: str = PUBLISH
) -> pd.DataFrame:
    """Release counts that are by year already, as ``publishable_series`` releases monthly ones.

    Parameters
    ----------
    counts
        Complete counts by WRES year, of one level and grouping. Groups of unknown ethnicity are left aside.
    policy, audience
        As for ``release``.

    Returns
    -------
    DataFrame
        A released table with ``period_length`` (``year``) and ``step``. Years cannot be pooled to anything longer, so
        single years are withheld where ``publishable_series`` would take longer periods.

    Raises
    ------
    TypeError, ValueError
        If the table holds no complete counts by year.

    References
    ----------
    As for ``release``.
    """
    rows = counts[~counts["group"].isin(UNKNOWN_GROUPS)].reset_index(drop=True)
    years, unit = period_numbers(rows["period"])
    if unit != "year":
        raise ValueError(f"counts must be by WRES year (2025), got: {rows['period'].iloc[0]}")
    # The WRES year 2025 ends on 31 March 2025: it is the step that began in April 2024.
    return release(rows, policy, audience).assign(period_length="year", step=years - 1)
