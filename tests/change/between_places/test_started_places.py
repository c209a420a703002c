"""From monthly counts and each place's own start to the panel and the effects by time since."""

import pandas as pd
import pytest

from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.change.between_places.panels import ODDS_RATIO
from equity_metrics.change.between_places.started_places import event_times, started_panel

STARTS = (("P0", "2021-04"), ("P1", "2021-06"), ("P2", "2022-10"))
TRIED = Intervention("Panels", "2021-04", "Three places", "2", "higher", starts=STARTS)
MONTHS = [str(month) for month in pd.period_range("2020-04", "2023-03", freq="M")]


def counts(periods, raised=0):
    first = dict(STARTS)
    rows = [
        (f"P{place}", period, "2", group, 20 + place + (raised if group == "BME" and period >= start else 0), 100)
        for place in range(6)
        for period in periods
        for group in ("White", "BME")
        for start in [first.get(f"P{place}", "9999")]
    ]
    columns = ["organisation", "period", "indicator", "group", "numerator", "denominator"]
    return pd.DataFrame(rows, columns=columns).assign(level="organisation", grouping="White / BME", source="Synthetic")


def test_months_become_half_years_and_a_start_inside_one_counts_from_its_beginning():
    panel, starts = started_panel(counts(MONTHS), TRIED, ODDS_RATIO)
    assert panel.shape == (6, 6)
    assert starts == {"P0": "2021-22 H1", "P1": "2021-22 H1", "P2": "2022-23 H2"}
    assert panel.to_numpy() == pytest.approx(0)


def test_years_stay_years():
    by_year = Intervention("Panels", "2022", "Two places", "2", "higher", starts=(("P0", "2022"), ("P1", "2023")))
    panel, starts = started_panel(counts([str(year) for year in range(2019, 2026)]), by_year, ODDS_RATIO)
    assert panel.columns.tolist() == [str(year) for year in range(2019, 2026)]
    assert starts == {"P0": "2022", "P1": "2023"}


def test_a_rise_at_each_start_is_a_ratio_above_one_from_then_on():
    times = event_times(*started_panel(counts(MONTHS, raised=10), TRIED, ODDS_RATIO)).set_index("since")
    assert -1 not in times.index
    assert times.loc[:-2, "ratio"].to_numpy() == pytest.approx(1)
    assert times.loc[1:, "ratio"].min() > 1.5
    assert (times["lower"] <= times["ratio"]).all()
