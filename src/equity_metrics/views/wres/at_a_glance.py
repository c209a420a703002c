"""Released counts of one organisation in; one table of the nine indicators, this year beside the year before, out."""

from typing import Any

import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF_GROUPS
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.comparisons import RELATIVE_LIKELIHOOD
from equity_metrics.views.drawing.verdict_signs import verdict_words
from equity_metrics.views.words.missing_values import value_words
from equity_metrics.views.words.wording import band_words, interval, points, times
from equity_metrics.views.wres.compared import compared_as_published

BANDS_SHOWN = ("8a", "VSM", "All members")


def at_a_glance(
    released: pd.DataFrame, organisation: str, period: str, group: str = "BME", reference: str = "White"
) -> pd.DataFrame:
    """Lay out the nine WRES indicators of one organisation, each as WRES publishes it.

    Parameters
    ----------
    released
        Counts after ``release``.
    organisation, period
        Whose indicators, and of which WRES year.
    group, reference
        Who is compared with whom.

    Returns
    -------
    DataFrame
        One row an indicator (for representation one a band), in words: what is compared, the value, its interval,
        the value of the year before, and the verdict. No traffic light: a colour says less.
    """
    place = released[(released["organisation"] == organisation) & (released["grouping"] == _grouping(released, group))]
    if "staff_group" in place.columns:
        place = place[(place["indicator"] != "1") | place["staff_group"].isin(["", ALL_STAFF_GROUPS])]
    now, before = (_compared(place[place["period"] == p], group, reference) for p in (period, str(int(period) - 1)))
    last = {(row.indicator, row.band): (row.shown, row.definition) for row in before.itertuples()}
    return pd.DataFrame(
        {
            "Indicator": [_name(row) for row in now.itertuples()],
            "Compared": now["heading"],
            period: now["shown"],
            "95 % interval": now["limits"],
            str(int(period) - 1): [_year_before(row, last) for row in now.itertuples()],
            "What can be said": [_claim(row) for row in now.itertuples()],
        }
    ).reset_index(drop=True)


def _grouping(released: pd.DataFrame, group: str) -> str:
    return released.loc[released["group"] == group, "grouping"].iloc[0]


def _compared(rows: pd.DataFrame, group: str, reference: str) -> pd.DataFrame:
    compared = compared_as_published(rows, reference)
    if compared.empty:
        return pd.DataFrame(columns=["indicator", "band", "definition", "shown"])
    compared = compared[(compared["group"] == group) & compared["band"].isin(["", *BANDS_SHOWN])].sort_values(
        "indicator"
    )
    write = [times if measure == RELATIVE_LIKELIHOOD else _points for measure in compared["measure"]]
    return compared.assign(
        shown=[value_words(r.value, r.withheld, w) for w, r in zip(write, compared.itertuples(), strict=True)],
        limits=[interval(r.lower, r.upper, w) for w, r in zip(write, compared.itertuples(), strict=True)],
    )


def _year_before(row: Any, last: dict[tuple[str, str], tuple[str, str]]) -> str:
    """Value of the year before, unless the question's base was another one then."""
    shown, definition = last.get((row.indicator, row.band), ("none", row.definition))
    return shown if definition == row.definition else "another definition"


def _points(value: float) -> str:
    return f"{points(value)} points"


def _name(row: Any) -> str:
    band = f", {band_words(row.band)}" if row.band else ""
    return f"{row.indicator}. {INDICATORS[row.indicator].name}{band}"


def _claim(row: Any) -> str:
    if row.withheld:
        return f"not shown: {row.withheld}"
    if INDICATORS[row.indicator].form == "9":
        return f"full count: {row.persons}"
    if INDICATORS[row.indicator].form == "1":
        return "full count"
    return verdict_words(row.verdict, row.against, row.group, row.reference)
