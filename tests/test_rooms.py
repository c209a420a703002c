"""Each room imports only what stands left of it; importing the package loads no drawing library."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "equity_metrics"
MAY_IMPORT = {
    "catalogue": {"catalogue"},
    "sources": {"catalogue", "sources"},
    "measures": {"catalogue", "measures"},
    "change": {"catalogue", "measures", "change"},
    "views": {"catalogue", "sources", "measures", "change", "views"},
    "cubes": {"catalogue", "sources", "measures", "cubes"},
    "packs": {"catalogue", "sources", "measures", "change", "views", "cubes", "packs"},
    "present": {"views", "present"},
}
DOORS = {"views/explorer.py": {"packs"}, "views/summary/explorer.py": {"packs"}}
"""A room further on that a file opens only while it works: an explorer's button writes what is on screen as a file."""
FILES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    room = path.relative_to(PACKAGE).parts[0]
    if room not in MAY_IMPORT:
        assert room in {"__init__.py", "cli.py"}
        return
    names = imported(path)
    rooms = {n.split(".")[1] for n in names if n.startswith("equity_metrics.")}
    doors = DOORS.get(path.relative_to(PACKAGE).as_posix(), set())
    assert rooms <= MAY_IMPORT[room] | doors
    if doors:
        at_once = [
            node.module for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom)
        ]
        assert not [name for name in at_once if name.split(".")[1:2] in ([door] for door in doors)]
    if room in {"catalogue", "sources", "measures", "change"}:
        assert not {n.split(".")[0] for n in names} & {"plotly", "ipywidgets", "IPython"}


def test_importing_the_package_draws_nothing():
    code = "import sys, equity_metrics; print(sorted({'plotly', 'ipywidgets', 'IPython', 'scipy'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
