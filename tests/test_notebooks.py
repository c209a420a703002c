"""Notebooks hold questions and answers, never logic; their outputs are whole, small, safe and compared."""

import ast
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
NBVAL = ("--nbval", "--nbval-current-env", "--nbval-sanitize-with", str(REPOSITORY / "tests" / "nbval_sanitize.cfg"))
LOGIC = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda, ast.ListComp, ast.DictComp)
PERSON = re.compile(r"\b[PA]\d{5}\b")
MOST_LINES, MOST_BYTES = 12, 300_000


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.name)
def path(request) -> Path:
    return request.param


@pytest.fixture
def book(path):
    return nbformat.read(path, as_version=4)


def code(book) -> list:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert [path.name[:2] for path in NOTEBOOKS][:3] == ["00", "01", "02"]


def test_the_title_is_a_question_with_who_which_data_and_the_answer(book):
    first = book.cells[0].source
    assert re.match(r"# .+\?\n", first)
    assert all(word in first for word in ("**Who asks:**", "**Which data:**", "**The answer:**", "synthetic"))


def test_imports_come_first_then_the_one_cell_of_parameters(book):
    imports, parameters, *rest = code(book)
    assert all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(imports.source).body)
    assert parameters.metadata["tags"] == ["parameters"]
    assert not any("import " in cell.source or "parameters" in cell.metadata.get("tags", []) for cell in rest)


def test_cells_are_short_and_hold_no_logic(book):
    for cell in code(book):
        assert len(cell.source.splitlines()) <= MOST_LINES
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]


def test_only_cells_without_a_claim_are_not_compared(book):
    for cell in code(book):
        if "nbval-ignore-output" in cell.metadata.get("tags", []):
            assert cell.source.splitlines()[-1].split(" = ")[1].startswith("kept_release(")
            assert cell.outputs == []


def test_pages_for_a_board_leave_out_what_is_for_readers_without_a_kernel(book):
    again = [c for c in code(book) if re.search(r"\bStill\(", c.source) or re.fullmatch(r"[\w.]+\.answer", c.source)]
    assert all("reviewer" in cell.metadata.get("tags", []) for cell in again)
    announced = [c for c in book.cells if c.cell_type == "markdown" and "reader without a running kernel" in c.source]
    assert all(c.metadata.get("tags") == ["reviewer"] for c in announced)


def test_every_cell_was_run_in_order_and_nothing_of_a_widget_was_saved(path, book):
    assert [cell.execution_count for cell in code(book)] == list(range(1, len(code(book)) + 1))
    assert "widgets" not in book.metadata
    assert "application/vnd.jupyter.widget" not in path.read_text(encoding="utf-8")
    assert path.stat().st_size < MOST_BYTES


def test_no_output_holds_a_row_of_a_person(book):
    for cell in code(book):
        assert not PERSON.search(json.dumps(cell.outputs))


def test_bme_is_glossed_on_the_page(book):
    text = "\n".join(cell.source for cell in book.cells)
    assert "BME" not in text or "WRES" in text


def test_a_changed_number_in_the_data_turns_a_notebook_red(samples, tmp_path):
    """Change one count of the sample and validate the same recorded outputs against it."""
    lines = gzip.decompress((samples / "wres_returns_synthetic.csv.gz").read_bytes()).decode().splitlines()
    row = next(i for i, line in enumerate(lines) if line.startswith("Bramwell Hospitals,2025,2,White - British,"))
    cells = lines[row].split(",")
    cells[6] = str(int(cells[6]) + 25)
    lines[row] = ",".join(cells)
    changed = tmp_path / "changed.csv"
    changed.write_text("\n".join(lines), encoding="utf-8")
    book = nbformat.read(REPOSITORY / "notebooks" / "01_wres_at_a_glance.ipynb", as_version=4)
    parameters = code(book)[1]
    parameters.source = parameters.source.replace('sample("wres_returns_synthetic.csv.gz")', repr(str(changed)))
    nbformat.write(book, tmp_path / "changed.ipynb")
    command = [sys.executable, "-m", "pytest", *NBVAL, "-p", "no:cacheprovider", "-q", str(tmp_path / "changed.ipynb")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 1, result.stdout
    failed = re.findall(r"FAILED .*::Cell (\d+)", result.stdout)
    assert len(failed) >= 3, result.stdout
