"""What counting and estimating cost beside the bare group-bys that they cannot avoid."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from equity_metrics import count_records, proportions, relative_likelihoods
from side_by_side import Line, side_by_side

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
APPLICATIONS = f"""
    SELECT 'Organisation ' || (hash(i * 7) % 220)::VARCHAR AS organisation,
           (2016 + (hash(i * 11) % 10)::INTEGER)::VARCHAR || '-0' || (1 + (hash(i * 3) % 9)::INTEGER) || '-15' AS date,
           {CODES}[1 + (hash(i * 13) % 21)::INTEGER] AS ethnic_code,
           'Y' AS shortlisted, ['Y', 'N', 'N'][1 + (hash(i * 17) % 3)::INTEGER] AS appointed,
           ['Y', 'N', 'N', 'N', 'N'][1 + (hash(i * 19) % 5)::INTEGER] AS withdrawn
    FROM (SELECT range AS i FROM range({{rows}}))
"""
OFTEN = "['Never', 'Never', '1 to 2', '3 to 5', '']"
RESPONDENTS = f"""
    SELECT 'Organisation ' || (hash(i * 7) % 220)::VARCHAR AS organisation, (2015 + i % 10)::VARCHAR AS period,
           (1 + (hash(i * 13) % 18)::INTEGER)::VARCHAR AS ethnic_group,
           {OFTEN}[1 + (hash(i * 17) % 5)::INTEGER] AS q14a, {OFTEN}[1 + (hash(i * 19) % 5)::INTEGER] AS q14b,
           {OFTEN}[1 + (hash(i * 23) % 5)::INTEGER] AS q14c,
           ['Yes', 'No', 'Don''t know'][1 + (hash(i * 29) % 3)::INTEGER] AS q15,
           ['Yes', 'No', 'No'][1 + (hash(i * 31) % 3)::INTEGER] AS q16b
    FROM (SELECT range AS i FROM range({{rows}}))
"""
BARE_APPLICATIONS = """
    SELECT organisation, date[:7], ethnic_code, count(*) FILTER (appointed = 'Y'), count(*) FROM read_parquet('{path}')
    WHERE shortlisted = 'Y' AND withdrawn = 'N' GROUP BY ALL
"""
BARE_RESPONDENTS = """
    SELECT organisation, period, ethnic_group, count(*) FILTER (q14a NOT IN ('Never', '')),
           count(*) FILTER (q14a <> ''), count(*) FILTER (q14b NOT IN ('Never', '') OR q14c NOT IN ('Never', '')),
           count(*) FILTER (q14b <> '' OR q14c <> ''), count(*) FILTER (q15 = 'Yes'), count(*) FILTER (q15 <> ''),
           count(*) FILTER (q16b = 'Yes'), count(*) FILTER (q16b <> '')
    FROM read_parquet('{path}') GROUP BY ALL
"""
SIZES = {"staff": 5_000_000, "applications": 3_000_000, "respondents": 700_000}
SIZES_COUNTED = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
MADE = {"staff": STAFF, "applications": APPLICATIONS, "respondents": RESPONDENTS}
PLAIN = {"staff": BARE, "applications": BARE_APPLICATIONS, "respondents": BARE_RESPONDENTS}
REFERENCE = {
    "staff": "",
    "applications": "White - British",
    "respondents": "White - English / Welsh / Scottish / Northern Irish / British",
}
PEAK = """
import resource, sys
from equity_metrics import count_records
count_records(sys.argv[1], "staff")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)
"""


def all_indicators(folder: Path, runs: int, scale: float = 1) -> Line:
    """Count three kinds of records and estimate every indicator that they hold, with intervals."""
    paths = {spec: made(folder, spec, int(rows * scale)) for spec, rows in SIZES.items()}
    cells = 0

    def ours() -> None:
        nonlocal cells
        cells = 0
        for spec, path in paths.items():
            counts = count_records(path, spec)
            cells += len(proportions(counts))
            if REFERENCE[spec]:
                relative_likelihoods(counts, reference=REFERENCE[spec])

    def bare() -> None:
        for spec, path in paths.items():
            duckdb.sql(PLAIN[spec].format(path=path)).df()

    line = side_by_side("indicators 1, 2 and 5-8 with intervals", "bare DuckDB group-bys", (ours, bare), 1.3, runs)
    millions = " + ".join(f"{rows * scale / 1e6:g} M {spec}" for spec, rows in SIZES.items())
    return replace(line, note=f"{millions}, {cells:,} cells; 3, 4 and 9 come with a return")


def counted_by_size(folder: Path, runs: int, sizes: Sequence[int] = SIZES_COUNTED) -> list[Line]:
    """Count fewer and more rows; the peak memory is that of a process that counts the most and does nothing else."""
    lines = [_counted(made(folder, "staff", rows), rows, runs, 1.3 if rows == max(sizes) else None) for rows in sizes]
    said = subprocess.check_output([sys.executable, "-c", PEAK, str(made(folder, "staff", max(sizes)))], text=True)
    # DuckDB draws its progress on the same stream before.
    peak = float(said.split()[-1])
    return [*lines[:-1], replace(lines[-1], note=f"peak memory {peak:.2f} GiB (goal 1.5)")]


def _counted(path: Path, rows: int, runs: int, goal: float | None) -> Line:
    def ours() -> None:
        count_records(path, "staff")

    def bare() -> None:
        duckdb.sql(BARE.format(path=path)).df()

    return side_by_side(f"{rows:,} rows counted", "DuckDB alone", (ours, bare), goal, runs)


def made(folder: Path, spec: str, rows: int, organisations: int = 220) -> Path:
    """Make records of one kind, once; they depend on these numbers only."""
    path = folder / f"{spec}_{rows}_{organisations}.parquet"
    if not path.exists():
        records = MADE[spec].format(seed=1, rows=rows).replace("% 220", f"% {organisations}")
        duckdb.sql(f"COPY ({records}) TO '{path}' (FORMAT parquet)")
    return path
