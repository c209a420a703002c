"""Published national values in; the value of every year, marked published or inferred, out."""

from pathlib import Path

import numpy as np
import pandas as pd

YEARS = tuple(range(2017, 2026))
PUBLISHED = Path(__file__).resolve().parents[1] / "samples" / "wres_published.csv"
SERIES = {
    ("2", "white/BME"): ("England", "ratio"),
    ("3", "BME/white"): ("England", "ratio"),
    ("4", "white/BME"): ("England", "ratio"),
    ("1", "BME share of workforce"): ("England", "%"),
    ("1", "BME share VSM"): ("England VSM", "%"),
    ("1", "BME share"): ("England AfC band 5", "%"),
    ("9", "BME share of board"): ("England boards", "%"),
    **{(indicator, group): ("England", "%") for indicator in ("5", "6", "7", "8") for group in ("white", "BME")},
}
SURVEY_2024 = {"5": (23.5, 28.6), "6": (20.7, 24.6), "7": (58.9, 49.5), "8": (6.8, 15.2)}
"""White and BME values of the Staff Survey 2024 (WRES year 2025), as the official national workbook prints them;
those of indicator 6, which it does not print, are pooled from trusts."""
SURVEY_PRINTED = ("5", "7", "8")
LEFT_OUT_2021 = (86.9, 71.2)
"""Indicator 7 with "Don't know" left out, to WRES year 2021; the BME value is the published one of 2020, the
White value is invented."""


def national_values() -> pd.DataFrame:
    """Fill the years between published values along a straight line, and outside them with the nearest.

    Returns
    -------
    DataFrame
        ``indicator, group, year, value, unit, status`` (``published`` or ``inferred``).
    """
    published = pd.read_csv(PUBLISHED, dtype={"indicator": str})
    rows = []
    for (indicator, group), (geography, unit) in SERIES.items():
        known = published[
            (published["indicator"] == indicator)
            & (published["group"] == group)
            & (published["geography"] == geography)
        ].drop_duplicates("wres_year")
        values = dict(zip(known["wres_year"], known["value"].astype(float), strict=True))
        if indicator in SURVEY_2024:
            values[2025] = SURVEY_2024[indicator][group == "BME"]
        if indicator == "7":
            earlier = LEFT_OUT_2021[group == "BME"]
            values = {2017: earlier, 2021: earlier, **{y: v for y, v in values.items() if y > 2021}}
            values[2022] = values.get(2022, values[2025])
        years = sorted(values)
        filled = np.interp(YEARS, years, [values[year] for year in years])
        printed = {*known["wres_year"], *([2025] if indicator in SURVEY_PRINTED else [])}
        status = ["published" if year in printed else "inferred" for year in YEARS]
        rows += [(indicator, group, y, round(v, 4), unit, s) for y, v, s in zip(YEARS, filled, status, strict=True)]
    return pd.DataFrame(rows, columns=["indicator", "group", "year", "value", "unit", "status"])


def value_of(values: pd.DataFrame, indicator: str, group: str) -> np.ndarray:
    """Values of one series, 2017 to 2025."""
    rows = values[(values["indicator"] == indicator) & (values["group"] == group)]
    return rows.sort_values("year")["value"].to_numpy()
