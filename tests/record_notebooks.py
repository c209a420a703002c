"""Run every notebook and record its outputs, the same to the byte each time: the only way in which they are made."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from tqdm import tqdm

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
NOT_COMPARED = "nbval-ignore-output"
WIDGET = "application/vnd.jupyter.widget-view+json"


def recorded(path: Path) -> str:
    """Execute one notebook from its first cell and return its text as it is to be saved."""
    book = nbformat.read(path, as_version=4)
    NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(book.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        if NOT_COMPARED in cell.metadata.get("tags", []):
            # A progress bar stands there the first time only.
            cell.outputs = []
        for output in cell.get("outputs", []):
            # Without its kernel a widget is an empty box; its text says what it is.
            output.get("data", {}).pop(WIDGET, None)
            if output.output_type == "error":
                output.traceback = [output.evalue]
    return nbformat.writes(book) + "\n"


def main(names: list[str]) -> None:
    """Record the named notebooks, or all of them."""
    paths = [NOTEBOOKS / name for name in names] or sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in tqdm(paths, desc="Recording notebooks"):
        path.write_text(recorded(path), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
