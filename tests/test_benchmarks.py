"""Each program under benchmarks runs in a quick mode, and its judge of results can tell a miss from a hit."""

import importlib
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"
DOCS = FOLDER.parent / "docs"
PROGRAMS = sorted(FOLDER.glob("*.py"))
QUICK = ("change_speeds", "interrupted_series", "synthetic_control")


@pytest.fixture(autouse=True)
def beside_each_other(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))


@pytest.fixture
def pages():
    return importlib.import_module("calibration_pages")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_program_can_be_imported(path):
    assert importlib.import_module(path.stem).__doc__


@pytest.mark.parametrize("name", QUICK)
def test_a_quick_look_prints_and_writes_nothing(name, capsys):
    before = {path: path.read_bytes() for path in DOCS.glob("*.md")}
    importlib.import_module(name).main(["--runs", "20"])
    assert re.search(r"\d", capsys.readouterr().out)
    assert {path: path.read_bytes() for path in DOCS.glob("*.md")} == before


def test_a_quick_bench_prints_ratios_beside_their_goals_and_writes_nothing(capsys, tmp_path):
    before = {path: path.read_bytes() for path in DOCS.glob("*.md")}
    history = tmp_path / "history.json"
    quick = ["--only", "indicators", "--scale", "0.002", "--runs", "1", "--json", str(history)]
    importlib.import_module("bench").main(quick)
    assert re.search(r"\| bare DuckDB group-bys \| .* \| 1\.30 \| (reached|missed) \|", capsys.readouterr().out)
    (line,) = json.loads(history.read_text(encoding="utf-8"))
    assert line["ratio"] == pytest.approx(line["ours"] / line["theirs"])
    assert line["reached"] == (line["ratio"] <= line["goal"])
    assert {path: path.read_bytes() for path in DOCS.glob("*.md")} == before


def test_a_quick_calibration_runs_one_cell_of_every_section(capsys, monkeypatch):
    calibration = importlib.import_module("calibration")
    first = {
        title: section._replace(cells=lambda cells=section.cells: cells()[:1])
        for title, section in calibration.SECTIONS.items()
    }
    monkeypatch.setattr(calibration, "SECTIONS", first)
    before = {path: path.read_bytes() for path in DOCS.glob("calibration*.md")}
    calibration.main(["--runs", "3"])
    printed = capsys.readouterr().out
    assert all(f"## {title}" in printed for title in first)
    assert {path: path.read_bytes() for path in DOCS.glob("calibration*.md")} == before


def test_committed_pages_hold_every_section_and_the_overview_is_made_from_them(pages):
    calibration = importlib.import_module("calibration")
    bodies = {}
    for page in calibration.HEADERS:
        bodies |= pages.sections((DOCS / page).read_text(encoding="utf-8"))
    tables = {title: pages.table_of(bodies[title]) for title in calibration.SECTIONS}
    front = calibration.FRONT + pages.summary(tables, calibration.SECTIONS)
    assert (DOCS / "calibration.md").read_text(encoding="utf-8") == front
    for title, cells in ((title, section.cells()) for title, section in calibration.SECTIONS.items()):
        assert len(tables[title]) == len(cells)


@pytest.mark.parametrize(
    ("wrong", "coverage", "misses"),
    [
        ("5.9 ± 0.5", "95.0 ± 0.4", 0),
        ("6.1 ± 0.5", "95.0 ± 0.4", 1),
        ("6.1 ± 0.5", "92.0 ± 0.4", 2),
        ("0.0 ± 0.0", "92.7 ± 0.4", 0),
        ("0.0 ± 0.0", "none made", 0),
    ],
)
def test_a_target_holds_within_two_monte_carlo_errors(pages, wrong, coverage, misses):
    section = pages.Section("page.md", list, ("false positives %",), "coverage %", 5.5, "a warning")
    table = pd.DataFrame(
        {"length": ["9 years"], "runs": ["10"], "false positives %": [wrong], "coverage %": [coverage]}
    )
    found = pages.missed(pages.table_of(pages.markdown(table)), section)
    assert len(found) == misses
    assert all(sentence.startswith("length: 9 years: ") for sentence in found)


def test_the_calibration_of_few_events_judges_as_the_library_does():
    judge = importlib.import_module("calibration_events")
    from equity_metrics.change.before_after.conditional_events import exact_ratio

    possible = np.arange(0.0, 31.0)
    weights = -((possible - 14) ** 2) / 15
    for observed in (4.0, 9.0, 14.0, 22.0, 30.0):
        _, lower, upper, p_value = exact_ratio(possible, weights / 2, observed, 0.95)
        assert judge.excluded(possible, weights, observed, 1.0, 2.0) == (p_value <= 0.05)
        for truth in (0.5, 1.5, 4.0):
            assert judge.excluded(possible, weights, observed, truth, 2.0) == (not lower**2 <= truth <= upper**2)


def test_the_calibration_of_few_events_draws_from_the_library_s_distribution():
    from equity_metrics.change.before_after.conditional_events import events_after_given_all
    from equity_metrics.change.before_after.event_tests import beyond_chance, independence
    from equity_metrics.change.before_after.paired_series import PairedSeries
    from equity_metrics.change.before_after.segments import segmented_basis
    from equity_metrics.change.trends.gap_models import RATE_GAP

    judge = importlib.import_module("calibration_events")
    rng = np.random.default_rng(8)
    times, people = np.arange(9), np.full(9, 1000.0)
    after = times >= 6
    own, others = rng.poisson(2.0, (30, 9)).astype(float), rng.poisson(6.0, (30, 9)).astype(float)
    level = segmented_basis(times, after, trend=False).columns
    checks = independence(RATE_GAP.fit(own, people, others, 4 * people, level).errors)
    refused = []
    for events, other_events in zip(own, others, strict=True):
        series = PairedSeries(times, after, "year", events, people, other_events, 4 * people)
        possible, weights = events_after_given_all(series, RATE_GAP)
        both = events + other_events
        mine, my_weights = judge.ways(both[~after].sum(), both[after].sum(), events.sum())
        assert mine == pytest.approx(possible)
        assert my_weights - my_weights[0] == pytest.approx(weights - weights[0])
        refused.append(bool(beyond_chance(series, RATE_GAP)))
    assert (checks.rough | checks.following).tolist() == refused
    assert 0 < sum(refused) < 30


def test_an_extrapolated_line_without_noise_has_the_effect_and_no_error():
    today = importlib.import_module("calibration_today")
    after = np.arange(12) >= 8
    line = 2 + 0.1 * np.arange(12) + np.where(after, 0.5, 0.0)
    mean, half, _ = today.extrapolated(line[None, :], after)
    assert mean == pytest.approx([0.5])
    assert half == pytest.approx([0.0], abs=1e-9)


def test_a_structural_forecast_of_one_period_has_the_error_that_statsmodels_gives():
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    today = importlib.import_module("calibration_today")
    rng = np.random.default_rng(3)
    values, reference = rng.normal(0, 0.2, 31).cumsum() + rng.normal(0, 0.2, 31), rng.normal(size=31)
    size, error = today.structural(values, reference, np.arange(31) >= 30)
    fitted = UnobservedComponents(values[:30], "local level", exog=reference[:30]).fit(disp=False)
    forecast = fitted.get_forecast(1, exog=reference[30:])
    assert size == pytest.approx(values[30] - forecast.predicted_mean[0])
    assert error == pytest.approx(forecast.se_mean[0])
