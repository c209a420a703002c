"""A folder of notebooks in; the same served as pages without code, one click between the questions, out."""

import json
import os
import re
import sys
import tempfile
from html import escape
from pathlib import Path
from shutil import copytree

from equity_metrics.views.drawing.patience import PATIENCE

TEMPLATE = "equity_metrics"
FOR_REVIEWERS = "reviewer"
"""Tag of cells that pages leave out: the same answer again, for a reader without a running kernel."""
ABBREVIATIONS = {"wres": "WRES", "bme": "BME"}
"""Words of file names that are written in capitals."""
_HERE = Path(__file__).parent / "template"


def present(folder: Path, *, browser: bool = True) -> int:
    """Serve the notebooks of a folder as pages, on the loopback address and with a token.

    Parameters
    ----------
    folder
        Where the notebooks are.
    browser
        Whether to open the first page in a browser.

    Returns
    -------
    int
        Exit code: 2 where there is no notebook.
    """
    titles = questions(folder)
    if not titles:
        sys.stderr.write(f"folder must hold notebooks, got: {folder}; run the command in the checkout's top folder.\n")
        return 2
    # Imported here because it takes a second that the other commands need not wait for.
    from voila.app import Voila

    with tempfile.TemporaryDirectory(prefix="equity_metrics_") as made:
        write_template(Path(made), titles)
        paths = [made, *filter(None, [os.environ.get("JUPYTER_PATH")])]
        os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
        options = [
            str(folder),
            f"--template={TEMPLATE}",
            "--Voila.ip=127.0.0.1",
            "--token",
            "--VoilaConfiguration.show_tracebacks=True",
            "--MappingKernelManager.cull_idle_timeout=3600",
            "--classic-tree",
            "--TagRemovePreprocessor.enabled=True",
            f"--TagRemovePreprocessor.remove_cell_tags={FOR_REVIEWERS}",
        ]
        options += [] if browser else ["--no-browser"]
        Voila.launch_instance(options)
    return 0


def questions(folder: Path) -> dict[str, str]:
    """Read the question in the title of each notebook, by file name, in order."""
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        title = re.match(r"#\s*(.+)", "".join(cells[0]["source"])) if cells else None
        if title:
            found[path.name] = title[1].strip()
    return found


def topic(name: str) -> str:
    """Turn the name of a notebook's file into a few words that fit into a row of links."""
    words = Path(name).stem.partition("_")[2].split("_")
    text = " ".join(ABBREVIATIONS.get(word, word) for word in words)
    return text[:1].upper() + text[1:]


def write_template(folder: Path, titles: dict[str, str]) -> Path:
    """Write the template, with a link to each question, where Jupyter looks for templates."""
    place = folder / "voila" / "templates" / TEMPLATE
    copytree(_HERE, place, dirs_exist_ok=True)
    links = "\n".join(
        f'<a href="{escape(name)}" title="{escape(title)}"><span>{escape(name[:2].lstrip("0") or "0")}</span> '
        f"<b>{escape(topic(name))}</b><em>{escape(title)}</em></a>"
        for name, title in titles.items()
    )
    (place / "questions.html").write_text(f'<nav aria-label="Questions">\n{links}\n</nav>\n', encoding="utf-8")
    (place / "patience.js").write_text(PATIENCE, encoding="utf-8")
    return place
