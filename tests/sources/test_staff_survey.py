"""Layouts of the detailed workbooks, 2021 to 2025, on generated files."""

import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from equity_metrics.catalogue.ethnic_groups import (
    SURVEY_CATEGORIES,
    SURVEY_CATEGORIES_2025,
    UNKNOWN_GROUPS,
    WHITE_BME,
    groups_of,
)
from equity_metrics.catalogue.survey_concepts import SURVEY_CONCEPTS, SURVEY_YEARS
from equity_metrics.sources.staff_survey import PUBLISHED_COLUMNS, read_staff_survey
from equity_metrics.sources.survey_weighting import UNWEIGHTED

Files = Callable[[str], dict[str, Path]]


@pytest.mark.parametrize("year", SURVEY_YEARS)
def test_question_numbers_become_concepts(survey_files: Files, year: str) -> None:
    national = read_staff_survey(survey_files(year)["national"], progress=False)
    found = national.dropna(subset="concept").drop_duplicates(["indicator", "concept"])
    expected = {c.concept: c.questions[year].lower() for c in SURVEY_CONCEPTS.values()}
    del expected["occupational_group"]
    assert dict(zip(found["concept"], found["indicator"], strict=True)) == expected
    assert set(national["period"]) == {year}
    assert tuple(national.columns) == PUBLISHED_COLUMNS


@pytest.mark.parametrize(("year", "grouping"), [("2021", SURVEY_CATEGORIES), ("2025", SURVEY_CATEGORIES_2025)])
def test_ethnic_groups_of_the_year(survey_files: Files, year: str, grouping: str) -> None:
    national = read_staff_survey(survey_files(year)["national"], progress=False)
    one = national[national["indicator"] == "PP3_2"].drop_duplicates(["grouping", "group"])
    by_grouping = one.groupby("grouping", observed=True, dropna=False)["group"].agg(list).to_dict()
    groups = [group for group in groups_of(grouping) if group not in UNKNOWN_GROUPS]
    assert by_grouping == {"": [""], grouping: groups, WHITE_BME: ["White", "BME"]}


def test_ethnicity_as_a_ground_is_option_6_in_2025(survey_files: Files) -> None:
    national = read_staff_survey(survey_files("2025")["national"], progress=False)
    ground = national[national["concept"] == "discrimination_ethnicity"]
    assert set(zip(ground["indicator"], ground["question"], ground["answer"], strict=True)) == {
        ("q16c_6", "Race", "Race")
    }


def test_regions_and_systems_are_levels(survey_files: Files, survey_organisations: pd.DataFrame) -> None:
    national = read_staff_survey(survey_files("2024")["national"], progress=False)
    one = national[national["indicator"] == "PP3_2"].set_index("organisation")
    for level, column in (("region", "region"), ("system", "system")):
        rows = one[one["level"] == level]
        assert set(rows.index) == set(survey_organisations[column])
        assert (rows[column] == rows.index).all()
    assert set(one.loc[one["level"] == "England"].index) == {"England"}


def test_organisations_keep_their_identifiers(survey_files: Files, survey_organisations: pd.DataFrame) -> None:
    table = read_staff_survey(survey_files("2024")["organisations"], progress=False)
    columns = ["ods_code", "organisation", "benchmarking_group", "region", "system"]
    found = table[columns].drop_duplicates().reset_index(drop=True)
    pd.testing.assert_frame_equal(found, survey_organisations[columns])


def test_small_bases_are_missing_not_zero(survey_files: Files) -> None:
    table = read_staff_survey(survey_files("2024")["organisations"], progress=False)
    tiny = table[table["ods_code"] == "X11"]
    assert tiny["value"].isna().all()
    assert tiny["base"].isna().all()
    assert len(tiny) == (table["ods_code"] == "X00").sum()


def test_weighting_follows_the_notes(survey_files: Files) -> None:
    table = read_staff_survey(survey_files("2022")["organisations"], progress=False)
    assert set(table.loc[table["weighting"] == UNWEIGHTED, "indicator"]) == {"q1", "q27"}


def test_synthetic_files_say_so(survey_files: Files) -> None:
    table = read_staff_survey(survey_files("2024")["national"], progress=False)
    assert set(table["source"]) == {"Synthetic: staff_survey_national_synthetic.xlsx"}


def test_sheets_and_headings_are_found_wherever_they_stand(survey_files: Files, tmp_path: Path) -> None:
    path = survey_files("2024")["national"]
    book = openpyxl.load_workbook(path)
    for index, sheet in enumerate(book.worksheets[1:]):
        for cells in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(cells))
        sheet.title = f"Renamed {index}"
        sheet.insert_rows(4, 3)
        sheet["A400"] = "A note below the results"
    book.move_sheet("Notes", 99)
    book.save(tmp_path / path.name)
    moved = read_staff_survey(tmp_path / path.name, progress=False)
    pd.testing.assert_frame_equal(moved, read_staff_survey(path, progress=False))


def test_tick_boxes_that_print_100_for_everybody_are_missing(survey_files: Files, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(survey_files("2024")["organisations"])
    sheet = next(s for s in book.worksheets if s.title.startswith("HEALTH"))
    column = next(c.column for c in sheet[5] if c.value == "% Ethnic background")
    for row in range(6, 17):
        sheet.cell(row, column, 100)
    book.save(tmp_path / "faulty.xlsx")
    with pytest.warns(UserWarning, match=r"^faulty.xlsx prints 100 % in every row of q16c_1 to q16c_1, so"):
        table = read_staff_survey(tmp_path / "faulty.xlsx", progress=False)
    box = table["indicator"] == "q16c_1"
    assert table.loc[box, "value"].isna().all()
    assert table.loc[box & (table["ods_code"] == "X05"), "base"].notna().all()


def test_a_year_without_known_numbers_is_read_without_concepts(survey_files: Files, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(survey_files("2024")["national"])
    for sheet in book.worksheets:
        sheet["A1"] = str(sheet["A1"].value).replace("2024", "2020")
    book.save(tmp_path / "old.xlsx")
    with pytest.warns(UserWarning, match="Question numbers of 2020 are not confirmed"):
        table = read_staff_survey(tmp_path / "old.xlsx", progress=False)
    assert table["concept"].isna().all()
    assert set(table["period"]) == {"2020"}


def test_reading_shows_progress(survey_files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_staff_survey(survey_files("2024")["national"])
    assert "Reading staff_survey_national_synthetic.xlsx" in capsys.readouterr().err
