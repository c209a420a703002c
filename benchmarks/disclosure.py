"""Run by hand: attack seeded tables that were released together, count what they lose, and time it.

``python benchmarks/disclosure.py [tables] [minutes]`` writes docs/disclosure_benchmark.md. When the minutes are over,
the page tells how many tables there were time for.
"""

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from equity_metrics.catalogue.bands import ALL_STAFF, BANDS
from equity_metrics.catalogue.ethnic_groups import WORKFORCE_CATEGORIES, groups_of
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.workforce_totals import add_workforce_totals

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from disclosure_optimum import beside_the_optimum  # noqa: E402
from measures.broken_down_examples import seeded_breakdown  # noqa: E402
from measures.release_examples import seeded_tables  # noqa: E402
from measures.released_attack import leaks  # noqa: E402
from measures.singleton_attack import told_to_one  # noqa: E402

TABLES, MINUTES, SMALL_TABLES = 1_000, 60.0, 200
SIZES = (500, 3_000, 10_000)


def attacked(number: int, minutes: float) -> pd.DataFrame:
    """Release seeded tables alone and together, attack both, and count rows."""
    found, start = [], time.monotonic()
    for seed in tqdm(range(number), desc="Tables attacked"):
        if time.monotonic() - start > 60 * minutes:
            break
        breakdown = seed % 2 == 1
        whole = seeded_breakdown(seed // 2)
        tables = [part for _, part in whole.groupby("level", sort=False)] if breakdown else seeded_tables(seed // 2)
        whole = pd.concat(tables, ignore_index=True)
        alone, together = release(tables, together=False), release(tables)
        own, after = ((table["withheld"] != "").sum() for table in (alone, together))
        worked_out = [len(attack(whole, table)) for attack in (leaks, told_to_one) for table in (alone, together)]
        found.append((breakdown, len(whole), own, after, *worked_out))
    columns = ["breakdown", "rows", "own reason", "withheld"]
    columns += ["leaks alone", "leaks together", "told alone", "told together"]
    return pd.DataFrame(found, columns=columns)


def one_organisation(staff: int, seed: int = 1) -> list[pd.DataFrame]:
    """Return 18 groups × 13 bands of an organisation, with all totals and wider groupings."""
    generator = np.random.default_rng(seed)
    groups, bands = groups_of(WORKFORCE_CATEGORIES), [band for band in BANDS if band != ALL_STAFF][1:14]
    size = generator.dirichlet([8, *[0.4] * (len(groups) - 1)])
    people = generator.poisson(staff * size[:, None] * generator.dirichlet(np.full(len(bands), 2.0)))
    rows = [(g, b, people[i, k], people[:, k].sum()) for i, g in enumerate(groups) for k, b in enumerate(bands)]
    counts = pd.DataFrame(rows, columns=["group", "band", "numerator", "denominator"])
    counts = counts.astype({"numerator": float, "denominator": float}).assign(
        organisation="One", period="2025", indicator="1", grouping=WORKFORCE_CATEGORIES, level="organisation", source=""
    )
    return roll_ups(add_workforce_totals(counts))


def timed(staff: int) -> tuple[int, float, int, int]:
    """Time the release of one organisation; count its rows, and those withheld by and besides their own reason."""
    tables = one_organisation(staff)
    own = int((release(tables, together=False)["withheld"] != "").sum())
    start = time.process_time()
    released = release(tables)
    return len(released), time.process_time() - start, own, int((released["withheld"] != "").sum())


def main() -> None:
    """Write the page of results."""
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else TABLES
    found = attacked(asked, float(sys.argv[2]) if len(sys.argv) > 2 else MINUTES)
    lines = [
        "# What releasing together costs, and whether it holds",
        "",
        "Made by `python benchmarks/disclosure.py`; the numbers below are its output.",
        "",
        f"{len(found):,} tables made from seeds, each attacked by an exact search for each withheld number. Half are",
        "one organisation with indicators 1, 3 and 5, detailed categories, five groups and White / BME, one to four",
        "bands and all staff. Half are a share by up to four dimensions (group, band, staff group, directorate).",
        "Then each person who alone is counted in a withheld number, and knows it, attacks every other small number,",
        "in a way that shares nothing with the search; a number that two of them work out counts twice.",
        "",
        "| | tables | rows withheld | worked out by everybody | in tables | by somebody alone | in tables |",
        "|---|---|---|---|---|---|---|",
    ]
    for breakdown, kind in ((False, "organisations"), (True, "breakdowns")):
        ours = found[found["breakdown"] == breakdown]
        for label, withheld, attacks in (
            ("own reasons only", "own reason", ("leaks alone", "told alone")),
            ("released together", "withheld", ("leaks together", "told together")),
        ):
            share = ours[withheld].sum() / ours["rows"].sum()
            counted = [f"{ours[leaked].sum():,} | {(ours[leaked] > 0).sum():,}" for leaked in attacks]
            lines.append(f"| {kind}, {label} | {len(ours):,} | {share:.1%} | {' | '.join(counted)} |")
    small = beside_the_optimum(SMALL_TABLES)
    as_few = (small["withheld"] == small["fewest"]).sum()
    sums = [f"{small[column].sum():,}" for column in ("rows", "own", "withheld", "fewest")]
    lines += [
        "",
        f"{len(small)} small tables (6 to 18 rows) beside the fewest rows that would do, found by trying all of them:",
        "",
        "| rows | small ones | withheld | fewest | tables with the fewest |",
        "|---|---|---|---|---|",
        f"| {' | '.join(sums)} | {as_few} of {len(small)} |",
        "",
        "18 groups × 13 bands with all totals and wider groupings, one organisation:",
        "",
        "| staff | rows | withheld for their own number | withheld | processor time |",
        "|---|---|---|---|---|",
    ]
    for staff in SIZES:
        rows, seconds, own, withheld = timed(staff)
        lines.append(f"| {staff:,} | {rows:,} | {own / rows:.0%} | {withheld / rows:.0%} | {seconds:.1f} s |")
    (ROOT / "docs" / "disclosure_benchmark.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
