"""What a review found in; one page of plain lines out: what differs, and what made each number."""

from collections.abc import Iterator

import pandas as pd

from equity_metrics.packs.review import DIFFERS, Review


def review_page(found: Review) -> str:
    """Write what a review found as one page of text.

    Parameters
    ----------
    found
        As :func:`equity_metrics.packs.review.review` returns it.

    Returns
    -------
    str
        The sentences; what does not agree; every cell that differs, a line each (file, row, about whom, column, was,
        is); and for each table of the pack by which measure and method its numbers were made.
    """
    parts = {
        "": found.sentences,
        "What does not agree": tuple(_disagreements(found.checks)),
        "Cells that differ": tuple(_cells(found.differences)),
        "What made each number": tuple(_methods(found.methods)),
    }
    blocks = ["\n".join([f"{heading}:", *lines] if heading else lines) for heading, lines in parts.items() if lines]
    return "\n\n".join(blocks) + "\n"


def _disagreements(checks: pd.DataFrame) -> Iterator[str]:
    for checked, was, now, _ in checks[checks["result"] == DIFFERS].itertuples(index=False):
        yield f"  {checked}: {was} in the pack, {now} now"


def _cells(differences: pd.DataFrame) -> Iterator[str]:
    for file, row, about, column, was, now in differences.itertuples(index=False):
        whom = f" ({about})" if about else ""
        yield f"  {file}, row {row}{whom}, {column}: {was or 'empty'} in the pack, {now or 'empty'} now"


def _methods(methods: pd.DataFrame) -> Iterator[str]:
    for table, rows in methods.groupby("table", sort=False):
        yield f"  {table}, against {rows['reference'].iloc[0]}, from {rows['input'].iloc[0]}:"
        for row in rows.to_dict("records"):
            source = f"; {row['published_in']}" if row["published_in"] else ""
            counted = {name: row[name] for name in ("shown", "withheld", "not_defined") if row[name]}
            numbers = ", ".join(f"{how_many:,} {name.replace('_', ' ')}" for name, how_many in counted.items())
            yield f"    {numbers}: {row['measure']}; {row['method']} ({row['confidence']}){source}"
