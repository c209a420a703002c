"""What a board waits for until something is drawn, beside a bare page of voila with one FigureWidget.

What opens first is the list of questions; a page with numbers is one click away. Each has its own line.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

from side_by_side import Line, side_by_side

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
FLAGS = ["--no-sandbox", "--disable-gpu"]
FIRST = "00_start_here.ipynb"
LINKS, PICTURE = "main nav a", ".js-plotly-plot .main-svg"
BARE = "import plotly.graph_objects as go\ngo.FigureWidget(go.Scatter(x=[1, 2, 3], y=[2, 1, 3]))"
AGAINST = "bare voila page with one FigureWidget"


def first_paint(runs: int = 5) -> list[Line]:
    """Serve our pages and a bare one, open them in turn, and compare the times until something is drawn."""
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        shutil.copytree(NOTEBOOKS, folder / "notebooks")
        cells = [nbformat.v4.new_code_cell(BARE)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "bare.ipynb")
        servers: list[subprocess.Popen[bytes]] = []
        try:
            ours = served(folder, ["equity_metrics.cli", "present", "--no-browser"], servers)
            bare = served(folder, ["voila", "bare.ipynb", "--Voila.ip=127.0.0.1", "--token", "--no-browser"], servers)
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            # Each server wants its token once; afterwards the browser keeps a cookie for it.
            page.goto(ours)
            theirs = drawn(page, bare, PICTURE)
            question = drawn(page, f"{ours.split('?')[0]}voila/render/{FIRST}", PICTURE)
            return [
                side_by_side(
                    "first thing drawn, list of questions", AGAINST, (drawn(page, ours, LINKS), theirs), 1.2, runs
                ),
                side_by_side("first picture drawn, first question", AGAINST, (question, theirs), 1.2, runs),
            ]
        finally:
            for server in servers:
                server.terminate()
                server.wait(timeout=20)


def drawn(page: Page, address: str, part: str) -> Callable[[], object]:
    """Make what is timed: open an address, and wait until a part is to be seen."""

    def opened() -> None:
        page.goto(address, wait_until="commit", timeout=300_000)
        page.wait_for_selector(part, timeout=300_000)

    return opened


def served(folder: Path, module: list[str], servers: list[subprocess.Popen[bytes]]) -> str:
    """Start a server and note it; return its address with the token."""
    log = folder / f"{module[0]}.log"
    with log.open("wb") as handle:
        servers.append(
            subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=folder,
                stdout=handle,
                stderr=handle,
                env={**os.environ, "BROWSER": "true"},
            )
        )
    for _ in range(300):
        found = re.search(r"http://127\.0\.0\.1:\d+/\S*token=\w+", log.read_text())
        if found:
            return found.group()
        time.sleep(0.2)
    raise RuntimeError(f"{module[0]} must start, got: {log.read_text()[-500:]}")
