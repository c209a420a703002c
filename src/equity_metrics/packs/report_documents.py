"""Answers and where they come from in; the board paper, the spreadsheet and the slides of a pack out."""

from collections.abc import Callable, Sequence

from tqdm.auto import tqdm

from equity_metrics.packs.board_paper import board_paper
from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.slides import slides
from equity_metrics.packs.workbook import workbook
from equity_metrics.views.answers import Answer

PAPER = "board_paper.html"
WRITERS: dict[str, Callable[[str, Sequence[Answer], Provenance], str | bytes]] = {
    PAPER: board_paper,
    "numbers.xlsx": workbook,
    "slides.pptx": slides,
}


def report_documents(answers: Sequence[Answer], provenance: Provenance, *, progress: bool = False) -> dict[str, bytes]:
    """Write the answers of a pack as the documents that people read.

    Parameters
    ----------
    answers
        Made of released tables.
    provenance
        Of the pack; its parameters name the organisation and the year.
    progress
        Whether to show a progress bar over the documents.

    Returns
    -------
    dict of bytes
        ``board_paper.html``, ``numbers.xlsx`` and ``slides.pptx``.

    Raises
    ------
    ValueError
        In one sentence, if there is no answer.
    """
    # Closed also when it is stopped: what is said then stands on a line of its own.
    with tqdm(WRITERS, desc="Writing documents", unit="document", disable=not progress) as bar:
        return {name: report_document(name, answers, provenance) for name in bar}


def report_document(name: str, answers: Sequence[Answer], provenance: Provenance) -> bytes:
    """Write the answers of a pack as one of its documents.

    Parameters
    ----------
    name
        ``board_paper.html``, ``numbers.xlsx`` or ``slides.pptx``.
    answers, provenance
        As for :func:`report_documents`.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        As :func:`report_documents`.
    """
    asked = provenance.parameters
    title = f"Race equality at {asked['organisation']}, WRES {asked['year']}"
    written = WRITERS[name](title, answers, provenance)
    return written if isinstance(written, bytes) else written.encode()
