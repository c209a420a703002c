"""A catalogue file (CSV beside this module) in; its rows as dictionaries out."""

import csv
from importlib.resources import files


def catalogue_rows(name: str) -> list[dict[str, str]]:
    """Read one file of the catalogue.

    Parameters
    ----------
    name
        File name without folder, for example ``"indicators.csv"``.

    Returns
    -------
    list of dict
        One dictionary of strings a row, in the file's order.
    """
    with (files(__package__) / name).open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))
