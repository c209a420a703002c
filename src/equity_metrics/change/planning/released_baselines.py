"""Complete monthly counts in; what a simulation may know of each place's baseline, and may be shown of it, out."""

from dataclasses import dataclass

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, UNKNOWN_GROUPS, WHITE_BME
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS, SERIES, pooled_series
from equity_metrics.change.planning.power import LEAST_EVENTS, OwnBaseline, own_baseline
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_up import roll_up

STEP = "quarter"
"""Simulated in quarters: a third of the draws, and what links neighbouring months stays inside them."""
MONTHS = PERIOD_LENGTHS[STEP]
TOO_FEW = f"fewer than {LEAST_EVENTS} events in the baseline of the group or of the reference"
_HEADCOUNT = "staff in post"


@dataclass(frozen=True)
class ReleasedBaselines:
    """``totals``: a released table of whole baselines. Single quarters are kept for simulations and are not shown."""

    totals: pd.DataFrame
    quarters: dict[tuple[str, str, str], pd.DataFrame]
    reference: str

    def own(self, organisation: str, indicator: str, group: str) -> tuple[OwnBaseline | None, str]:
        """Learn one baseline, or say why not.

        Parameters
        ----------
        organisation, indicator, group
            Which.

        Returns
        -------
        OwnBaseline or None, and the reason why there is none
            None wherever the total of the group or of the reference is withheld.
        """
        grouping = WHITE_BME if group == "BME" else FIVE_GROUPS
        totals = self.totals
        here = (totals["organisation"] == organisation) & (totals["indicator"] == indicator)
        rows = totals[here & (totals["grouping"] == grouping)].set_index("group")
        for name in (group, self.reference):
            if name not in rows.index:
                return None, f"{name}: not in the data"
            if why := str(rows.loc[name, "withheld"]):
                return None, f"{name}: {why}"
        if rows.loc[[group, self.reference], "numerator"].min() < LEAST_EVENTS:
            return None, TOO_FEW
        counts = self.quarters[organisation, indicator, grouping]
        return own_baseline(counts, organisation, group, self.reference), ""


def released_baselines(
    counts: pd.DataFrame,
    *,
    reference: str = "White",
    policy: DisclosurePolicy = DISCLOSURE_POLICY,
    audience: str = PUBLISH,
) -> ReleasedBaselines:
    """Add monthly counts up to quarters for simulation, and to whole baselines, which are released.

    Parameters
    ----------
    counts
        Complete, by month, one level, five groups or White / BME; whole quarters are used.
    reference
        The group compared with.
    policy, audience
        As for ``release``.

    Returns
    -------
    ReleasedBaselines
        ``totals`` holds events of the whole baseline, and people: all that came anew (shortlisted), or the mean staff
        in post. ``period`` names the first and the last quarter.
    """
    known = counts[~counts["group"].isin(UNKNOWN_GROUPS)]
    wider = [roll_up(known, to=WHITE_BME)] if (known["grouping"] == FIVE_GROUPS).all() else []
    tables = [pooled_series(table, STEP) for table in (known, *wider)]
    cells = {
        (str(place), str(indicator), str(grouping)): rows
        for table in tables
        for (place, indicator, grouping), rows in table.groupby(["organisation", "indicator", "grouping"])
    }
    return ReleasedBaselines(release([_whole(table) for table in tables], policy, audience), cells, reference)


def _whole(quarters: pd.DataFrame) -> pd.DataFrame:
    grouped = quarters.sort_values("step").groupby(SERIES, dropna=False, observed=True, sort=False)
    table = grouped.agg(
        numerator=("numerator", "sum"),
        people=("denominator", "sum"),
        quarters=("step", "size"),
        first=("period", "first"),
        last=("period", "last"),
        source=("source", "first"),
    ).reset_index()
    stays = table["indicator"].map(lambda i: INDICATORS[i].denominator == _HEADCOUNT)
    mean = (table["people"] / table["quarters"]).round()
    return table.assign(
        denominator=table.pop("people").where(~stays, mean), period=table.pop("first") + " to " + table.pop("last")
    )
