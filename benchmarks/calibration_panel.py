"""Measure false positives, coverage and power of the methods that compare places, and of monitoring month by month.

    python benchmarks/calibration_panel.py            # about half an hour; writes docs/calibration_panel.md
    python benchmarks/calibration_panel.py --scale 0.02 --no-file

Every row is one cell: how counts or scores were drawn, runs, shares in per cent with two Monte Carlo errors, and what
is commonly used instead on the same draws.
"""

import argparse
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from calibration_monitoring import monitoring_cells
from calibration_places import difference_cells, staggered_cells, synthetic_cells

PAGE = Path(__file__).parents[1] / "docs" / "calibration_panel.md"
HEADER = """# Calibration: comparing places, and monitoring

Made by `python benchmarks/calibration_panel.py`; do not edit. Nominal: 5 % false positives, 95 % coverage.
± is two Monte Carlo errors. Target: false positives at most 5.5 % (monitoring: at most 5 %), coverage at least 93 %.
"Commonly used" is tried on the same draws. Runs: as printed; a cell with fewer than 10,000 says so by its number.
"""


def main() -> None:
    """Run every cell and print, and write, one table a method."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full number of runs")
    parser.add_argument("--no-file", action="store_true", help="print only")
    options = parser.parse_args()
    parts = [HEADER]
    for title, cells in (
        ("Difference in differences on counts", difference_cells()),
        ("Synthetic control", synthetic_cells()),
        ("Staggered starts", staggered_cells()),
        ("Anytime-valid monitoring, 60 looks", monitoring_cells()),
    ):
        rows = [cell(options.scale) for cell in tqdm(cells, desc=title)]
        parts.append(f"\n## {title}\n\n{markdown(pd.DataFrame(rows))}\n")
        print(parts[-1])
    if not options.no_file:
        PAGE.write_text("".join(parts), encoding="utf-8")


def markdown(table: pd.DataFrame) -> str:
    """Write a table of words as Markdown."""
    lines = [list(table.columns), ["---"] * table.shape[1], *table.astype(str).to_numpy().tolist()]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    main()
