import numpy as np
import pandas as pd
import pytest

from change.paired_counts_examples import panels, two_groups
from equity_metrics.change.between_places.panels import ODDS_RATIO, RELATIVE_LIKELIHOOD
from equity_metrics.change.between_places.regression_to_the_mean import expected_rebounds


def year(events, others, people=300, other_people=1500):
    tables = [
        two_groups(own, people, other, other_people, ["2024"], where="Exampleshire" if site == 0 else f"Peer {site}")
        for site, (own, other) in enumerate(zip(events, others, strict=True))
    ]
    return pd.concat(tables, ignore_index=True)


def rebound_of(counts, ratio=RELATIVE_LIKELIHOOD):
    return expected_rebounds(counts, panels("2025"), "BME", "White", chosen_for="2024", ratio=ratio).iloc[0]


def test_where_sites_differ_by_chance_alone_the_whole_difference_is_gone():
    found = rebound_of(year([40, *[20] * 12], [100] * 13))
    assert found["reliability"] == 0
    assert found["expected"] == pytest.approx(found["peers_ratio"])
    assert found["rebound"] == pytest.approx(found["peers_ratio"] / found["observed"])


def test_where_sites_truly_differ_most_of_it_stays():
    events = [4000, *np.linspace(500, 5000, 12).astype(int)]
    found = rebound_of(year(events, [10_000] * 13, people=30_000, other_people=150_000), ODDS_RATIO)
    assert found["reliability"] > 0.95
    assert found["rebound"] == pytest.approx(1, abs=0.02)


def test_the_rebound_of_the_extreme_site_is_right_on_average():
    random = np.random.default_rng(21)
    missed, covered = [], []
    for _ in range(80):
        truth = 1.2 * np.exp(random.normal(0, 0.25, 30))
        this, following = (random.poisson(24 * truth) for _ in range(2))
        others, later = (random.poisson(100, 30) for _ in range(2))
        highest = (this / others).argmax()
        order = [highest, *np.delete(np.arange(30), highest)]
        found = rebound_of(year(this[order], others[order]))
        seen = (following[highest] + 0.5) / (this[highest] + 0.5) / (later[highest] / others[highest])
        missed.append(np.log(seen) - np.log(found["rebound"]))
        covered.append(found["lower"] < seen < found["upper"])
    assert np.mean(missed) == pytest.approx(0, abs=0.06)
    assert np.mean(covered) > 0.9


def test_four_peers_are_too_few():
    with pytest.raises(ValueError) as refused:
        rebound_of(year([40, 20, 20, 20, 20], [100] * 5))
    assert str(refused.value) == "counts must hold at least 5 peers in 2024, got: 4"
