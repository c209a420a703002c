"""The parts of a pack in; by which method, measure and confidence each of their numbers was made, out."""

from collections.abc import Iterable

import pandas as pd

from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.report_parts import ReportPart

MADE_BY = ["indicator", "grouping", "reference", "measure", "method", "confidence"]


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
        One row a table and method: ``table``, ``indicator, grouping, reference, measure, method, confidence`` (missing
        where there is no interval), ``shown`` and ``withheld`` (how many numbers), ``input`` and ``version``.
    """
    inputs = ", ".join(file.name for file in provenance.inputs)
    made = [_methods_of(part) for part in parts]
    return pd.concat(made, ignore_index=True).assign(input=inputs, version=provenance.version)


def _methods_of(part: ReportPart) -> pd.DataFrame:
    numbers = part.numbers.assign(shown=part.numbers["withheld"] == "", kept_back=part.numbers["withheld"] != "")
    counted = numbers.groupby(MADE_BY, dropna=False, observed=True)[["shown", "kept_back"]].sum().reset_index()
    counted.insert(0, "table", part.name)
    return counted.rename(columns={"kept_back": "withheld"})
