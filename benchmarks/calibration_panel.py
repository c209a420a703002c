"""Measure false positives, coverage and power of the methods that compare places, and of monitoring month by month.

    python benchmarks/calibration_panel.py                      # about 50 minutes; writes docs/calibration_panel.md
    python benchmarks/calibration_panel.py --only Staggered     # runs, and replaces, one section of it
    python benchmarks/calibration_panel.py --scale 0.01 --no-file

Every row is one cell: how counts or scores were drawn, runs, shares in per cent with two Monte Carlo errors, and what
is commonly used instead on the same draws. Seeds are fixed, so a section run alone gives the same figures.
"""

import argparse
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from calibration_monitoring import independent_cells, rough_cells
from calibration_places import difference_cells, staggered_cells, synthetic_cells

PAGE = Path(__file__).parents[1] / "docs" / "calibration_panel.md"
HEADER = """# Calibration: comparing places, and monitoring

Made by `python benchmarks/calibration_panel.py`; do not edit. Nominal: 5 % false positives, 95 % coverage.
± is two Monte Carlo errors. Target: false positives at most 5.5 % (monitoring: at most 5 %), coverage at least 93 %.
"Commonly used" is tried on the same draws. Runs as printed: 10,000 a cell and truth, 2,000 where a run takes long.
"""
SECTIONS = {
    "Difference in differences on counts": difference_cells,
    "Synthetic control": synthetic_cells,
    "Staggered starts": staggered_cells,
    "Monitoring of independent counts, 60 monthly looks": independent_cells,
    "Monitoring of overdispersed and autocorrelated counts, 60 monthly looks": rough_cells,
}


def main() -> None:
    """Run the cells asked for; print them, and write them into the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full number of runs")
    parser.add_argument("--only", default="", help="beginning of a section's title")
    parser.add_argument("--no-file", action="store_true", help="print only")
    options = parser.parse_args()
    kept = sections(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    for title, cells in SECTIONS.items():
        if title.startswith(options.only):
            rows = [cell(options.scale) for cell in tqdm(cells(), desc=title)]
            kept[title] = markdown(pd.DataFrame(rows))
            print(f"\n## {title}\n\n{kept[title]}\n")
    if not options.no_file:
        body = [f"\n## {title}\n\n{kept[title]}\n" for title in SECTIONS if title in kept]
        PAGE.write_text(HEADER + "".join(body), encoding="utf-8")


def sections(page: str) -> dict[str, str]:
    """Split the page into its tables by title."""
    parts = [part.split("\n", 1) for part in page.split("\n## ")[1:]]
    return {title.strip(): body.strip() for title, body in parts}


def markdown(table: pd.DataFrame) -> str:
    """Write a table of words as Markdown."""
    lines = [list(table.columns), ["---"] * table.shape[1], *table.astype(str).to_numpy().tolist()]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    main()
