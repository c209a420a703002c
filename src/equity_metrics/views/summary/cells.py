"""Released counts of one organisation in; one row an indicator and ethnic group, with verdict and variation, out."""

import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.indicators import WRES_INDICATORS
from equity_metrics.views.summary.variation import SERIES, variation
from equity_metrics.views.wres.compared import compared_as_published

BANDS = {"1": "8a", "9": "All members"}
"""Of indicator 1 the band at which management begins; of indicator 9 the whole board."""
COLUMNS = ["indicator", "band", "grouping", "group", "reference", "measure", "value", "lower", "upper", "persons",
           "verdict", "against", "withheld"]  # fmt: skip


def summary_cells(counts: pd.DataFrame, period: str, groupings: tuple[str, ...]) -> pd.DataFrame:
    """Compare every group with the first of its grouping, on all nine indicators, this year and through the years.

    Parameters
    ----------
    counts
        Released counts of one organisation, any periods and groupings.
    period
        The year that the cells show.
    groupings
        Of which the groups are listed, for example ``("White / BME", "Five groups")``.

    Returns
    -------
    DataFrame
        In the order of indicators and groups: ``indicator, band, grouping, group, reference, measure, value, lower,
        upper, persons, verdict, against, withheld`` and ``variation, assurance, years``. No row adds up others.
    """
    whole = counts["indicator"].map(BANDS).fillna("")
    workforce = (counts["indicator"] == "1") & (counts["band"] == ALL_STAFF)
    wanted = counts[((counts["band"] == whole) | workforce) & (counts["period"] <= period)]
    parts = [pd.DataFrame(columns=[*COLUMNS, "period"])]
    # Groupings with the same reference are compared at once: two tables take nearly twice as long as one.
    references = pd.Series({grouping: groups_of(grouping)[0] for grouping in groupings})
    for reference, names in references.groupby(references, sort=False).groups.items():
        rows = wanted[wanted["grouping"].isin(names) & ~wanted["group"].isin(UNKNOWN_GROUPS)]
        if len(rows):
            compared = compared_as_published(rows, str(reference), decide=period)
            parts.append(compared[compared["group"] != reference].assign(reference=reference))
    compared = pd.concat(parts[1:] or parts, ignore_index=True)
    compared = compared.assign(band=compared["band"].fillna(""))
    now = compared[compared["period"] == period].reindex(columns=COLUMNS)
    cells = now.merge(variation(compared), on=SERIES, how="left")
    cells = cells.fillna({"persons": "", "variation": "", "assurance": "", "years": 0})
    order = {group: place for place, group in enumerate(g for name in groupings for g in groups_of(name))}
    ranks = cells["indicator"].map(list(WRES_INDICATORS).index) * len(order) + cells["group"].map(order)
    return cells.loc[ranks.sort_values(kind="stable").index].reset_index(drop=True)
