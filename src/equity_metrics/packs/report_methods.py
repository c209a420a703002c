"""The parts of a pack in; by which method, measure and confidence each of their numbers was made, out."""

from collections.abc import Iterable

import pandas as pd

from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.report_parts import ReportPart

PUBLISHED_IN = {
    "Koopman": "Koopman 1984, Biometrics 40: 513-517",
    "Newcombe": "Newcombe 1998, Statistics in Medicine 17: 873-890, method 10",
}
"""Where a method was published, by its first word."""
NO_INTERVAL = "no interval"
MADE_BY = ["indicator", "grouping", "reference", "measure", "method"]


def report_methods(parts: Iterable[ReportPart], provenance: Provenance) -> pd.DataFrame:
    """Say of each table of a pack what made its numbers.

    Parameters
    ----------
    parts
        As :func:`equity_metrics.packs.report_parts.report_parts` makes them.
    provenance
        Of the pack.

    Returns
    -------
    DataFrame
        One row a table and method: ``table``, ``indicator, grouping, reference, measure, method, published_in`` (empty
        for a count without an interval), ``confidence`` (in words), how many numbers are
        ``shown``, ``withheld`` and ``not_defined`` (nobody was counted), ``input`` and ``version``.
    """
    inputs = ", ".join(file.name for file in provenance.inputs)
    made = [_methods_of(part) for part in parts]
    return pd.concat(made, ignore_index=True).assign(input=inputs, version=provenance.version)


def _methods_of(part: ReportPart) -> pd.DataFrame:
    numbers, withheld = part.numbers, part.numbers["withheld"] != ""
    there = numbers["value"].notna()
    marked = numbers.assign(shown=there, kept_back=withheld, not_defined=~there & ~withheld)
    whole = marked.groupby(MADE_BY, dropna=False, observed=True)
    counted = whole.agg({"confidence": "max", "shown": "sum", "kept_back": "sum", "not_defined": "sum"}).reset_index()
    sure = [NO_INTERVAL if pd.isna(share) else f"{share * 100:.0f} %" for share in counted["confidence"]]
    counted["confidence"] = pd.Series(sure, dtype="str")
    counted.insert(0, "table", part.name)
    first_words = counted["method"].str.extract(r"^(\w+)", expand=False)
    counted.insert(len(MADE_BY) + 1, "published_in", first_words.map(PUBLISHED_IN).fillna(""))
    return counted.rename(columns={"kept_back": "withheld"})
