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
        if position in identifiers:
            continue
        if heading == "":
            _check_empty(rows[heading_row + 1 :], position, place)
        elif not _is_base(heading.lower()):
            pending.append(position)
        else:
            for answer in pending:
                number, question = _question_above(questions, answer, place)
                columns.append(_answer_column(number, question, headings[answer], answer, position, place))
            pending = []
    if pending:
        raise InputError(
            f"{place}, row {heading_row + 1}, column {column_letter(pending[0])} must be followed by a column "
            f"'Base (number of responses)', got: {headings[pending[0]]!r} without one; use the file as published."
        )
    return tuple(columns)


def _check_empty(body: Rows, position: int, place: str) -> None:
    if any(row[position] != "" for row in body):
        raise InputError(
            f"{place}, column {column_letter(position)} must have a heading, got: cells without one; "
            "use the file as published."
        )


def _question_above(questions: dict[int, tuple[str, str]], position: int, place: str) -> tuple[str, str]:
    """Find the question of a column: a merged cell keeps its text in its first column only."""
    first = max((p for p in questions if p <= position), default=None)
    if first is None:
        raise InputError(
            f"{place}, column {column_letter(position)} must have a question such as 'Q15 - …' above it, got: none; "
            "use the file as published."
        )
    return questions[first]


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
