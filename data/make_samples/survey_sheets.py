"""A draw of the survey in; sheets in the layout of the detailed spreadsheets out."""

import numpy as np
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.catalogue.survey_concepts import SURVEY_CONCEPTS
from make_samples.survey_draw import SurveyDraw
from make_samples.survey_parameters import SCALES, Item

SYNTHETIC = "SYNTHETIC: invented organisations and people, made from a seed"
BASE = "Base (number of responses)"
FEWEST = 10
"""Fewer responses are printed as "-", as in the official files."""
SUB_SCORES = {
    element: [code for code in SURVEY_SCORES if code.startswith(prefix)]
    for element, prefix in (
        *((f"PP{i}", f"PP{i}_") for i in (1, 3, 4, 5, 6, 7)),
        ("Staff Engagement", "E_"),
        ("Morale", "M_"),
    )
}
Row = tuple[tuple[str, ...], np.ndarray]
Block = tuple[str, list[str], list[list[object]]]


def add_notes(book: Workbook, year: str, kind: str) -> None:
    """Fill the first sheet with what the official Notes say."""
    sheet = book.active
    sheet.title = "Notes"
    ethnic = SURVEY_CONCEPTS["ethnic_group"].questions[year]
    for line in (
        f"NHS Staff Survey {year} - Detailed Spreadsheets - {SYNTHETIC}",
        kind,
        "Note that the following questions are never weighted as they ask for demographic or factual information: "
        f"Q1 and {ethnic}.",
    ):
        sheet.append([line])


def add_results(
    book: Workbook, draw: SurveyDraw, headings: tuple[str, ...], rows: list[Row], rng: np.random.Generator
) -> None:
    """Add a sheet for each block of questions and scores.

    Parameters
    ----------
    book
        Where the sheets go.
    draw
        The answers.
    headings
        Names of the identifiers.
    rows
        The identifiers of each row, and which cells (organisation, group) it adds up.
    rng
        For how many respondents have a score.
    """
    sections: dict[str, list[Block]] = {}
    for item in sorted(draw.questions, key=lambda item: _order(number(item, draw.year))):
        sections.setdefault(item.section, []).append(_question(item, draw, rows))
    sections["BACKGROUND INFORMATION"] = [_ethnic_groups(draw, rows)]
    scored = rng.binomial(draw.respondents, 0.97)
    scores = dict(draw.scores)
    scores.update({element: np.mean([scores[c] for c in codes], axis=0) for element, codes in SUB_SCORES.items()})
    for code in SURVEY_SCORES:
        section = "PEOPLE PROMISE ELEMENTS" if code.startswith("PP") else "THEMES"
        sections.setdefault(section, []).append(_score(code, scores[code], scored, rows))
    for section, blocks in sections.items():
        first, last = (block[0].split(" - ")[0] for block in (blocks[0], blocks[-1]))
        name = section if first[0] != "Q" else f"{section} {first}-{last.lstrip('Q')}"
        _write(book.create_sheet(name[:31]), f"{section} {first}-{last}", draw.year, headings, rows, blocks)


def number(item: Item, year: str) -> str:
    """Question number of an item in a survey year."""
    return SURVEY_CONCEPTS[item.id].questions[year] if item.id in SURVEY_CONCEPTS else item.id.upper()


def _order(question: str) -> tuple[int, str]:
    digits = "".join(c for c in question.split("_")[0] if c.isdigit())
    return int(digits), question


def _question(item: Item, draw: SurveyDraw, rows: list[Row]) -> Block:
    counts = draw.answers[item.id]
    names = list(SCALES[item.scale])
    text = "Race" if item.id == "discrimination_ethnicity" and draw.year >= "2025" else item.text
    if item.scale == "tick":
        names = [text]
    cells = [_percentages(counts[cells].sum(0), len(names)) for _, cells in rows]
    return f"{number(item, draw.year)} - {text}", [f"% {name}" for name in names], cells


def _ethnic_groups(draw: SurveyDraw, rows: list[Row]) -> Block:
    question = SURVEY_CONCEPTS["ethnic_group"].questions[draw.year]
    cells = [_percentages((draw.respondents * which).sum(0), len(draw.groups)) for _, which in rows]
    return f"{question} - What is your ethnic group?", [f"% {group}" for group in draw.groups], cells


def _percentages(counts: np.ndarray, printed: int) -> list[object]:
    base = int(counts.sum())
    if base < FEWEST:
        return ["-"] * (printed + 1)
    return [*(round(100 * float(count) / base, 4) for count in counts[:printed]), base]


def _score(code: str, means: np.ndarray, scored: np.ndarray, rows: list[Row]) -> Block:
    cells: list[list[object]] = []
    for _, which in rows:
        base = int(scored[which].sum())
        mean = round(float(np.average(means[which], weights=scored[which])), 4) if base >= FEWEST else "-"
        cells.append([mean, base if base >= FEWEST else "-"])
    return f"{code} - {SURVEY_SCORES[code].name}", [f"{code} - score"], cells


def _write(
    sheet: Worksheet, block_name: str, year: str, headings: tuple[str, ...], rows: list[Row], blocks: list[Block]
) -> None:
    """Title and questions in row 1, headings in row 5, results from row 6."""
    sheet.cell(1, 1, f"NHS Staff Survey {year} - WEIGHTED Results - {SYNTHETIC}").font = Font(bold=True)
    sheet.cell(2, 1, block_name)
    sheet.cell(3, 1, f"Note: results of fewer than {FEWEST} responses are not displayed")
    heading = list(headings)
    for question, answers, _ in blocks:
        first = len(heading) + 1
        sheet.cell(1, first, question)
        sheet.merge_cells(start_row=1, end_row=1, start_column=first, end_column=first + len(answers))
        heading += [*answers, BASE]
    for column, name in enumerate(heading, 1):
        sheet.cell(5, column, name)
    for index, (identifiers, _) in enumerate(rows):
        sheet.append([*identifiers, *(value for _, _, cells in blocks for value in cells[index])])
