"""Rows of one Staff Survey sheet in; where its questions, answers and bases stand: found by what cells hold."""

import re
from dataclasses import dataclass
from typing import Literal

from equity_metrics.sources.errors import InputError
from equity_metrics.sources.workbooks import Rows, column_letter

NATIONAL_HEADINGS = ("base", "breakdown", "breakdown subgroup", "weighting")
ORGANISATION_HEADINGS = (
    "ods code",
    "organisation name",
    "benchmarking group",
    "region",
    "ics",
    "weighting",
)
ROWS_SEARCHED = 40
"""The heading usually stands in row 5; a sheet without one in its first rows holds no results."""
_QUESTION = re.compile(r"\s*(\S.*?)\s+[-–]\s+(\S.*)", re.DOTALL)
_NUMBERED = re.compile(r"q\d+[a-z]?(?:_\d+)?", re.IGNORECASE)
_YEAR = re.compile(r"staff survey\s+(20\d\d)", re.IGNORECASE)
_NEVER_WEIGHTED = re.compile(r"never weighted.*?:(.*)", re.IGNORECASE | re.DOTALL)
_RANGE = re.compile(r"\bQ(\d+)([a-z]?)(?:\s*[-–]\s*Q(\d+)([a-z]?))?", re.IGNORECASE)


@dataclass(frozen=True)
class AnswerColumn:
    """One answer of one question, or one score; positions count from 0."""

    indicator: str
    question: str
    answer: str
    unit: Literal["%", "score 0-10"]
    heading: str
    position: int
    base_position: int


@dataclass(frozen=True)
class SurveySheet:
    """What a sheet holds and where; ``identifiers`` maps a lower-case heading to its position."""

    kind: Literal["national", "organisational"]
    heading_row: int
    identifiers: dict[str, int]
    answers: tuple[AnswerColumn, ...]


def survey_sheet(rows: Rows, place: str) -> SurveySheet | None:
    """Find the layout of a sheet.

    Parameters
    ----------
    rows
        All cells of the sheet.
    place
        File and sheet, for the sentence.

    Returns
    -------
    SurveySheet or None
        ``None`` where the sheet holds no results (notes, contents).

    Raises
    ------
    InputError
        If the sheet holds percentages or scores but not under the headings of the detailed results.
    """
    for index, row in enumerate(rows[:ROWS_SEARCHED]):
        headings = [_words(cell) for cell in row]
        for kind, names in (("national", NATIONAL_HEADINGS), ("organisational", ORGANISATION_HEADINGS)):
            if set(names[:3]) <= set(headings):
                identifiers = {name: headings.index(name) for name in names if name in headings}
                answers = _answer_columns(rows, index, set(identifiers.values()), place)
                return SurveySheet(kind, index, identifiers, answers)  # type: ignore[arg-type]
        if any(_is_base(heading) for heading in headings):
            raise InputError(
                f"{place}, row {index + 1} must begin with the headings 'Base', 'Breakdown', 'Breakdown subgroup' or "
                f"'ODS code', 'Organisation name', 'Benchmarking group', got: {str(row[0])!r}; "
                "choose the detailed national or organisational results."
            )
    return None


def survey_year(rows: Rows) -> str | None:
    """Year in the title of a sheet; ``None`` where it has none."""
    texts = (str(cell) for row in rows[:ROWS_SEARCHED] for cell in row if cell != "")
    return next((found.group(1) for text in texts if (found := _YEAR.search(text))), None)


def never_weighted(indicator: str, notes: str) -> bool:
    """Whether the notes of a workbook list a question among those that are never weighted.

    Parameters
    ----------
    indicator
        Lower-case question number.
    notes
        All text of the workbook's sheets without results.

    Returns
    -------
    bool

    References
    ----------
    NHS Staff Survey 2024, detailed spreadsheets, Notes: "the following questions are never weighted as they ask for
    demographic or factual information: Q1, Q10a, Q26d, Q27-Q31a and Q32-Q35".
    """
    listed = _NEVER_WEIGHTED.search(notes)
    found = re.match(r"q(\d+)([a-z]?)", indicator)
    if not listed or not found:
        return False
    number = (int(found[1]), found[2])
    for first, letter, last, last_letter in _RANGE.findall(listed[1].split("\n")[0]):
        low = (int(first), letter.lower())
        # "Q35" stands for all parts of question 35, "Q31a" for that part alone.
        high = (int(last or first), (last_letter if last else letter).lower() or "z")
        if low <= number <= high:
            return True
    return False


def _words(cell: object) -> str:
    return " ".join(str(cell).lower().split())


def _is_base(heading: str) -> bool:
    return heading.startswith("base (number")


def _answer_columns(rows: Rows, heading_row: int, identifiers: set[int], place: str) -> tuple[AnswerColumn, ...]:
    """Columns of answers, each with the question above it and the base that follows it."""
    headings = [" ".join(str(cell).split()) for cell in rows[heading_row]]
    questions = _question_row(rows[:heading_row], identifiers, place)
    columns: list[AnswerColumn] = []
    pending: list[int] = []
    for position, heading in enumerate(headings):
        if position in identifiers or heading == "":
            continue
        if not _is_base(heading.lower()):
            pending.append(position)
            continue
        for answer in pending:
            # A merged cell keeps its text in its first column only.
            number, question = next(questions[p] for p in range(answer, -1, -1) if p in questions)
            columns.append(_answer_column(number, question, headings[answer], answer, position, place))
        pending = []
    if pending:
        raise InputError(
            f"{place}, row {heading_row + 1}, column {column_letter(pending[0])} must be followed by a column "
            f"'Base (number of responses)', got: {headings[pending[0]]!r} without one; use the file as published."
        )
    return tuple(columns)


def _question_row(above: Rows, identifiers: set[int], place: str) -> dict[int, tuple[str, str]]:
    """Position to number and text, from the row above the heading that holds most questions."""
    found: list[dict[int, tuple[str, str]]] = [
        {
            position: (match[1], " ".join(match[2].split()))
            for position, cell in enumerate(row)
            if position not in identifiers and (match := _QUESTION.fullmatch(str(cell)))
        }
        for row in above
    ]
    questions = max(found, key=len, default={})
    if not questions:
        raise InputError(
            f"{place} must have a row of questions such as 'Q15 - …' above its headings, got: none; "
            "use the file as published."
        )
    return questions


def _answer_column(number: str, question: str, heading: str, position: int, base: int, place: str) -> AnswerColumn:
    if heading.startswith("%"):
        indicator = number.lower() if _NUMBERED.fullmatch(number) else number
        return AnswerColumn(indicator, question, heading[1:].strip(), "%", heading, position, base)
    if heading.lower().endswith("score"):
        return AnswerColumn(number, question, "score", "score 0-10", heading, position, base)
    raise InputError(
        f"{place}, column {column_letter(position)} must have a heading that begins with '%' or ends in 'score', "
        f"got: {heading!r}; use the file as published."
    )
