"""Run the benchmarks of counting, interaction and starting; print one table, ratios side by side in one run.

The parts named browser and paint need Chromium.

    make bench
    python benchmarks/bench.py --only memory start        # some parts
    python benchmarks/bench.py --scale 0.01 --runs 1      # a quick look; writes nothing
    python benchmarks/bench.py --json history.json        # and keep the figures

Times depend on the machine; each ratio is taken in one run, both ways in turn, on the same data made from a seed.
"""

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pandas as pd
import plotly.graph_objects as go
from tqdm import tqdm

from bench_browser import control_in_browser
from bench_in_memory import rates_and_ratios
from bench_interaction import control_moved
from bench_records import SIZES_COUNTED, all_indicators, counted_by_size
from bench_start import imported, validated
from equity_metrics.packs.pictures import described_svg, pictures
from first_paint import first_paint
from side_by_side import Line, markdown
from why_missed import why_missed

DOCS = Path(__file__).parents[1] / "docs"
PAGE, PICTURE = DOCS / "benchmarks.md", DOCS / "cost_by_size.svg"
FRONT = """# How fast it is

Made by `make bench`; do not edit. Medians, both ways in turn in one run; a ratio of 1/100 is a hundred times as fast.
A goal that is missed says so. Times of tests of interventions are in [benchmarks_change.md](benchmarks_change.md).

![Seconds against rows counted, ours and DuckDB alone, as in the table](cost_by_size.svg)

"""


def parts(folder: Path, runs: int, scale: float) -> dict[str, Callable[[], list[Line]]]:
    """Name each part, so that it can be run alone."""
    return {
        "start": lambda: [imported(runs), validated(min(runs, 3))],
        "memory": lambda: [rates_and_ratios(runs, int(1_000_000 * scale))],
        "interaction": lambda: control_moved(folder, runs, int(50_000_000 * scale)),
        "indicators": lambda: [all_indicators(folder, runs, scale)],
        "sizes": lambda: counted_by_size(folder, runs, [int(rows * scale) for rows in SIZES_COUNTED]),
        "browser": lambda: control_in_browser(10 * runs),
        "paint": lambda: first_paint(runs),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the page unless it was only a quick look or some parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        offered = parts(Path(folder), asked.runs, asked.scale)
        chosen = asked.only or list(offered)
        lines = [line for name in tqdm(chosen, desc="Benchmarks", file=sys.stderr) for line in offered[name]()]
    machine = (
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}, pandas {pd.__version__}; {asked.runs} runs."
    )
    page = f"{markdown(lines)}\n{machine}\n{why_missed(lines)}"
    print(page)
    if asked.json:
        asked.json.write_text(json.dumps([line.as_json() for line in lines], indent=1) + "\n", encoding="utf-8")
    if not asked.only and asked.scale == 1:
        PAGE.write_text(FRONT + page, encoding="utf-8")
        PICTURE.write_text(cost_by_size(lines), encoding="utf-8")


def cost_by_size(lines: Sequence[Line]) -> str:
    """Draw what counting costs against how many rows are counted, on two log axes, as SVG."""
    counted = [line for line in lines if line.what.endswith("rows counted")]
    rows = [int(line.what.split()[0].replace(",", "")) for line in counted]
    ways = {"count_records": [line.ours for line in counted], "DuckDB alone": [line.theirs for line in counted]}
    figure = go.Figure(
        [go.Scatter(x=rows, y=seconds, name=name, mode="lines+markers") for name, seconds in ways.items()]
    )
    figure.update_layout(template="simple_white", width=760, height=420, font={"family": "Arial", "size": 14})
    figure.update_xaxes(type="log", title="rows", dtick=1)
    figure.update_yaxes(type="log", title="seconds", dtick=1)
    (drawn,) = pictures([figure], "svg")
    told = ", ".join(f"{n:,} rows in {seconds:.2f} s" for n, seconds in zip(rows, ways["count_records"], strict=True))
    return described_svg(drawn.decode(), "What counting costs against rows", f"count_records counts {told}.")


if __name__ == "__main__":
    main()
