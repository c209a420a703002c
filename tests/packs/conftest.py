"""What the tests of every format share: answers as explorers show them, and where they come from."""

import os
import shutil

import pytest

from equity_metrics import WresExplorer, read_wres_return, release, roll_ups
from equity_metrics.packs.provenance import Provenance, input_file


@pytest.fixture(scope="session")
def wres_explorer(samples):
    counts = read_wres_return(samples / "wres_return_synthetic_one_organisation.csv")
    return WresExplorer(release(roll_ups(counts)))


@pytest.fixture(scope="session")
def answers(wres_explorer):
    """Return a ratio, a ratio of which one is withheld, a gap, and shares of a board."""
    made = []
    for indicator in ("2", "3", "5", "9"):
        wres_explorer.indicator = indicator
        made.append(wres_explorer.answer)
    return tuple(made)


@pytest.fixture(scope="session")
def provenance(samples):
    file = input_file(samples / "wres_return_synthetic_one_organisation.csv", rows=100)
    return Provenance((file,), "0.1.0", {"organisation": "Bramwell Hospitals"}, "WRES year 2025", True, "2026-11-23")


@pytest.fixture(scope="session")
def chromium():
    """Return the path of Chromium; skip, or under CI fail, with a sentence where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path:
        return path
    sentence = "Chromium was not found, so no picture was drawn: install it with apt-get install chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture
def no_chromium(monkeypatch):
    """Hide Chromium from what draws pictures."""
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
