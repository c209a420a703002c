"""Answers and where they come from in; one page that is read offline and printed for a board out."""

from collections.abc import Sequence
from html import escape

from equity_metrics.packs.headlines import headline
from equity_metrics.packs.pictures import PictureError, described_svg, pictures
from equity_metrics.packs.provenance import Provenance
from equity_metrics.packs.statements import check_to_take_away, suppression_statement
from equity_metrics.views.answers import BME_GLOSS, CAPTION, Answer
from equity_metrics.views.drawing import palette
from equity_metrics.views.tables import STYLE, Table

CLOSED = "default-src 'none'; style-src 'unsafe-inline'"
"""The page asks for nothing, runs nothing and sends nothing."""
PAPER = f"""<style>
body{{font:16px/1.5 {palette.FONT["family"]};color:{palette.INK};background:{palette.PAPER}}}
body{{margin:0 auto;max-width:75em;padding:1.5em}}
h1{{font-size:1.8em;line-height:1.2;margin:0 0 .4em}}
h2{{font-size:1.25em;line-height:1.35;margin:1.6em 0 .4em;max-width:46em}}
section{{border-top:2px solid {palette.FAINT};margin-top:2em}}
p,li{{max-width:46em}}
.paper-scroll{{overflow-x:auto}}
figure{{margin:1em 0}}
figure svg{{max-width:100%;height:auto}}
footer{{overflow-wrap:anywhere}}
@page{{size:A4;margin:14mm}}
@media print{{
body{{font-size:11px;padding:0;max-width:none}}
section+section,footer{{break-before:page}}
h2{{break-after:avoid}}
figure,tr{{break-inside:avoid}}
.paper-scroll{{overflow:visible}}
.em-table td.em-long{{min-width:9em}}
}}
</style>"""


def board_paper(title: str, answers: Sequence[Answer], provenance: Provenance) -> str:
    """Write answers as one page for a board: a file that needs no other, no network and no program but a browser.

    Parameters
    ----------
    title
        Of the paper: what was asked, of whom and when.
    answers
        Made of released tables.
    provenance
        Where the numbers come from.

    Returns
    -------
    str
        HTML. Each answer starts a printed page: its first sentence as heading, its picture, its table, its picture in
        words and its notes. At the end where the numbers come from, and what is withheld. Where there is no Chromium
        to draw pictures, one sentence says so and the tables stand alone.

    Raises
    ------
    ValueError
        In one sentence, if there is no answer, or one may not be taken away.
    """
    check_to_take_away(answers)
    try:
        drawn = [svg.decode() for svg in pictures([answer.figure for answer in answers], "svg")]
        without = ""
    except PictureError as error:
        drawn, without = [""] * len(answers), f"<p>This paper has no pictures. {escape(str(error))}</p>"
    sections = [_section(answer, svg) for answer, svg in zip(answers, drawn, strict=True)]
    return paper_page(title, sections, provenance, without)


def paper_page(title: str, sections: Sequence[str], provenance: Provenance, without: str = "") -> str:
    """Write the page around what a paper shows: its title, the term BME, and at the foot where the numbers come from.

    Parameters
    ----------
    title
        Of the paper.
    sections
        HTML.
    provenance
        Where the numbers come from.
    without
        HTML that says what is missing from the paper, if anything is.

    Returns
    -------
    str
        HTML of a file that needs no other, no network and no program but a browser.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{CLOSED}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{STYLE}{PAPER}\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1><p>{escape(provenance.lines()[0])}</p>"
        f'<p class="em-gloss">{escape(BME_GLOSS)}</p>{without}</header>\n<main>\n{"".join(sections)}</main>\n'
        f"<footer>{_list('Where the numbers come from', provenance.lines())}"
        f"{_list('What is withheld', suppression_statement())}</footer>\n</body>\n</html>\n"
    )


def _section(answer: Answer, svg: str) -> str:
    first, rest = headline(answer.sentence)
    said = f'<p class="em-sentence">{escape(rest)}</p>' if rest else ""
    figure = f"<figure>{described_svg(svg, answer.alt, first)}</figure>" if svg else ""
    table = f'<div class="paper-scroll" tabindex="0">{Table(answer.table, CAPTION).html()}</div>'
    return f"<section>\n<h2>{escape(first)}</h2>{said}\n{figure}\n{table}\n{answer.notes_html()}\n</section>\n"


def _list(title: str, lines: Sequence[str]) -> str:
    return f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
