"""Measure false positives, coverage and power of every test of an intervention, and of what is in use today.

    python benchmarks/calibration.py                      # everything; writes docs/calibration*.md
    python benchmarks/calibration.py --only "Few events"  # one section, replaced on its page
    python benchmarks/calibration.py --runs 5             # a quick look at most 5 runs a cell; writes nothing

Every row is one cell: how counts or scores were drawn, runs, and shares in per cent with two Monte Carlo errors. Seeds
are fixed, so a section run alone gives the same figures.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small matrices: threads only cost time

import pandas as pd
from tqdm import tqdm

from calibration_cells import FULL
from calibration_events import event_cells
from calibration_lab import lab_cells, learning_cells
from calibration_monitoring import independent_cells, rough_cells
from calibration_pages import Section, markdown, sections, summary, table_of
from calibration_places import difference_cells, staggered_cells, synthetic_cells
from calibration_series import score_cells, series_cells, structural_cells
from equity_metrics.change.before_after.event_tests import SENSITIVITY

DOCS = Path(__file__).parents[1] / "docs"
SERIES, PANEL, LAB = "calibration_series.md", "calibration_panel.md", "calibration_lab.md"
SAID = "the interval allows for the dispersion and autocorrelation that it names; compare with other organisations."
OF_ALL = "false positives %"
SECTIONS = {
    "Interrupted series of the gap": Section(
        SERIES, series_cells, (OF_ALL, "false positives against its level %"), "coverage %", 5.5, SAID
    ),
    "Few events: conditional test widened beyond chance": Section(
        SERIES, event_cells, (OF_ALL,), "coverage, where made %", 5.5, SENSITIVITY
    ),
    "Interrupted series of scores without a published variance": Section(
        SERIES, score_cells, (OF_ALL, "false positives against its level %"), "coverage %", 5.5, SAID
    ),
    "Beside a structural time series": Section(SERIES, structural_cells, (OF_ALL,), "coverage %", 5.5, SAID),
    "Difference in differences on counts": Section(PANEL, difference_cells, (OF_ALL,), "coverage %", 5.5, SAID),
    "Synthetic control": Section(PANEL, synthetic_cells, ('false "changed" %',), "coverage %", 5.5, SAID),
    "Staggered starts": Section(PANEL, staggered_cells, (OF_ALL,), "coverage %", 5.5, SAID),
    "Monitoring of independent counts, 60 monthly looks": Section(
        PANEL, independent_cells, ("false alarms %",), "sequence holds ratio 1.5 %", 5.0, SAID
    ),
    "Monitoring of overdispersed and autocorrelated counts, 60 monthly looks": Section(
        PANEL, rough_cells, ("false alarms %",), "", 5.0, SAID
    ),
    "The lab as a whole": Section(LAB, lab_cells, ('false "changed" %',), "coverage %", 5.5, SAID),
    "Places to learn from, on one page": Section(LAB, learning_cells, ("false pages %",), "", 5.0, SAID),
}
MADE = "Made by `python benchmarks/calibration.py`; do not edit."
HEADERS = {
    SERIES: f"""# Calibration: before and after

{MADE} ± is two Monte Carlo errors. "Today": what is in use elsewhere, on the same draws.
Counts are Poisson or negative binomial with a normal copula whose underlying errors are AR(1), for the group and for a
reference with four times as many events, each with errors of its own. The start is after two thirds of the periods (36
of 60 months). An effect multiplies the group's rate by 1.5. Runs with too few events, which the library refuses, are
counted as tested in the interrupted series.
""",
    PANEL: f"""# Calibration: comparing places, and monitoring

{MADE} ± is two Monte Carlo errors. "Commonly used" is tried on the same draws.
""",
    LAB: f"""# Calibration: the lab as a whole

{MADE} ± is two Monte Carlo errors.
Counts of both groups are drawn in every place; the lab itself proposes the method, tests with it and gives its verdict,
as it does in the notebook. The smallest worthwhile effect is a ratio of 1.2. The
effect multiplies the gap by 1.6. A gap beside the trial differs between places and moves from period to period as the
rows say, on the log scale. Coverage is of the intervals that were made. A false page lists any place as one to learn
from although all are stable, in nine years.
""",
}
FRONT = f"""# How often the tests are wrong

{MADE}
The command without options runs everything; `--only "Few events"` runs one section and replaces it.

Every method was tried on data drawn without an effect and with a known one: 9 yearly points, 18, 36 and 60 months; from
half an event to 500 a period; variance 1 to 3 times that of chance; errors correlated by 0 to 0.5. Up to 10,000 runs a
cell, as each row says: fewer where a run takes long. ± is two Monte Carlo errors, and a target holds within them.

Targets: false positives at most 5.5 % (monitoring: at most 5 % over all 60 looks together), coverage of 95 % intervals
at least 93 %; above 97 % an interval is conservative, which the overview counts.

In use today, on the same draws: t-test of before and after; segmented regression without autocorrelation and with
Newey-West errors; CausalPy's scikit-learn interrupted series (checked against CausalPy 0.9.0: the same to 1e-8); a
structural time series in the manner of CausalImpact; pooled z-tests; two-way fixed effects; a z-test every month.

## Overview

"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sections asked for; print them, and write them into their pages unless it was only a quick look."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="", help="beginning of a section's title")
    parser.add_argument("--runs", type=int, default=FULL, help="largest number of runs a cell")
    options = parser.parse_args(arguments)
    made: dict[str, str] = {}
    for title, section in SECTIONS.items():
        if title.startswith(options.only):
            rows = [cell(options.runs) for cell in tqdm(section.cells(), desc=title)]
            made[title] = markdown(pd.DataFrame(rows))
            print(f"\n## {title}\n\n{made[title]}\n")
    kept = {}
    for page in HEADERS:
        kept |= sections((DOCS / page).read_text(encoding="utf-8")) if (DOCS / page).exists() else {}
    kept |= made
    known = {title: table_of(kept[title]) for title in SECTIONS if title in kept}
    front = FRONT + summary(known, SECTIONS)
    if options.runs < FULL:
        print(front)
        return
    for page, header in HEADERS.items():
        body = [f"\n## {title}\n\n{kept[title]}\n" for title in known if SECTIONS[title].page == page]
        (DOCS / page).write_text(header + "".join(body), encoding="utf-8")
    (DOCS / "calibration.md").write_text(front, encoding="utf-8")


if __name__ == "__main__":
    main()
