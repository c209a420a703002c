"""What an explorer shows, and what is chosen in it, in; a file of just that out."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version

import pandas as pd

from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.statements import check_to_take_away
from equity_metrics.views.answers import Answer
from equity_metrics.views.take_away_row import TakenAway

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FORMATS = {
    "Spreadsheet (XLSX)": ("xlsx", XLSX),
    "Slide with charts to edit (PPTX)": ("pptx", PPTX),
    "Board paper (HTML)": ("html", "text/html"),
    "Picture (PNG)": ("png", "image/png"),
    "Picture (SVG)": ("svg", "image/svg+xml"),
    "Picture (PDF)": ("pdf", "application/pdf"),
}
"""By the words that are shown: how the file's name ends, and its media type."""
MOST_BYTES = 6_000_000


def take_away(answer: Answer, chosen: Mapping[str, str], released: pd.DataFrame, form: str, of: str) -> TakenAway:
    """Write one answer as a file.

    Parameters
    ----------
    answer
        What is on screen; nothing else goes into the file.
    chosen
        What is chosen, by name; stands in the provenance.
    released
        The table that the answer was made of; only its ``source`` and ``period`` are read.
    form
        One of ``FORMATS``.
    of
        What the file is of, such as ``BiggestGap``; with the organisation it makes the name of the file.

    Returns
    -------
    TakenAway

    Raises
    ------
    ValueError
        In one sentence, if the answer may not be taken away, or the file would be larger than six megabytes.
    PictureError
        In one sentence, where a picture is asked for and there is no Chromium.
    """
    check_to_take_away([answer])
    ending, kind = FORMATS[form]
    place, words = chosen.get("organisation", ""), re.sub(r"(?<=[a-z])(?=[A-Z])", " ", of)
    title = ", ".join(part for part in (place or words, chosen.get("period", "")) if part)
    noted = any(note.startswith("Synthetic") for note in answer.notes)
    content = _written(answer, title, released_provenance(released, chosen, noted=noted), ending)
    if len(content) > MOST_BYTES:
        raise ValueError(f"file must be at most 6 megabytes, got: {len(content) / 1e6:.1f}; choose another format")
    name = re.sub(r"\W+", "_", f"{words} {place}".lower()).strip("_")
    return TakenAway(f"{name}.{ending}", kind, content)


def released_provenance(released: pd.DataFrame, chosen: Mapping[str, str], *, noted: bool = False) -> Provenance:
    """Say where numbers come from, as far as the released table that they were made of knows.

    Parameters
    ----------
    released
        Only its ``source`` and ``period`` are read.
    chosen
        What is chosen, by name.
    noted
        Whether it is known otherwise that the data is invented.

    Returns
    -------
    Provenance
        Without files: a released table knows the names of its sources and not the bytes that they were read from.
    """
    sources = sorted(set(released["source"].dropna().unique()) - {""}) if "source" in released.columns else []
    periods = sorted(released["period"].dropna().unique()) if "period" in released.columns else []
    return Provenance(
        inputs=(),
        version=version("equity-metrics"),
        parameters={"source": ", ".join(sources) or "not recorded", **chosen},
        data_date=" to ".join(dict.fromkeys((periods[0], periods[-1]))) if periods else "not recorded",
        synthetic=noted or any(source.startswith("Synthetic") for source in sources),
        made_on=datetime.now(UTC).date().isoformat(),
    )


def _written(answer: Answer, title: str, provenance: Provenance, ending: str) -> bytes:
    # Loaded only when asked for: they are large, and most who look take nothing away.
    if ending == "xlsx":
        from equity_metrics.packs.workbook import workbook

        return workbook(title, [answer], provenance)
    if ending == "pptx":
        from equity_metrics.packs.slides import slides

        return slides(title, [answer], provenance)
    if ending == "html":
        from equity_metrics.packs.board_paper import board_paper

        return board_paper(title, [answer], provenance).encode()
    from equity_metrics.packs.pictures import picture

    return picture(answer, provenance, ending)
