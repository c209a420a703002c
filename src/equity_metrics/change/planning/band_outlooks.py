"""Flows of one organisation in; what bands 8a to VSM would look like in years to come, lever by lever, out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, PUBLISH, DisclosurePolicy
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, UNKNOWN_GROUPS, WHITE_BME, wider_groups
from equity_metrics.change.planning.flow_levers import LEVERS, pulled
from equity_metrics.change.planning.flow_rates import FLOW_COLUMNS, FlowRates, assumed_rates, estimated_rates
from equity_metrics.change.planning.upper_bands import ALL_BANDS, UPPER_BANDS, ladder_flows, upper_band_counts
from equity_metrics.change.planning.workforce_flows import (
    Projection,
    parity_years,
    projected_workforce,
    workforce_trajectories,
)

NO_TARGET = "the group's share of all bands is withheld"
CELL = ["band", "grouping", "group"]
NUMBERS = ("headcount", "share", "lower", "upper", "year", "chance")


@dataclass(frozen=True)
class FlowAssumptions:
    """What is taken where the data hold no flows, and how the future is drawn.

    ``leaving`` a year, ``inside`` the share of vacancies filled from the band below, ``growth`` of every band a year:
    proportions. ``years`` are carried forward; ``runs`` futures are drawn.
    """

    leaving: float = 0.1
    inside: float = 0.5
    growth: float = 0.0
    years: int = 15
    runs: int = 200
    seed: int = 0


ASSUMPTIONS = FlowAssumptions()


@dataclass(frozen=True)
class BandOutlooks:
    """Released tables of one organisation.

    ``counted``: years so far. ``ahead``: ``lever, period, band, grouping, group, headcount, share, lower, upper,
    confidence``. ``parity``: ``lever, band, grouping, group, target, year, lower, upper, chance``. All three with
    ``audience`` and ``withheld``. ``basis`` says where the rates come from.
    """

    counted: pd.DataFrame
    ahead: pd.DataFrame
    parity: pd.DataFrame
    basis: str
    start: int


def flow_rates_of(flows: pd.DataFrame, assumptions: FlowAssumptions = ASSUMPTIONS) -> tuple[FlowRates, FlowRates]:
    """Estimate rates where the table has joiners, promotions and leavers; else take the assumed ones.

    Parameters
    ----------
    flows
        One organisation, bands of the pay ladder; at least ``period, group, band, headcount``.
    assumptions
        Growth, and the rates that are assumed where there are no flows.

    Returns
    -------
    rates, drawn : FlowRates
        One draw, and as many as there are runs; the same one where rates are assumed.
    """
    if set(FLOW_COLUMNS) <= set(flows.columns):
        growth, seed = assumptions.growth, assumptions.seed
        drawn = estimated_rates(flows, growth=growth, draws=assumptions.runs, seed=seed)
        return estimated_rates(flows, growth=growth), drawn
    last = flows[flows["period"] == flows["period"].max()]
    heads = last.pivot_table("headcount", "band", "group", aggfunc="sum")
    shares = (heads.sum() / heads.to_numpy().sum()).to_numpy()
    rates = assumed_rates(
        heads, int(flows["period"].max()), leaving=assumptions.leaving, promotion=1.0,
        inside=assumptions.inside, joining=shares, growth=assumptions.growth,
    )  # fmt: skip
    return rates, rates


def band_outlooks(
    flows: pd.DataFrame,
    assumptions: FlowAssumptions = ASSUMPTIONS,
    *,
    policy: DisclosurePolicy = DISCLOSURE_POLICY,
    audience: str = PUBLISH,
) -> BandOutlooks:
    """Carry one organisation forward under every lever, for BME staff and each of the five groups.

    Parameters
    ----------
    flows
        Complete, one organisation, five groups: ``organisation, period, group, band, headcount, source`` and, where
        there are any, ``joiners, promoted_in, leavers``. Medical bands are left out.
    assumptions
        As ``FlowAssumptions``.
    policy, audience
        As for ``release``.

    Returns
    -------
    BandOutlooks
        A group's future is withheld where its number in the bands at the start is. The target of parity is the
        group's share of all bands of the pay ladder at the start.

    References
    ----------
    As ``projected_workforce`` and ``parity_years``.
    """
    own = ladder_flows(flows)
    rates, drawn = flow_rates_of(own, assumptions)
    counted = upper_band_counts(own, rates, policy=policy, audience=audience)
    at_start = counted[counted["period"] == str(rates.start)]
    ahead, parity = [], []
    for lever in LEVERS:
        whole = projected_workforce(
            pulled(rates, lever), pulled(drawn, lever), assumptions.years, runs=assumptions.runs, seed=assumptions.seed
        )
        for grouping in (FIVE_GROUPS, WHITE_BME):
            told = {"lever": lever, "grouping": grouping}
            upper = _together(whole, grouping)
            ahead.append(workforce_trajectories(upper).assign(**told))
            parity += [
                parity_years(upper, group, target=target).assign(group=group, **told)
                for group, target in _targets(at_start, grouping).items()
            ]
    return BandOutlooks(
        counted, _withheld_alike(ahead, at_start), _withheld_alike(parity, at_start), rates.basis, rates.start
    )


def _together(whole: Projection, grouping: str) -> Projection:
    """Add bands up and, for White / BME, groups as well; unknown ethnicity stays in the denominator."""
    names = np.array([wider_groups(FIVE_GROUPS, WHITE_BME).get(g, g) for g in whole.groups])
    groups = list(whole.groups if grouping == FIVE_GROUPS else dict.fromkeys(names))
    columns = (np.array(whole.groups) if grouping == FIVE_GROUPS else names)[:, None] == np.array(groups)
    bands = np.array([[band in held for band in whole.bands] for held in UPPER_BANDS.values()])
    return whole._replace(
        bands=tuple(UPPER_BANDS),
        groups=tuple(groups),
        expected=bands @ whole.expected @ columns,
        simulated=bands @ whole.simulated @ columns,
    )


def _targets(at_start: pd.DataFrame, grouping: str) -> dict[str, float]:
    """Read each group's share of all bands from what was released; missing where it is withheld."""
    rows = at_start[(at_start["band"] == ALL_BANDS) & (at_start["grouping"] == grouping)]
    shares = (rows["numerator"] / rows["denominator"]).tolist()
    return {group: share for group, share in zip(rows["group"], shares, strict=True) if group not in UNKNOWN_GROUPS}


def _withheld_alike(tables: list[pd.DataFrame], at_start: pd.DataFrame) -> pd.DataFrame:
    """Withhold every number of a group in a set of bands whose number at the start is withheld."""
    table = pd.concat(tables, ignore_index=True)
    table = table[~table["group"].isin(UNKNOWN_GROUPS)]
    known = at_start[[*CELL, "withheld", "audience", "source", "organisation"]]
    table = table.merge(known, on=CELL, how="left", validate="many_to_one")
    if "target" in table:
        table["withheld"] = table["withheld"].mask((table["withheld"] == "") & table["target"].isna(), NO_TARGET)
    hidden = table["withheld"] != ""
    numbers = [column for column in NUMBERS if column in table]
    return table.assign(**{column: table[column].mask(hidden) for column in numbers})
