"""Rows of several levels in; which place each is of, and which place holds it, out."""

import pandas as pd

HIGHEST_FIRST = ("England", "region", "system", "organisation", "directorate", "ward")
SEPARATOR = " / "
"""Between the names of a ward's organisation, directorate and ward."""
_NAMES = ("level", "organisation", "directorate", "ward", "system", "region")


def places_of(rows: pd.DataFrame) -> pd.DataFrame:
    """List the places that rows are of, and which of them holds which.

    Parameters
    ----------
    rows
        Any table with ``organisation`` and ``level``; ``directorate``, ``ward``, ``system`` and ``region`` where there
        are such places.

    Returns
    -------
    DataFrame
        One row a place, the highest first, otherwise in order of appearance: ``place`` (``Alder / Medicine / Ward 1``,
        ``Midlands (region)``), ``name`` (``Ward 1``), ``level``, ``organisation``, ``directorate``, ``ward`` and
        ``inside``: the nearest place of the list that holds it, empty where there is none.
    """
    named = rows[[c for c in _NAMES if c in rows.columns]].drop_duplicates()
    named = named.assign(**{c: "" for c in _NAMES if c not in named.columns}).fillna("")
    found = [_named(*row) for row in named[[*_NAMES]].itertuples(index=False, name=None)]
    places = named.assign(place=[place for place, _, _ in found], name=[name for _, name, _ in found])
    # A row that names its system or region knows more of the place than one that does not.
    places = places.assign(row=range(len(found)), known=[len(holders) for *_, holders in found])
    places = places.sort_values("known", ascending=False, kind="stable").drop_duplicates("place")
    places = places.sort_values("row").sort_values("level", key=_rank, kind="stable")
    there = set(places["place"])
    whole = next(iter(places.loc[places["level"] == HIGHEST_FIRST[0], "place"]), "")
    inside = [
        next((holder for holder in found[row][2] if holder in there), whole if place != whole else "")
        for place, row in zip(places["place"], places["row"], strict=True)
    ]
    columns = ["place", "name", "level", "organisation", "directorate", "ward"]
    return places[columns].assign(inside=inside).reset_index(drop=True)


def _named(
    level: str, organisation: str, directorate: str, ward: str, system: str, region: str
) -> tuple[str, str, list[str]]:
    """Name a place, in full and by itself, and the places that may hold it, the nearest first."""
    above = [f"{name} ({kind})" for kind, name in (("system", system), ("region", region)) if name]
    if level == "ward":
        within = [SEPARATOR.join(filter(None, (organisation, directorate))), organisation]
        return SEPARATOR.join(filter(None, (organisation, directorate, ward))), ward, within
    if level == "directorate":
        return SEPARATOR.join((organisation, directorate)), directorate, [organisation]
    if level == "organisation":
        return organisation, organisation, above
    if level in ("system", "region"):
        place = f"{organisation} ({level})"
        return place, organisation, [name for name in above if name.endswith("(region)") and name != place]
    return organisation, organisation, []


def _rank(levels: "pd.Series[str]") -> "pd.Series[int]":
    return levels.map(HIGHEST_FIRST.index)
