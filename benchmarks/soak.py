"""Drive one explorer through 2,000 changes, in a kernel and in a browser: memory stays flat, the last picture is right.

python benchmarks/soak.py
python benchmarks/soak.py --changes 200 --no-browser     # a quick look
"""

import argparse
import gc
import random
import shutil
import sys
import tempfile
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright
from tqdm import tqdm

from bench_browser import FLAGS, MOVE, drawn, lab, opened
from equity_metrics import FairComparisonExplorer, read_wres_return, release, roll_ups, sample
from equity_metrics.views.explorer import Explorer

LOOKS = 8
"""How often memory is looked at."""
MIB = 1024**2


def main() -> None:
    """Print memory as the changes go on, and say whether the last picture is the right one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=2_000)
    parser.add_argument("--no-browser", action="store_true")
    asked = parser.parse_args()
    print("| changes |" + "".join(f" {asked.changes * n // LOOKS:,} |" for n in range(1, LOOKS + 1)))
    print("|---" * (LOOKS + 1) + "|")
    print(_row("kernel, MiB", in_kernel(asked.changes)))
    if not asked.no_browser:
        print(_row("page's own memory, MiB", in_browser(asked.changes)))


def in_kernel(changes: int) -> list[float]:
    """Change controls at random; return the process's memory, in bytes, after each eighth of the changes."""
    explorer, again = _explorers()
    explorer._repr_mimebundle_()
    explorer._page.drawn = True
    drawn_from = random.Random(1)
    memory = []
    for change in tqdm(range(1, changes + 1), desc="Kernel", file=sys.stderr):
        control = explorer._controls[drawn_from.choice(["organisation", "indicator", "grouping", "period", "group"])]
        options = [option[1] if isinstance(option, tuple) else option for option in control.options]
        control.value = drawn_from.choice(options)
        if change % (changes // LOOKS) == 0:
            gc.collect()
            memory.append(psutil.Process().memory_info().rss)
    for name, control in explorer._controls.items():
        again._controls[name].value = control.value
    if again.answer.sentence != explorer.answer.sentence:
        raise AssertionError("the last sentence is not what a new explorer says of the same choice")
    seen, wanted = ([trace.to_plotly_json() for trace in f.data] for f in (explorer.picture, again.answer.figure))
    if str([{k: v for k, v in trace.items() if k != "uid" and v is not None} for trace in seen]) != str(wanted):
        raise AssertionError("the last picture is not what a new explorer draws for the same choice")
    return memory


def in_browser(changes: int) -> list[float]:
    """Move a control of a live page; return the page's memory, in bytes, after each eighth of the changes."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, address = lab(Path(folder))
        try:
            flags = [*FLAGS, "--enable-precise-memory-info", "--js-flags=--expose-gc"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
            page = browser.new_page(viewport={"width": 1280, "height": 2400})
            opened(page, address)
            return _moved(page, changes)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _moved(page: Page, changes: int) -> list[float]:
    memory = []
    for change in tqdm(range(1, changes + 1), desc="Browser", file=sys.stderr):
        page.evaluate(MOVE, [1, change % 35])
        if change % (changes // LOOKS) == 0:
            page.wait_for_timeout(1_000)
            memory.append(page.evaluate("() => { gc(); return performance.memory.usedJSHeapSize; }"))
    page.wait_for_timeout(1_000)
    chosen = page.evaluate("document.querySelector('.em-explorer select').selectedOptions[0].label")
    chosen = chosen.replace("\xa0", " ")
    told = page.inner_text(".em-explorer .em-sentence")
    if chosen not in told or not drawn(page, 1):
        raise AssertionError(f"the last sentence must be of {chosen}, got: {told}")
    return memory


def _explorers() -> tuple[Explorer, Explorer]:
    counts = read_wres_return(sample("wres_returns_synthetic.csv.gz"))
    few = sorted(counts["organisation"].unique())[:5]
    counts = counts[counts["organisation"].isin(few) & counts["indicator"].isin(["2", "3"])]
    released = release(roll_ups(counts))
    return FairComparisonExplorer(released), FairComparisonExplorer(released)


def _row(name: str, memory: list[float]) -> str:
    return f"| {name} |" + "".join(f" {used / MIB:.0f} |" for used in memory)


if __name__ == "__main__":
    main()
