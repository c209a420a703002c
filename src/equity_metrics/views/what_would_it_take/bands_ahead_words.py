"""One group's outlook in; plain English that says no more than its numbers do out."""

from typing import Any

import pandas as pd

from equity_metrics.change.planning.band_outlooks import FlowAssumptions
from equity_metrics.views.words.missing_values import missing_value
from equity_metrics.views.words.wording import at, first_up, interval, of_group, people, percent


def outlook_sentence(row: pd.Series, counted: pd.Series, parity: pd.Series, place: str, last: str) -> str:
    """Say where a group's share stands, where it is heading, and whether it reaches its share of all bands."""
    group = row["group"]
    if row["withheld"]:
        return f"{place}: what bands 8a to VSM would look like for {group} cannot be shown: {row['withheld']}."
    now = (
        f"{first_up(at(place))}, {people(counted['numerator'])} of {people(counted['denominator'])} staff in bands 8a "
        f"to VSM were {of_group(group)} in {counted['period']} ({percent(counted['share'])})."
    )
    then = (
        f"If {row['lever']}, it would be about {percent(row['share'])} in {row['period']} "
        f"(95 % of futures: {interval(row['lower'], row['upper'], percent)}), about {people(row['headcount'])} people."
    )
    return f"{now} {then} {parity_words(parity, last)}"


def parity_words(parity: pd.Series, last: str) -> str:
    """Say when a group first reaches its share of all bands, if it does."""
    if parity["withheld"]:
        return ""
    aim = f"Its share of all bands ({percent(parity['target'])})"
    if parity["share"] >= parity["target"]:
        return f"{aim} is reached already."
    often = f"In {percent(parity['chance'], 0)} of futures it is reached in some year up to {last}."
    if pd.isna(parity["year"]):
        return f"{aim} is not reached by expected flows up to {last}. {often}"
    return f"{aim} is reached in {parity['year']:.0f} by expected flows. {often}"


def parity_cell(parity: Any) -> str:
    """Write the year of parity for the table."""
    if parity.withheld:
        return missing_value(parity.withheld).sign
    if parity.share >= parity.target:
        return "reached"
    return "not in these years" if pd.isna(parity.year) else f"{parity.year:.0f}"


def outlook_notes(basis: str, assumptions: FlowAssumptions, aim_years: tuple[int, int], line: str) -> list[str]:
    """Print every assumption."""
    assumed = basis == "assumed"
    rates = (
        f"Rates are assumed, not measured. In a year {percent(assumptions.leaving, 0)} leave, and "
        f"{percent(assumptions.inside, 0)} of vacancies are filled from the band below, all groups alike. Joiners are "
        f"divided as the pay ladder is. As groups are alike already, no lever changes anything: that takes flows."
        if assumed
        else f"Rates of joining, promotion and leaving are {basis} of this organisation, by band and group."
    )
    growth = (
        "Bands keep their size" if assumptions.growth == 0 else f"Bands grow by {percent(assumptions.growth)} a year"
    )
    drawn = "chance alone" if assumed else "chance and what few years leave open about the rates"
    return [
        rates,
        f"{growth}. Vacancies are filled from the top band down. A lever changes who is promoted, leaves or joins, "
        f"never how many.",
        f"The shaded band holds 95 % of {assumptions.runs} simulated futures: {drawn}. It does not hold a change of "
        f"policy, a merger or a new pay scale.",
        f"The dashed line is the Model Employer aim: a straight line from {aim_years[0]} to the group's share of all "
        f"bands in {aim_years[1]}. Only the aim by 2028 is published; the straight line, this share as the target and "
        f"the years are assumptions of this page. {line}",
        "Doctors and dentists are left out: they do not stand on the pay ladder.",
    ]
