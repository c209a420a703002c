"""One sentence for every workbook that cannot be read: file, sheet, row, column, value and what to do."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from equity_metrics.sources.errors import InputError
from equity_metrics.sources.staff_survey import read_staff_survey

Files = Callable[[str], dict[str, Path]]
SHEET = "YOUR JOB Q1-1"


def sentence(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_staff_survey(path, progress=False)
    return str(error.value)


def spoiled(path: Path, folder: Path, cells: dict[str, object]) -> Path:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[SHEET][cell] = value
    book.save(folder / "spoiled.xlsx")
    return folder / "spoiled.xlsx"


def test_no_such_file(tmp_path: Path) -> None:
    assert sentence(tmp_path / "none.xlsx") == (
        "path must be a file that exists, got: 'none.xlsx'; check folder and spelling."
    )


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").touch()
    assert sentence(tmp_path / "empty.xlsx") == (
        "empty.xlsx must be a workbook, got: an empty file; download or save it again."
    )


@pytest.mark.parametrize(("name", "got"), [("a.csv", "a file that ends in .csv"), ("a.xlsx", "another kind of file")])
def test_not_a_workbook(tmp_path: Path, name: str, got: str) -> None:
    (tmp_path / name).write_text("organisation,value\n", encoding="utf-8")
    assert sentence(tmp_path / name) == (
        f"{name} must be an Excel workbook, got: {got}; open it in Excel and save it as XLSX."
    )


def test_a_workbook_of_something_else(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["organisation", "value"])
    book.save(tmp_path / "other.xlsx")
    assert "got: sheets without them (Sheet); choose the file as published." in sentence(tmp_path / "other.xlsx")


SPOILED = [
    (
        "national",
        {"E7": "many"},
        ", row 7, column E ('% Yes, frequently') must be a number, or '-' where it is suppressed, got: 'many'; "
        "replace the text.",
    ),
    (
        "national",
        {"F8": 101},
        ", row 8, column F ('% Yes, occasionally') must be between 0 and 100, got: 101.0; "
        "correct it from the original file.",
    ),
    (
        "national",
        {"F9": -0.5},
        ", row 9, column F ('% Yes, occasionally') must be between 0 and 100, got: -0.5; "
        "correct it from the original file.",
    ),
    (
        "national",
        {"C7": "South"},
        ", row 8, column breakdown subgroup must appear once, got: 'Region / South' a second time; "
        "delete the row that is not wanted.",
    ),
    (
        "national",
        {"C13": "White - Irsh"},
        ", row 13, column breakdown subgroup must be an ethnic group of the catalogue, got: 'White - Irsh'; "
        "is it 'White - Irish'?",
    ),
    (
        "national",
        {"A6": "Acute Trusts"},
        ", row 6, column base must be 'National', got: 'Acute Trusts'; results by type of organisation are not read, "
        "choose the national or organisational results.",
    ),
    (
        "organisations",
        {"A8": "X00"},
        ", row 8, column ods code must appear once, got: 'X00' a second time; delete the row that is not wanted.",
    ),
    ("organisations", {"A8": None}, ", row 8, column ods code must name an organisation, got: nothing; fill it in."),
    (
        "organisations",
        {"A5": "Type"},
        ", row 5 must begin with the headings 'Base', 'Breakdown', 'Breakdown subgroup' or 'ODS code', "
        "'Organisation name', 'Benchmarking group', got: 'Type'; "
        "choose the detailed national or organisational results.",
    ),
    (
        "organisations",
        {"G5": "Yes, frequently"},
        ", column G must have a heading that begins with '%' or ends in 'score', got: 'Yes, frequently'; "
        "use the file as published.",
    ),
    (
        "organisations",
        {"G5": None},
        ", column G must have a heading, got: cells without one; use the file as published.",
    ),
    (
        "organisations",
        {"J5": "% Not asked"},
        ", row 5, column G must be followed by a column 'Base (number of responses)', got: '% Yes, frequently' without "
        "one; use the file as published.",
    ),
    (
        "organisations",
        {"G1": None},
        " must have a row of questions such as 'Q15 - …' above its headings, got: none; use the file as published.",
    ),
    (
        "organisations",
        {"G1": None, "H2": "Q1 - Contact"},
        ", column G must have a question such as 'Q15 - …' above it, got: none; use the file as published.",
    ),
]


@pytest.mark.parametrize(("kind", "cells", "expected"), SPOILED)
def test_a_spoiled_sheet(
    survey_files: Files, tmp_path: Path, kind: str, cells: dict[str, object], expected: str
) -> None:
    path = spoiled(survey_files("2024")[kind], tmp_path, cells)
    assert sentence(path) == f"spoiled.xlsx, sheet {SHEET!r}{expected}"


def test_two_survey_years(survey_files: Files, tmp_path: Path) -> None:
    path = spoiled(survey_files("2024")["organisations"], tmp_path, {"A1": "NHS Staff Survey 2023"})
    assert sentence(path) == (
        "spoiled.xlsx must name one survey year in the titles of its sheets ('NHS Staff Survey 2024 …'), "
        "got: 2023 and 2024; use the file as published."
    )


def test_an_answer_on_two_sheets(survey_files: Files, tmp_path: Path) -> None:
    cells = {"G1": "Q25e - I feel safe to speak up", "G5": "% Agree"}
    path = spoiled(survey_files("2024")["organisations"], tmp_path, cells)
    assert sentence(path) == (
        "spoiled.xlsx, sheet 'YOUR ORGANISATION Q25c-26c' must not repeat an answer, got: q25e 'Agree', "
        "which stands on sheet 'YOUR JOB Q1-1' too; keep one of them."
    )


def test_headings_without_rows(survey_files: Files, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(survey_files("2024")["organisations"])
    for sheet in book.worksheets[1:]:
        sheet.delete_rows(6, 100)
    book.save(tmp_path / "headings.xlsx")
    assert sentence(tmp_path / "headings.xlsx") == (
        "headings.xlsx must hold rows of results below its headings, got: none; use the file as published."
    )
