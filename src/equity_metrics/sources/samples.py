"""Name of a sample in; where it lies out."""

from pathlib import Path

from equity_metrics.sources.errors import InputError

_PACKAGE = Path(__file__).resolve().parents[1]
# An installed package carries its samples; in a checkout they lie beside src.
FOLDERS = (_PACKAGE / "samples", _PACKAGE.parents[1] / "data" / "samples")


def sample(name: str) -> Path:
    """Find a file of synthetic sample data.

    Parameters
    ----------
    name
        File name, for example ``"wres_returns_synthetic.csv.gz"``.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If there is no such sample; the sentence lists what there is.
    """
    for folder in FOLDERS:
        if (folder / name).is_file():
            return folder / name
    there = sorted(p.name for folder in FOLDERS if folder.is_dir() for p in folder.iterdir() if p.suffix != ".md")
    raise InputError(f"name must be one of the samples, got: {name!r}; use one of {', '.join(there)}.")
