import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.between_places.difference_in_differences import (
    difference_in_differences,
    difference_in_differences_of_means,
)
from equity_metrics.change.between_places.panels import ODDS_RATIO, RELATIVE_LIKELIHOOD
from equity_metrics.change.interventions import Intervention

GOLDEN = Path(__file__).parents[2] / "golden"
PANELS = Intervention("Panels", "2023", "Site 0", "2", "higher", smallest_worthwhile=1.2)


def counts(effect=1.0, sites=10, treated=3, shortlisted=2_000, seed=0, common=1.0):
    rng = np.random.default_rng(seed)
    rows = []
    for site in range(sites):
        own = rng.normal(-0.4, 0.3)
        for year in range(2018, 2026):
            after = year >= 2023
            gap = own + after * (np.log(common) + (site < treated) * np.log(effect))
            for group, log_odds in (("White", -2.0), ("BME", -2.0 + gap)):
                appointed = rng.binomial(shortlisted, 1 / (1 + np.exp(-log_odds)))
                rows.append((f"Site {site}", str(year), "2", group, appointed, shortlisted))
    return pd.DataFrame(rows, columns=["organisation", "period", "indicator", "group", "numerator", "denominator"])


def compare(table, ratio=ODDS_RATIO, treated=("Site 0", "Site 1", "Site 2")):
    return difference_in_differences(table, PANELS, "BME", "White", ratio=ratio, treated=treated).iloc[0]


def golden_panel():
    panel = json.loads((GOLDEN / "synthetic_control_panel.json").read_text(encoding="utf-8"))["packs"]
    return pd.DataFrame.from_dict(panel, orient="index", columns=[str(year) for year in range(1970, 2001)])


@pytest.mark.parametrize(("key", "weighted"), [("means", False), ("time_weighted", True)])
def test_proposition_99(key, weighted):
    golden = json.loads((GOLDEN / "difference_in_differences.json").read_text(encoding="utf-8"))
    law = Intervention("Proposition 99", "1989", "California", "packs", "lower")
    row = difference_in_differences_of_means(golden_panel(), law, measure="packs", time_weighted=weighted).iloc[0]
    assert row.effect == pytest.approx(golden[key], abs=golden[f"{key}_tolerance"])
    assert row.observed - row.expected == pytest.approx(row.effect)


def test_a_planted_effect_is_found_although_everywhere_changed():
    row = compare(counts(effect=1.5, common=0.8))
    assert row.lower < 1.5 < row.upper
    assert row.verdict == "changed"
    assert row.expected < row.observed
    assert row.pre_trend_p_value > 0.05


def test_what_changed_everywhere_is_not_an_effect():
    row = compare(counts(common=1.5))
    assert row.lower < 1 < row.upper
    assert row.verdict != "changed"


def test_relative_likelihood_reads_events_that_would_have_been():
    row = compare(counts(effect=0.5), RELATIVE_LIKELIHOOD)
    assert row.measure == "ratio of relative likelihoods"
    assert row.expected == pytest.approx(row.observed / row.effect)


def test_large_numbers_and_no_effect_give_no_meaningful_change():
    assert compare(counts(sites=30, treated=10, shortlisted=20_000)).verdict == "no meaningful change"


def test_a_different_path_before_is_seen():
    table = counts(sites=12, shortlisted=4_000)
    late = table["period"].isin(["2020", "2021", "2022"]) & table["organisation"].isin(["Site 0", "Site 1", "Site 2"])
    table.loc[late & (table["group"] == "BME"), "numerator"] *= 2
    assert compare(table).pre_trend_p_value < 0.05


def test_few_places_are_said_to_be_few_and_two_cannot_tell():
    assert "are few" in compare(counts(sites=5)).assumptions
    alone = compare(counts(sites=2), treated=("Site 0",))
    assert alone.verdict == "cannot tell"
    assert np.isnan(alone.p_value)
    assert "At least two places" in alone.would_change_verdict


def test_a_stranger_is_refused():
    with pytest.raises(ValueError) as refusal:
        compare(counts(), treated=("Site 0", "Oak"))
    assert str(refusal.value) == "treated must be among the places, got: Oak"
