"""What counting and estimating cost beside the bare group-bys that they cannot avoid."""

import subprocess
import sys
from pathlib import Path

import duckdb

from counting import BARE, CODES, STAFF
from equity_metrics import count_records, proportions, relative_likelihoods
from side_by_side import Line, side_by_side

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
    return Line(**{**_fields(line), "note": f"{millions}, {cells:,} cells; 3, 4 and 9 come with a return"})


def large_count(folder: Path, runs: int, rows: int = 100_000_000) -> Line:
    """Count very many rows; the peak memory is that of a process that does nothing else."""
    path = made(folder, "staff", rows)

    def ours() -> None:
        count_records(path, "staff")

    def bare() -> None:
        duckdb.sql(BARE.format(path=path)).df()

    line = side_by_side(f"{rows / 1e6:g} M rows counted", "DuckDB alone", (ours, bare), 1.3, runs)
    said = subprocess.check_output([sys.executable, "-c", PEAK, str(path)], text=True)
    # DuckDB draws its progress on the same stream before.
    peak = float(said.split()[-1])
    return Line(**{**_fields(line), "note": f"peak memory {peak:.2f} GiB (goal 1.5)"})


def _fields(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in line.__dataclass_fields__}


def made(folder: Path, spec: str, rows: int, organisations: int = 220) -> Path:
    """Make records of one kind, once; they depend on these numbers only."""
    path = folder / f"{spec}_{rows}_{organisations}.parquet"
    if not path.exists():
        records = MADE[spec].format(seed=1, rows=rows).replace("% 220", f"% {organisations}")
        duckdb.sql(f"COPY ({records}) TO '{path}' (FORMAT parquet)")
    return path
