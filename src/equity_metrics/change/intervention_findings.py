"""Comparable counts, a released series and an intervention in; all that may be said about it to an audience out."""

from dataclasses import dataclass, field, replace
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL, DisclosurePolicy
from equity_metrics.change.agreed_effects import chosen_effects, decided, rebounds_beside, yearly
from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.between_places.panels import PAIR_COLUMNS, phases
from equity_metrics.change.between_places.regression_to_the_mean import MINIMUM_PEERS
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS
from equity_metrics.change.interventions import Intervention, effects
from equity_metrics.change.method_choice import COMPARISONS, OTHERS, OWN_LEVEL
from equity_metrics.change.trends.expected_levels import expected_levels
from equity_metrics.measures.cells import COUNTS
from equity_metrics.measures.disclosure.release import primary_suppression


@dataclass(frozen=True)
class InterventionFindings:
    """What was found about one intervention, without anything that its audience must not see.

    ``effect`` is the row of ``agreed_effects``, without numbers where ``withheld`` says why none may be shown.
    ``points``: ``step, period, period_length, ratio, source``; ``levels`` as ``expected_levels``; ``rebound`` as
    ``rebounds_beside``, without rows where there is none to show; ``choices`` as ``method_choices``. ``counts_shown``:
    whether the numbers of events may be shown. ``waiting`` says how long, or with how many more sites, one could tell.
    ``sources`` says where the counts come from. ``event_times``: as the function of that name, with ``length``, the
    period in which time is counted; without rows where the intervention began at one place.
    """

    intervention: Intervention
    effect: "pd.Series[Any]"
    withheld: str
    points: pd.DataFrame
    levels: pd.DataFrame
    rebound: pd.DataFrame
    choices: pd.DataFrame
    counts_shown: bool
    waiting: str
    audience: str
    sources: "pd.Series[str]"
    event_times: pd.DataFrame = field(default_factory=pd.DataFrame)


def intervention_findings(
    rows: pd.DataFrame,
    pairs: pd.DataFrame,
    released: pd.DataFrame,
    rebound: pd.DataFrame,
    choices: pd.DataFrame,
    intervention: Intervention,
    *,
    method: str | None,
    withheld: str,
    audience: str,
) -> InterventionFindings:
    """Test an intervention on complete counts and keep what the audience may see.

    Parameters
    ----------
    rows
        From ``comparable_counts``; only sums over all the time before the start, and after it, leave this function.
    pairs
        From ``paired_counts``, of the place alone.
    released
        Rows of the place, indicator and group from ``paired_rows`` of ``publishable_series``.
    rebound
        From ``rebound_to_show``: it does not depend on the start.
    choices
        From ``method_choices``: they depend on place and start only.
    intervention
        What was tried.
    method
        A name of ``METHODS``; None for the proposed one.
    withheld
        From ``withheld_by_start``.
    audience
        As for ``release``.

    Returns
    -------
    InterventionFindings

    Raises
    ------
    ValueError
        If the counts do not fit the intervention or the method.
    """
    own = rows[rows["organisation"] == intervention.where]
    found = nothing_shown(intervention, withheld) if withheld else chosen_effects(rows, intervention, choices, method)
    effect = found.iloc[0]
    comparing = effect["verdict"] == "cannot tell" and effect["compared_with"] == OTHERS
    return InterventionFindings(
        intervention,
        effect,
        withheld,
        _points(released, intervention),
        expected_levels(pairs, intervention, effect),
        rebound,
        choices,
        audience == INTERNAL or starts_a_period(intervention, pairs.index.get_level_values("period"), released),
        _waiting(own, intervention, choices) if comparing else "",
        audience,
        rows["source"].drop_duplicates(),
    )


def rebound_to_show(rows: pd.DataFrame, tried: Intervention, policy: DisclosurePolicy, audience: str) -> pd.DataFrame:
    """Work out the rebound that was to be expected, where it can be and the two years may be seen.

    Parameters
    ----------
    rows
        From ``comparable_counts``.
    tried
        What was tried.
    policy, audience
        As for ``release``.

    Returns
    -------
    DataFrame
        As ``rebounds_beside``; without rows where that year was not counted, peers are too few, or it is withheld.
    """
    years = yearly(rows[rows["organisation"] == tried.where])
    counted = not tried.chosen_for or tried.chosen_for in set(years["period"])
    enough = counted and rows["organisation"].nunique() > MINIMUM_PEERS
    found = rebounds_beside(rows, tried if enough else replace(tried, chosen_for=""))
    if found.empty:
        return found
    used = years[years["period"].isin([tried.chosen_for, found["next_period"].iloc[0]])].assign(table=COUNTS)
    return found.iloc[:0] if (primary_suppression(used, policy, audience) != "").any() else found


