"""What starting costs: importing the package, and validating every notebook."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from jupyter_client.manager import start_new_kernel

from side_by_side import Line, side_by_side

REPOSITORY = Path(__file__).resolve().parents[1]
NBVAL = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/nbval_sanitize.cfg", "-q"]
TWO_AT_A_TIME = ["-n", "2", "--dist", "loadfile"]


def imported(runs: int) -> Line:
    """Import the package in a new process, beside pandas in a new process."""
    ways = (_process("import equity_metrics"), _process("import pandas"))
    return side_by_side("import equity_metrics", "import pandas", ways, 1.5, max(runs, 9))


def validated(runs: int) -> Line:
    """Validate every notebook as `make validate` does, beside starting as many kernels one after the other."""
    notebooks = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))

    def ours() -> None:
        subprocess.run(
            [sys.executable, "-m", "pytest", *NBVAL, *TWO_AT_A_TIME, "notebooks"],
            cwd=REPOSITORY,
            check=True,
            capture_output=True,
        )

    def bare() -> None:
        for _ in notebooks:
            manager, client = start_new_kernel()
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    name = f"all {len(notebooks)} notebooks validated"
    return side_by_side(name, "as many bare kernel starts", (ours, bare), 3.0, runs, "two notebooks at a time")


def _process(code: str) -> Callable[[], None]:
    def run() -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    return run
