"""Run the benchmarks of counting, interaction and starting; print one table, ratios side by side in one run.

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
from tqdm import tqdm

from bench_in_memory import rates_and_ratios
from bench_interaction import control_moved
from bench_records import all_indicators, large_count
from bench_start import imported, validated
from side_by_side import Line, markdown

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
FRONT = """# How fast it is

Made by `make bench`; do not edit. Medians, both ways in turn in one run; a ratio of 1/100 is a hundred times as fast.
A goal that is missed says so. Times of tests of interventions are in [benchmarks_change.md](benchmarks_change.md).

"""


def parts(folder: Path, runs: int, scale: float) -> dict[str, Callable[[], list[Line]]]:
    """Name each part, so that it can be run alone."""
    return {
        "start": lambda: [imported(runs), validated(min(runs, 3))],
        "memory": lambda: [rates_and_ratios(runs, int(1_000_000 * scale))],
        "interaction": lambda: control_moved(folder, runs, int(50_000_000 * scale)),
        "indicators": lambda: [all_indicators(folder, runs, scale)],
        "large": lambda: [large_count(folder, runs, int(100_000_000 * scale))],
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
    page = f"{markdown(lines)}\n{machine}\n"
    print(page)
    if asked.json:
        asked.json.write_text(json.dumps([line.as_json() for line in lines], indent=1) + "\n", encoding="utf-8")
    if not asked.only and asked.scale == 1:
        PAGE.write_text(FRONT + page, encoding="utf-8")


if __name__ == "__main__":
    main()
