"""The command ``equity-metrics``: thin, it only calls what the library offers."""

import argparse
import os
import sys
from pathlib import Path

from equity_metrics.sources.errors import InputError

FIRST_NOTEBOOK = Path("notebooks/00_start_here.ipynb")
RETURNS = "wres_returns_synthetic.csv.gz"
STOPPED = 130
"""What shells say of a command stopped by Ctrl-C."""
UNDONE = {"report": "no pack was made", "review": "nothing was compared", "check": "nothing was checked"}
JUPYTER_CONFIG = Path(__file__).parent / "jupyter_config"


def open_lab(notebook: Path) -> int:
    """Open JupyterLab at a notebook, on the loopback address and with its token."""
    if not notebook.is_file():
        sys.stderr.write(f"notebook must be a file, got: {notebook}; run the command in the checkout's top folder.\n")
        return 2
    from jupyterlab.labapp import LabApp

    # The project's own settings come first, so that no question about Jupyter news covers the first chart.
    paths = [str(JUPYTER_CONFIG), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)
    options = ["--ip=127.0.0.1", f"--LabApp.default_url=/lab/tree/{notebook.as_posix()}", "--ServerApp.root_dir=."]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    LabApp.launch_instance(options)
    return 0


def check_return(path: Path) -> int:
    """Read a WRES return and say in one sentence whether it can be used."""
    from equity_metrics.sources.wres_return import read_wres_return

    try:
        counts = read_wres_return(path)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    organisations, periods = counts["organisation"].nunique(), sorted(counts["period"].unique())
    indicators = ", ".join(sorted(counts["indicator"].unique()))
    sys.stdout.write(
        f"{path.name} can be used: {len(counts):,} rows with their totals, {organisations:,} organisation(s), "
        f"{periods[0]} to {periods[-1]}, indicators {indicators}.\n"
    )
    return 0


def make_pack(organisation: str, year: str, file: Path | None, out: Path | None, force: bool) -> int:
    """Make the board pack of an organisation and a year and say in one sentence what was made, and where."""
    from equity_metrics.packs.provenance import read_provenance
    from equity_metrics.packs.report import board_pack, pack_name
    from equity_metrics.packs.report_files import PROVENANCE
    from equity_metrics.sources.samples import sample

    try:
        source = file or sample(RETURNS)
        pack = board_pack(source, organisation, year, out or pack_name(organisation, year), force=force, progress=True)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    made = sum(path.is_file() for path in pack.rglob("*"))
    own = "" if file else "; add --file for your own return"
    data = (
        f" from synthetic data (every number is invented{own})" if read_provenance(pack / PROVENANCE).synthetic else ""
    )
    sys.stdout.write(f"The board pack of {organisation} for {year} was made{data}: {made} files in {pack}.\n")
    return 0


def review_pack(pack: Path, file: Path | None) -> int:
    """Make a pack again and say what differs: 0 if nothing does, 1 if something does, 2 if it cannot be made again."""
    from equity_metrics.packs.review import review
    from equity_metrics.packs.review_page import review_page

    try:
        found = review(pack, file, progress=True)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(review_page(found))
    return 0 if found.same else 1


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="equity-metrics", description="Race equality for NHS staff.")
    commands = parser.add_subparsers(dest="command", required=True)
    lab = commands.add_parser("lab", help="open JupyterLab at the first notebook")
    lab.add_argument("notebook", type=Path, nargs="?", default=FIRST_NOTEBOOK)
    check = commands.add_parser("check", help="say whether a WRES return can be used")
    check.add_argument("file", type=Path)
    pages = commands.add_parser("present", help="serve the notebooks as pages without code, for a board")
    pages.add_argument("folder", type=Path, nargs="?", default=FIRST_NOTEBOOK.parent)
    pages.add_argument("--no-browser", action="store_true", help="only say where the pages are")
    pack = commands.add_parser("report", help="make the board pack of an organisation and a year")
    pack.add_argument("organisation")
    pack.add_argument("--year", required=True, help="a WRES year, for example 2025")
    pack.add_argument("--file", type=Path, help="a WRES return; without it the synthetic sample")
    pack.add_argument("--out", type=Path, help="the pack's folder; without it a new one here")
    pack.add_argument("--force", action="store_true", help="replace a pack that is there")
    again = commands.add_parser("review", help="make a pack again and say what differs, and what made each number")
    again.add_argument("pack", type=Path)
    again.add_argument("--file", type=Path, help="the WRES return it was made from; not needed for a sample")
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen)
    except KeyboardInterrupt:
        sys.stderr.write(f"Stopped; {UNDONE.get(chosen.command, 'nothing is open')}.\n")
        return STOPPED


def _run(chosen: argparse.Namespace) -> int:
    # Every command imports what it needs itself: others need not wait for it, and a stop meanwhile is one sentence.
    if chosen.command == "lab":
        return open_lab(chosen.notebook)
    if chosen.command == "present":
        from equity_metrics.present.pages import present

        return present(chosen.folder, browser=not chosen.no_browser)
    if chosen.command == "report":
        return make_pack(chosen.organisation, chosen.year, chosen.file, chosen.out, chosen.force)
    if chosen.command == "review":
        return review_pack(chosen.pack, chosen.file)
    return check_return(chosen.file)


if __name__ == "__main__":
    sys.exit(main())
