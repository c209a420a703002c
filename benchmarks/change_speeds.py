"""Run the benchmarks of tests of interventions; write docs/benchmarks_change.md.

    python benchmarks/change_speeds.py
    python benchmarks/change_speeds.py --runs 20          # a quick look; writes nothing

Times depend on the machine; ratios are taken in one run on the same data.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import interrupted_series
import lab_slider
import synthetic_control

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks_change.md"
FRONT = """# How fast tests of interventions are

Made by `python benchmarks/change_speeds.py`; do not edit. Times are processor time of one thread, so that
what else runs hardly counts. Ratios are taken in one run, on the same data; beside them stands how far results differ.

Aims: 2,000 series of 60 points at least 50 times as fast as a loop over statsmodels, the same numbers to 1e-8;
synthetic control with 200 donors and all placebos under 2 seconds; a change in the lab within 50 ms in the kernel.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the page unless it was only a quick look."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, help="size of a quick look, at least 20")
    runs = parser.parse_args(arguments).runs
    parts = {
        "Interrupted series, Newey-West errors": (
            interrupted_series.measured(runs, turns=1) if runs else interrupted_series.measured()
        ),
        "Synthetic control": synthetic_control.measured(runs, repeats=1) if runs else synthetic_control.measured(),
        "The lab's slider": lab_slider.measured(runs and runs // 10),
    }
    body = [f"\n## {title}\n\n" + "".join(f"* {line}\n" for line in lines) for title, lines in parts.items()]
    print("".join(body))
    if not runs:
        PAGE.write_text(FRONT + "".join(body), encoding="utf-8")


if __name__ == "__main__":
    main()
