"""What a moved control costs in a browser, from the press to the changed picture.

One JupyterLab, one notebook, three ways in turn: our explorer; a new go.Figure shown in an Output by interact, with the
same answer; and a bare FigureWidget of the same picture whose points are moved without an answer.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright
from tqdm import tqdm

from equity_metrics.cli import JUPYTER_CONFIG
from side_by_side import Line

FLAGS = ["--no-sandbox", "--disable-gpu"]
WAYS = {
    "our explorer": "display(explorer)",
    "interact and a new go.Figure": """
out = interact(
    lambda Organisation: display(fair_comparison_answer(
        released[released["organisation"] == Organisation], replace(choice, organisation=Organisation)
    ).figure),
    Organisation=places,
)""",
    "bare FigureWidget": """
bare = go.FigureWidget(go.Figure(explorer.answer.figure))
values = [[] if trace.x is None else list(trace.x) for trace in bare.data]
def moved(change):
    more = places.index(change["new"]) / 100
    with bare.batch_update():
        for trace, x in zip(bare.data, values):
            trace.x = [v + more if isinstance(v, float) else v for v in x]
control = widgets.Dropdown(description="Organisation", options=places)
control.observe(moved, "value")
display(widgets.VBox([control, bare]))""",
}
FIRST = """
from dataclasses import replace
import ipywidgets as widgets
import plotly.graph_objects as go
from ipywidgets import interact
from equity_metrics import FairComparisonExplorer, read_wres_return, release, sample
from equity_metrics.views.fair_comparison.answers import fair_comparison_answer
from equity_metrics.views.fair_comparison.choice import FairChoice
counts = read_wres_return(sample("wres_returns_synthetic.csv.gz"))
counts = counts.query("indicator == '2' and period == '2025' and grouping == 'Workforce categories'")
released = release(counts)
explorer = FairComparisonExplorer(released)
places = list(explorer._controls["organisation"].options)
choice = FairChoice(places[0], "2", explorer.grouping, explorer.group, explorer.reference, explorer.period)
"""
MOVE = """
([cell, place]) => new Promise((told, failed) => {
  const area = document.querySelectorAll(".jp-CodeCell")[cell];
  const points = () => [...area.querySelectorAll(".js-plotly-plot .scatterlayer")].map(x => x.outerHTML).join();
  const select = area.querySelector("select");
  const before = points();
  const start = performance.now();
  const late = setTimeout(() => failed(new Error("the picture did not change")), 20000);
  const look = () => {
    const now = points();
    if (now && now !== before) { clearTimeout(late); told(performance.now() - start); }
    else requestAnimationFrame(look);
  };
  select.selectedIndex = place;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  look();
})
"""


def control_in_browser(moves: int = 50) -> list[Line]:
    """Open JupyterLab, move each control in turn, and compare the 95th percentiles."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, address = lab(Path(folder))
        try:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 2400})
            opened(page, address)
            times = measured(page, moves)
        finally:
            server.terminate()
            server.wait(timeout=20)
    late = {name: statistics.quantiles(taken, n=20)[-1] / 1000 for name, taken in times.items()}
    note = "; ".join(f"{name}: median {statistics.median(taken):.0f} ms" for name, taken in times.items())
    what, (ours, new, bare) = f"one control moved in a browser, 95th percentile of {moves}", WAYS
    return [
        Line(what, new, late[ours], late[new], 0.5, moves, note),
        Line(what, bare, late[ours], late[bare], 1.25, moves),
    ]


def lab(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start JupyterLab on a notebook that holds the three ways; return it and its address with the token."""
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (FIRST, *WAYS.values())]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "control.ipynb")
    log = folder / "server.log"
    command = [sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", "--no-browser", "--allow-root"]
    # The settings of `equity-metrics lab`: no dialogue covers the notebook.
    settings = {**os.environ, "JUPYTER_CONFIG_PATH": str(JUPYTER_CONFIG), "JUPYTER_PLATFORM_DIRS": "1"}
    with log.open("wb") as handle:
        server = subprocess.Popen(command, cwd=folder, stdout=handle, stderr=handle, env=settings)
    for _ in range(300):
        found = re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", log.read_text())
        if found:
            return server, found.group().replace("/lab?", "/lab/tree/control.ipynb?reset&")
        time.sleep(0.2)
    server.terminate()
    raise RuntimeError(f"JupyterLab must start, got: {log.read_text()[-500:]}")


def opened(page: Page, address: str) -> None:
    """Open the notebook, run it, and wait until all its pictures are drawn."""
    page.goto(address)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=60_000)
    page.wait_for_timeout(3_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    for _ in range(240):
        if all(drawn(page, cell) for cell in range(1, len(WAYS) + 1)):
            break
        page.wait_for_timeout(500)
    page.wait_for_timeout(3_000)


def drawn(page: Page, cell: int) -> bool:
    """Tell whether a cell shows a picture."""
    return page.locator(".jp-CodeCell").nth(cell).locator(".js-plotly-plot .main-svg").count() > 0


def measured(page: Page, moves: int) -> dict[str, list[float]]:
    """Move the first control of each way in turn; the first move of each only warms up."""
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for move in tqdm(range(moves + 1), desc="Moving controls", file=sys.stderr):
        for cell, name in enumerate(WAYS, start=1):
            taken = page.evaluate(MOVE, [cell, (move + 1) % 35])
            page.wait_for_timeout(300)
            if move:
                times[name].append(taken)
    return times