def starts_a_period(intervention: Intervention, periods: pd.Index, released: pd.DataFrame) -> bool:
    """Say whether the time after an intervention is made of whole released periods.

    Where it is not, its sums less those of the released periods would show single months.

    Parameters
    ----------
    intervention
        Gives start and lead-in.
    periods
        Of the place, sorted.
    released
        As for ``intervention_findings``.

    Returns
    -------
    bool
    """
    times, unit = period_numbers(periods)
    if unit == "year":
        return True
    phase = phases(periods, intervention)
    size = PERIOD_LENGTHS[released["period_length"].iloc[0]] if len(released) else PERIOD_LENGTHS["year"]
    edges = [times[phase == "baseline"][-1] + 1, times[phase == "after"][0], times[-1] + 1, times[0]]
    return all((edge - 3) % size == 0 for edge in edges)


def withheld_by_start(
    pairs: pd.DataFrame, released: pd.DataFrame, lead_in: int, policy: DisclosurePolicy, audience: str
) -> dict[str, str]:
    """Say of every start why the sums before and after it must not be seen; empty where they may.

    Parameters
    ----------
    pairs, released
        As for ``intervention_findings``.
    lead_in
        Periods from the start on that count neither as before nor as after.
    policy, audience
        As for ``release``.

    Returns
    -------
    dict of str to str
    """
    indicator, periods = released["indicator"].iloc[0], pairs.index.get_level_values("period")
    sums = np.cumsum(pairs[PAIR_COLUMNS].to_numpy(float), axis=0)
    starts = np.arange(1, len(periods) - lead_in)
    sides = np.stack([sums[starts - 1], sums[-1] - sums[starts + lead_in - 1]], axis=1)
    table = pd.DataFrame(sides.reshape(-1, 2), columns=["numerator", "denominator"])
    own = DisclosurePolicy(tuple(p for p in policy.protections if p.indicator == indicator))
    reasons = primary_suppression(table.assign(table=COUNTS, indicator=indicator), own, audience)
    most = reasons.to_numpy().reshape(len(starts), -1).max(axis=1)
    by_year = _year_withheld(pairs, released)
    return dict(zip(periods[starts], [str(reason) or by_year for reason in most], strict=True))


def _year_withheld(pairs: pd.DataFrame, released: pd.DataFrame) -> str:
    """Say why a year of counts by year must not be seen: sums over all years less those shown would be that year."""
    _, unit = period_numbers(pairs.index.get_level_values("period"))
    if unit != "year":
        return ""
    return str(released[["withheld", "reference_withheld"]].max().max())


def nothing_shown(intervention: Intervention, withheld: str) -> pd.DataFrame:
    """Make the row of effects of a test that was not made for its audience, because ``withheld`` hides its sums."""
    row = effects(
        intervention, observed=nan, expected=nan, effect=nan, lower=nan, upper=nan, confidence=0.95, p_value=nan,
        method="none", measure=f"ratio of {COMPARISONS[intervention.indicator].ratio.name}s", no_effect=1.0,
        assumptions="None: the test was not made for this audience.",
        would_change_verdict=f"A start with more events before and after it, or an audience that may see {withheld}",
    )  # fmt: skip
    return decided(row, intervention).assign(compared_with="nothing")


def _points(released: pd.DataFrame, intervention: Intervention) -> pd.DataFrame:
    """Ratio of each released period in which anybody had the event, on the scale of the test."""
    reference_shown = released["reference_numerator"].notna()
    some = released["numerator"].fillna(0) + released["reference_numerator"].fillna(0) > 0
    shown = released[(released["withheld"] == "") & reference_shown & some]
    logs, _ = COMPARISONS[intervention.indicator].ratio.logs(*(shown[column].astype(float) for column in PAIR_COLUMNS))
    return shown[["step", "period", "period_length", "source"]].assign(ratio=np.exp(logs)).reset_index(drop=True)


def _waiting(own: pd.DataFrame, tried: Intervention, choices: pd.DataFrame) -> str:
    """How long until its own level could tell; empty where that test already says something or is refused."""
    if not dict(zip(choices["method"], choices["possible"], strict=True))[OWN_LEVEL]:
        return ""
    row = chosen_effects(own, tried, choices, OWN_LEVEL).iloc[0]
    return str(row["would_change_verdict"]) if row["verdict"] == "cannot tell" else ""
