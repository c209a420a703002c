"""Small released tables that the tests of views share."""

import pandas as pd
import pytest

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.counts import check_counts
from equity_metrics.sources.workforce_totals import add_workforce_totals

DEFINITIONS = {"2020": "Don't know left out", "2021": "Don't know left out"}


def _rows(place: str, year: str, size: int) -> list[tuple]:
    rates = {
        "2": ((300, 60), (200, 24)),
        "3": ((4200, 38), (1300, 21)),
        "4": ((4200, 2100), (1300, 600)),
        "5": ((900, 210), (300, 85)),
        "6": ((900, 180), (300, 74)),
        "7": ((900, 530), (300, 148)),
        "8": ((900, 61), (300, 46)),
    }
    rows = []
    for indicator, ((n0, x0), (n1, x1)) in rates.items():
        definition = DEFINITIONS.get(year, "Don't know in the base") if indicator == "7" else ""
        for group, x, n in (("White", x0, n0), ("BME", x1, n1), ("Not known", 0, 12)):
            rows.append((place, year, indicator, group, "", definition, x // size, n // size))
    for band, white, bme in (("5", 2200, 900), ("8a", 300, 40), ("VSM", 30, 2)):
        rows += [
            (place, year, "1", g, band, "", x // size, (white + bme) // size)
            for g, x in (("White", white), ("BME", bme))
        ]
    rows += [(place, year, "9", g, "All members", "", x, 14) for g, x in (("White", 13), ("BME", 1))]
    return rows


@pytest.fixture(scope="session")
def counts() -> pd.DataFrame:
    """Return counts of two organisations, three years and all nine indicators, White / BME."""
    columns = ["organisation", "period", "indicator", "group", "band", "definition", "numerator", "denominator"]
    rows = [r for y in ("2020", "2021", "2022") for p, s in (("Alder", 1), ("Birch", 30)) for r in _rows(p, y, s)]
    table = pd.DataFrame(rows, columns=columns).assign(grouping="White / BME", level="organisation", source="Synthetic")
    return add_workforce_totals(check_counts(table))


@pytest.fixture(scope="session")
def released(counts) -> pd.DataFrame:
    """Return the same after release, with all organisations together."""
    tables = roll_ups(counts)
    places = [table[table["organisation"] == place] for table in tables for place in table["organisation"].unique()]
    # Each released by itself: these tests look at how cells are shown, and not at which are withheld beside others.
    return pd.concat([release(place) for place in places], ignore_index=True)
