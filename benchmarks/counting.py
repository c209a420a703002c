"""What counting costs beside the bare group-by that it cannot avoid.

python benchmarks/counting.py
python benchmarks/counting.py --rows 10000 --runs 1      # a quick look
"""

import argparse
import json
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from tqdm import tqdm

from equity_metrics.sources.records.count_records import count_records

CODES = "['A','B','C','D','E','F','G','H','J','K','L','M','N','P','R','S','Z','99',NULL,'PC','CA']"
BANDS = "['Band 2','Band 3','Band 4','Band 5','NHS|XR06|Review Body Band 6','8a','Band 8 - Range B','8c','VSM']"
STAFF = f"""
    SELECT 'Organisation ' || (hash(i * 7 + seed) % 220)::VARCHAR AS organisation,
           (2016 + (hash(i * 11 + seed) % 10)::INTEGER)::VARCHAR || '-03-31' AS snapshot,
           {CODES}[1 + (hash(i * 13 + seed) % 21)::INTEGER] AS ethnic_code,
           {BANDS}[1 + (hash(i * 17 + seed) % 9)::INTEGER] AS pay_band,
           ['Y', 'Y', 'Y', 'Y', 'N'][1 + (hash(i * 19 + seed) % 5)::INTEGER] AS "primary"
    FROM (SELECT range AS i, {{seed}} AS seed FROM range({{rows}}))
"""
BARE = """
    SELECT organisation, snapshot, ethnic_code, pay_band, count(*) FROM read_parquet('{path}')
    WHERE "primary" = 'Y' GROUP BY ALL
"""


def main() -> None:
    """Make staff records of growing size, count them both ways, print times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000, 10_000_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    table = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in tqdm(asked.rows, desc="Counting", file=sys.stderr):
            path = Path(folder) / f"staff_{rows}.parquet"
            duckdb.sql(f"COPY ({STAFF.format(seed=asked.seed, rows=rows)}) TO '{path}' (FORMAT parquet)")
            table.append(_measured(path, rows, asked.runs))
            path.unlink()
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}")
    print(f"{'rows':>12} {'bare group-by':>14} {'count_records':>14} {'ratio':>6}   median of {asked.runs}")
    for line in table:
        print(f"{line['rows']:>12,} {line['bare']:>12.3f} s {line['counted']:>12.3f} s {line['ratio']:>6.2f}")
    print(f"peak memory of the whole run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GiB")
    if asked.json:
        asked.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def _measured(path: Path, rows: int, runs: int) -> dict[str, float]:
    """Take turns, so that whatever else the machine does falls on both alike."""

    def bare() -> None:
        duckdb.sql(BARE.format(path=path)).df()

    def counted() -> None:
        count_records(path, "staff")

    times: dict[Callable[[], None], list[float]] = {bare: [], counted: []}
    for _ in range(runs):
        for run, taken in times.items():
            start = time.perf_counter()
            run()
            taken.append(time.perf_counter() - start)
    medians = [statistics.median(taken) for taken in times.values()]
    return {"rows": rows, "bare": medians[0], "counted": medians[1], "ratio": medians[1] / medians[0]}


if __name__ == "__main__":
    main()
