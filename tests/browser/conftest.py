"""A real JupyterLab, a real server of pages and a real Chromium for the tests of this folder."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_cache_path
from playwright.sync_api import sync_playwright

from equity_metrics.cubes.kept_release import FOLDER

REPOSITORY = Path(__file__).resolve().parents[2]
ARTEFACTS = REPOSITORY / "artefacts"
# All servers share what was released before: finding out what to withhold takes a minute.
KEPT = Path(os.environ.get(FOLDER) or user_cache_path("equity_metrics", appauthor=False))
# Without these flags Chromium asks the network for things of its own.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium; skip, or under CI fail, with a sentence where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path:
        return path
    sentence = "Chromium was not found, so no page was opened: install it with apt-get install chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Start the project's own `equity-metrics lab` on a copy of the notebooks; return its address with the token."""
    yield from _served(tmp_path_factory, ["lab"], r"http://127\.0\.0\.1:\d+/lab/tree/\S*token=\w+")


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Start the project's own `equity-metrics present`; return the address of its first page with the token."""
    yield from _served(tmp_path_factory, ["present", "--no-browser"], r"http://127\.0\.0\.1:\d+/\S*token=\w+")


def _served(tmp_path_factory, command: list[str], address: str):
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(REPOSITORY / "notebooks", folder / "notebooks")
    home = tmp_path_factory.mktemp("home")
    log = folder / "server.log"
    environment = {**os.environ, "HOME": str(home), "BROWSER": "true", "JUPYTER_PLATFORM_DIRS": "1", FOLDER: str(KEPT)}
    with log.open("w") as handle:
        server = subprocess.Popen(
            [sys.executable, "-m", "equity_metrics.cli", *command],
            cwd=folder,
            env=environment,
            stdout=handle,
            stderr=handle,
        )
    try:
        yield _address(log, server, address)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _address(log: Path, server: subprocess.Popen, address: str) -> str:
    for _ in range(600):
        found = re.search(address, log.read_text())
        if found:
            return found.group()
        if server.poll() is not None:
            break
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


@pytest.fixture
def page(chromium):
    """Open an empty page of 1280 × 720, a projector's size."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser.new_page(viewport={"width": 1280, "height": 720})
        browser.close()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Return the folder for screenshots; never committed."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS
